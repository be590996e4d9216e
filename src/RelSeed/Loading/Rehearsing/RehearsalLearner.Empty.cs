using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Tables of which no row can be taken.</summary>
sealed partial class RehearsalLearner
{
    bool LeaveEmpty(ref PlanOptions options, TableRehearsal table, RowRefusal refusal, bool isEvery)
    {
        var writer = _tables.Find(t => t.AlsoWritten.Contains(refusal.Table));
        if (refusal.Code is "23505" && writer is not null && !IsRequired(refusal.Table))
            return Add(ref options, refusal.Table, new LearnedTable { LeftEmpty = WrittenBy(writer.Table) });
        // Rows that meet what else is wanted are refused all the same.
        if (table.Causes.All(c => c >= 0) && table.Refusals.FirstOrDefault(r => IsByClock(table.Table, r)) is { } vain)
            return SetAside(ref options, vain, ByClock(vain))
                || Add(ref options, table.Table, new LearnedTable { LeftEmpty = $"its trigger {vain.Trigger ?? vain.Name} {ByClock(vain)}" });
        if (table.Causes.All(c => c >= 0) && table.Refusals.FirstOrDefault(LooksInVain) is { } lost)
            return Add(ref options, table.Table, new LearnedTable { LeftEmpty = $"its trigger {lost.Trigger ?? lost.Name} looks for a row that is not there" });
        // Which rows it ends for is not known, and each try takes its time.
        if (refusal.IsEndless)
            return Add(ref options, table.Table, new LearnedTable { LeftEmpty = $"its trigger {refusal.Trigger ?? refusal.Name} does not come to an end" });
        if (!isEvery || Hopeless(refusal) is not { } reason) return false;
        return Add(ref options, table.Table, new LearnedTable { LeftEmpty = reason });
    }

    string WrittenBy(TableName writer) => $"triggers of {plan.Schema.ShortName(writer)} write its rows";

    // A table without rows writes none.
    PlanOptions FillWhatItWrites(PlanOptions options, TableName table)
    {
        var reason = WrittenBy(table);
        return options with
        {
            Learned = options.Learned.ToDictionary(l => l.Key, l => l.Value.LeftEmpty == reason ? l.Value with { LeftEmpty = null } : l.Value),
        };
    }

    // No construction makes the parents of a key, and it may be null.
    bool LeaveKeyNull(ref PlanOptions options, RowRefusal refusal)
    {
        if (refusal.Kind != RefusalKind.ForeignKey || plan.Find(refusal.Table)?.Table is not { } table) return false;
        var key = table.ForeignKeys.FirstOrDefault(k => k.Name == refusal.Name);
        return key?.Columns.Select(c => table[c]).FirstOrDefault(c => c.IsNullable) is { } column && Add(ref options, table.Name,
            new LearnedTable { Checks = [new CheckConstraint(SourceOf(refusal), ConditionText.IsNull(column, isNull: true))] });
    }

    // A trigger that waits tells no rows apart: one after another, the optional keys that it reads lead nowhere.
    bool LeaveReadKeysNull(ref PlanOptions options, RowRefusal refusal)
    {
        if (refusal is not { Kind: RefusalKind.Trigger, Text: { } text } || plan.Find(refusal.Table)?.Table is not { } table) return false;
        foreach (var column in table.ForeignKeys.SelectMany(k => k.Columns).Distinct().Select(c => table[c])
            .Where(c => c.IsNullable && TriggerText.Mentions(text, c.Name)))
            if (Add(ref options, table.Name,
                new LearnedTable { Checks = [new CheckConstraint(SourceOf(refusal), ConditionText.IsNull(column, isNull: true))] }))
                return true;
        return false;
    }

    bool IsRequired(TableName table) =>
        plan.Tables.Any(t => t.Rows > 0 && t.Table.Name != table
            && t.Table.ForeignKeys.Any(k => k.Principal == table && TableGraph.IsRequired(t.Table, k)));

    string? Hopeless(RowRefusal refusal)
    {
        if (RehearsalFaults.IsWithoutPartition(plan.Schema, refusal)) return "none of its partitions takes a row of it: what bounds them is not read";
        var trigger = refusal.Trigger ?? refusal.Name;
        if (refusal.Kind == RefusalKind.Statement) return $"no plain connection can insert into it: {refusal.Name}";
        if (refusal.Kind == RefusalKind.Vanished) return $"its trigger {trigger} drops every row";
        if (refusal.Kind != RefusalKind.Trigger || refusal.Text is not { } text) return null;
        if (refusal.Code.StartsWith("42", StringComparison.Ordinal) && refusal.Code is not ("42501" or "42704"))
            return $"its trigger {trigger} fails on every row (SQLSTATE {refusal.Code})";
        if (AsksElsewhere(refusal)) return $"its trigger {trigger} asks another server or file that is not there (SQLSTATE {refusal.Code})";
        if (refusal.Code == "54001") return $"its trigger {trigger} calls itself without end";
        return TriggerText.IsUnconditional(text) ? $"its trigger {trigger} refuses every row" : null;
    }

    // A connection or a file that is not there; no form of the row helps.
    static bool AsksElsewhere(RowRefusal refusal) =>
        refusal.Kind == RefusalKind.Trigger
            && (refusal.Code.StartsWith("08", StringComparison.Ordinal) || refusal.Code.StartsWith("58", StringComparison.Ordinal));

    // SELECT … INTO STRICT.
    static bool LooksInVain(RowRefusal refusal) => refusal is { Kind: RefusalKind.Trigger, Code: "P0002" };

    // Which rows that time asks for is known only when it is there.
    bool IsByClock(TableName table, RowRefusal refusal) =>
        refusal is { Kind: RefusalKind.Trigger, Code: "23503", Text: { } text } && refusal.Table != table && ReadsClock(text);

    string ByClock(RowRefusal refusal) =>
        $"writes rows of {plan.Schema.ShortName(refusal.Table)} that refer, by the time of the load, to rows that cannot be made before";

    bool ReadsClock(string text) => TriggerText.NamesClock(text) || plan.Schema.Tables.Any(t =>
        TriggerText.Mentions(text, t.Name.Name)
            && t.Columns.Any(c => c.Default is { } value && TriggerText.NamesClock(value) && TriggerText.Mentions(text, c.Name)));
}
