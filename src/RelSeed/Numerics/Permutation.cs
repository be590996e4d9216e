using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RelSeed.Numerics;

/// <summary>A keyed bijection of [0, <see cref="Size"/>): unique values without a memory of those given out. O(1), no state.</summary>
/// <remarks>An unbalanced Feistel network over the next power of two with cycle walking (Black and Rogaway, CT-RSA 2002):
/// at most two expected steps a value.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly struct Permutation
{
    const int Rounds = 6;
    readonly ulong _key;
    readonly int _lowBits;
    readonly int _highBits;

    /// <param name="size">Size of the domain, from 1 to 2^62.</param>
    public Permutation(ulong key, long size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1L << 62);
        Size = size;
        _key = key;
        var bits = Math.Max(2, 64 - BitOperations.LeadingZeroCount((ulong)size - 1));
        _lowBits = bits / 2;
        _highBits = bits - _lowBits;
    }

    public long Size { get; }

    /// <param name="index">From 0 to <see cref="Size"/> - 1; one outside is taken modulo the size.</param>
    public long At(long index)
    {
        if (Size == 1) return 0;
        if ((ulong)index >= (ulong)Size) index = (long)((ulong)index % (ulong)Size);
        var value = (ulong)index;
        do value = Encrypt(value);
        while (value >= (ulong)Size);
        return (long)value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    ulong Encrypt(ulong value)
    {
        // The halves swap widths every round, so an even number of rounds ends with the widths it began with.
        var (leftBits, rightBits) = (_highBits, _lowBits);
        var left = value >> rightBits;
        var right = value & ((1UL << rightBits) - 1);
        for (ulong round = 0; round < Rounds; round++)
        {
            var mixed = CounterRandom.Mix(_key + (right + 1) * 0x9E3779B97F4A7C15 + round * 0xD1B54A32D192ED03);
            var next = (left ^ mixed) & ((1UL << leftBits) - 1);
            (left, right) = (right, next);
            (leftBits, rightBits) = (rightBits, leftBits);
        }
        return (left << rightBits) | right;
    }
}
