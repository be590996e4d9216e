using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Tries small plans one after another; disposed, it leaves the database as it was.</summary>
public abstract class RehearsalSession : IAsyncDisposable
{
    /// <summary>Rows that were taken stay in place for the next plan where they are the same in it, so a round may be short.</summary>
    public virtual bool KeepsRows => false;

    /// <summary>Writes the plan's rows table by table and notes what is refused.</summary>
    /// <param name="plan">A few dozen rows a table.</param>
    /// <param name="rows">The plan, compiled.</param>
    /// <exception cref="DatabaseException">RS30xx, RS31xx: the database cannot be written at all.</exception>
    public abstract Task<RehearsalReport> TryAsync(SeedPlan plan, SeedGenerator rows, RehearsalOptions options, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}

/// <summary>How a plan is tried.</summary>
public sealed record RehearsalOptions
{
    /// <summary>The load of these rows was refused: of tables whose triggers write others, none is left aside for taking long.</summary>
    public bool IsPatient { get; init; }

    /// <summary>Other forms of a table's rows, tried one after another when the database refuses every row; null for none.</summary>
    public Func<TableName, EquatableArray<RowRefusal>, IEnumerable<RowVariant>>? Variants { get; init; }

    /// <summary>Tables of which rows that are refused are drawn again, one by one.</summary>
    public IReadOnlySet<TableName> Redrawn { get; init; } = new HashSet<TableName>();

    /// <summary>Tables whose triggers that may wait for the commit fire with each row, so that it is known which rows they refuse.</summary>
    public IReadOnlySet<TableName> Immediate { get; init; } = new HashSet<TableName>();

    /// <summary>Tables that nobody needs and that are known to be taken: they are left aside.</summary>
    public IReadOnlySet<TableName> Known { get; init; } = new HashSet<TableName>();

    /// <summary>Tables whose rows are as they were in the plan tried before.</summary>
    public IReadOnlySet<TableName> Unchanged { get; init; } = new HashSet<TableName>();

    /// <summary>Told of each table as it has been tried, in the plan's order; the round ends where it returns true.</summary>
    public Func<TableRehearsal, bool> Told { get; init; } = _ => false;
}
