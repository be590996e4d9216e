using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning;

/// <summary>How a profile is learned.</summary>
public sealed record LearnOptions
{
    /// <summary>Rows a table of which trees are learned, at most; whole families are kept together.</summary>
    public int SampleRows { get; init; } = 200_000;

    /// <summary>The fewest entities that must share what is told.</summary>
    public int K { get; init; } = 11;

    /// <summary>Larger leaves, and rows that lead to any person count as that person's.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Tables to leave out; <c>*</c> stands for any letters.</summary>
    public EquatableArray<string> Exclude { get; init; } = [];

    /// <summary>What the user says of columns.</summary>
    public EquatableArray<TreatmentWish> Treatments { get; init; } = [];

    /// <summary>Above 0 and at most <see cref="MostEpsilon"/>: the profile is differentially private, and <see cref="K"/> says nothing; null for
    /// k-anonymous aggregates.</summary>
    public double? Epsilon { get; init; }

    /// <summary>Beyond it nothing is protected that could be called so.</summary>
    public const double MostEpsilon = 20;

    /// <summary>Of noise; null for the operating system's, which nobody can repeat.</summary>
    internal DifferentialPrivacy.DiscreteGaussian? Noise { get; init; }

    /// <summary>When it is learned; told to the minute.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Makes the thresholds that nobody can know; by default chosen anew for every profile.</summary>
    public ulong Secret { get; init; } = BitConverter.ToUInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));

    /// <summary>The fewest rows of a leaf; fewer where the user says that little is to be kept secret.</summary>
    public int LeafRows => IsStrict ? 200 : Math.Min(100, 10 * K);

    /// <summary>The fewest rows that must share what is told of a catalogue, a table that is about no person.</summary>
    public int CatalogueK => IsStrict ? K : LeastCatalogueK(K);

    /// <summary>The fewest rows of a leaf of a catalogue.</summary>
    public int CatalogueLeafRows => IsStrict ? LeafRows : LeastCatalogueLeafRows(K);

    /// <summary>The fewest root entities of a leaf.</summary>
    public int LeafEntities => IsStrict ? 50 : Math.Min(50, 5 * K);

    internal static int LeastCatalogueK(int k) => Math.Min(k, 3);

    internal static int LeastCatalogueLeafRows(int k) => Math.Min(10, 2 * k);
}

/// <param name="Column"><c>table.column</c>, <c>schema.table.column</c>.</param>
/// <param name="Treatment"><c>told</c>, <c>fresh</c>, or the name of a meaning, <c>email</c>.</param>
public sealed record TreatmentWish(string Column, string Treatment);

public enum LearnPhase { Counting, Reading, Learning, Finished }

/// <param name="Rows">Rows of the table read so far.</param>
/// <param name="Total">0 when it is not known.</param>
public sealed record LearnProgress(LearnPhase Phase, TableName? Table, long Rows, long Total);
