using RelSeed.Configuration;
using RelSeed.Numerics;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Lets each parent have as many rows as a rule says, exactly.</summary>
sealed class ChildCounts(RuledTable rules, ReferencePlanner references, PlanOptions options, bool isCounted)
{
    /// <summary>Decides rows and grouping, before keys are met.</summary>
    /// <exception cref="PlanException">RS2407: the rows, or another rule, leave no room for it.</exception>
    public void Prepare(TableDraft draft)
    {
        foreach (var (key, count) in rules.PerParent)
        {
            var reference = draft.References.Find(r => r.Key.Name == key)!;
            if (!reference.IsUsable || draft.Rows == 0) continue;
            reference.Counts = Tried(draft, count, reference.ParentRows);
            if (Obstacle(draft, reference) is { } why) throw Fault(draft, reference, count, why);
            Fill(draft, reference, count);
            if (!references.Drive(draft, reference, long.MaxValue, $"rule: {count}"))
                throw Fault(draft, reference, count, $"{draft.Rows} rows of {reference.ParentRows} parents are not that many each");
        }
    }

    // A trial of a few rows cannot give each parent its least.
    ChildCount Tried(TableDraft draft, ChildCount count, long parents) =>
        options.MostRows is null ? count : count with { Min = Math.Min(count.Min, draft.Rows / Math.Max(1, parents)) };

    static string? Obstacle(TableDraft draft, ReferenceDraft reference) =>
        reference.IsSelf ? "the key leads to the table itself"
        : draft.Driving is { } other && other != reference
        ? $"the rows are grouped by their {other.Key.Principal} already, and can be by one parent only"
        : reference.Mechanism is not null && draft.Driving != reference ? "another key decides its columns"
        : reference.Filters.Count > 0 ? "other keys let only some parents be taken" : null;

    void Fill(TableDraft draft, ReferenceDraft reference, ChildCount count)
    {
        var wanted = (long)Math.Round(Math.Min(1e15, reference.ParentRows * count.Mean));
        var isLimited = draft.Rows < draft.Requested;
        if (!isCounted || options.MostRows is not null)
        {
            var most = options.MostRows is { } bound ? Math.Min(bound, draft.Rows) : isLimited ? draft.Rows : long.MaxValue;
            draft.Fill(Math.Min(wanted, most), wanted <= most ? $"rule: {count} of {reference.Key.Principal}" : draft.RowsReason);
        }
        var (least, mostRows) = (reference.ParentRows * reference.Counts!.Min, (Int128)reference.ParentRows * count.Max);
        if (draft.Rows < least || draft.Rows > mostRows)
            throw Fault(draft, reference, count,
                $"{draft.Rows} rows ({draft.RowsReason}) are {(draft.Rows < least ? $"fewer than {least}" : $"more than {mostRows}")} for {reference.ParentRows} parents");
    }

    /// <summary>What keys met since have made of it.</summary>
    /// <exception cref="PlanException">RS2407: keys or checks have taken the choice of parents.</exception>
    public static void Finish(TableDraft draft)
    {
        foreach (var reference in draft.References.Where(r => r.Counts is not null && draft.Rows > 0))
        {
            var count = reference.Counts!;
            if (reference.Mechanism is not FanOutReference)
                throw Fault(draft, reference, count, "keys or checks of the table decide which parents its rows have");
            if (draft.Rows < reference.ParentRows * count.Min)
                throw Fault(draft, reference, count,
                    $"{draft.RowsReason}, which is fewer than {reference.ParentRows * count.Min} for {reference.ParentRows} parents");
        }
    }

    static PlanException Fault(TableDraft draft, ReferenceDraft reference, ChildCount count, string why) =>
        PlanFaults.Of(draft.Table.Name, new PlanException("RS2407",
        $"A rule gives {draft.Table.Name} {count} by {string.Join(", ", reference.Key.Columns)} (to {reference.Key.Principal}), and {why}. Change the rule, or the number of rows."));

    /// <summary>The spread of children between the least and the most, the widest that keeps within.</summary>
    /// <param name="largest">The most children a parent may have by keys.</param>
    /// <returns>Null when keys allow fewer than the rule wants.</returns>
    public static FanOutReference? Spread(ulong key, long parents, long children, long largest, ChildCount count)
    {
        var (room, spare) = (Math.Min(largest, count.Max) - count.Min, children - parents * count.Min);
        if (room < 0 || spare < 0 || (Int128)room * parents < spare) return null;
        if (spare == 0) return new FanOutReference(0, [1, 1]) { Least = count.Min };
        foreach (var weights in Shapes((double)spare / parents / room))
            if (FanOutShapes.Index(key, parents, children, 0, weights, count.Min).LargestGroup() <= count.Min + room)
                return new FanOutReference(0, weights.ToEquatableArray()) { Least = count.Min };
        return null;
    }

    // Weights u^p, whose mean is 1 / (p + 1) of the largest; or, where the mean is in the upper half, a straight line. Ever flatter ones follow.
    static IEnumerable<double[]> Shapes(double mean)
    {
        const int Knots = 17, Steps = 20;
        var power = Math.Clamp((int)Math.Round(1 / mean) - 1, 1, 8);
        var floor = Math.Clamp(2 * mean - 1, 0, 1);
        for (var step = 0; step <= Steps; step++)
        {
            var flat = floor + (1 - floor) * step / Steps;
            var weights = new double[Knots];
            for (var k = 0; k < Knots; k++)
            {
                var rising = 1.0;
                for (var p = 0; p < power; p++) rising *= (double)k / (Knots - 1);
                weights[k] = flat + (1 - flat) * rising;
            }
            yield return weights;
        }
    }
}
