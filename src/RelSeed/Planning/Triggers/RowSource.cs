using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Rows of a table that a trigger of another table makes, one for each row written there.</summary>
/// <param name="Table">The table whose trigger writes them.</param>
/// <param name="Trigger">The trigger's name.</param>
/// <param name="Values">One a column of the table that is written to.</param>
public sealed record RowSource(TableName Table, string Trigger, EquatableArray<SourceValue> Values)
{
    /// <summary>The source rows it acts on: those whose column holds the literal; null for all.</summary>
    public SourceValue? Guard { get; init; }

    /// <summary>First of the source's made rows that the trigger acts on.</summary>
    public long FirstRow { get; init; }

    /// <summary>Rows it acts on.</summary>
    public long Rows { get; init; }
}

/// <summary>Where a value of a triggered row comes from; neither column nor literal when only the database can tell.</summary>
/// <param name="Column">Position of the source row's column; -1 for none.</param>
/// <param name="Literal">In canonical text.</param>
public readonly record struct SourceValue(int Column, string? Literal)
{
    public static SourceValue Unknown => new(-1, null);
    public bool IsKnown => Column >= 0 || Literal is not null;
}

/// <summary>One of several tables whose rows share a key: it takes every so many-th value of one domain.</summary>
/// <param name="Count">Tables that share it.</param>
/// <param name="Place">This table's place among them, from 0.</param>
/// <param name="Owner">The table whose column tells the domain.</param>
/// <param name="OwnerColumn">Position of that column.</param>
sealed record Slice(int Count, int Place, TableName Owner, int OwnerColumn)
{
    /// <summary>The table has a row for every parent at its places.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Rows of the parent that stood in the database before have what the model reads with them.</summary>
    public bool IsOfModel { get; init; }

    /// <summary>How many of so many parents stand at its places.</summary>
    public long Of(long parents) => IsComplete ? Math.Max(0, parents - Place + Count - 1) / Count : parents / Count;
}
