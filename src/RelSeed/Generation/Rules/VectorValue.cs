using System.Buffers.Binary;
using System.Text;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Reads a row of a vector as a value of C#.</summary>
static class VectorValue
{
    static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <returns>Null for NULL, and for arrays, ranges and composites.</returns>
    public static object? Read(ColumnVector vector, int row, ColumnType type) => vector.IsNull(row) ? null : vector switch
    {
        Int64Vector v => Integer(v.Values[row], type),
        Float64Vector v => v.Values[row],
        UuidVector v => Uuid(v.Values[row]),
        BytesVector v when type.Kind == TypeKind.Bytes => v[row].ToArray(),
        BytesVector v => Encoding.UTF8.GetString(v[row]),
        _ => null,
    };

    static object Integer(long value, ColumnType type) => type.Kind switch
    {
        TypeKind.Boolean => value != 0,
        TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 => value,
        TypeKind.Decimal or TypeKind.Money =>
            new decimal((int)(uint)Magnitude(value), (int)(uint)(Magnitude(value) >> 32), 0, value < 0, (byte)type.ScaleOf()),
        TypeKind.Date => DateOnly.FromDayNumber((int)(value + Epoch.DayNumber)),
        TypeKind.Time or TypeKind.TimeTz => TimeOnly.FromTimeSpan(new TimeSpan(value * 10)),
        TypeKind.Timestamp or TypeKind.TimestampTz => DateTime.UnixEpoch.AddTicks(value * 10),
        TypeKind.Interval => new TimeSpan(value * 10),
        _ => CanonicalText.Format(value, type),
    };

    static ulong Magnitude(long value) => (ulong)Int128.Abs(value);

    static Guid Uuid(UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return new Guid(bytes, bigEndian: true);
    }
}
