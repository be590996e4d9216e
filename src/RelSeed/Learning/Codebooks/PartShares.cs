namespace RelSeed.Learning.Codebooks;

/// <summary>Shares of the parts of a week or a day.</summary>
static class PartShares
{
    const double Most = 0.1, Least = 0.03;

    /// <summary>The total variation from other shares that chance hardly gives so many rows.</summary>
    public static double LeastOff(int parts, double rows) => Math.Clamp(Math.Sqrt(parts / rows), Least, Most);
}
