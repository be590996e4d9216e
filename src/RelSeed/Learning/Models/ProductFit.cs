namespace RelSeed.Learning.Models;

/// <summary>Finds the two columns of a row whose product comes nearest to a column: all that was paid of a price and its months, a charge of a rate, hours
/// and a tax that all rows have.</summary>
static class ProductFit
{
    const int LookedRows = 500, LeastRows = 100, LeastDifferent = 5, LeastProducts = 20;

    // Rows without a factor have no product.
    const double MostWithout = 0.1;

    // So much of the squares may be left.
    const double MostLeft = 0.1;

    /// <param name="values">By row, NaN for none.</param>
    /// <param name="others">By column and row.</param>
    /// <returns>Places among the others, with a weight of three digits; null for none.</returns>
    public static (int Left, int Right, double Weight)? Find(double[] values, IReadOnlyList<double[]> others, int[] rows)
    {
        rows = Array.FindAll(rows, r => !double.IsNaN(values[r]));
        if (rows.Length < LeastRows || others.Count < 2) return null;
        var stride = Math.Max(1, rows.Length / LookedRows);
        rows = [.. rows.Where((_, i) => i % stride == 0)];
        var target = Array.ConvertAll(rows, r => values[r]);
        if (target.Distinct().Take(LeastProducts).Count() < LeastProducts) return null;
        var mean = target.Average();
        var squares = target.Sum(t => (t - mean) * (t - mean));
        var able = Enumerable.Range(0, others.Count).Where(o => IsFactor(others[o], rows)).ToList();
        (int, int, double)? best = null;
        var least = MostLeft * squares;
        foreach (var left in able)
            foreach (var right in able.Where(o => o > left))
                if (Fit(target, others[left], others[right], rows) is var fit && fit.Left < least)
                    (best, least) = ((left, right, LinearFit.Rounded(fit.Weight)), fit.Left);
        return best is { Item3: not 0 } ? best : null;
    }

    // A flag times a number is no more than a part of its rows.
    static bool IsFactor(double[] values, int[] rows) => rows.Count(r => double.IsNaN(values[r])) <= MostWithout * rows.Length
        && rows.Select(r => values[r]).Where(v => !double.IsNaN(v)).Distinct().Take(LeastDifferent).Count() == LeastDifferent;

    // By least squares through the origin; rows without a product are left as they are.
    static (double Weight, double Left) Fit(double[] target, double[] left, double[] right, int[] rows)
    {
        double with = 0, own = 0, all = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var product = left[rows[i]] * right[rows[i]];
            if (double.IsNaN(product)) continue;
            (with, own, all) = (with + product * target[i], own + product * product, all + target[i] * target[i]);
        }
        return own > 0 ? (with / own, Math.Max(0, all - with * with / own)) : (0, double.MaxValue);
    }
}
