using System.Text;
using RelSeed.Expressions;
using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Writes an expression's value into a vector as a column of a type would store it: the inverse of <see cref="ValueReader"/>.</summary>
static class ValueWriter
{
    const long MicrosecondsADay = 86_400_000_000;

    /// <summary>Writes the next row of the vector.</summary>
    /// <returns>False when the type cannot hold the value; the row is then null.</returns>
    public static bool TryWrite(ColumnVector vector, int row, SqlValue value, ColumnType type)
    {
        if (!value.IsNull && TryWriteValue(vector, row, value, type)) return true;
        vector.CopyNullRow(row);
        return value.IsNull;
    }

    static bool TryWriteValue(ColumnVector vector, int row, SqlValue value, ColumnType type)
    {
        switch (vector)
        {
            case Int64Vector v when ToInt64(value, type) is { } number:
                v.Values[row] = number;
                return true;
            case Float64Vector v when value.IsNumber:
                v.Values[row] = SqlCompare.ToDouble(value);
                return true;
            case UuidVector v when ToUuid(value) is { } uuid:
                v.Values[row] = uuid;
                return true;
            case BytesVector v when ToBytes(value, type) is { } bytes:
                v.Append(bytes);
                return true;
            case ListVector v when value.Kind == SqlKind.Array && type.Element is { } element:
                return WriteItems(v, row, value.Items, element);
            case StructVector v when value.Kind == SqlKind.Range && type is { Kind: TypeKind.Range, Element: { } bound }:
                return WriteRange(v, row, value.AsRange, bound);
            default:
                return false;
        }
    }

    static bool WriteItems(ListVector vector, int row, IReadOnlyList<SqlValue> items, ColumnType element)
    {
        var start = vector.Start(row);
        if (row == 0) vector.Items.Reset(0);
        vector.Items.Extend(start + items.Count);
        for (var i = 0; i < items.Count; i++)
            if (!TryWrite(vector.Items, start + i, items[i], element)) return false;
        vector.EndRow(start + items.Count);
        return true;
    }

    // Batches hold ranges as [lower, upper).
    static bool WriteRange(StructVector vector, int row, SqlRange range, ColumnType bound) =>
        !range.IsEmpty && (range.LowerInclusive || range.Lower.IsNull) && !range.UpperInclusive
        && TryWrite(vector.Fields[0], row, range.Lower, bound) && TryWrite(vector.Fields[1], row, range.Upper, bound);

    static long? ToInt64(SqlValue value, ColumnType type)
    {
        switch (type.Kind)
        {
            case TypeKind.Boolean: return value.Kind is SqlKind.Boolean or SqlKind.Integer ? value.AsInteger : null;
            case TypeKind.Enum: return value.IsText && IndexOf(type.Labels, value.AsText) is var label and >= 0 ? label : null;
            case TypeKind.Date when value.Kind is SqlKind.Timestamp or SqlKind.TimestampTz:
                return Math.DivRem(value.AsInteger, MicrosecondsADay) is var (days, rest) && rest < 0 ? days - 1 : value.AsInteger / MicrosecondsADay;
            case TypeKind.Timestamp or TypeKind.TimestampTz when value.Kind == SqlKind.Date: return value.AsInteger * MicrosecondsADay;
            case TypeKind.Interval when value.Kind == SqlKind.Interval:
                return value.Months == 0 ? value.Days * MicrosecondsADay + value.AsInteger : null;
        }
        if (value.Kind == SqlKind.Network) return type.Kind is TypeKind.Inet or TypeKind.Cidr ? value.AsInteger : null;
        if (value.IsText) return CanonicalText.ParseInt64(value.AsText, type);
        return type.Kind.IsNumeric() ? ToScaled(value, type) : IsTimeOf(value.Kind, type.Kind) ? value.AsInteger : null;
    }

    static bool IsTimeOf(SqlKind value, TypeKind type) =>
        (value, type) is (SqlKind.Date, TypeKind.Date) or (SqlKind.Time, TypeKind.Time or TypeKind.TimeTz)
        or (SqlKind.Timestamp or SqlKind.TimestampTz, TypeKind.Timestamp or TypeKind.TimestampTz);

    static long? ToScaled(SqlValue value, ColumnType type)
    {
        if (!value.IsNumber || value.Kind == SqlKind.Double && !(Math.Abs(value.AsDouble) < 1e18)) return null;
        var exact = value.Kind == SqlKind.Double ? (decimal)value.AsDouble : SqlCompare.ToDecimal(value);
        var scale = type.ScaleOf();
        var (unit, most) =
            ((decimal)StableMath.PowerOfTen(scale), type.Precision is { } digits and <= 18 ? StableMath.PowerOfTen(digits) - 1 : long.MaxValue);
        var rounded = Math.Round(exact, scale, MidpointRounding.AwayFromZero);
        if (Math.Abs(rounded) > most / unit) return null;
        var number = (long)(rounded * unit);
        return type.Kind switch
        {
            TypeKind.Int16 when number is < short.MinValue or > short.MaxValue => null,
            TypeKind.Int32 when number is < int.MinValue or > int.MaxValue => null,
            _ => number,
        };
    }

    static UInt128? ToUuid(SqlValue value) => value.Kind switch
    {
        SqlKind.Uuid => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(value.AsUuid.ToByteArray(bigEndian: true)),
        _ => value.IsText ? CanonicalText.ParseUuid(value.AsText) : null,
    };

    static byte[]? ToBytes(SqlValue value, ColumnType type) => type.Kind switch
    {
        TypeKind.Bytes => value.Kind == SqlKind.Bytes && !(value.AsBytes.Length > type.Length) ? value.AsBytes : null,
        TypeKind.Json when value.Kind == SqlKind.Json => Encoding.UTF8.GetBytes(value.AsJson.GetRawText()),
        TypeKind.Bit or TypeKind.VarBit =>
            value.Kind == SqlKind.Bits && !(value.AsText.Length > type.Length) ? Encoding.ASCII.GetBytes(value.AsText) : null,
        TypeKind.Text or TypeKind.FixedText => TextOf(value) is { } text && !(text.Length > type.Length) ? Encoding.UTF8.GetBytes(text) : null,
        _ => null,
    };

    static string? TextOf(SqlValue value) => value.IsText ? value.AsText
        : value.Kind is SqlKind.Integer or SqlKind.Decimal or SqlKind.Date or SqlKind.Boolean or SqlKind.Uuid ? value.ToString() : null;

    static int IndexOf(EquatableArray<string> labels, string text)
    {
        for (var i = 0; i < labels.Count; i++)
            if (labels[i] == text) return i;
        return -1;
    }
}
