namespace RelSeed.Learning.Codebooks;

/// <summary>Between which values a column's lie but for the odd ones: three times the middle half's width beyond it, or as far by ratio where all
/// are positive.</summary>
/// <remarks>Tukey's outer fences (Exploratory Data Analysis, 1977).</remarks>
sealed record Fences(double Low, double High)
{
    const double Beyond = 3;

    /// <param name="sorted">Ascending, not empty.</param>
    public static Fences Of(ReadOnlySpan<double> sorted)
    {
        var (first, third) = (sorted[sorted.Length / 4], sorted[sorted.Length * 3 / 4]);
        var (low, high) = (first - Beyond * (third - first), third + Beyond * (third - first));
        if (sorted[0] <= 0) return new(low, high);
        var ratio = third / first;
        var beyond = ratio * ratio * ratio;
        return new(Math.Min(low, first / beyond), Math.Max(high, third * beyond));
    }

    public bool Hold(double value) => value >= Low && value <= High;
}
