using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What rows drawn by a profile are to be other than learned; the rest of each row follows.</summary>
public sealed record Scenario
{
    /// <summary>All as learned.</summary>
    public static Scenario None { get; } = new();

    /// <summary>Shares of single values. Several of one column stand side by side; what they leave goes to its other values, as learned.</summary>
    public EquatableArray<ShareWish> Shares { get; init; } = [];

    /// <summary>Columns whose greater values become more frequent, or rarer.</summary>
    public EquatableArray<TiltWish> Tilts { get; init; } = [];

    /// <summary>Number columns, as <c>table.column</c>, that hold what a row counts for in sums and means that are to be as learned: the odds of
    /// the row as learned by its odds in the scenario.</summary>
    public EquatableArray<string> Weights { get; init; } = [];
}

/// <param name="Column"><c>table.column</c>, the table with or without its schema.</param>
/// <param name="Value">In canonical text: <c>true</c>, <c>12.50</c>, <c>2026-01-31</c>; null for NULL.</param>
/// <param name="Share">Of the table's rows, from 0 to 1.</param>
public sealed record ShareWish(string Column, string? Value, double Share);

/// <param name="Column"><c>table.column</c> of a number or date, the table with or without its schema.</param>
/// <param name="Factor">How much more frequent the greatest learned values become beside the least ones, from 0.001 to 1,000; below 1 they become
/// rarer.</param>
public sealed record TiltWish(string Column, double Factor);

/// <summary>A step of a profile whose codes are to be drawn at other shares.</summary>
/// <param name="Step">Position among the profile's steps.</param>
/// <param name="Groups">Parts of the rows; their shares sum up to 1.</param>
public sealed record ReweightedStep(int Step, EquatableArray<WeightGroup> Groups);

/// <param name="Share">Of the table's rows.</param>
/// <param name="Factors">By code, NULL first: what its learned odds are multiplied by.</param>
public sealed record WeightGroup(double Share, EquatableArray<double> Factors)
{
    /// <summary>Some codes stand as learned, the others not at all.</summary>
    public bool IsSelection => Factors.All(f => f is 0 or 1);
}

/// <summary>What a row counts for, so that sums and means are those learned and not the scenario's.</summary>
public sealed record WeightSpec : GeneratorSpec
{
    public override string Describe() => "weight that takes the scenario out of sums and means";
}
