namespace RelSeed.Numerics;

/// <summary>How far one sample lies from another.</summary>
public static class DistributionShift
{
    // A bin that one side does not have at all counts as half a row of it.
    const double Absent = 0.5;

    /// <summary>The population stability index, sum of (q - p) ln (q / p) over bins; 0 for equal shares, above 0.25 commonly a major shift. What
    /// chance
    /// alone gives samples of these sizes is taken off.</summary>
    /// <param name="expected">Rows by bin.</param>
    /// <param name="actual">Rows by the same bins.</param>
    /// <returns>0 or more; 0 where a side has no row.</returns>
    public static double Psi(ReadOnlySpan<long> expected, ReadOnlySpan<long> actual)
    {
        double n = 0, m = 0;
        foreach (var rows in expected) n += rows;
        foreach (var rows in actual) m += rows;
        if (n == 0 || m == 0) return 0;
        double sum = 0;
        var bins = 0;
        for (var b = 0; b < expected.Length; b++)
        {
            if (expected[b] == 0 && actual[b] == 0) continue;
            bins++;
            var (p, q) = (Math.Max(Absent, expected[b]) / n, Math.Max(Absent, actual[b]) / m);
            sum += (q - p) * StableMath.Ln(q / p);
        }
        // Both samples of one population: chi-squared of the bins less one, by either size.
        return Math.Max(0, sum - (bins - 1) * (1 / n + 1 / m));
    }

    /// <summary>The statistic of Kolmogorov and Smirnov: the widest gap between the two cumulated shares.</summary>
    /// <param name="left">Ascending.</param>
    /// <param name="right">Ascending.</param>
    /// <returns>From 0 to 1; 0 where a side is empty.</returns>
    public static double KolmogorovSmirnov(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        if (left.IsEmpty || right.IsEmpty) return 0;
        double widest = 0;
        int l = 0, r = 0;
        while (l < left.Length && r < right.Length)
        {
            var at = Math.Min(left[l], right[r]);
            while (l < left.Length && left[l] <= at) l++;
            while (r < right.Length && right[r] <= at) r++;
            widest = Math.Max(widest, Math.Abs((double)l / left.Length - (double)r / right.Length));
        }
        return widest;
    }

    /// <summary>The gap that chance exceeds once in a thousand, for samples of these sizes of one population.</summary>
    public static double KolmogorovSmirnovOfChance(int left, int right) => left == 0 || right == 0 ? 1 : 1.95 * Math.Sqrt(1.0 / left + 1.0 / right);
}
