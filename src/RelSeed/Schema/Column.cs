namespace RelSeed.Schema;

public sealed record Column
{
    public required string Name { get; init; }
    public required ColumnType Type { get; init; }

    /// <summary>May be NULL: neither the column nor its domains forbid it.</summary>
    public bool IsNullable { get; init; }

    /// <summary>The default's expression as the catalog prints it.</summary>
    public string? Default { get; init; }

    public IdentityKind Identity { get; init; }
    public GeneratedKind Generated { get; init; }

    /// <summary>The expression of a generated column, as the catalog prints it, without outer parentheses.</summary>
    public string? GeneratedExpression { get; init; }

    /// <summary>The sequence behind the column: owned, of an identity, or called by the default.</summary>
    public SequenceInfo? Sequence { get; init; }

    /// <summary>A collation that is not the database's default: its name as the catalog spells it.</summary>
    public string? Collation { get; init; }

    /// <summary>Two texts that differ only in case are equal under the column's type or collation (citext, NOCASE).</summary>
    public bool IsCaseInsensitive { get; init; }

    public string? Comment { get; init; }

    /// <summary>What an application's model says of it; null when no model was read.</summary>
    public ColumnModel? Model { get; init; }

    /// <summary>No column of the database: a value that two parents of the row share, which the plan keeps in view. It is never written.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The server makes the value itself; an INSERT must leave it out.</summary>
    public bool IsComputed => Generated != GeneratedKind.None;
}

public enum IdentityKind { None, Always, ByDefault }

public enum GeneratedKind { None, Stored, Virtual }

/// <param name="Name">Schema and name.</param>
/// <param name="IsOwned">The sequence belongs to the column (serial, identity, AUTOINCREMENT).</param>
public sealed record SequenceInfo(TableName Name, long Start, long Increment, bool IsOwned);
