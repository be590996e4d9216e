using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>A database that can be read, filled and verified: what a provider implements.</summary>
public abstract class SeedTarget : IAsyncDisposable
{
    /// <summary>The provider's name: <c>postgresql</c>, <c>sqlite</c>.</summary>
    public abstract string Provider { get; }

    /// <summary>Where it is, without secrets: <c>postgresql://user@host:5432/shop</c>, <c>sqlite:shop.db</c>.</summary>
    public abstract string DisplayName { get; }

    /// <summary>The server runs on this machine, or the database is a file.</summary>
    public abstract bool IsLocal { get; }

    /// <exception cref="DatabaseException">RS30xx: not reachable, refused, unreadable.</exception>
    public abstract Task<DatabaseSchema> ReadSchemaAsync(SchemaReadOptions options, CancellationToken cancellationToken);

    /// <summary>Those of the tables that hold a row at least.</summary>
    public abstract Task<IReadOnlyList<TableName>> FindFilledTablesAsync(IEnumerable<Table> tables, CancellationToken cancellationToken);

    /// <summary>Writes all rows of the plan, all or nothing: after a fault or a cancellation, data and schema are as they were.</summary>
    /// <param name="rows">The plan, compiled.</param>
    /// <exception cref="DatabaseException">RS31xx: the database refused; it is as it was.</exception>
    public abstract Task<LoadReport> LoadAsync(
        SeedPlan plan, SeedGenerator rows, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Begins a rehearsal: plans are tried with constraints and triggers live, and nothing of it stays.</summary>
    /// <param name="options">The load that is rehearsed: its settings, and whether it empties the tables first.</param>
    /// <exception cref="DatabaseException">RS30xx, RS31xx: the database cannot be written at all.</exception>
    public abstract Task<RehearsalSession> OpenRehearsalAsync(LoadOptions options, CancellationToken cancellationToken);

    /// <summary>Checks every foreign key, unique key, NOT NULL and check of the schema by set-based queries.</summary>
    /// <param name="expectedRows">Rows each table must have at least; empty when not known.</param>
    public abstract Task<VerificationReport> VerifyAsync(
        DatabaseSchema schema, IReadOnlyDictionary<TableName, long> expectedRows, CancellationToken cancellationToken);

    /// <summary>Has the server gather its planner's statistics on the tables of a plan whose load left that open; may run beside
    /// <see cref="VerifyAsync"/>.</summary>
    /// <returns>Nothing, or what the user should know.</returns>
    public virtual Task<IReadOnlyList<string>> GatherStatisticsAsync(SeedPlan plan, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>The first rows of a table as text, to show a person.</summary>
    public abstract Task<IReadOnlyList<IReadOnlyList<string?>>> ReadSampleAsync(
        Table table, int rows, CancellationToken cancellationToken);

    /// <summary>Values of some columns of a table's rows, in the order of the primary key where there is one, as canonical text; null for
    /// NULL.</summary>
    /// <param name="columns">0-based positions.</param>
    /// <param name="limit">Rows at most.</param>
    public abstract IAsyncEnumerable<IReadOnlyList<string?>> ReadColumnsAsync(
        Table table, IReadOnlyList<int> columns, long limit, CancellationToken cancellationToken);

    /// <summary>Opens one consistent, read-only look at all rows; the target is not to be used for anything else before it is disposed.</summary>
    /// <param name="options">How gently to read.</param>
    /// <exception cref="DatabaseException">RS30xx: not reachable, refused, unreadable.</exception>
    public abstract Task<RowReader> OpenReaderAsync(RowReaderOptions options, CancellationToken cancellationToken);

    /// <summary>Begins a transaction that replaces values of columns in place.</summary>
    /// <exception cref="DatabaseException">RS30xx, RS31xx: not reachable, or not to be written.</exception>
    public abstract Task<MaskSession> OpenMaskAsync(DatabaseSchema schema, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}

public sealed record RowReaderOptions
{
    /// <summary>Rows a second at most; 0 for as fast as it goes.</summary>
    public long MostRowsPerSecond { get; init; }
}

public sealed record LoadOptions
{
    /// <summary>Rows a batch. Any value gives the same rows.</summary>
    public int BatchRows { get; init; } = 8192;

    /// <summary>Threads that generate and encode. Any number gives the same rows.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount - 1, 1, 4);

    /// <summary>Never drop and rebuild constraints; load around them.</summary>
    public bool KeepConstraints { get; init; }

    /// <summary>A table that gets at least so many rows has its keys, indexes and foreign keys rebuilt after the load.</summary>
    public long RebuildThreshold { get; init; } = 20_000;

    /// <summary>Empty the plan's tables first, in the same transaction.</summary>
    public bool Truncate { get; init; }

    /// <summary>The table in which made rows are marked, made where it is missing: <c>table</c> or <c>schema.table</c>; null for none.</summary>
    /// <remarks>See <see cref="ProvenanceTable"/>.</remarks>
    public string? Provenance { get; init; }

    /// <summary>Partitions made before the first row, in the same transaction.</summary>
    public EquatableArray<NewPartition> Partitions { get; init; } = [];

    /// <summary>Session settings made before the load, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

public enum LoadPhase { Preparing, Loading, Rebuilding, Verifying, Finished }

/// <param name="Table">The table at work; null for a step of the whole.</param>
/// <param name="Rows">Rows of it written so far.</param>
/// <param name="Total">Rows it will have.</param>
/// <param name="Step">What is being rebuilt or prepared, for a person.</param>
public sealed record LoadProgress(LoadPhase Phase, TableName? Table, long Rows, long Total, string? Step = null);

/// <summary>What a load did.</summary>
public sealed record LoadReport
{
    public required EquatableArray<TableLoad> Tables { get; init; }
    public long Rows => Tables.Sum(t => t.Rows);
    public required double Seconds { get; init; }

    /// <summary>Constraints and indexes dropped and made again.</summary>
    public int Rebuilt { get; init; }

    /// <summary>What the user should know: objects that were loaded around, rights that were missing.</summary>
    public EquatableArray<string> Notes { get; init; } = [];

    /// <summary>The digest of all rows of all tables: the tables' digests folded in order of their names.</summary>
    public required string Digest { get; init; }

    /// <summary>Statistics for the server's planner were gathered within the load.</summary>
    public bool HasStatistics { get; init; }
}

/// <param name="Digest">See <see cref="RowDigest"/>.</param>
public sealed record TableLoad(TableName Table, long Rows, double Seconds, string Digest);

/// <summary>What a verification found.</summary>
public sealed record VerificationReport
{
    public required EquatableArray<VerificationFinding> Findings { get; init; }

    /// <summary>Constraints that were checked.</summary>
    public required int Checked { get; init; }

    /// <summary>Constraints that could not be checked, each with the reason.</summary>
    public EquatableArray<string> Unchecked { get; init; } = [];
    public double Seconds { get; init; }
    public bool IsClean => Findings.IsEmpty;
}

/// <param name="Constraint">The constraint's name, or the column's for NOT NULL, or empty for a count.</param>
/// <param name="Rows">Rows that break it; for a count, the rows that are missing.</param>
public sealed record VerificationFinding(TableName Table, VerificationKind Kind, string Constraint, long Rows);

public enum VerificationKind { ForeignKey, Unique, NotNull, Check, Exclusion, RowCount }
