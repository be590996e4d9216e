using System.Collections.Frozen;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Schema;

/// <summary>What PostgreSQL's base types are in the neutral model, and what their modifiers say.</summary>
static class TypeMap
{
    const int HeaderBytes = 4; // Lengths and precisions are stored with the size of a varlena header added.

    static readonly FrozenDictionary<string, TypeKind> BuiltIn = new Dictionary<string, TypeKind>
    {
        ["bool"] = TypeKind.Boolean,
        ["int2"] = TypeKind.Int16,
        ["int4"] = TypeKind.Int32,
        ["int8"] = TypeKind.Int64,
        ["oid"] = TypeKind.Int32,
        ["float4"] = TypeKind.Float32,
        ["float8"] = TypeKind.Float64,
        ["numeric"] = TypeKind.Decimal,
        ["money"] = TypeKind.Money,
        ["text"] = TypeKind.Text,
        ["varchar"] = TypeKind.Text,
        ["name"] = TypeKind.Text,
        ["char"] = TypeKind.Text,
        ["bpchar"] = TypeKind.FixedText,
        ["bytea"] = TypeKind.Bytes,
        ["uuid"] = TypeKind.Uuid,
        ["date"] = TypeKind.Date,
        ["time"] = TypeKind.Time,
        ["timetz"] = TypeKind.TimeTz,
        ["timestamp"] = TypeKind.Timestamp,
        ["timestamptz"] = TypeKind.TimestampTz,
        ["interval"] = TypeKind.Interval,
        ["json"] = TypeKind.Json,
        ["jsonb"] = TypeKind.Json,
        ["xml"] = TypeKind.Xml,
        ["inet"] = TypeKind.Inet,
        ["cidr"] = TypeKind.Cidr,
        ["macaddr"] = TypeKind.MacAddr,
        ["macaddr8"] = TypeKind.MacAddr8,
        ["bit"] = TypeKind.Bit,
        ["varbit"] = TypeKind.VarBit,
        ["tsvector"] = TypeKind.TsVector,
        ["tsquery"] = TypeKind.TsQuery,
        ["point"] = TypeKind.Point,
        ["line"] = TypeKind.Line,
        ["lseg"] = TypeKind.LineSegment,
        ["box"] = TypeKind.Box,
        ["path"] = TypeKind.Path,
        ["polygon"] = TypeKind.Polygon,
        ["circle"] = TypeKind.Circle,
    }.ToFrozenDictionary();

    /// <summary>Types of the extensions that PostgreSQL ships, in whatever schema they stand.</summary>
    static readonly FrozenDictionary<string, TypeKind> OfExtensions = new Dictionary<string, TypeKind>
    {
        ["citext"] = TypeKind.Text,
        ["hstore"] = TypeKind.HStore,
        ["ltree"] = TypeKind.LTree,
    }.ToFrozenDictionary();

    public static TypeKind KindOf(string name, bool isBuiltIn) => (isBuiltIn ? BuiltIn : OfExtensions).GetValueOrDefault(name, TypeKind.Other);

    /// <summary>Adds what a type modifier (pg_attribute.atttypmod) says: length, precision, scale.</summary>
    public static ColumnType WithModifier(ColumnType type, int modifier) => type.BaseName switch
    {
        "name" => type with { Length = 63 },
        "char" => type with { Length = 1 },
        _ when modifier < 0 => type,
        "varchar" or "bpchar" => type with { Length = modifier - HeaderBytes },
        "bit" or "varbit" => type with { Length = modifier },
        "time" or "timetz" or "timestamp" or "timestamptz" => type with { Scale = modifier },
        "interval" => type with { Scale = (modifier & 0xFFFF) == 0xFFFF ? null : modifier & 0xFFFF },
        "numeric" => type with { Precision = ((modifier - HeaderBytes) >> 16) & 0xFFFF, Scale = NumericScale(modifier) },
        _ => type,
    };

    // Eleven bits with a sign: from PostgreSQL 15 on a scale may be negative.
    static int NumericScale(int modifier) => (((modifier - HeaderBytes) & 0x7FF) ^ 0x400) - 0x400;
}
