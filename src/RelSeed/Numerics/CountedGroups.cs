namespace RelSeed.Numerics;

/// <summary>Groups whose sizes are known one by one: 4 bytes a parent, and 8 for every 64.</summary>
public sealed class CountedGroups : GroupIndex
{
    const int BlockSize = 64;
    readonly int[] _counts;
    readonly long[] _blocks;

    /// <param name="counts">Children of each parent, none negative.</param>
    public CountedGroups(int[] counts)
    {
        _counts = counts;
        _blocks = new long[(counts.Length + BlockSize - 1) / BlockSize + 1];
        long sum = 0;
        for (var parent = 0; parent < counts.Length; parent++)
        {
            if (parent % BlockSize == 0) _blocks[parent / BlockSize] = sum;
            sum += counts[parent];
        }
        _blocks[^1] = Children = sum;
    }

    public override long Parents => _counts.Length;
    public override long Children { get; }

    public int SizeOf(long parent) => _counts[parent];

    public override long FirstChild(long parent)
    {
        if (parent >= Parents) return Children;
        var block = parent / BlockSize;
        var sum = _blocks[block];
        for (var p = block * BlockSize; p < parent; p++) sum += _counts[p];
        return sum;
    }

    public override long LargestGroup()
    {
        var largest = 0;
        foreach (var count in _counts) largest = Math.Max(largest, count);
        return largest;
    }

    public override void Locate(ReadOnlySpan<long> rows, Span<long> parents, Span<long> ordinals)
    {
        long parent = 0, start = 0, end = -1;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            if (row < start || end < 0 || row - end > 4 * BlockSize) (parent, start, end) = Seek(row);
            while (row >= end) (parent, start, end) = (parent + 1, end, end + _counts[parent + 1]);
            parents[i] = parent;
            ordinals[i] = row - start;
        }
    }

    (long Parent, long Start, long End) Seek(long row)
    {
        int low = 0, high = _blocks.Length - 2;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_blocks[middle] <= row) low = middle;
            else high = middle - 1;
        }
        var parent = (long)low * BlockSize;
        return (parent, _blocks[low], _blocks[low] + _counts[parent]);
    }

    /// <summary>Brings drawn sizes to a number of children: all by the same factor first, then one more or less here and there. Parents
    /// without children stay without, as long as others can take them.</summary>
    /// <param name="drawn">Sizes as drawn; changed in place.</param>
    /// <param name="children">0 or more.</param>
    /// <param name="largest">No group gets more.</param>
    /// <param name="key">Of the draws.</param>
    /// <returns>False when so many children have no room.</returns>
    public static bool Fit(int[] drawn, long children, long largest, ulong key)
    {
        long sum = 0;
        for (var p = 0; p < drawn.Length; p++) sum += drawn[p] = (int)Math.Min(drawn[p], largest);
        if (sum > 0 && Math.Abs(sum - children) > Math.Max(1, children / 10)) sum = Scale(drawn, (double)children / sum, largest, key);
        if (drawn.Length == 0) return children == 0;
        var order = new Permutation(CounterRandom.Derive(key, 1), drawn.Length);
        for (var pass = 0; sum != children; pass++)
        {
            var before = sum;
            for (long i = 0; i < drawn.Length && sum != children; i++)
            {
                ref var count = ref drawn[order.At(i)];
                if (sum < children && count < largest && (count > 0 || pass > 0)) (count, sum) = (count + 1, sum + 1);
                else if (sum > children && (count > 1 || (pass > 0 && count > 0))) (count, sum) = (count - 1, sum - 1);
            }
            if (sum == before && pass > 0) return false;
        }
        return true;
    }

    static long Scale(int[] drawn, double factor, long largest, ulong key)
    {
        long sum = 0;
        for (var p = 0; p < drawn.Length; p++)
        {
            var exact = drawn[p] * factor;
            var whole = Math.Floor(exact);
            var more = CounterRandom.ToUnit(CounterRandom.At(key, p)) < exact - whole ? 1 : 0;
            sum += drawn[p] = (int)Math.Min(largest, whole + more);
        }
        return sum;
    }
}
