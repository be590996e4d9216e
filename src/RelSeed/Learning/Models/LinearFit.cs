namespace RelSeed.Learning.Models;

/// <summary>Finds the few columns of a row whose weighted sum comes nearest to a column: at-bats of plate appearances, a fee of an amount and a weight.
/// </summary>
/// <remarks>Least squares with forward selection, over some of the rows.</remarks>
static class LinearFit
{
    const int MostTerms = 3, MostRows = 20_000, LeastRows = 100;

    // Rows without a term have no sum.
    const double MostWithout = 0.1;

    // A further term must explain so much of what is left.
    const double LeastExplained = 0.05;

    /// <param name="values">By row, NaN for none.</param>
    /// <param name="others">By column and row.</param>
    /// <returns>Places among the others, with weights of three digits; empty for none.</returns>
    public static List<(int Place, double Weight)> Find(double[] values, IReadOnlyList<double[]> others, int[] rows)
    {
        rows = Array.FindAll(rows, r => !double.IsNaN(values[r]));
        var stride = Math.Max(1, rows.Length / MostRows);
        rows = [.. rows.Where((_, i) => i % stride == 0)];
        var able = Enumerable.Range(0, others.Count).Where(o => rows.Count(r => double.IsNaN(others[o][r])) <= MostWithout * rows.Length).ToList();
        rows = Array.FindAll(rows, r => able.TrueForAll(o => !double.IsNaN(others[o][r])));
        if (rows.Length < LeastRows || able.Count == 0) return [];
        var target = Centred(values, rows);
        var columns = able.ToDictionary(o => o, o => Centred(others[o], rows));
        List<int> chosen = [];
        double[] weights = [];
        for (var rest = target; chosen.Count < MostTerms;)
        {
            var best = able.Except(chosen).Select(o => (Place: o, Explained: Explained(rest, columns[o]))).DefaultIfEmpty().MaxBy(c => c.Explained);
            if (best.Explained < LeastExplained || Solve([.. chosen.Append(best.Place).Select(o => columns[o])], target) is not { } solved) break;
            chosen.Add(best.Place);
            weights = solved;
            rest = Rest(target, [.. chosen.Select(o => columns[o])], weights);
        }
        return [.. chosen.Select((o, i) => (o, Rounded(weights[i]))).Where(t => t.Item2 != 0)];
    }

    static double[] Centred(double[] values, int[] rows)
    {
        var mean = rows.Average(r => values[r]);
        return Array.ConvertAll(rows, r => values[r] - mean);
    }

    // Share of the squares that one column takes away.
    static double Explained(double[] rest, double[] column)
    {
        double product = 0, own = 0, other = 0;
        for (var i = 0; i < rest.Length; i++) (product, own, other) = (product + rest[i] * column[i], own + rest[i] * rest[i], other + column[i] * column[i]);
        return own > 0 && other > 0 ? product * product / own / other : 0;
    }

    static double[] Rest(double[] target, double[][] columns, double[] weights)
    {
        var rest = (double[])target.Clone();
        for (var c = 0; c < columns.Length; c++)
            for (var i = 0; i < rest.Length; i++) rest[i] -= weights[c] * columns[c][i];
        return rest;
    }

    // The normal equations by elimination; null where columns hang together.
    static double[]? Solve(double[][] columns, double[] target)
    {
        var n = columns.Length;
        var system = new double[n, n + 1];
        for (var a = 0; a < n; a++)
        {
            for (var b = 0; b < n; b++) system[a, b] = Product(columns[a], columns[b]);
            system[a, n] = Product(columns[a], target);
        }
        for (var p = 0; p < n; p++)
        {
            if (system[p, p] <= 1e-6 * Product(columns[p], columns[p])) return null;
            for (var a = 0; a < n; a++)
            {
                if (a == p) continue;
                var factor = system[a, p] / system[p, p];
                for (var b = p; b <= n; b++) system[a, b] -= factor * system[p, b];
            }
        }
        return [.. Enumerable.Range(0, n).Select(a => system[a, n] / system[a, a])];
    }

    static double Product(double[] left, double[] right)
    {
        double sum = 0;
        for (var i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    /// <summary>To three digits; 0 for what is no number.</summary>
    public static double Rounded(double weight) => double.IsFinite(weight)
        ? double.Parse(weight.ToString("G3", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture) : 0;
}
