using RelSeed.Learning.Sampling;
using RelSeed.Profiling;

namespace RelSeed.Learning.Models;

/// <summary>Finds what a step's values never lie beyond: a moment that comes after another of the row or of a parent, hits that are no more than
/// shots.
/// Nothing is told but that it is so.</summary>
static class BoundFinder
{
    // So many rows are proof; of moments few, some of which may be errors.
    const int LeastMoments = 20, Proof = 100, MostOneSided = 2;
    const double MostBroken = 0.01;

    /// <param name="isBefore">Whether a table's rows are drawn before.</param>
    public static IEnumerable<OrderBound> Find(
        LearnedTable table, IReadOnlyDictionary<SampleTable, LearnedTable> learned, int step, Func<SampleTable, bool> isBefore)
    {
        if (table.Steps[step] is not { Kind: StepKind.Column, Coded.Values: { } values } target) return [];
        var found = Candidates(table, learned, step, target.IsTime, isBefore)
            .Select(c => (c.Feature, Order: Order(values, c.Values, c.Via, target.IsTime)))
            .Where(c => c.Order.Side != 0).ToList();
        // Of many the nearest say most.
        return new[] { 1, -1 }.SelectMany(side => found.Where(f => f.Order.Side == side).OrderBy(f => f.Order.Gap).Take(MostOneSided))
            .Concat(OfOwnTable(table, values, target.IsTime))
            .Select(f => new OrderBound(f.Feature, f.Order.Side > 0));
    }

    // Of a row of the same table, which is found once all rows are drawn: an answer after its question, a birth before the mother's death.
    static IEnumerable<(Feature Feature, (int Side, double Gap) Order)> OfOwnTable(LearnedTable table, double[] values, bool isTime)
    {
        for (var r = 0; isTime && r < table.Sample.References.Length; r++)
        {
            if (r == table.Sample.Driving || table.Sample.References[r].Principal != table.Sample) continue;
            for (var s = 0; s < table.Steps.Count; s++)
                if (table.Steps[s] is { Kind: StepKind.Column, IsTime: true, Coded.Values: { } above }
                    && Order(values, above, table.Sample.References[r].Parents, isTime) is { Side: not 0 } order)
                    yield return (new Feature(FeatureKind.Parent, r, s), order);
        }
    }

    static IEnumerable<(Feature Feature, double[] Values, int[]? Via)> Candidates(LearnedTable table, IReadOnlyDictionary<SampleTable,
        LearnedTable> learned, int step, bool isTime, Func<SampleTable, bool> isBefore)
    {
        for (var s = 0; s < step; s++)
            if (table.Steps[s] is { Kind: StepKind.Column, Coded.Values: { } own } earlier && earlier.IsTime == isTime)
                yield return (new Feature(FeatureKind.Own, Step: s), own, null);
        if (!isTime) yield break;
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
                if (principal.Steps[s] is { Kind: StepKind.Column, IsTime: true, Coded.Values: { } above })
                    yield return (isAbove ? new Feature(FeatureKind.Grandparent, Step: s) : new Feature(FeatureKind.Parent, r, s), above,
                        reference.Parents);
        }
    }

    // 1 where the values are never less than the others, -1 where never more, 0 where they are neither, or lie so far apart that it goes without
    // saying.
    static (int Side, double Gap) Order(double[] values, double[] others, int[]? via, bool isTime)
    {
        int seen = 0, less = 0, more = 0;
        double gap = 0, least = double.MaxValue, most = double.MinValue, otherLeast = double.MaxValue, otherMost = double.MinValue;
        for (var row = 0; row < values.Length; row++)
        {
            var from = via is null ? row : via[row];
            if (from < 0 || double.IsNaN(values[row]) || double.IsNaN(others[from])) continue;
            var (value, other) = (values[row], others[from]);
            seen++;
            if (value < other) less++;
            else if (value > other) more++;
            gap += Math.Abs(value - other);
            (least, most, otherLeast, otherMost) =
                (Math.Min(least, value), Math.Max(most, value), Math.Min(otherLeast, other), Math.Max(otherMost, other));
        }
        var broken = isTime ? MostBroken * seen : 0;
        if (seen < (isTime ? LeastMoments : Proof) || less > broken && more > broken || less + more == 0) return (0, 0);
        var side = less <= more ? 1 : -1;
        return (side > 0 ? least >= otherMost : most <= otherLeast) ? (0, 0) : (side, gap / seen);
    }
}
