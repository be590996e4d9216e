using System.Buffers.Binary;
using RelSeed.Generation;
using RelSeed.Numerics;

namespace RelSeed.Learning.Sampling;

/// <summary>Keys as 64 bits, by which dependents find their principals. Two different ones are taken for the same once in billions.</summary>
static class KeyHash
{
    /// <summary>No key: a column is null.</summary>
    public const ulong None = 0;

    /// <summary>The keys of a batch's first rows.</summary>
    /// <param name="columns">Positions among the batch's columns.</param>
    public static void Of(RowSlice slice, ReadOnlySpan<int> columns, Span<ulong> hashes)
    {
        hashes.Fill(0x9E3779B97F4A7C15);
        foreach (var column in columns) Mix(slice.Columns[column], hashes);
        foreach (ref var hash in hashes)
            if (hash == None) hash = 1;
        foreach (var column in columns)
            if (slice.Columns[column].HasNulls) MarkNulls(slice.Columns[column].Nulls, hashes);
    }

    static void MarkNulls(ReadOnlySpan<bool> nulls, Span<ulong> hashes)
    {
        for (var row = 0; row < hashes.Length; row++)
            if (nulls[row]) hashes[row] = None;
    }

    static void Mix(ColumnVector column, Span<ulong> hashes)
    {
        switch (column)
        {
            case Int64Vector v:
                for (var row = 0; row < hashes.Length; row++) hashes[row] = Next(hashes[row], (ulong)v.Values[row]);
                break;
            case Float64Vector v:
                for (var row = 0; row < hashes.Length; row++) hashes[row] = Next(hashes[row], BitConverter.DoubleToUInt64Bits(v.Values[row]));
                break;
            case UuidVector v:
                for (var row = 0; row < hashes.Length; row++)
                    hashes[row] = Next(hashes[row], (ulong)v.Values[row] ^ CounterRandom.Mix((ulong)(v.Values[row] >> 64)));
                break;
            case BytesVector v:
                for (var row = 0; row < hashes.Length; row++)
                    if (!v.IsNull(row)) hashes[row] = Next(hashes[row], OfBytes(v[row]));
                break;
            default:
                foreach (ref var hash in hashes) hash = Next(hash, 0);
                break;
        }
    }

    static ulong Next(ulong hash, ulong value) => CounterRandom.Mix(hash ^ value) + 1;

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
