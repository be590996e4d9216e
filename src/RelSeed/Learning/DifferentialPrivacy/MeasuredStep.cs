using RelSeed.Profiling;

namespace RelSeed.Learning.DifferentialPrivacy;

/// <summary>What a row draws, with its noisy counts.</summary>
/// <param name="Codes">By row of the table, chosen or not.</param>
/// <param name="Counts">By code: chosen rows that have it, with noise, none below 0.</param>
/// <param name="HasNulls">Code 0 is drawn too.</param>
sealed record MeasuredStep(StepKind Kind, int Target, int Reference, Codebook Book, ushort[] Codes, long[] Counts, bool HasNulls)
{
    public int Size => Book.Size;

    /// <summary>There is but one value that is not null.</summary>
    public bool IsMark => Book.Size == 2 && Book.Codes[0] is OtherCode;
}
