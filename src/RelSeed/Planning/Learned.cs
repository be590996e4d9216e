using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What is known of a table beyond its catalog: learned from rows that the database refused.</summary>
public sealed record LearnedTable
{
    /// <summary>Why the table gets no rows; null when it does.</summary>
    public string? LeftEmpty { get; init; }

    /// <summary>Why columns that its triggers leave open stay so; null when they are set once the rows are there.</summary>
    public string? LeftOpen { get; init; }

    /// <summary>Conditions on its rows, as if they were checks of the table.</summary>
    public EquatableArray<CheckConstraint> Checks { get; init; } = [];

    /// <summary>Conditions on the parents that its rows may take.</summary>
    public EquatableArray<ParentCondition> Parents { get; init; } = [];

    /// <summary>Columns that must equal a column of a parent, as if they were part of the foreign key.</summary>
    public EquatableArray<ParentAgreement> Agreements { get; init; } = [];

    /// <summary>Columns of two parents that must be equal.</summary>
    public EquatableArray<ParentTie> Ties { get; init; } = [];

    /// <summary>Columns that take their values from another table, as if by a foreign key; the name says what wants it.</summary>
    public EquatableArray<ForeignKey> References { get; init; } = [];

    /// <summary>Tables that must be written after it, where foreign keys allow.</summary>
    public EquatableArray<TableName> Before { get; init; } = [];

    /// <summary>Draws of rows, from 0, that the database refuses though nothing tells them from those that it takes: others take their place.</summary>
    public EquatableArray<long> RefusedDraws { get; init; } = [];

    /// <summary>How many rows it takes at most, as far as was tried; null when as many as are asked for.</summary>
    public LearnedRoom? Room { get; init; }

    /// <summary>Why each row is written by a statement of its own; null when they may come together.</summary>
    public string? OneByOne { get; init; }

    /// <summary>Triggers that are switched off while its rows are written.</summary>
    public EquatableArray<SetAsideTrigger> SetAside { get; init; } = [];

    /// <summary>Both together; what is new is added once.</summary>
    public LearnedTable With(LearnedTable more) => new()
    {
        LeftEmpty = LeftEmpty ?? more.LeftEmpty,
        LeftOpen = LeftOpen ?? more.LeftOpen,
        RefusedDraws = [.. RefusedDraws.Union(more.RefusedDraws)],
        Room = more.Room ?? Room,
        OneByOne = OneByOne ?? more.OneByOne,
        Checks = [.. Checks.Union(more.Checks)],
        Parents = [.. Parents.Union(more.Parents)],
        Agreements = [.. Agreements.Union(more.Agreements)],
        Ties = [.. Ties.Union(more.Ties)],
        References = [.. References.Union(more.References)],
        Before = [.. Before.Union(more.Before)],
        SetAside = [.. SetAside.Union(more.SetAside)],
    };
}

/// <param name="Reason">What refuses the others, for a person.</param>
public sealed record LearnedRoom(long Rows, string Reason);

/// <summary>Takes only parents whose own columns do not fail a condition.</summary>
/// <param name="Key">Name of the foreign key.</param>
/// <param name="Expression">The condition on the parent's columns, in the database's dialect.</param>
/// <param name="Reason">What wants it, for a person.</param>
public sealed record ParentCondition(string Key, string Expression, string Reason);

/// <param name="Key">Name of the foreign key that leads to the parent.</param>
/// <param name="Reason">What wants it, for a person.</param>
public sealed record ParentAgreement(string Key, string Column, string PrincipalColumn, string Reason);

/// <param name="Key">Name of the foreign key that leads to the one parent.</param>
/// <param name="OtherKey">Name of the foreign key that leads to the other.</param>
/// <param name="Reason">What wants it, for a person.</param>
public sealed record ParentTie(string Key, string PrincipalColumn, string OtherKey, string OtherPrincipalColumn, ColumnType Type, string Reason)
{
    /// <summary>The column that stands for the value in the plan.</summary>
    internal string Column => $"{Key}.{PrincipalColumn}";
}

/// <param name="Written">Tables to which the trigger would add rows; theirs are made as any others.</param>
/// <param name="Reason">Why it cannot fire, for a person.</param>
public sealed record SetAsideTrigger(string Name, EquatableArray<TableName> Written, string Reason);

/// <summary>Applies what was learned to a plan's tables.</summary>
static class LearnedFacts
{
    public static Table Apply(Table table, PlanOptions options)
    {
        if (!options.Learned.TryGetValue(table.Name, out var learned)) return table;
        table = learned.Ties.Aggregate(table, Tie);
        return table with
        {
            Checks = [.. table.Checks, .. learned.Checks],
            ForeignKeys = [.. table.ForeignKeys.Select(k => Widen(k, learned)), .. learned.References],
            // Without rows it fires none, so what they would write elsewhere is made there as any other rows.
            Triggers = learned.LeftEmpty is null ? [.. table.Triggers.Select(t => Apply(t, learned))] : [],
        };
    }

