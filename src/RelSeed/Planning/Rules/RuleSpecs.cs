using RelSeed.Configuration;
using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What a function of the user's makes of the row.</summary>
public sealed record FunctionSpec(Func<SeedRow, object?> Make) : GeneratorSpec
{
    public override string Describe() => "a function of the row";
    public override string ToString() => "FunctionSpec";
}

/// <summary>Values by conditions on other columns of the row; rows of which none holds as otherwise.</summary>
/// <param name="Cases">The first whose condition is true counts.</param>
public sealed record CaseSpec(EquatableArray<SpecCase> Cases, GeneratorSpec Otherwise) : GeneratorSpec
{
    public override string Describe() => $"{Otherwise.Describe()}; {string.Join("; ", Cases.Select(c => $"where {c.Condition} {c.Describe()}"))}";
}

/// <param name="Condition">As the user wrote it.</param>
/// <param name="Values">Null for the values of other rows.</param>
/// <param name="NullShare">Share of these rows that are null.</param>
public sealed record SpecCase(string Condition, Expression Expression, GeneratorSpec? Values, double NullShare)
{
    internal string Describe() => NullShare >= 1 ? "NULL" : $"{Values?.Describe() ?? "the same"}{(NullShare > 0 ? $", {NullShare:P0} null" : "")}";
}

/// <summary>Null by the same conditions as the column's values.</summary>
/// <param name="Cases">Of the column's <see cref="CaseSpec"/>.</param>
public sealed record NullCases(EquatableArray<SpecCase> Cases, NullSpec Otherwise, string Salt) : NullSpec
{
    /// <summary>Rows outside of which the column is null whatever the cases say; null for none.</summary>
    public NullOutside? Scope { get; init; }

    public override string Describe() =>
        Otherwise is NeverNull ? "null where a rule says so" : $"{Otherwise.Describe()}, elsewhere where a rule says so";
}
