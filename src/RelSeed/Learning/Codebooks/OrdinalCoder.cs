using System.Runtime.InteropServices;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Codebooks;

/// <summary>Makes the codebook of values on an axis: atoms where one value is common, else ranges that hold about equally many rows, narrower
/// towards the ends; never a smallest or largest value.</summary>
sealed partial class OrdinalCoder(TypeKind kind, PrivacyRule rule, int[]? entities, int[]? weights)
{
    // Ranges hold a hundredth of the rows where there are enough; a value of its own at least half of that.
    const int Ranges = 100;
    const int MostAtoms = 300;

    // Ranges end where a value beyond the k-th is to be expected, and a little further: few of their rows are drawn next to the end.
    const double BeyondKth = 1.4, BeyondByNearest = 2.5;

    // Between what an end without a tail and one that decays like an exponential have; few values tell one from the other badly.
    const double LeastGrowth = 0.5, MostGrowthOfFew = 0.7;

    readonly List<Piece> _pieces = [];
    double[] _values = [];
    int[] _rows = [];
    Group[] _groups = [];
    double _unit;

    // Values are looked at without what they end with.
    double _ending;
    bool _hasEnding;
    double[] _whole = [];

    /// <summary>Values may lie beyond the k-th extreme as its neighbours suggest.</summary>
    public bool HasTails { get; init; } = true;

    /// <summary>Each value stands for itself, as far as it does not lie far out.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Ranges reach to where values end, rounded outward, though fewer than k have those.</summary>
    public bool ReachesEnds { get; init; }

    /// <summary>Rows with the same value.</summary>
    [StructLayout(LayoutKind.Auto)]
    readonly record struct Group(double Value, int Start, int Count, int Entities);

    /// <summary>Consecutive groups that become a code.</summary>
    sealed class Piece
    {
        public required int First { get; set; }
        public required int Last { get; set; }
        public required int Rows { get; set; }
        public required int Entities { get; set; }
        public required bool IsAtom { get; set; }
    }

    /// <summary>Null when too few entities have values.</summary>
    /// <param name="values">By row, NaN for null.</param>
    public Codebook? Make(ReadOnlySpan<double> values)
    {
        Sort(values);
        if (_values.Length == 0) return null;
        _unit = Grid.UnitOf(kind, _values);
        if (Grid.EndingOf(kind, _values, _unit) is { } ending) TakeEnding(ending);
        Gather();
        Cut();
        Merge();
        // Of one range for so few, both ends would be told of nearly the same entities.
        if (_pieces is [{ IsAtom: false } only] && only.Entities < 2 * rule.Enough) return null;
        return _pieces.Count == 0 ? null : new Codebook(true, _hasEnding ? 1 : _unit, Codes().ToEquatableArray());
    }

    void Sort(ReadOnlySpan<double> values)
    {
        var count = 0;
        foreach (var value in values)
            if (!double.IsNaN(value)) count++;
        (_values, _rows) = (new double[count], new int[count]);
        for (int row = 0, at = 0; row < values.Length; row++)
            if (!double.IsNaN(values[row])) (_values[at], _rows[at++]) = (values[row], row);
        Array.Sort(_values, _rows);
    }

    void TakeEnding(double ending)
    {
        (_ending, _hasEnding, _whole) = (ending, true, (double[])_values.Clone());
        for (var i = 0; i < _values.Length; i++) _values[i] = Grid.Clean(_values[i] - ending);
    }

    void Gather()
    {
        var groups = new List<Group>();
        for (int start = 0, end; start < _values.Length; start = end)
        {
            for (end = start + 1; end < _values.Length && _values[end] == _values[start]; end++) { }
            groups.Add(new Group(_values[start], start, end - start, EntitiesOf(start, end)));
        }
        _groups = [.. groups];
    }

    int EntitiesOf(int start, int end)
    {
        if (weights is not null)
        {
            long sum = 0;
            for (var i = start; i < end; i++) sum += weights[_rows[i]];
            return (int)Math.Min(sum, int.MaxValue);
        }
        if (entities is null || end - start == 1) return end - start;
        var seen = new HashSet<int>();
        for (var i = start; i < end && seen.Count <= rule.Enough * 4; i++) seen.Add(entities[_rows[i]]);
        return seen.Count;
    }

    void Cut()
    {
        var isAtom = new bool[_groups.Length];
        var fences = IsWhole ? Fences.Of(_values) : null;
        for (var g = 0; g < _groups.Length; g++)
            isAtom[g] = fences?.Hold(_groups[g].Value) is true
                || (_groups.Length <= MostAtoms || _groups[g].Count * 2.0 * Ranges >= _values.Length)
                && _groups[g].Entities >= rule.ThresholdOf(BitConverter.DoubleToUInt64Bits(ValueOf(_groups[g])));
        for (int first = 0, last; first < _groups.Length; first = last)
        {
            for (last = first + 1; last < _groups.Length && !isAtom[first] && !isAtom[last]; last++) { }
            if (isAtom[first])
                _pieces.Add(new Piece
                {
                    First = first,
                    Last = first,
                    Rows = _groups[first].Count,
                    Entities = _groups[first].Entities,
                    IsAtom = true
                });
            else CutRun(first, last);
        }
    }

