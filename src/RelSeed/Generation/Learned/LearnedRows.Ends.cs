using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>Puts the smallest and the greatest value of a few rows, of a table about no person, to where the learned ones end: by chance they would
/// stop well before it.</summary>
sealed partial class LearnedRows
{
    // The end was rounded outward by a tenth of its range.
    const double BeforeEnd = 0.05;

    // Rows nearest to an end, of which one may be put there.
    const int MostForEnd = 8;

    /// <summary>The table has about as many rows as were learned of, and values up to its ends were told.</summary>
    public bool ReachesEnds { get; init; }

    /// <summary>Steps that keys hang on.</summary>
    public IReadOnlySet<int> KeySteps { get; init; } = new HashSet<int>();

    void ReachEnds(RowFrame frame, LearnedState all)
    {
        if (!ReachesEnds || Reweighted.Count > 0) return;
        var parents = Parents(frame, all);
        for (var s = 0; s < Steps.Count; s++)
        {
            if (Steps[s].Profile.Kind != StepKind.Column || Steps[s].Planned.Column < 0 || !Steps[s].Table.IsOrdinal || KeySteps.Contains(s)
                || Steps[s].Next.Profile.Base == BaseKind.Previous)
                continue;
            ReachEnd(s, 1, frame, all, parents);
            ReachEnd(s, Steps[s].Table.Size - 1, frame, all, parents);
        }
    }

    void ReachEnd(int s, int code, RowFrame frame, LearnedState all, RowFrame? parents)
    {
        var (step, codes, values) = (Steps[s], all.Codes[s], all.Values[s]);
        var (low, high) = step.Table.EndsOf(code);
        if (high <= low || !step.Planned.Allowed.IsEmpty && !step.Planned.Allowed[code]) return;
        var isLeast = code == 1;
        var end = step.Table.Within(isLeast ? low + BeforeEnd * (high - low) : high - BeforeEnd * (high - low), low, high);
        var mayRecode = !IsDecisive(s);
        foreach (var row in Nearest(all, s, frame.Count, isLeast))
        {
            if (isLeast ? values[row] <= end : values[row] >= end) return;
            if (frame.IsAbsent(row) || codes[row] != code && !mayRecode || !Fits(s, row, end, all, parents)) continue;
            (codes[row], values[row]) = ((ushort)code, end);
            return;
        }
    }

    static IEnumerable<int> Nearest(LearnedState all, int s, int rows, bool isLeast)
    {
        var known = Enumerable.Range(0, rows).Where(row => all.Codes[s][row] > 0);
        return (isLeast ? known.OrderBy(row => all.Values[s][row]) : known.OrderByDescending(row => all.Values[s][row])).Take(MostForEnd);
    }

    // Other columns go by its code.
    bool IsDecisive(int s) => Steps[s].Agreements.Length > 0 || Steps.Any(t => t.Agreements.Any(a => IsOwn(a.Feature, s))
        || t.First.Profile.Map?.Step == s || t.Next.Profile.Map?.Step == s) || Steps[s].First.Map is not null || Steps[s].Next.Map is not null;

    // Within its own bounds, and those of other columns by it.
    bool Fits(int s, int row, double value, LearnedState all, RowFrame? parents)
    {
        if (!IsWithin(Steps[s], row, value, all, parents)) return false;
        for (var t = 0; t < Steps.Count; t++)
            foreach (var bound in Steps[t].Profile.Bounds)
                if (IsOwn(bound.Feature, s) && all.Codes[t][row] > 0
                    && (bound.IsLeast ? all.Values[t][row] < value : all.Values[t][row] > value)) return false;
        return true;
    }

    static bool IsOwn(Feature feature, int s) => feature.Kind == FeatureKind.Own && feature.Step == s;
}
