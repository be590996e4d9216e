using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>Column types by the words in which a model names them, for a database that does not exist yet.</summary>
static class StoreTypes
{
    public static ColumnType Read(IColumn column)
    {
        var name = column.StoreType;
        var type = Read(name);
        if (type.Kind != TypeKind.Other) return type;
        // A type of nobody's: what the program keeps in it tells.
        return column.PropertyMappings is [{ TypeMapping: var mapping }, ..] && ClrTypes.KindOf(ClrTypes.Stored(mapping)) is { } kind
            ? type with { Kind = kind } : type;
    }

    static ColumnType Read(string name)
    {
        if (name.EndsWith("[]", StringComparison.Ordinal))
            return new ColumnType { Kind = TypeKind.Array, Name = name, BaseName = name, Element = Read(name[..^2]) };
        var open = name.IndexOf('(', StringComparison.Ordinal);
        var close = name.IndexOf(')', StringComparison.Ordinal);
        int[] numbers = open < 0 || close < open ? []
            : [.. name[(open + 1)..close].Split(',').Select(n => int.TryParse(n, out var number) ? number : -1)];
        var words = (open < 0 ? name : name[..open] + name[(close + 1)..]).Trim().ToLowerInvariant();
        var kind = Kinds.GetValueOrDefault(words, TypeKind.Other);
        int? first = numbers is [>= 0, ..] ? numbers[0] : null;
        var type = new ColumnType { Kind = kind, Name = name, BaseName = words };
        return kind switch
        {
            TypeKind.Text or TypeKind.FixedText or TypeKind.Bytes or TypeKind.Bit or TypeKind.VarBit => type with { Length = first },
            TypeKind.Decimal => type with { Precision = first, Scale = first is null ? null : numbers is [_, var second, ..] ? second : 0 },
            _ when kind.IsTemporal() => type with { Scale = first },
            _ => type,
        };
    }

    static readonly Dictionary<string, TypeKind> Kinds = new(StringComparer.Ordinal)
    {
        ["boolean"] = TypeKind.Boolean,
        ["smallint"] = TypeKind.Int16,
        ["integer"] = TypeKind.Int32,
        ["int"] = TypeKind.Int32,
        ["bigint"] = TypeKind.Int64,
        ["real"] = TypeKind.Float32,
        ["double precision"] = TypeKind.Float64,
        ["numeric"] = TypeKind.Decimal,
        ["decimal"] = TypeKind.Decimal,
        ["money"] = TypeKind.Money,
        ["text"] = TypeKind.Text,
        ["citext"] = TypeKind.Text,
        ["varchar"] = TypeKind.Text,
        ["nvarchar"] = TypeKind.Text,
        ["character varying"] = TypeKind.Text,
        ["char"] = TypeKind.FixedText,
        ["character"] = TypeKind.FixedText,
        ["bytea"] = TypeKind.Bytes,
        ["blob"] = TypeKind.Bytes,
        ["uuid"] = TypeKind.Uuid,
        ["date"] = TypeKind.Date,
        ["time"] = TypeKind.Time,
        ["time without time zone"] = TypeKind.Time,
        ["time with time zone"] = TypeKind.TimeTz,
        ["timestamp without time zone"] = TypeKind.Timestamp,
        ["timestamp"] = TypeKind.Timestamp,
        ["timestamp with time zone"] = TypeKind.TimestampTz,
        ["interval"] = TypeKind.Interval,
        ["json"] = TypeKind.Json,
        ["jsonb"] = TypeKind.Json,
        ["xml"] = TypeKind.Xml,
        ["inet"] = TypeKind.Inet,
        ["cidr"] = TypeKind.Cidr,
        ["macaddr"] = TypeKind.MacAddr,
        ["macaddr8"] = TypeKind.MacAddr8,
        ["bit"] = TypeKind.Bit,
        ["bit varying"] = TypeKind.VarBit,
        ["tsvector"] = TypeKind.TsVector,
        ["tsquery"] = TypeKind.TsQuery,
        ["hstore"] = TypeKind.HStore,
        ["ltree"] = TypeKind.LTree,
        ["point"] = TypeKind.Point,
    };
}
