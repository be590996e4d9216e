using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed;

/// <summary>A plan with what it was made of.</summary>
/// <param name="Existing">Rows that stand in the database and stay.</param>
public sealed record PreparedSeed(SeedPlan Plan, PlanOptions Options, IReadOnlyDictionary<TableName, ExistingRows> Existing);

/// <summary>What a load takes.</summary>
/// <param name="Load">The options, with what the rehearsal found to be enough.</param>
public sealed record SettledSeed(SeedPlan Plan, SeedGenerator Rows, LoadOptions Load)
{
    /// <summary>Tables whose triggers will take most of the load, in the plan's order; empty without a rehearsal.</summary>
    public IReadOnlyList<SlowTable> Slow { get; init; } = [];

    /// <summary>Rehearses all rows; null where that was done, or they are too many.</summary>
    internal Func<CancellationToken, Task<SettledSeed>>? Whole { get; init; }
}

/// <summary>What a run did.</summary>
public sealed record SeedReport(SeedPlan Plan, LoadReport Load, VerificationReport Verification);
