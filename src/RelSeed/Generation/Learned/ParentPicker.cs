using RelSeed.Numerics;

namespace RelSeed.Generation.Learned;

/// <summary>Finds a parent that has wanted codes, by how many children it is to have: the parents sorted by those codes, 20 bytes each.</summary>
sealed class ParentPicker
{
    readonly int[] _attributes;
    readonly int[] _steps;
    readonly bool[] _isOrdinal;
    readonly int[] _order;
    readonly double[] _sums;
    readonly int[] _degrees;
    readonly int[] _withChildren;
    readonly ushort[]?[] _codes;
    readonly double[]?[] _values;
    readonly int[]? _groups;

    /// <param name="attributes">Steps of the child that hold the wanted codes.</param>
    /// <param name="steps">The parent's step that each speaks of.</param>
    /// <param name="isOrdinal">Whether a code near the wanted one will do.</param>
    /// <param name="codes">By step of the parent: codes by row, of the steps that are asked for.</param>
    /// <param name="values">By step of the parent: values by row, NaN for NULL, of the steps that values begin at or stay within.</param>
    /// <param name="degrees">Children of each parent.</param>
    /// <param name="groups">By parent: the row that it belongs to, where rows take parents of one such group each; null where none do.</param>
    public ParentPicker(int[] attributes, int[] steps, bool[] isOrdinal, ushort[]?[] codes, double[]?[] values, int[] degrees, int[]? groups = null)
    {
        (_attributes, _steps, _isOrdinal, _codes, _values, _degrees, _groups) = (attributes, steps, isOrdinal, codes, values, degrees, groups);
        _order = [.. Enumerable.Range(0, degrees.Length)];
        Array.Sort(_order, Compare);
        _withChildren = Array.Exists(degrees, d => d <= 0) ? Array.FindAll(_order, o => degrees[o] > 0) : _order;
        _sums = new double[degrees.Length + 1];
        for (var i = 0; i < degrees.Length; i++) _sums[i + 1] = _sums[i] + degrees[_order[i]];
    }

    /// <summary>A step's codes by row of the parent; empty when nothing asked for them.</summary>
    public ushort[] Codes(int step) => _codes[step] ?? [];

    /// <summary>A parent's value of a step that values stay within; NaN for none.</summary>
    public double Value(int step, long parent) => parent >= 0 && step < _values.Length && _values[step] is { } values ? values[parent] : double.NaN;

    int Compare(int left, int right)
    {
        if (_groups is not null && _groups[left] != _groups[right]) return _groups[left].CompareTo(_groups[right]);
        foreach (var step in _steps)
            if (_codes[step]![left].CompareTo(_codes[step]![right]) is var order and not 0) return order;
        return left.CompareTo(right);
    }

    /// <summary>A parent's values by row of the parent, NaN for NULL, of an attribute that other steps begin at; null for none.</summary>
    public double[]? ValuesOf(int attribute) => Array.IndexOf(_attributes, attribute) is >= 0 and var at ? _values[_steps[at]] : null;

    /// <summary>The parent for a row, by 64 uniform bits; -1 when there is none at all.</summary>
    /// <param name="even">Takes parents as often as they are to have children; null to leave it to chance.</param>
    /// <param name="group">The row to which the parent is to belong; -1 for any.</param>
    public long Pick(LearnedState state, int row, ulong word, EvenDraws? even, ulong key, long group = -1)
    {
        var (low, high) = RangeOf(group);
        if (high == 0) return -1;
        var left = even?.Of(key, () => new Capacities([.. _order.Select(o => _degrees[o])]));
        // A parent that has its children is passed over, as long as others have the same codes.
        Span<(int Low, int High)> wider = stackalloc (int, int)[_attributes.Length + 1];
        var depth = 0;
        wider[0] = (low, high);
        for (var a = 0; a < _attributes.Length; a++)
        {
            var codes = _codes[_steps[a]]!;
            var wanted = state.Codes[_attributes[a]][row];
            var (first, last) = (Bound(codes, low, high, wanted), Bound(codes, low, high, wanted + 1));
            if (first == last && _isOrdinal[a]) (first, last) = Nearest(codes, low, high, first, wanted);
            if (first == last) continue;
            wider[++depth] = (low, high) = (first, last);
        }
        for (var at = depth; left is not null && at >= 0; at--)
            if (left.Below(wider[at].Low) is var before && left.Below(wider[at].High) - before is > 0 and var open)
                return _order[left.Take(before + (long)CounterRandom.Below(word, (ulong)open))];
        // Nor one that is to have none.
        while (depth > 0 && _sums[wider[depth].High] <= _sums[wider[depth].Low]) depth--;
        return _order[Choose(wider[depth].Low, wider[depth].High, word)];
    }

    /// <summary>Any parent that is to have children, each alike often.</summary>
    /// <param name="orNone">Also one that is to have none.</param>
    public long Other(ulong word, bool orNone)
    {
        var among = orNone || _withChildren.Length == 0 ? _order : _withChildren;
        return among.Length == 0 ? -1 : among[CounterRandom.Below(word, (ulong)among.Length)];
    }

    /// <summary>A parent of a group whatever its codes, by how many children it is to have.</summary>
    public long Any(ulong word, long group = -1)
    {
        var (low, high) = RangeOf(group);
        return high == 0 ? -1 : _order[Choose(low, high, word)];
    }

    /// <summary>Places of a group's parents; of all where it has none.</summary>
    public (int Low, int High) RangeOf(long group)
    {
        if (_groups is null || group < 0) return (0, _order.Length);
        var (low, high) = (PlaceOf(group), PlaceOf(group + 1));
        return low < high ? (low, high) : (0, _order.Length);
    }

    public long At(int place) => _order[place];

    // First place whose parent belongs to the row or to one behind it.
    int PlaceOf(long group)
    {
        var (low, high) = (0, _order.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_groups![_order[middle]] < group) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    // First place from low on whose code is at least the wanted one.
    int Bound(ushort[] codes, int low, int high, int wanted)
    {
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (codes[_order[middle]] < wanted) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    (int First, int Last) Nearest(ushort[] codes, int low, int high, int place, int wanted)
    {
        var above = place < high ? codes[_order[place]] : int.MaxValue;
        var below = place > low ? codes[_order[place - 1]] : int.MinValue;
        var nearest = (long)above - wanted < (long)wanted - below ? above : below;
        return (Bound(codes, low, high, nearest), Bound(codes, low, high, nearest + 1));
    }

    int Choose(int low, int high, ulong word)
    {
        var (from, to) = (_sums[low], _sums[high]);
        if (to <= from) return low + (int)CounterRandom.Below(word, (ulong)(high - low));
        var at = from + CounterRandom.ToUnit(word) * (to - from);
        int first = low, last = high - 1;
        while (first < last)
        {
            var middle = (first + last) / 2;
            if (at < _sums[middle + 1]) last = middle;
            else first = middle + 1;
        }
        return first;
    }
}
