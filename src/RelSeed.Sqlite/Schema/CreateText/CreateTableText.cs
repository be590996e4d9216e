namespace RelSeed.Sqlite.Schema.CreateText;

/// <summary>What only a table's CREATE text tells. Names stand as written there, quotes taken off.</summary>
sealed class CreateTableText
{
    public string? PrimaryKeyName { get; set; }
    public bool IsAutoIncrement { get; set; }
    public List<ColumnText> Columns { get; } = [];
    public List<UniqueText> Uniques { get; } = [];
    public List<CheckText> Checks { get; } = [];

    /// <summary>In the order they are declared.</summary>
    public List<ForeignKeyText> ForeignKeys { get; } = [];
}

sealed class ColumnText(string name)
{
    public string Name { get; } = name;
    public string? Collation { get; set; }
    public SqlTokens? Generated { get; set; }
}

sealed record UniqueText(string? Name, IReadOnlyList<string> Columns);

/// <param name="Column">The column at which it is declared; null for a table's check.</param>
sealed record CheckText(string? Name, string? Column, SqlTokens Condition);

sealed class ForeignKeyText(string? name, IReadOnlyList<string> columns)
{
    public string? Name { get; } = name;
    public IReadOnlyList<string> Columns { get; } = columns;
    public bool IsDeferrable { get; set; }
    public bool IsInitiallyDeferred { get; set; }
}
