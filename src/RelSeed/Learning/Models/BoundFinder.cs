using RelSeed.Learning.Sampling;
using RelSeed.Profiling;

namespace RelSeed.Learning.Models;

/// <summary>Finds what a step's values never lie beyond: a moment that comes after another of the row or of a parent, hits that are no more than
/// shots.
/// Nothing is told but that it is so.</summary>
static class BoundFinder
{
    // So many rows are proof; of moments few, some of which may be errors.
    const int LeastMoments = 20, Proof = 100, MostOneSided = 4;
    const double MostBroken = 0.01;

    /// <param name="isBefore">Whether a table's rows are drawn before.</param>
    public static IEnumerable<OrderBound> Find(
        LearnedTable table, IReadOnlyDictionary<SampleTable, LearnedTable> learned, int step, Func<SampleTable, bool> isBefore)
    {
        if (table.Steps[step] is not { Kind: StepKind.Column, Coded.Values: { } values } target) return [];
        var found = Candidates(table, learned, step, target.Time, isBefore)
            .Select(c => (c.Feature, c.Values, c.Via, Order: Order(values, c.Values, c.Via, target.IsTime)))
            .Where(c => c.Order.Side != 0).OrderBy(c => c.Order.Gap)
            .Select(c => new Bound(c.Feature, ByRow(c.Values, c.Via, values.Length), c.Order.Side, IsAlways(c.Values, c.Via))).ToList();
        return new[] { 1, -1 }.SelectMany(side => Telling([.. found.Where(f => f.Side == side)], table.Sample.Driving))
            .Select(f => new OrderBound(f.Feature, f.Side > 0)).Concat(OfOwnTable(table, values, target.Time));
    }

    /// <summary>Which moments of the driving parents never lie before, or after, those of the parents by another reference.</summary>
    /// <param name="rows">By row: the driving parent.</param>
    /// <param name="others">By row: the other parent.</param>
    public static IEnumerable<ParentBound> OfParents(LearnedTable driving, int[] rows, LearnedTable principal, int[] others) =>
        from d in MomentsOf(driving)
        let values = ByRow(driving.Steps[d].Coded.Values!, rows, rows.Length)
        from s in MomentsOf(principal).Where(s => principal.Steps[s].Time == driving.Steps[d].Time)
        let order = Order(values, principal.Steps[s].Coded.Values!, others, isTime: true)
        where order.Side != 0
        select new ParentBound(s, d, order.Side > 0);

    static IEnumerable<int> MomentsOf(LearnedTable table) =>
        Enumerable.Range(0, table.Steps.Count).Where(s => table.Steps[s] is { Kind: StepKind.Column, IsTime: true, Coded.Values: not null });

    sealed record Bound(Feature Feature, double[] Values, int Side, bool IsAlways);

    // What has NULLs at all may be NULL in rows where it never was.
    static bool IsAlways(double[] values, int[]? via) => !Array.Exists(values, double.IsNaN) && (via is null || Array.TrueForAll(via, r => r >= 0));

    static double[] ByRow(double[] values, int[]? via, int rows)
    {
        var known = new double[rows];
        for (var row = 0; row < rows; row++) known[row] = via is null ? values[row] : via[row] < 0 ? double.NaN : values[via[row]];
        return known;
    }

    // The nearest first, but none that goes without saying by those before it. Where these are NULL it does not: what was never approved is delivered
    // after it was ordered.
    static List<Bound> Telling(List<Bound> sorted, int driving)
    {
        List<Bound> telling = [];
        foreach (var bound in sorted)
            if (telling.Count < MostOneSided && !telling.Exists(t => Implies(t, bound, driving))) telling.Add(bound);
        return telling;
    }

    static bool IsPicked(Feature feature, int driving) => feature.Kind == FeatureKind.Parent && feature.Reference != driving;

