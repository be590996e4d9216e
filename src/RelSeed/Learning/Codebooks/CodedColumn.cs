using RelSeed.Numerics.Trees;
using RelSeed.Profiling;

namespace RelSeed.Learning.Codebooks;

/// <summary>A codebook with the codes of the sampled rows.</summary>
/// <param name="Values">Of an ordinal column, what stands at each row, NaN for null; the codes tell less.</param>
sealed record CodedColumn(Codebook Codebook, ushort[] Codes, double[]? Values)
{
    /// <summary>Rows whose code says nothing, since their value is neither told nor made anew; null for none.</summary>
    public bool[]? Strays { get; init; }

    public bool IsStray(int row) => Strays is { } strays && strays[row];

    public CodeColumn Column { get; } = new(Codes, Codebook.Size, Codebook.IsOrdinal);
}

/// <summary>How many entities share what is told.</summary>
/// <param name="K">The fewest.</param>
/// <param name="Secret">Makes the threshold of a value between K and K + 3, so that nobody knows what a value's absence says.</param>
sealed record PrivacyRule(int K, ulong Secret)
{
    /// <summary>All may be told.</summary>
    public static PrivacyRule None { get; } = new(1, 0) { IsPlain = true };

    public int ThresholdOf(ulong value) => IsPlain ? K : K + (int)(Numerics.CounterRandom.Mix(value ^ Secret) >> 62);

    /// <summary>Enough for every value.</summary>
    public int Enough => IsPlain ? K : K + 3;

    /// <summary>Of things, whose absence says nothing of a person.</summary>
    public bool IsPlain { get; init; }
}
