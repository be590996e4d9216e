using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>What a type of the program says of the column that keeps its values.</summary>
static class ClrTypes
{
    /// <summary>The type that values have when they reach the database.</summary>
    public static Type Stored(CoreTypeMapping mapping)
    {
        var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? Enum.GetUnderlyingType(type) : type;
    }

    /// <summary>SQLite keeps most types as text or integers: what they are the program alone knows.</summary>
    public static ColumnType Narrow(ColumnType type, CoreTypeMapping mapping, IReadOnlyProperty property, string provider)
    {
        if (provider != "sqlite" || KindOf(Stored(mapping)) is not { } kind || (kind == TypeKind.Uuid && type.Kind == TypeKind.Bytes)) return type;
        var length = kind is TypeKind.Text or TypeKind.Bytes ? type.Length ?? property.GetMaxLength() : null;
        if (Stored(mapping) == typeof(char)) length = 1;
        if (type.Kind == kind || (type.Kind == TypeKind.Json && kind == TypeKind.Text))
            return type with { Length = length ?? type.Length, IsUpperCase = kind == TypeKind.Uuid };
        return type with
        {
            Kind = kind,
            Length = length,
            Precision = kind == TypeKind.Decimal ? property.GetPrecision() ?? 18 : null,
            Scale = kind == TypeKind.Decimal ? property.GetScale() ?? 2 : null,
            IsUpperCase = kind == TypeKind.Uuid,
        };
    }

    /// <summary>The kind of column that a simple type needs; null for others.</summary>
    public static TypeKind? KindOf(Type type) => Kinds.TryGetValue(type, out var kind) ? kind : null;

    static readonly Dictionary<Type, TypeKind> Kinds = new()
    {
        [typeof(bool)] = TypeKind.Boolean,
        [typeof(byte)] = TypeKind.Int16,
        [typeof(sbyte)] = TypeKind.Int16,
        [typeof(short)] = TypeKind.Int16,
        [typeof(ushort)] = TypeKind.Int32,
        [typeof(int)] = TypeKind.Int32,
        [typeof(uint)] = TypeKind.Int64,
        [typeof(long)] = TypeKind.Int64,
        [typeof(ulong)] = TypeKind.Int64,
        [typeof(float)] = TypeKind.Float32,
        [typeof(double)] = TypeKind.Float64,
        [typeof(decimal)] = TypeKind.Decimal,
        [typeof(string)] = TypeKind.Text,
        [typeof(char)] = TypeKind.Text,
        [typeof(Guid)] = TypeKind.Uuid,
        [typeof(byte[])] = TypeKind.Bytes,
        [typeof(DateTime)] = TypeKind.Timestamp,
        [typeof(DateTimeOffset)] = TypeKind.TimestampTz,
        [typeof(DateOnly)] = TypeKind.Date,
        [typeof(TimeOnly)] = TypeKind.Time,
        [typeof(TimeSpan)] = TypeKind.Interval,
    };

    /// <summary>The bounds of the type, where the column's are wider.</summary>
    public static ColumnModel Bound(ColumnModel model, CoreTypeMapping mapping, ColumnType type)
    {
        var stored = Stored(mapping);
        if (stored == typeof(char) && type.Kind.IsText()) return model with { MinLength = 1, MaxLength = 1 };
        // A span of a day or more is spelt otherwise than the database spells it.
        if (stored == typeof(TimeSpan) && type.Kind == TypeKind.Interval) return model with { Minimum = "00:00:00", Maximum = "23:59:59" };
        return Ranges.TryGetValue(stored, out var range) && type.Kind.IsNumeric()
            ? model with { Minimum = model.Minimum ?? range.Min, Maximum = model.Maximum ?? range.Max } : model;
    }

    static readonly Dictionary<Type, (string Min, string Max)> Ranges = new()
    {
        [typeof(byte)] = Range(byte.MinValue, byte.MaxValue),
        [typeof(sbyte)] = Range(sbyte.MinValue, sbyte.MaxValue),
        [typeof(ushort)] = Range(ushort.MinValue, ushort.MaxValue),
        [typeof(uint)] = Range(uint.MinValue, uint.MaxValue),
        [typeof(ulong)] = Range(0, long.MaxValue / 2),
    };

    static (string, string) Range(long min, long max) => (min.ToString(CultureInfo.InvariantCulture), max.ToString(CultureInfo.InvariantCulture));
}
