using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Configuration;

/// <summary>What a column holds: a closed set of records. Values stand in the text of <see cref="RuleText"/>.</summary>
public abstract record ValueRule
{
    /// <summary>In words, for the plan: <c>one of 3 values</c>.</summary>
    public abstract string Describe();
}

/// <summary>One of several values.</summary>
/// <param name="Weights">As many as values, none negative; empty for equal shares.</param>
public sealed record ChoiceRule(EquatableArray<string> Values, EquatableArray<double> Weights) : ValueRule
{
    public override string Describe() => Values.Count == 1 ? "always the same value" : $"one of {Values.Count} values";
}

/// <summary>Any value from one to another, both included, all alike.</summary>
public sealed record BetweenRule(string Min, string Max) : ValueRule
{
    public override string Describe() => $"between {Min} and {Max}";
}

/// <summary>What the column means, whatever its name says.</summary>
public sealed record MeaningRule(Meaning Meaning) : ValueRule
{
    public override string Describe() => $"{Meaning}";
}

/// <summary>One of a pool of values, which is made once for a plan.</summary>
/// <param name="Make">Makes the pool: a pure function of what it is told. A null is left out.</param>
/// <param name="Source">Where values come from, for the plan: <c>Bogus</c>.</param>
public sealed record PoolRule(Func<PoolRequest, IEnumerable<object?>> Make, string Source) : ValueRule
{
    /// <summary>The most values a pool may have.</summary>
    public const int Largest = 10_000;

    public override string Describe() => $"from a pool of {Source}";
}

/// <summary>What a pool is made of.</summary>
/// <param name="Seed">Differs from column to column, and with the plan's seed.</param>
/// <param name="Locale">Of the plan: <c>en</c>, <c>de</c>.</param>
/// <param name="AsOf">What "now" is for the data.</param>
public sealed record PoolRequest(int Seed, string Locale, DateTimeOffset AsOf);

/// <summary>What a function makes of the row.</summary>
/// <param name="Make">A pure function of the row: called in any order, on any thread, and more than once for a row.</param>
public sealed record FunctionRule(Func<SeedRow, object?> Make) : ValueRule
{
    public override string Describe() => "by a function of the row";
}
