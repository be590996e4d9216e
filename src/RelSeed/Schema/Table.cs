namespace RelSeed.Schema;

/// <summary>A table that holds rows: ordinary, partitioned, a partition, or an inheritance child.</summary>
public sealed record Table
{
    public required TableName Name { get; init; }

    /// <summary>Columns in catalog order; <see cref="Column.Name"/> is unique among them.</summary>
    public required EquatableArray<Column> Columns { get; init; }

    public UniqueKey? PrimaryKey { get; init; }

    /// <summary>Unique constraints and unique indexes beside the primary key.</summary>
    public EquatableArray<UniqueKey> UniqueKeys { get; init; } = [];

    public EquatableArray<ForeignKey> ForeignKeys { get; init; } = [];
    public EquatableArray<CheckConstraint> Checks { get; init; } = [];
    public EquatableArray<ExclusionConstraint> Exclusions { get; init; } = [];
    public EquatableArray<Trigger> Triggers { get; init; } = [];

    /// <summary>PostgreSQL rewrite rules in force on INSERT, UPDATE and DELETE; COPY passes them by.</summary>
    public EquatableArray<RewriteRule> Rules { get; init; } = [];

    /// <summary>How rows are spread over partitions, when this table is partitioned itself.</summary>
    public Partitioning? Partitioning { get; init; }

    /// <summary>The table this is a partition of; rows are written to the parent.</summary>
    public TableName? PartitionOf { get; init; }

    /// <summary>The partition's bound as the catalog prints it, <c>FOR VALUES FROM (…) TO (…)</c>, when it is a partition.</summary>
    public string? PartitionBound { get; init; }

    /// <summary>Tables this one inherits from (PostgreSQL), partitions excluded.</summary>
    public EquatableArray<TableName> Inherits { get; init; } = [];

    public TablePersistence Persistence { get; init; }
    public string? Comment { get; init; }

    /// <summary>The catalog's estimate of the rows in it; -1 when it has none.</summary>
    public long EstimatedRows { get; init; } = -1;

    public TableRights Rights { get; init; } = TableRights.All;

    /// <summary>Row-level security is on and binds the current user.</summary>
    public bool RowSecurity { get; init; }

    /// <summary>SQLite: STRICT.</summary>
    public bool IsStrict { get; init; }

    /// <summary>SQLite: WITHOUT ROWID.</summary>
    public bool IsWithoutRowId { get; init; }

    /// <summary>What an application's model says of it; null when no model was read.</summary>
    public TableModel? Model { get; init; }

    /// <summary>Primary key first, then the other unique keys.</summary>
    public IEnumerable<UniqueKey> AllKeys => PrimaryKey is null ? UniqueKeys : UniqueKeys.Prepend(PrimaryKey);

    /// <summary>0-based position of a column, or -1.</summary>
    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (Columns[i].Name == column) return i;
        return -1;
    }

    public Column this[string column] => Columns[IndexOf(column)];
}

public enum TablePersistence { Permanent, Unlogged, Temporary }

/// <summary>What the current user may do to a table.</summary>
[Flags]
public enum TableRights
{
    None = 0,
    Select = 1,
    Insert = 2,
    Update = 4,
    Truncate = 8,

    /// <summary>Drop and create its constraints, indexes and triggers.</summary>
    Alter = 16,
    All = Select | Insert | Update | Truncate | Alter,
}

/// <summary>How a partitioned table spreads its rows.</summary>
/// <param name="Strategy">range, list or hash.</param>
/// <param name="Columns">The key's columns; empty name for an expression.</param>
/// <param name="Definition">The key as the catalog prints it: <c>RANGE (payment_date)</c>.</param>
/// <param name="Partitions">The direct partitions.</param>
public sealed record Partitioning(
    PartitionStrategy Strategy, EquatableArray<string> Columns, string Definition, EquatableArray<TableName> Partitions);

public enum PartitionStrategy { Range, List, Hash }

/// <param name="Timing">BEFORE, AFTER or INSTEAD OF.</param>
/// <param name="Function">Schema-qualified function it calls (PostgreSQL), quoted where SQL needs it, else empty.</param>
/// <param name="Definition">Its text as the catalog prints it.</param>
/// <param name="IsRow">Fires for each row, else for each statement.</param>
/// <param name="IsDeferrable">A constraint trigger that may wait for the commit.</param>
/// <param name="Enabled">Fires in an ordinary session.</param>
public sealed record Trigger(
    string Name, TriggerTiming Timing, TriggerEvents Events, string Function, string Definition, bool IsRow, bool IsDeferrable, bool Enabled)
{
    /// <summary>The body of the PL/pgSQL function it calls on INSERT; empty where the definition holds it, or it is too long.</summary>
    public string Body { get; init; } = "";

    /// <summary>What it does.</summary>
    internal string Text => Body.Length > 0 ? Body : Definition;

    /// <summary>It would fire, and is switched off while the table's rows are written.</summary>
    public bool IsSetAside { get; init; }

    /// <summary>It fires for each statement and was seen to refuse statements of several rows that it takes one by one.</summary>
    public bool TakesSingleRows { get; init; }
}

public enum TriggerTiming { Before, After, InsteadOf }

[Flags]
public enum TriggerEvents { None = 0, Insert = 1, Update = 2, Delete = 4, Truncate = 8 }

/// <param name="Event">INSERT, UPDATE or DELETE.</param>
/// <param name="IsInstead">The rule's commands take the place of the original one.</param>
/// <param name="Definition">Its text as the catalog prints it.</param>
public sealed record RewriteRule(string Name, string Event, bool IsInstead, string Definition);
