namespace RelSeed.Numerics;

/// <summary>Spreads children over parents in groups: parent j owns the child rows [<see cref="FirstChild"/>(j), FirstChild(j + 1)).</summary>
/// <remarks>A parent's weight is recomputed from its row; cumulative weights are kept once per <see cref="BlockSize"/> parents, so memory is
/// 8 bytes per 64 parents. Systematic sampling over the weights meets the number of children exactly.</remarks>
public sealed class FanOutIndex : GroupIndex
{
    const int BlockSize = 64;
    readonly ulong _key;
    readonly FanOutShape _shape;
    readonly ulong[] _blocks;
    readonly ulong _scale;
    readonly long _least;

    /// <param name="key">Key of the weights' draws.</param>
    /// <param name="parents">At least 1, at most 2^30.</param>
    /// <param name="children">0 or more; at least <paramref name="least"/> a parent.</param>
    /// <param name="least">Children that every parent has beside those that the shape spreads.</param>
    public FanOutIndex(ulong key, long parents, long children, FanOutShape shape, long least = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parents, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parents, 1L << 30);
        ArgumentOutOfRangeException.ThrowIfNegative(children);
        if ((Int128)least * parents > children)
            throw new ArgumentOutOfRangeException(nameof(least), "There are fewer children than that for each parent.");
        (_key, _shape, Parents, Children, _least) = (key, shape, parents, children, least);
        _blocks = new ulong[(parents + BlockSize - 1) / BlockSize + 1];
        ulong sum = 0;
        for (long parent = 0; parent < parents; parent++)
        {
            if (parent % BlockSize == 0) _blocks[parent / BlockSize] = sum;
            sum += Weight(parent);
        }
        if (sum == 0)
        {
            // Few parents can all draw no children; the children must go somewhere.
            _shape = FanOutShape.Even;
            for (var block = 0; block < _blocks.Length; block++) _blocks[block] = SumOfEven(Math.Min((long)block * BlockSize, parents));
            sum = SumOfEven(parents);
        }
        _blocks[^1] = sum;
        _scale = (ulong)(((UInt128)(ulong)Spread << 64) / sum);
    }

    public override long Parents { get; }
    public override long Children { get; }

    long Spread => Children - _least * Parents;

    static ulong SumOfEven(long parents) => (ulong)parents * FanOutShape.Even.Weight(ulong.MaxValue);

    ulong Weight(long parent) => _shape.Weight(CounterRandom.At(_key, parent));

    // floor(cumulative * Spread / total), exactly: the scale is rounded down, so its product is at most one too low; and the least of each parent
    // before.
    long Child(ulong cumulative, long parent)
    {
        var quotient = Math.BigMul(cumulative, _scale, out _);
        if (new UInt128(0, quotient + 1) * _blocks[^1] <= new UInt128(0, cumulative) * (ulong)Spread) quotient++;
        return (long)quotient + _least * parent;
    }

    public override long FirstChild(long parent)
    {
        if (parent >= Parents) return Children;
        var block = parent / BlockSize;
        var sum = _blocks[block];
        for (var p = block * BlockSize; p < parent; p++) sum += Weight(p);
        return Child(sum, parent);
    }

    public override long LargestGroup()
    {
        long largest = 0, start = 0;
        ulong sum = 0;
        for (long parent = 0; parent < Parents; parent++)
        {
            sum += Weight(parent);
            var end = Child(sum, parent + 1);
            largest = Math.Max(largest, end - start);
            start = end;
        }
        return largest;
    }

    /// <summary>Children of the parent with the fewest.</summary>
    public long SmallestGroup()
    {
        long smallest = long.MaxValue, start = 0;
        ulong sum = 0;
        for (long parent = 0; parent < Parents; parent++)
        {
            sum += Weight(parent);
            var end = Child(sum, parent + 1);
            smallest = Math.Min(smallest, end - start);
            start = end;
        }
        return smallest;
    }

    public override void Locate(ReadOnlySpan<long> rows, Span<long> parents, Span<long> ordinals)
    {
        long parent = 0, start = 0, end = -1;
        ulong sum = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            if (row < start || end < 0 || row - end > 4 * BlockSize) (parent, start, end, sum) = Seek(row);
            while (row >= end)
            {
                parent++;
                start = end;
                sum += Weight(parent);
                end = Child(sum, parent + 1);
            }
            parents[i] = parent;
            ordinals[i] = row - start;
        }
    }

    (long Parent, long Start, long End, ulong Sum) Seek(long row)
    {
        int low = 0, high = _blocks.Length - 2;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Child(_blocks[middle], (long)middle * BlockSize) <= row) low = middle;
            else high = middle - 1;
        }
        var parent = (long)low * BlockSize;
        var sum = _blocks[low] + Weight(parent);
        return (parent, Child(_blocks[low], parent), Child(sum, parent + 1), sum);
    }
}

/// <summary>How children are spread: weights of parents at equal shares of parents, read by linear interpolation.</summary>
public sealed class FanOutShape
{
    // Weights reach 2^32, so that 2^30 parents sum below 2^63 and a child count below the sum keeps its scale in 64 bits.
    const double Unit = 1L << 31;
    readonly double[] _knots;
    readonly ulong _zero;

    /// <param name="zeroShare">Share of parents without children, from 0 to below 1.</param>
    /// <param name="relative">Weights at equally spaced shares of the remaining parents, ascending, at least 2, all above 0 and at most 1
    /// times the largest.</param>
    public FanOutShape(double zeroShare, ReadOnlySpan<double> relative)
    {
        var largest = 0.0;
        foreach (var weight in relative) largest = Math.Max(largest, weight);
        _knots = new double[relative.Length];
        for (var i = 0; i < relative.Length; i++) _knots[i] = Math.Max(1, relative[i] / largest * Unit);
        _zero = CounterRandom.Threshold(zeroShare);
        ZeroShare = zeroShare;
    }

    public double ZeroShare { get; }

    /// <summary>Every parent the same number of children, give or take one.</summary>
    public static FanOutShape Even { get; } = new(0, [1, 1]);

    public ulong Weight(ulong word)
    {
        if (word < _zero) return 0;
        var position = CounterRandom.ToUnit(CounterRandom.Mix(word)) * (_knots.Length - 1);
        var knot = (int)position;
        return (ulong)(_knots[knot] + (position - knot) * (_knots[knot + 1] - _knots[knot]));
    }
}
