using System.Buffers.Binary;
using RelSeed.Numerics;
using RelSeed.Planning;

namespace RelSeed.Generation;

/// <summary>Random bytes, perhaps between a fixed head and tail.</summary>
sealed class BytesColumn(ulong key, BytesSpec spec) : ValueGenerator
{
    readonly byte[] _head = Convert.FromHexString(spec.Head), _tail = Convert.FromHexString(spec.Tail);

    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var bytes = (BytesVector)target;
        var lengthKey = CounterRandom.Derive(key, 1);
        foreach (var counter in counters)
        {
            var count = spec.Min + (int)CounterRandom.Below(CounterRandom.At(lengthKey, counter), (ulong)(spec.Max - spec.Min + 1));
            var span = bytes.GetSpan(_head.Length + count + _tail.Length);
            _head.CopyTo(span);
            RandomBytes.Fill(span.Slice(_head.Length, count), CounterRandom.At(key, counter));
            _tail.CopyTo(span[(_head.Length + count)..]);
            bytes.Advance(_head.Length + count + _tail.Length);
            bytes.EndRow();
        }
    }
}

static class RandomBytes
{
    public static void Fill(Span<byte> span, ulong word)
    {
        for (; span.Length >= 8; span = span[8..], word = CounterRandom.Mix(word + 1)) BinaryPrimitives.WriteUInt64LittleEndian(span, word);
        for (var i = 0; i < span.Length; i++) span[i] = (byte)(word >> (8 * i));
    }
}

/// <summary>Random UUIDs of version 4.</summary>
sealed class UuidColumn(ulong key) : ValueGenerator
{
    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var values = ((UuidVector)target).Values;
        for (var i = 0; i < values.Length; i++)
        {
            var high = CounterRandom.At(key, counters[i]);
            var low = CounterRandom.Mix(high ^ key);
            values[i] = new UInt128((high & ~0xF000UL) | 0x4000UL, (low & 0x3FFFFFFFFFFFFFFF) | 0x8000000000000000);
        }
    }
}

/// <summary>Byte strings of one length that carry the index, permuted, in their first bytes; the rest is drawn from it.</summary>
sealed class BytesOfDomain(ulong key, BytesDomain domain) : DomainGenerator
{
    readonly Permutation _order = new(key, domain.Size);

    public override void Fill(ReadOnlySpan<long> indexes, ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var bytes = (BytesVector)target;
        foreach (var index in indexes)
        {
            var span = bytes.GetSpan(Math.Max(8, domain.Length));
            BinaryPrimitives.WriteInt64LittleEndian(span, _order.At(index));
            if (domain.Length > 8) RandomBytes.Fill(span[8..domain.Length], CounterRandom.At(key, index));
            bytes.Advance(domain.Length);
            bytes.EndRow();
        }
    }
}
