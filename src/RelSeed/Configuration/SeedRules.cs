using RelSeed.Schema;

namespace RelSeed.Configuration;

/// <summary>What the user rules of tables and columns. It comes before all that is learned or guessed; constraints bind it too.</summary>
/// <remarks>Made by <see cref="SeedRulesBuilder"/>. Names are resolved when a plan is made.</remarks>
public sealed record SeedRules
{
    public static SeedRules None { get; } = new();

    /// <summary>At most one a table, by its name as given.</summary>
    public EquatableArray<TableRules> Tables { get; init; } = [];

    public bool IsEmpty => Tables.IsEmpty;
}

/// <summary>The rules of one table.</summary>
/// <param name="Table">Its name, with or without schema.</param>
public sealed record TableRules(string Table)
{
    /// <summary>Null leaves the number to <see cref="PerParent"/>, or to the plan.</summary>
    public long? Rows { get; init; }

    public EquatableArray<ChildCount> PerParent { get; init; } = [];

    /// <summary>What it was called when the profile was learned, with or without schema; null for the same.</summary>
    public string? Was { get; init; }

    /// <summary>At most one a column, by its name as given.</summary>
    public EquatableArray<ColumnRules> Columns { get; init; } = [];
}

/// <summary>How many rows each parent has by a foreign key.</summary>
/// <param name="Key">The foreign key's name, or its columns separated by commas.</param>
/// <param name="Min">0 or more.</param>
/// <param name="Max">Included; at least <paramref name="Min"/>.</param>
/// <param name="Mean">From <paramref name="Min"/> to <paramref name="Max"/>; decides the rows of a table for which no number is given.</param>
public sealed record ChildCount(string Key, long Min, long Max, double Mean)
{
    public override string ToString() => Min == Max ? $"{Min} a parent" : $"{Min} to {Max} a parent";
}

/// <summary>The rules of one column.</summary>
/// <param name="Column">Its name.</param>
public sealed record ColumnRules(string Column)
{
    /// <summary>Null leaves them to what the column means.</summary>
    public ValueRule? Values { get; init; }

    /// <summary>Share of rows that are null, from 0 to 1; null leaves it to the plan.</summary>
    public double? NullShare { get; init; }

    /// <summary>Rows that go by other rules; of several whose condition holds, the first.</summary>
    public EquatableArray<ColumnCase> Cases { get; init; } = [];

    /// <summary>What it was called when the profile was learned; null for the same.</summary>
    public string? Was { get; init; }

    /// <summary>Nothing is ruled of what it holds.</summary>
    public bool IsEmpty => Values is null && NullShare is null && Cases.IsEmpty;
}

/// <summary>What a column holds in rows of which a condition is true.</summary>
/// <param name="Condition">SQL over the table's columns, in the database's dialect.</param>
/// <param name="Values">Null leaves them as in other rows.</param>
/// <param name="NullShare">Share of these rows that are null.</param>
public sealed record ColumnCase(string Condition, ValueRule? Values, double NullShare);
