namespace RelSeed.Generation.Learned;

/// <summary>How many more children each place is to have: sums of runs, and what is taken, in O(log n) (Fenwick 1994).</summary>
sealed class Capacities
{
    readonly long[] _sums;
    readonly int _top;

    public Capacities(ReadOnlySpan<int> children)
    {
        _sums = new long[children.Length + 1];
        for (var place = 0; place < children.Length; place++) _sums[place + 1] = children[place];
        for (var node = 1; node < _sums.Length; node++)
            if (node + (node & -node) is var above && above < _sums.Length) _sums[above] += _sums[node];
        _top = children.Length == 0 ? 0 : (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)children.Length + 1) >> 1;
    }

    /// <summary>What the places below this one have left.</summary>
    public long Below(int place)
    {
        long sum = 0;
        for (var node = place; node > 0; node -= node & -node) sum += _sums[node];
        return sum;
    }

    /// <summary>The place that holds the child of this number, counted over all places; it has one less then.</summary>
    public int Take(long number)
    {
        var place = 0;
        for (var step = _top; step > 0; step >>= 1)
        {
            if (place + step >= _sums.Length || _sums[place + step] > number) continue;
            place += step;
            number -= _sums[place];
        }
        for (var node = place + 1; node < _sums.Length; node += node & -node) _sums[node]--;
        return place;
    }
}