    void CutRun(int first, int last)
    {
        var begun = _pieces.Count;
        var full = Math.Max(1, _values.Length / Ranges);
        for (int start = first, end; start < last; start = end)
        {
            var rows = 0;
            for (end = start; end < last; end++)
            {
                rows += _groups[end].Count;
                if (rows >= Depth(_groups[start].Start, _groups[end].Start + _groups[end].Count, full) && Suffices(start, end + 1)) break;
            }
            end = Math.Min(last, end + 1);
            var count = EntitiesOf(_groups[start].Start, _groups[end - 1].Start + _groups[end - 1].Count);
            if (count < rule.Enough && _pieces.Count > begun)
            {
                _pieces[^1].Last = end - 1;
                _pieces[^1].Rows += rows;
            }
            else _pieces.Add(new Piece { First = start, Last = end - 1, Rows = rows, Entities = count, IsAtom = false });
        }
    }

    // Ends are cut finer: a range holds about half of what lies beyond it.
    double Depth(int start, int end, int full) => Math.Min(full, Math.Max(Math.Min(start, _values.Length - end) / 2.0, 1));

    bool Suffices(int first, int last)
    {
        var (start, end) = (_groups[first].Start, _groups[last - 1].Start + _groups[last - 1].Count);
        return (weights is not null || end - start >= rule.Enough) && EntitiesOf(start, end) >= rule.Enough;
    }

    // What too few entities have goes to a neighbour: a large atom takes it in, a small one becomes a range.
    void Merge()
    {
        for (var p = 0; p < _pieces.Count; p++)
        {
            var piece = _pieces[p];
            if (piece.IsAtom || piece.Entities >= rule.Enough) continue;
            _pieces.RemoveAt(p--);
            var into = Neighbour(p);
            if (into is null || into.IsAtom && into.Rows > 4 * piece.Rows) continue;
            (into.First, into.Last) = (Math.Min(into.First, piece.First), Math.Max(into.Last, piece.Last));
            into.Rows += piece.Rows;
            into.Entities = EntitiesOf(_groups[into.First].Start, _groups[into.Last].Start + _groups[into.Last].Count);
            into.IsAtom = false;
            // It may still be too few.
            p = Math.Max(p - 1, -1);
        }
    }

    Piece? Neighbour(int before)
    {
        var left = before >= 0 ? _pieces[before] : null;
        var right = before + 1 < _pieces.Count ? _pieces[before + 1] : null;
        return left is null ? right : right is null ? left : right.Rows < left.Rows ? right : left;
    }

    IEnumerable<Code> Codes()
    {
        for (var p = 0; p < _pieces.Count; p++)
        {
            var piece = _pieces[p];
            if (piece.First == piece.Last)
            {
                yield return new NumberCode(ValueOf(_groups[piece.First]));
                continue;
            }
            var low = p == 0 ? Lowest(piece) : Between(_groups[piece.First - 1].Value, _groups[piece.First].Value);
            var high = p == _pieces.Count - 1 ? Highest(piece) : Math.Max(low, Grid.Clean(UpperBound(piece) - _unit));
            if (_hasEnding) (low, high) = OnGrid(piece, low, high);
            // One value may stand for its neighbours without being told for itself.
            yield return high <= low ? new RangeCode(Whole(low), Whole(low)) : new RangeCode(Whole(low), Whole(high), TailOf(piece, p, low, high));
        }
    }

    // Unless a value that ends otherwise would fall out, or the smallest or largest value would be told.
    (double Low, double High) OnGrid(Piece piece, double low, double high)
    {
        var (up, down) = (Math.Ceiling(low), Math.Floor(high));
        if (up > down) return (low, high);
        var (first, last) = (_groups[piece.First].Value, _groups[piece.Last].Value);
        return (first > up || first == up && piece.First > 0 ? up : low, last < down || last == down && piece.Last < _groups.Length - 1 ? down : high);
    }

    double ValueOf(Group group) => _hasEnding ? _whole[group.Start] : group.Value;

    double Whole(double value) => _ending == 0 ? value : Grid.Clean(value + _ending);

    double UpperBound(Piece piece) => Between(_groups[piece.Last].Value, _groups[piece.Last + 1].Value);

    // Moments part at midnight where one lies between: a day stays whole.
    double Between(double low, double high) => kind is TypeKind.Timestamp or TypeKind.TimestampTz && Weekdays.DayOf(high) is var day && day > low
        ? day : Grid.RoundestBetween(low, high, _unit);
}