    static bool Implies(Bound nearer, Bound bound, int driving)
    {
        // What holds between two parents is no rule of how the row picks them.
        if (!nearer.IsAlways || IsPicked(bound.Feature, driving) && nearer.Feature.Kind != FeatureKind.Own && bound.Feature.Reference != nearer.Feature.Reference) return false;
        for (var row = 0; row < bound.Values.Length; row++)
            if (!double.IsNaN(bound.Values[row]) && !(nearer.Side * (nearer.Values[row] - bound.Values[row]) >= 0)) return false;
        return true;
    }

    // Of a row of the same table, which is found once all rows are drawn: an answer after its question, a birth before the mother's death.
    static IEnumerable<OrderBound> OfOwnTable(LearnedTable table, double[] values, TimeScale time)
    {
        for (var r = 0; time != TimeScale.None && r < table.Sample.References.Length; r++)
        {
            if (r == table.Sample.Driving || table.Sample.References[r].Principal != table.Sample) continue;
            for (var s = 0; s < table.Steps.Count; s++)
                if (table.Steps[s] is { Kind: StepKind.Column, Coded.Values: { } above } other && other.Time == time
                    && Order(values, above, table.Sample.References[r].Parents, isTime: true) is { Side: not 0 } order)
                    yield return new(new Feature(FeatureKind.Parent, r, s), order.Side > 0);
        }
    }

    static IEnumerable<(Feature Feature, double[] Values, int[]? Via)> Candidates(LearnedTable table, IReadOnlyDictionary<SampleTable,
        LearnedTable> learned, int step, TimeScale time, Func<SampleTable, bool> isBefore)
    {
        for (var s = 0; s < step; s++)
            if (table.Steps[s] is { Kind: StepKind.Column, Coded.Values: { } own } earlier && earlier.Time == time)
                yield return (new Feature(FeatureKind.Own, Step: s), own, null);
        if (time == TimeScale.None) yield break;
        for (var r = 0; r < table.Sample.References.Length; r++)
        {
            var reference = table.Sample.References[r];
            if (!isBefore(reference.Principal) || !learned.TryGetValue(reference.Principal, out var principal)) continue;
            var follows = table.References[r].Follows;
            // A parent that follows from another is known as the driving parent's.
            var isAbove = follows is [var via, var of] && via == table.Sample.Driving
                && of == table.Sample.References[via].Principal.Driving;
            if (!follows.IsEmpty && !isAbove) continue;
            for (var s = 0; s < principal.Steps.Count; s++)
                if (principal.Steps[s] is { Kind: StepKind.Column, Coded.Values: { } above } other && other.Time == time)
                    yield return (isAbove ? new Feature(FeatureKind.Grandparent, Step: s) : new Feature(FeatureKind.Parent, r, s), above,
                        reference.Parents);
        }
    }

    // 1 where the values are never less than the others, -1 where never more, 0 where they are neither, or lie so far apart that it goes without
    // saying.
    static (int Side, double Gap) Order(double[] values, double[] others, int[]? via, bool isTime)
    {
        int seen = 0, less = 0, more = 0;
        double gap = 0;
        for (var row = 0; row < values.Length; row++)
        {
            var from = via is null ? row : via[row];
            if (from < 0 || double.IsNaN(values[row]) || double.IsNaN(others[from])) continue;
            var (value, other) = (values[row], others[from]);
            seen++;
            if (value < other) less++;
            else if (value > other) more++;
            gap += Math.Abs(value - other);
        }
        var broken = isTime ? MostBroken * seen : 0;
        if (seen < (isTime ? LeastMoments : Proof) || less > broken && more > broken || less + more == 0) return (0, 0);
        var side = less <= more ? 1 : -1;
        // Of all values, not of these rows alone: what only a few have may come before theirs, though not before others'.
        var ((least, most), (otherLeast, otherMost)) = (Ends(values), Ends(others));
        return (side > 0 ? least >= otherMost : most <= otherLeast) ? (0, 0) : (side, gap / seen);
    }

    static (double Least, double Most) Ends(double[] values)
    {
        var (least, most) = (double.MaxValue, double.MinValue);
        foreach (var value in values)
            if (!double.IsNaN(value)) (least, most) = (Math.Min(least, value), Math.Max(most, value));
        return (least, most);
    }
}
