using System.Buffers.Binary;
using RelSeed.Generation;
using RelSeed.Numerics;

namespace RelSeed.Learning.Sampling;

/// <summary>Keys as 64 bits, by which dependents find their principals. Two different ones are taken for the same once in billions.</summary>
static class KeyHash
{
    /// <summary>No key: a column is null.</summary>
    public const ulong None = 0;

    public static ulong Of(ReadOnlySpan<ColumnVector> columns, int row)
    {
        var hash = 0x9E3779B97F4A7C15UL;
        foreach (var column in columns)
        {
            if (column.IsNull(row)) return None;
            hash = CounterRandom.Mix(hash ^ OfValue(column, row)) + 1;
        }
        return hash == None ? 1 : hash;
    }

    static ulong OfValue(ColumnVector column, int row) => column switch
    {
        Int64Vector v => (ulong)v.Values[row],
        Float64Vector v => BitConverter.DoubleToUInt64Bits(v.Values[row]),
        UuidVector v => (ulong)v.Values[row] ^ CounterRandom.Mix((ulong)(v.Values[row] >> 64)),
        BytesVector v => OfBytes(v[row]),
        _ => 0,
    };

    public static ulong OfBytes(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length;
        while (bytes.Length >= 8)
        {
            hash = CounterRandom.Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }
        ulong last = 0;
        foreach (var part in bytes) last = last << 8 | part;
        return CounterRandom.Mix(hash ^ last ^ 0xD1B54A32D192ED03);
    }
}