    static Trigger Apply(Trigger trigger, LearnedTable learned) =>
        learned.SetAside.Any(s => s.Name == trigger.Name) ? trigger with { Enabled = false, IsSetAside = true }
        : trigger with { TakesSingleRows = learned.OneByOne is not null && !trigger.IsRow && trigger.Events.HasFlag(TriggerEvents.Insert) };

    // Both keys get a column more, the same one: so parents that share it are found as those of one tenant are.
    static Table Tie(Table table, ParentTie tie)
    {
        var keys = table.ForeignKeys.Where(k => k.Name == tie.Key || k.Name == tie.OtherKey).ToList();
        var column =
            new Column { Name = tie.Column, Type = tie.Type, IsNullable = !keys.TrueForAll(k => TableGraph.IsRequired(table, k)), IsHidden = true };
        return keys.Count < 2 || table.IndexOf(tie.Column) >= 0 ? table : table with
        {
            Columns = [.. table.Columns, column],
            ForeignKeys =
                [.. table.ForeignKeys.Select(k => k.Name == tie.Key ? Add(k, tie.Column, tie.PrincipalColumn) : k.Name == tie.OtherKey
                ? Add(k, tie.Column, tie.OtherPrincipalColumn) : k)],
        };
    }

    static ForeignKey Add(ForeignKey key, string column, string principal) =>
        key with { Columns = [.. key.Columns, column], PrincipalColumns = [.. key.PrincipalColumns, principal] };

    static ForeignKey Widen(ForeignKey key, LearnedTable learned)
    {
        foreach (var pair in learned.Agreements.Where(a => a.Key == key.Name && !key.Columns.Contains(a.Column)))
            key = key with { Columns = [.. key.Columns, pair.Column], PrincipalColumns = [.. key.PrincipalColumns, pair.PrincipalColumn] };
        return key;
    }

    /// <summary>What binds rows beyond the catalog, for a person.</summary>
    public static IEnumerable<string> Describe(DatabaseSchema schema, IEnumerable<TableName> tables, PlanOptions options)
    {
        foreach (var (table, learned) in tables.Where(options.Learned.ContainsKey).Select(t => (t, options.Learned[t])))
        {
            if (learned.LeftOpen is { } why) yield return $"What triggers leave open in rows of {schema.ShortName(table)} stays so: {why}.";
            foreach (var check in learned.Checks) yield return $"Rows of {schema.ShortName(table)} are made with {check.Expression} ({check.Name}).";
            foreach (var parent in learned.Parents)
                yield return $"Rows of {schema.ShortName(table)} take only parents with {parent.Expression} by {parent.Key} ({parent.Reason}).";
            foreach (var pair in learned.Agreements)
                yield return $"Rows of {schema.ShortName(table)} have the {pair.PrincipalColumn} of their parent by {pair.Key} as {pair.Column} ({pair.Reason}).";
            foreach (var tie in learned.Ties)
                yield return $"Rows of {schema.ShortName(table)} take parents by {tie.Key} and {tie.OtherKey} of which the {tie.PrincipalColumn} of the one is the {tie.OtherPrincipalColumn} of the other ({tie.Reason}).";
            foreach (var key in learned.References)
                yield return $"Rows of {schema.ShortName(table)} take {string.Join(", ", key.Columns)} from {schema.ShortName(key.Principal)} ({key.Name}).";
            if (learned.RefusedDraws.Count > 0)
                yield return $"Rows of {schema.ShortName(table)} that the database refused were drawn anew, {learned.RefusedDraws.Count} draws in all.";
            if (learned.OneByOne is { } single) yield return $"Each row of {schema.ShortName(table)} is written by a statement of its own ({single}).";
            foreach (var trigger in learned.SetAside)
                yield return $"Trigger {trigger.Name} of {schema.ShortName(table)} is off while rows are written: {trigger.Reason}.";
            if (!learned.Before.IsEmpty)
                yield return $"{schema.ShortName(table)} is written before {string.Join(", ", learned.Before.Select(schema.ShortName))}, which its triggers look at.";
        }
    }

    public static PlanOptions Add(PlanOptions options, TableName table, LearnedTable more)
    {
        var all = options.Learned.ToDictionary();
        all[table] = all.TryGetValue(table, out var known) ? known.With(more) : more;
        return options with { Learned = all };
    }
}
