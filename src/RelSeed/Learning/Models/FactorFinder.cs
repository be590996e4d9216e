using RelSeed.Numerics;

namespace RelSeed.Learning.Models;

/// <summary>Finds what a column of long tails is best told as a multiple of: where a thousand likes go with a hundred comments, a million go with a hundred
/// thousand. Ranges of each alone are too wide at their far end to say so.</summary>
static class FactorFinder
{
    const int LookedRows = 2_000, LeastRows = 100;

    // Tails are long where one row in twenty has so many times what half of them have.
    const double LongTail = 2.5;

    // Rows without a base above 0.
    const double MostWithout = 0.1;

    // Factors that spread nearly as wide as the values themselves promise nothing.
    const double MostSpread = 0.8;

    /// <param name="numbers">Earlier ones of the row, and parents'.</param>
    /// <param name="sum">What several of them add up to nearly; null for nothing.</param>
    public static IEnumerable<DifferenceBase> Find(double[] values, List<DifferenceBase> numbers, DifferenceBase? sum, int[] rows)
    {
        rows = Array.FindAll(rows, r => !double.IsNaN(values[r]));
        if (rows.Length < LeastRows || Array.Exists(rows, r => values[r] < 0)) yield break;
        var stride = Math.Max(1, rows.Length / LookedRows);
        rows = [.. rows.Where((_, i) => i % stride == 0)];
        var sorted = rows.Select(r => values[r]).Order().ToArray();
        if (sorted[sorted.Length / 2] <= 0 || sorted[sorted.Length * 19 / 20] < LongTail * sorted[sorted.Length / 2]) yield break;
        if (numbers.Select(n => (Base: n, Spread: SpreadOf(values, n.Values, rows))).Where(n => n.Spread <= MostSpread).OrderBy(n => n.Spread)
            .Select(n => n.Base).FirstOrDefault() is { } nearest)
            yield return Multiplied(nearest);
        if (sum is not null && SpreadOf(values, sum.Values, rows) <= MostSpread) yield return Multiplied(sum);
    }

    static DifferenceBase Multiplied(DifferenceBase number) =>
        number with { IsFactor = true, Values = Array.ConvertAll(number.Values, v => v > 0 ? v : double.NaN) };

    // The middle half of the factors by that of the values, both as logarithms.
    static double SpreadOf(double[] values, double[] from, int[] rows)
    {
        var (own, factors) = (new List<double>(), new List<double>());
        foreach (var row in rows)
        {
            if (!(from[row] > 0) || values[row] <= 0) continue;
            own.Add(StableMath.Ln(values[row]));
            factors.Add(StableMath.Ln(values[row] / from[row]));
        }
        if (own.Count < (1 - MostWithout) * rows.Length) return double.PositiveInfinity;
        own.Sort();
        factors.Sort();
        var range = Half(own);
        return range > 0 ? Half(factors) / range : double.PositiveInfinity;
    }

    static double Half(List<double> sorted) => sorted[sorted.Count * 3 / 4] - sorted[sorted.Count / 4];
}
