using RelSeed.Learning.Codebooks;
using RelSeed.Profiling;

namespace RelSeed.Learning.Models;

/// <summary>Which rows have the value of the nearest sibling before that has one.</summary>
/// <param name="Is">By row.</param>
/// <param name="Within">The step whose code that sibling shares with the row; -1 for any sibling.</param>
sealed record SameAsLast(bool[] Is, int Within);

/// <summary>Finds values that siblings repeat: what is paid to one bank each month, between payments of other kinds.</summary>
sealed class LastSame
{
    // So much more often than chance would have it. Numbers that are drawn anew as often as not go astray where each stays for a while.
    const double LeastOfNames = 0.02, LeastOfNumbers = 0.5;

    // So much more must repeat among siblings of one kind only.
    const double LeastWithin = 0.05;

    const int MostKinds = 64, LookedRows = 50_000;

    readonly LearnedTable _table;
    readonly Lazy<int[]> _inOrder;
    readonly Lazy<int[]> _families;

    public LastSame(LearnedTable table)
    {
        _table = table;
        _families = new(() => Families(table.Siblings));
        _inOrder = new(() => [.. Enumerable.Range(0, table.Sample.Count).OrderBy(r => _families.Value[r]).ThenBy(r => table.Siblings.Ordinals[r])]);
    }

    /// <summary>Null where a step's values do not repeat.</summary>
    public SameAsLast? Find(int step)
    {
        if (_table.Steps[step] is not { Kind: StepKind.Column or StepKind.Attribute, IsTime: false, Coded.Codebook: { Size: > 2 } book }) return null;
        var rows = _inOrder.Value.AsSpan(0, Math.Min(LookedRows, _inOrder.Value.Length));
        var (within, share) = (-1, Share(step, -1, rows));
        for (var other = 0; other < step; other++)
            if (_table.Steps[other] is { Kind: StepKind.Column, Coded.Codebook: { IsOrdinal: false, Size: > 2 and <= MostKinds } }
                && Share(step, other, rows) is var narrower && narrower > share + LeastWithin)
                (within, share) = (other, narrower);
        return share - Chance(_table.Steps[step].Coded, rows) < (book.IsOrdinal ? LeastOfNumbers : LeastOfNames) ? null
            : new(Same(step, within, _inOrder.Value), within);
    }

    double Share(int step, int within, ReadOnlySpan<int> rows)
    {
        var same = Same(step, within, rows);
        int all = 0, repeated = 0;
        foreach (var row in rows)
        {
            if (_table.Steps[step].Coded.Codes[row] == 0 || _table.Siblings.Previous[row] < 0) continue;
            all++;
            if (same[row]) repeated++;
        }
        return (double)repeated / Math.Max(1, all);
    }

    bool[] Same(int step, int within, ReadOnlySpan<int> rows)
    {
        var (coded, kinds) = (_table.Steps[step].Coded, within < 0 ? null : _table.Steps[within].Coded);
        var same = new bool[coded.Codes.Length];
        // By kind, the last row of the family that has a value.
        var (last, seen) = (new int[kinds?.Codebook.Size ?? 1], new int[kinds?.Codebook.Size ?? 1]);
        foreach (var row in rows)
        {
            if (coded.Codes[row] == 0) continue;
            var (kind, family) = (kinds?.Codes[row] ?? 0, _families.Value[row] + 1);
            same[row] = seen[kind] == family && IsSame(coded, row, last[kind]);
            (last[kind], seen[kind]) = (row, family);
        }
        return same;
    }

    // What is made anew is another each time.
    static bool IsSame(CodedColumn coded, int row, int other) => coded.Values is { } values ? values[row] == values[other]
        : coded.Codes[row] == coded.Codes[other] && !coded.Codebook.IsOther(coded.Codes[row]);

    // That two rows have the same.
    static double Chance(CodedColumn coded, ReadOnlySpan<int> rows)
    {
        var counts = new Dictionary<double, int>();
        var all = 0;
        foreach (var row in rows)
        {
            if (coded.Codes[row] == 0) continue;
            var value = coded.Values is { } values ? values[row] : coded.Codes[row];
            counts[value] = counts.GetValueOrDefault(value) + 1;
            all++;
        }
        return counts.Values.Sum(c => (double)c * c) / Math.Max(1, (double)all * all);
    }

    // By row, the first sibling of all.
    static int[] Families(SiblingOrder siblings)
    {
        var families = new int[siblings.Previous.Length];
        foreach (var row in Enumerable.Range(0, families.Length).OrderBy(r => siblings.Ordinals[r]))
            families[row] = siblings.Previous[row] is >= 0 and var previous ? families[previous] : row;
        return families;
    }
}
