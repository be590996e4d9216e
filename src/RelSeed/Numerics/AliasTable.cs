using System.Runtime.CompilerServices;

namespace RelSeed.Numerics;

/// <summary>Draws an index with given weights from one 64-bit word, in O(1).</summary>
/// <remarks>Vose's alias method (IEEE Transactions on Software Engineering 17, 1991). The table uses only addition, multiplication
/// and division, so it is the same on every platform.</remarks>
public sealed class AliasTable
{
    readonly ulong[] _thresholds;
    readonly int[] _aliases;

    /// <param name="weights">At least one, none negative, NaN or infinite, their sum above zero.</param>
    public AliasTable(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (var weight in weights)
        {
            if (!(weight >= 0) || double.IsInfinity(weight))
                throw new ArgumentOutOfRangeException(nameof(weights), "A weight is negative or no number.");
            sum += weight;
        }
        if (!(sum > 0)) throw new ArgumentOutOfRangeException(nameof(weights), "The weights sum to zero.");
        var n = weights.Length;
        _thresholds = new ulong[n];
        _aliases = new int[n];
        var scaled = new double[n];
        Stack<int> small = new(), large = new();
        for (var i = n - 1; i >= 0; i--)
        {
            scaled[i] = weights[i] * n / sum;
            (scaled[i] < 1 ? small : large).Push(i);
        }
        while (small.Count > 0 && large.Count > 0)
        {
            var (less, more) = (small.Pop(), large.Pop());
            _thresholds[less] = CounterRandom.Threshold(scaled[less]);
            _aliases[less] = more;
            scaled[more] = scaled[more] + scaled[less] - 1;
            (scaled[more] < 1 ? small : large).Push(more);
        }
        foreach (var i in small.Concat(large))
        {
            _thresholds[i] = ulong.MaxValue;
            _aliases[i] = i;
        }
    }

    public int Count => _aliases.Length;

    /// <summary>The index that 64 uniform bits choose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Draw(ulong word)
    {
        var bucket = (int)Math.BigMul(word, (ulong)_aliases.Length, out var rest);
        return rest < _thresholds[bucket] ? bucket : _aliases[bucket];
    }
}
