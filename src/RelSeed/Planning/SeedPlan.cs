using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What will be generated: every table's rows, references and columns, each with its reason. Immutable and printable.</summary>
public sealed record SeedPlan
{
    public required DatabaseSchema Schema { get; init; }
    public required ulong Seed { get; init; }

    /// <summary>What "now" is for the data.</summary>
    public required DateTimeOffset AsOf { get; init; }

    public required string Locale { get; init; }

    /// <summary>The generators' version: the same seed, plan and version give the same bytes for ever.</summary>
    public int GeneratorVersion { get; init; } = CurrentGeneratorVersion;

    /// <summary>In an order in which parents come before children where the schema allows one.</summary>
    public required EquatableArray<TablePlan> Tables { get; init; }

    /// <summary>What the user should know, each with its object: columns left null, capacities that bind, keys in a cycle.</summary>
    public EquatableArray<string> Warnings { get; init; } = [];

    public const int CurrentGeneratorVersion = 1;

    public TablePlan? Find(TableName name) => Tables.FirstOrDefault(t => t.Table.Name == name);

    /// <summary>Foreign keys as planned, those of triggers too, lead from one table to another; a table reaches itself.</summary>
    internal bool Reaches(TableName from, TableName to)
    {
        var tables = Tables.ToDictionary(t => t.Table.Name, t => t.Table);
        var (seen, open) = (new HashSet<TableName> { from }, new Stack<TableName>([from]));
        while (open.TryPop(out var name))
        {
            if (name == to) return true;
            foreach (var key in tables.GetValueOrDefault(name)?.ForeignKeys ?? [])
                if (seen.Add(key.Principal)) open.Push(key.Principal);
        }
        return false;
    }
}

public sealed record TablePlan
{
    public required Table Table { get; init; }

    /// <summary>Rows asked for, by the user or the plan.</summary>
    public required long RequestedRows { get; init; }

    /// <summary>Rows that will be made: at most the capacity.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that stand in the table already and stay; made rows follow them.</summary>
    public long ExistingRows { get; init; }

    /// <summary>Why there are that many rows; when fewer than asked, which key or parent binds.</summary>
    public required string RowsReason { get; init; }

    /// <summary>One a column, in catalog order.</summary>
    public required EquatableArray<ColumnPlan> Columns { get; init; }

    public EquatableArray<ReferencePlan> References { get; init; } = [];

    public EquatableArray<CheckPlan> Checks { get; init; } = [];

    /// <summary>What it takes from a profile; null without one.</summary>
    public ProfiledTable? Profiled { get; init; }

    /// <summary>Its amounts must cancel out within a parent: the rows stand in pairs; null where nothing asks that.</summary>
    internal RowBalance? Balance { get; init; }

    /// <summary>Choices made once in memory, where keys cannot be met by construction.</summary>
    public RowArrangement? Arrangement { get; init; }

    /// <summary>Draws of rows, from 0, that the database refuses: others take their place.</summary>
    public EquatableArray<long> RefusedDraws { get; init; } = [];

    /// <summary>Whose triggers make all of its rows; then nothing is written to it. Empty otherwise.</summary>
    public EquatableArray<RowSource> Sources { get; init; } = [];

    /// <summary>Rows that are written: none where triggers make them.</summary>
    public long WrittenRows => Sources.IsEmpty ? Rows : 0;

    /// <summary>Rows are written, and triggers answer.</summary>
    internal bool SetsOffTriggers => Rows > 0 && Table.Triggers.Any(t => t.Enabled && t.Events.HasFlag(TriggerEvents.Insert));

    /// <summary>Columns of rows made by triggers that are set once the rows are there.</summary>
    public IEnumerable<string> CompletedColumns =>
        Sources.IsEmpty ? [] : Columns.Where(c => c.Generator is ReferenceColumnSpec).Select(c => c.Column.Name);

    /// <summary>The reference may lead to some of its parents only, and no key counts on the others.</summary>
    internal bool HasRoomInFewer(ReferencePlan reference)
    {
        var index = References.ToList().IndexOf(reference);
        return reference.Mechanism is ConcentratedReference || (reference.Mechanism is FanOutReference
            && !Columns.Any(c => c.Generator is OrdinalSpec o ? o.Reference == index
            : c.Generator is IndexedSpec { Index: GroupIndexSpec g } && g.Reference == index)
            && !References.Any(r => r.Mechanism is IndexedReference { Index: GroupIndexSpec g } && g.Reference == index));
    }

    /// <summary>The reference may lead to some of its parents only, once the plan knows how many those are.</summary>
    internal static bool CanTakeFewer(ReferencePlan reference) =>
        reference.Mechanism is FanOutReference or ConcentratedReference or InjectiveReference or IndexedReference;

    /// <summary>Foreign keys to rows that the table's own triggers make.</summary>
    public EquatableArray<string> KeysMetByTriggers { get; init; } = [];

    /// <summary>Foreign keys that lead to a table that comes later in the order, or to the table itself.</summary>
    public EquatableArray<string> BackwardKeys { get; init; } = [];
}

public sealed record ColumnPlan
{
    public required Column Column { get; init; }
    public required GeneratorSpec Generator { get; init; }
    public NullSpec Nulls { get; init; } = NullSpec.Never;
    public required string Reason { get; init; }

    /// <summary>A rule of the user's says what it holds.</summary>
    public bool IsRuled { get; init; }

    /// <summary>Left out of the INSERT: the server makes it, or nothing may be written.</summary>
    public bool IsOmitted => Generator is OmittedSpec;
}

public sealed record ReferencePlan
{
    public required ForeignKey Key { get; init; }
    public required ReferenceSpec Mechanism { get; init; }
    public required string Reason { get; init; }

    /// <summary>Only parents that pass all of them are taken.</summary>
    public EquatableArray<ParentFilter> Filters { get; init; } = [];

    /// <summary>Only parents that fail none of them are taken.</summary>
    public EquatableArray<ParentCondition> Conditions { get; init; } = [];
}

/// <summary>Takes only parents for which another table has a row with the same values: a column that refers to two tables at once, or
/// parents that must have agreeing children.</summary>
/// <param name="Columns">Positions of the parent's columns.</param>
/// <param name="OtherColumns">Positions of the other table's columns, in the same order.</param>
public sealed record ParentFilter(EquatableArray<int> Columns, TableName Other, EquatableArray<int> OtherColumns);
