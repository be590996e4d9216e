using RelSeed.Numerics;
using RelSeed.Numerics.Trees;

namespace RelSeed.Learning.Models;

/// <summary>By how much the children of a parent lie above those of all.</summary>
/// <param name="Means">By parent.</param>
/// <param name="Counts">By parent: children that have a value.</param>
/// <param name="Within">Variance among the children of one parent.</param>
/// <param name="Between">Variance among parents beyond what that brings about.</param>
sealed record Trait(double[] Means, int[] Counts, double Within, double Between)
{
    const double Tiny = 1e-9;
    const int Levels = 64;

    /// <summary>How much of the children's variance is their parents'.</summary>
    public double Share => Between / (Between + Within + Tiny);

    /// <param name="values">By child, NaN for none.</param>
    /// <returns>Null where parents differ no more than chance has them.</returns>
    public static Trait? Find(double[] values, int[] parents, int count, double leastStrength, int leastCompared)
    {
        var (sums, squares, counts) = (new double[count], 0.0, new int[count]);
        var (all, rows) = (0.0, 0);
        for (var row = 0; row < values.Length; row++)
        {
            if (parents[row] < 0 || double.IsNaN(values[row])) continue;
            sums[parents[row]] += values[row];
            counts[parents[row]]++;
            squares += values[row] * values[row];
            all += values[row];
            rows++;
        }
        var groups = counts.Count(c => c > 0);
        if (groups < 2 || rows - groups < leastCompared) return null;
        var means = sums.Select((s, p) => counts[p] == 0 ? 0 : s / counts[p] - all / rows).ToArray();
        var within = Math.Max(Tiny, (squares - sums.Select((s, p) => counts[p] == 0 ? 0 : s * s / counts[p]).Sum()) / (rows - groups));
        var trait = new Trait(means, counts, within, 0);
        var strength = (trait.Ratio(groups) - 1) / Math.Sqrt(2.0 / (groups - 1) + 2.0 / (rows - groups));
        return strength < leastStrength ? null : trait with { Between = trait.Excess() };
    }

    double Ratio(int groups) => Means.Select((m, p) => Counts[p] * m * m).Sum() / (groups - 1) / Within;

    double Excess()
    {
        var (groups, rows, squares) = (Counts.Count(c => c > 0), Counts.Sum(c => (double)c), Counts.Sum(c => (double)c * c));
        return groups < 2 ? 0 : Math.Max(0, (Ratio(groups) - 1) * Within * (groups - 1) / (rows - squares / rows));
    }

    /// <summary>What the parents' own columns do not explain of it.</summary>
    public Trait Without(IReadOnlyList<CodeColumn> columns, int leafRows)
    {
        var known = Enumerable.Range(0, Means.Length).Where(p => Counts[p] > 0).ToArray();
        var sorted = known.Select(p => Means[p]).Order().ToArray();
        var codes = Means.Select((m, p) => (ushort)(Counts[p] == 0 ? 0 : 1 + (long)PlaceOf(sorted, m) * (Levels - 1) / sorted.Length)).ToArray();
        var tree = new TreeLearner(columns, new CodeColumn(codes, Levels + 1, IsOrdinal: true), null, new TreeOptions { LeafRows = Math.Max(20, leafRows) }).Learn(known);
        var rest = new double[Means.Length];
        foreach (var leaf in tree.Nodes.Where(n => n.IsLeaf))
        {
            var rows = tree.Rows.AsSpan(leaf.Start, leaf.Count);
            double sum = 0, weight = 0;
            foreach (var p in rows) (sum, weight) = (sum + Counts[p] * Means[p], weight + Counts[p]);
            foreach (var p in rows) rest[p] = Means[p] - sum / weight;
        }
        var without = this with { Means = rest };
        return without with { Between = without.Excess() };
    }

    static int PlaceOf(double[] sorted, double value) => Array.BinarySearch(sorted, value) is >= 0 and var at ? at : ~Array.BinarySearch(sorted, value);

    /// <summary>By parent, one of the values that its own may be, in units of the children's spread: what few children say is mostly chance, and to
    /// take it for the parent's would have parents differ too much.</summary>
    public double[] Draw(ulong key)
    {
        var unit = 1 / Math.Sqrt(Between + Within);
        return [.. Means.Select((mean, p) =>
        {
            var error = Counts[p] == 0 ? 0 : Within / Counts[p];
            var (known, left) = Counts[p] == 0 ? (0, Between) : (mean * Between / (Between + error), Between * error / (Between + error));
            return unit * (known + Math.Sqrt(left) * Normal(key, p));
        })];
    }

    // The sum of twelve uniform numbers, from which six are taken, is nearly normal.
    static double Normal(ulong key, int row)
    {
        var sum = -6.0;
        for (ulong part = 0; part < 12; part++) sum += CounterRandom.ToUnit(CounterRandom.At(CounterRandom.Derive(key, part), row));
        return sum;
    }
}
