using RelSeed.Configuration;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What the user asks of a plan. The defaults give a believable database of a few thousand rows.</summary>
public sealed record PlanOptions
{
    /// <summary>Another seed gives other rows.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What "now" is for the data; fixed by default, so that the same command gives the same rows on every day.</summary>
    public DateTimeOffset AsOf { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Language and country of names and addresses: en, de, fr, …</summary>
    public string Locale { get; init; } = "en";

    /// <summary>Rows for every table that <see cref="RowsByTable"/> does not name; null sizes them from the graph.</summary>
    public long? RowsPerTable { get; init; }

    /// <summary>Rows by table name, with or without schema.</summary>
    public IReadOnlyDictionary<string, long> RowsByTable { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>What the user rules of tables and columns; before all that is learned or guessed.</summary>
    public SeedRules Rules { get; init; } = SeedRules.None;

    /// <summary>Multiplies the default sizes and <see cref="RowsPerTable"/>; above 0.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Tables left out, by name with or without schema; <c>*</c> stands for any letters.</summary>
    public EquatableArray<string> Exclude { get; init; } = [];

    /// <summary>Tables that hold rows which stay, when appending; and tables left out that others refer to.</summary>
    public IReadOnlyDictionary<TableName, ExistingTable> Existing { get; init; } = new Dictionary<TableName, ExistingTable>();

    /// <summary>What was learned of a real database; it decides what constraints and rules leave open.</summary>
    public Profiling.DataProfile? Profile { get; init; }

    /// <summary>Tables whose rows are made as without the profile, by name with the reason: drawn by it they could not be made.</summary>
    public IReadOnlyDictionary<TableName, string> Unprofiled { get; init; } = new Dictionary<TableName, string>();

    /// <summary>What rows drawn by the profile are to be other than learned.</summary>
    public Scenario Scenario { get; init; } = Scenario.None;

    /// <summary>What rehearsals have taught of tables, by name.</summary>
    public IReadOnlyDictionary<TableName, LearnedTable> Learned { get; init; } = new Dictionary<TableName, LearnedTable>();

    /// <summary>Leaves out tables whose constraints cannot be met, and what depends on them, instead of failing.</summary>
    public bool SkipUnsolvable { get; init; }

    /// <summary>No table gets more rows than this; null for no bound.</summary>
    public long? MostRows { get; init; }
    /// <summary>Rows that tables turned out to have room for, with the reason; found by making the choices of their keys.</summary>
    public IReadOnlyDictionary<TableName, (long Rows, string Reason)> Capacities { get; init; } = new Dictionary<TableName, (long, string)>();

    /// <summary>Rows of tables that the learned fan-out draws; found by drawing it.</summary>
    public IReadOnlyDictionary<TableName, long> Drawn { get; init; } = new Dictionary<TableName, long>();

    /// <summary>Tables whose keys, references and checks are met by a search over all their columns, since their constructions break one; found by
    /// trying rows.</summary>
    public IReadOnlySet<TableName> Searched { get; init; } = new HashSet<TableName>();

    /// <summary>Foreign keys, by table and name, of which every parent must have a row, since a table that pairs the rows turned out to have too
    /// little room.</summary>
    public IReadOnlySet<(TableName Table, string Key)> Covering { get; init; } = new HashSet<(TableName, string)>();

    /// <summary>Parents that pass what was learned of a foreign key, by table and name; found by trying them.</summary>
    public IReadOnlyDictionary<(TableName Table, string Key), long> Passing { get; init; } = new Dictionary<(TableName, string), long>();

    /// <summary>Foreign keys, by table and name, that no row has: the keys they lead to depend on the row's own; found by making the choices of keys.</summary>
    public IReadOnlySet<(TableName Table, string Key)> Severed { get; init; } = new HashSet<(TableName, string)>();

    /// <summary>Rows that tables should have at least where the user named no number for them, with the reason: only some of them serve as parents.</summary>
    internal IReadOnlyDictionary<TableName, (long Rows, string Reason)> Raised { get; init; } = new Dictionary<TableName, (long, string)>();

    /// <summary>When not empty, only these tables and the parents they need.</summary>
    public EquatableArray<string> Include { get; init; } = [];

    internal PlanOptions WithoutProfileOf(TableName table, string reason) =>
        this with { Unprofiled = new Dictionary<TableName, string>(Unprofiled) { [table] = reason } };
}

/// <summary>What a plan must know of rows that stand in a table.</summary>
/// <param name="Rows">Rows known to the generator: all, or a sample.</param>
/// <param name="LargestNumbers">By column: the largest value of integer columns that are numbered row by row.</param>
public sealed record ExistingTable(long Rows, IReadOnlyDictionary<string, long> LargestNumbers);
