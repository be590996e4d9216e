using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Says what the rehearsal could not solve: a paragraph for each refusal, with the object, what was found and what to do.</summary>
static class RehearsalFaults
{
    public static PlanException Explain(DatabaseSchema schema, UnsolvedRefusal unsolved)
    {
        var name = schema.ShortName(unsolved.Table);
        var (id, what, advice) = Describe(schema, unsolved);
        var rows = unsolved.Rows == 0 ? "is refused when all rows are there"
            : unsolved.Rows == unsolved.Of ? $"takes none of {unsolved.Of} rehearsed rows"
            : $"refuses {unsolved.Rows} of {unsolved.Of} rehearsed rows";
        return new PlanException(id,
            $"Table {name} {rows}: {what}. {(advice.Length > 0 ? $"{advice}, leave" : "Leave")} the table out with --exclude {name}, "
            + "or leave out whatever cannot be filled with --skip-unsolvable.")
        {
            Tables = [new TableFault(unsolved.Table.ToString(), $"{id} {what}")],
        };
    }

    /// <summary>Why a table takes no row at all, when triggers, or the server's functions, refuse all of them and ask for no setting; null when it is not so.</summary>
    /// <param name="unsolved">All that is unsolved of one table.</param>
    public static string? RejectsAll(DatabaseSchema schema, IReadOnlyList<UnsolvedRefusal> unsolved)
    {
        if (unsolved.Select(u => KeyOfTrigger(schema, u)).FirstOrDefault(k => k is not null) is { } hidden) return hidden;
        var isEvery = unsolved[0].Of > 0 && unsolved.Sum(u => u.Rows) == unsolved[0].Of
            && unsolved.All(u => u.Refusal.Kind is RefusalKind.Trigger or RefusalKind.Vanished or RefusalKind.Value && Settings(u.Refusal) is null);
        if (!isEvery) return null;
        var first = unsolved[0].Refusal;
        return first.Kind == RefusalKind.Vanished ? $"{Source(first)} drops every row that was tried"
            : first.Kind == RefusalKind.Value ? $"the server can take no row that was tried ({Code(schema, first)}{Place(first)})"
            : $"{Source(first)} refuses every row that was tried ({Code(schema, first)})";
    }

    // No row has a parent, since the parents' trigger sets what the rows refer to.
    static string? KeyOfTrigger(DatabaseSchema schema, UnsolvedRefusal unsolved)
    {
        if (unsolved is not { Refusal.Kind: RefusalKind.ForeignKey, Of: > 0 } || unsolved.Rows < unsolved.Of) return null;
        var key = schema.Find(unsolved.Table)?.ForeignKeys.FirstOrDefault(k => k.Name == unsolved.Refusal.Name);
        var trigger = key is null ? null : schema.Find(key.Principal)?.Triggers.FirstOrDefault(t =>
            t is { Enabled: true, IsRow: true, Timing: TriggerTiming.Before } && t.Events.HasFlag(TriggerEvents.Insert)
                && key.PrincipalColumns.Any(c => TriggerText.Sets(t.Body, c)));
        if (trigger is null) return null;
        var set = string.Join(", ", key!.PrincipalColumns.Where(c => TriggerText.Sets(trigger.Body, c)));
        return $"trigger {trigger.Name} of {schema.ShortName(key.Principal)} sets the {set} to which {key.Name} refers";
    }

    /// <summary>No partition takes the row; servers name no constraint then.</summary>
    public static bool IsWithoutPartition(DatabaseSchema schema, RowRefusal refusal) =>
        refusal is { Kind: RefusalKind.Check, Name: "" } && schema.Find(refusal.Table)?.Partitioning is not null;

    static (string Id, string What, string Advice) Describe(DatabaseSchema schema, UnsolvedRefusal unsolved)
    {
        var refusal = unsolved.Refusal;
        var place = refusal.Table == unsolved.Table ? "" : $" of {schema.ShortName(refusal.Table)}";
        var name = refusal.Name.Length > 0 ? $" {refusal.Name}" : "";
        var column = refusal.Column is { } c ? $", column {c}" : "";
        return refusal.Kind switch
        {
            RefusalKind.Trigger =>
                ("RS2031", $"{Source(refusal)} refused them ({Code(schema, refusal)})", Settings(refusal) ?? "Give it what it expects"),
            RefusalKind.Vanished => ("RS2031", $"{Source(refusal)} dropped them without an error", Settings(refusal) ?? "Give it what it expects"),
            RefusalKind.Setting => ("RS2033", $"the session setting {refusal.Name} is not set", $"Give it with --set {refusal.Name}=VALUE"),
            RefusalKind.RowSecurity => ("RS2034", "row-level security binds this user", "Load as the table's owner or as a role with BYPASSRLS"),
            RefusalKind.Value =>
                ("RS2035",
                    $"the server cannot take a value ({Code(schema, refusal)}{Place(refusal)})", ""),
            RefusalKind.NotNull when refusal.Column is { } missing && SettingsOf(schema, refusal.Table, missing) is { } give =>
                ("RS2032", $"NOT NULL{name}{place} does not hold{column}", give),
            _ when IsWithoutPartition(schema, refusal) => ("RS2032", "no partition takes them", "Add one that does, or a default one"),
            var kind => ("RS2032", $"{Word(kind)}{name}{place} does not hold{column}", "Relax it"),
        };
    }

    static string Place(RowRefusal refusal) =>
        (refusal.Column is { } column ? $", column {column}" : "") + (refusal.Name.Length > 0 ? $", {refusal.Name}" : "");

    static string Code(DatabaseSchema schema, RowRefusal refusal) =>
        schema.Provider == "sqlite" ? $"code {refusal.Code}" : $"SQLSTATE {refusal.Code}";

    static string Source(RowRefusal refusal) => (refusal.Trigger, refusal.Name) switch
    {
        ({ } trigger, "") => $"trigger {trigger}",
        ({ } trigger, var function) when function != trigger => $"trigger {trigger}, function {function},",
        ({ } trigger, _) => $"trigger {trigger}",
        (null, "") => "a trigger",
        (null, var function) => $"function {function}",
    };

    // A setting that is missing is NULL, in a default and in what a trigger puts into the column.
    static string? SettingsOf(DatabaseSchema schema, TableName table, string column) => schema.Find(table) is not { } found ? null
        : Settings(string.Join('\n', found.Triggers.Select(t => t.Body).Prepend(found.Columns.FirstOrDefault(c => c.Name == column)?.Default)));

    static string? Settings(RowRefusal refusal) => Settings(refusal.Text);

    static string? Settings(string? text) => text is not null && TriggerText.Settings(text) is { Count: > 0 } names
        ? $"Give the settings that it reads with {string.Join(" and ", names.Select(n => $"--set {n}=VALUE"))}" : null;

    static string Word(RefusalKind kind) => kind switch
    {
        RefusalKind.Unique => "unique key",
        RefusalKind.ForeignKey => "foreign key",
        RefusalKind.NotNull => "NOT NULL",
        RefusalKind.Exclusion => "exclusion constraint",
        _ => "check",
    };
}
