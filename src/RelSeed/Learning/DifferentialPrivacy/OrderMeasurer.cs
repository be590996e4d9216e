using RelSeed.Learning.Sampling;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.DifferentialPrivacy;

/// <summary>Finds orders of two moments of a row, or of a row's and its parent's, by noisy counts of the rows that keep and that break
/// them.</summary>
/// <param name="chosen">One row of each entity: one comes or goes with an entity, and counts once, before, after, or at the same moment.</param>
sealed class OrderMeasurer(PrivateTable table, PrivateTable? parent, int[] chosen, PrivacyBudget budget, DiscreteGaussian noise)
{
    // Deviations of the noise: rows that keep an order must rise far above it, rows that break it not at all.
    const double LeastKept = 20, MostBroken = 2;

    // So few among them may be errors.
    const double MostErrors = 0.01;

    readonly double _weight = PrivateTable.OrdersWeight / Math.Max(1, table.OrderPairs);

    /// <summary>What the ledger says of an order.</summary>
    public static string Entry(string column, string other) => $"order of {column} and {other}";

    /// <param name="earlier">Steps that are drawn before, in the order of the profile.</param>
    public IEnumerable<OrderBound> Find(MeasuredStep step, IReadOnlyList<MeasuredStep> earlier)
    {
        if (MomentsOf(table, step) is not { } moments) yield break;
        for (var e = 0; e < earlier.Count; e++)
            if (MomentsOf(table, earlier[e]) is { } others && SideOf(moments, others, via: null, NameOf(earlier[e])) is not 0 and var side)
                yield return new(new Feature(FeatureKind.Own, Step: e), side > 0);
        for (var p = 0; p < (parent?.Steps.Count ?? 0); p++)
            if (MomentsOf(parent!, parent!.Steps[p]) is { } above
                && SideOf(moments, above, table.Sample.DrivingReference!.Parents,
                $"{parent.Sample.Table.Name.Name}.{parent.ColumnAt(parent.Steps[p].Target).Name}") is not 0 and var side)
                yield return new(new Feature(FeatureKind.Parent, table.Sample.Driving, p), side > 0);

        string NameOf(MeasuredStep other) => table.ColumnAt(other.Target).Name;

        // 1 where the moments are never before the others, -1 where never after, 0 where noise hides it.
        int SideOf(AxisSample own, AxisSample others, int[]? via, string name)
        {
            var variance = budget.Spend(table.Sample.Table.Name, Entry(NameOf(step), name), _weight);
            var (less, same, more) = (noise.Next(variance), noise.Next(variance), noise.Next(variance));
            foreach (var row in chosen)
            {
                var from = via is null ? row : via[row];
                if (from < 0 || own.IsNull(row) || others.IsNull(from)) continue;
                switch (own.Values[row].CompareTo(others.Values[from]))
                {
                    case < 0: less++; break;
                    case > 0: more++; break;
                    default: same++; break;
                }
            }
            var deviation = Math.Sqrt(variance);
            return Holds(more, less) ? 1 : Holds(less, more) ? -1 : 0;

            bool Holds(long kept, long broken) =>
                kept + Math.Max(0, same) >= LeastKept * deviation && kept > broken && broken <= MostBroken * deviation + MostErrors * (kept + same);
        }
    }

    static AxisSample? MomentsOf(PrivateTable of, MeasuredStep step) =>
        step.Kind == StepKind.Column && !step.IsMark && PrivateTable.IsMoment(of.ColumnAt(step.Target).Type)
            ? of.Sample.Columns[step.Target] as AxisSample : null;
}
