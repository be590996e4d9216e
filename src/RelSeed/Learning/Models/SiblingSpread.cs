using RelSeed.Learning.Sampling;
using RelSeed.Profiling;

namespace RelSeed.Learning.Models;

/// <summary>Finds moments of many siblings that are better spread over what their parents tell than drawn one after the other: what leads on from
/// sibling to sibling drifts, and hundreds of steps end far from where the real ones do.</summary>
static class SiblingSpread
{
    // So many siblings, in the mean of the rows, are many.
    const double ManySiblings = 20;

    // What fewer bits a row lead on to goes its way as it should.
    const double LeastBits = 0.5;

    // So many bits a row the moments must not be worse described; those at one distance from sibling to sibling are.
    const double MostBits = 0.5;

    // Where few parents leave unknown what their first children begin at, by so much more.
    const double MoreOfFew = 1.25;

    /// <param name="modeler">Which learned the step's models, one sibling after the other.</param>
    /// <returns>Null where they are not.</returns>
    public static TreeModel? Find(LearnedTable table, LearnedStep step, ValueModeler modeler, FeatureSource features, int[] all, int firstSiblings, int leafRows)
    {
        if (step.Kind != StepKind.Column || step.Coded.Values is not { } values || !step.Coded.Codebook.IsOrdinal
            || Siblings.TimeOf(table.Sample) != table.Sample.Table.Columns[step.Target] || table.Sample.DrivingReference is not { } driving
            || driving.Principal == table.Sample || driving.Degrees.Sum(d => (double)d * d) < ManySiblings * driving.Degrees.Sum(d => (double)d))
            return null;
        var chained = modeler.Bits;
        if (chained < LeastBits * all.Length) return null;
        var (tree, bits) = modeler.Spread(step, features.OfParents, all);
        return bits - OrderBits(table, values) <= (firstSiblings < leafRows ? MoreOfFew : 1) * chained + MostBits * all.Length ? tree : null;
    }

    // In which order siblings of different values stand goes without saying.
    static double OrderBits(LearnedTable table, double[] values)
    {
        var siblings = table.Siblings;
        double bits = 0;
        var alike = new int[values.Length];
        foreach (var row in Enumerable.Range(0, values.Length).OrderBy(r => siblings.Ordinals[r]))
        {
            var previous = siblings.Previous[row];
            alike[row] = previous >= 0 && values[previous] == values[row] ? alike[previous] + 1 : 1;
            bits += Math.Log2((siblings.Ordinals[row] + 1.0) / alike[row]);
        }
        return bits;
    }
}
