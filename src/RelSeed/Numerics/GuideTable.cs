using System.Runtime.CompilerServices;

namespace RelSeed.Numerics;

/// <summary>Draws an index with given weights from one 64-bit word by the inverse of their sums, in O(1) expected: greater words give greater
/// indexes, so
/// words that lie evenly draw evenly.</summary>
/// <remarks>The method of guide tables (Chen and Asau, AIIE Transactions 6, 1974).</remarks>
sealed class GuideTable
{
    readonly ulong[] _ends;
    readonly ushort[] _guide;
    readonly int _last;

    /// <param name="weights">At least one, at most 65,536, none negative, their sum above zero.</param>
    public GuideTable(ReadOnlySpan<double> weights)
    {
        double total = 0, sum = 0;
        foreach (var weight in weights) total += weight;
        _ends = new ulong[weights.Length];
        for (var i = 0; i < _ends.Length; i++)
        {
            sum += weights[i];
            _ends[i] = CounterRandom.Threshold(sum / total);
        }
        // No word lies above the last index that has a weight.
        _last = weights.Length - 1;
        while (_last > 0 && weights[_last] <= 0) _last--;
        _guide = new ushort[_ends.Length];
        for (int g = 0, i = 0; g < _guide.Length; g++)
        {
            // The least word that the product below takes to g.
            var least = (ulong)(((UInt128)g << 64) / (ulong)_guide.Length);
            while (_ends[i] <= least && i < _last) i++;
            _guide[g] = (ushort)i;
        }
    }

    /// <summary>Where each index ends in the range of words.</summary>
    public ReadOnlySpan<ulong> Ends => _ends;

    /// <summary>The index to begin at, for each of as many equal parts of the range.</summary>
    public ReadOnlySpan<ushort> Guide => _guide;

    /// <summary>The last index that has a weight.</summary>
    public int Last => _last;

    /// <summary>The index that 64 uniform bits choose.</summary>
    public int Draw(ulong word) => Draw(_ends, _guide, _last, word);

    /// <summary>Draws of a table whose parts the caller keeps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Draw(ReadOnlySpan<ulong> ends, ReadOnlySpan<ushort> guide, int last, ulong word)
    {
        int index = guide[(int)Math.BigMul(word, (ulong)guide.Length, out _)];
        while (word >= ends[index] && index < last) index++;
        return index;
    }
}
