using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>What must be written before, and which wishes of other tables stand in the way.</summary>
sealed partial class RehearsalLearner
{
    // All rows of a parent are as another table wants them: let that one choose.
    bool Release(ref PlanOptions options, TableName table, RowRefusal refusal)
    {
        foreach (var owner in plan.Find(table)!.References.Select(r => r.Key.Principal).Where(o => o != table).Distinct())
            foreach (var check in (options.Learned.GetValueOrDefault(owner)?.Checks ?? [])
                .Where(c => refusal.Text is { } text && ParentWishes.ColumnsOf(plan, owner, c.Expression).All(n => TriggerText.Mentions(text, n))))
            {
                if (!tried.Add(ReleaseOf(owner, check.Expression))) continue;
                options = ParentWishes.Release(options, owner, c => c.Expression == check.Expression);
                return HasLearned = true;
            }
        return false;
    }

    bool IsReleased(TableName owner, LearnedTable wish) => wish.Checks.Any(c => tried.Contains(ReleaseOf(owner, c.Expression)));

    static string ReleaseOf(TableName owner, string expression) => $"{owner} need not meet {expression}";

    // What triggers leave open in a parent's parent, and is set later for some rows only, may be what all rows lack.
    bool Complete(ref PlanOptions options, TableName table, RowRefusal refusal)
    {
        var before = options;
        foreach (var parent in plan.Find(table)!.References.Select(r => plan.Find(r.Key.Principal)).OfType<TablePlan>()
            .Where(p => p.Table.Name != table && p.Sources.IsEmpty).Distinct())
            foreach (var reference in parent.References.Where(r => parent.HasRoomInFewer(r)))
                foreach (var column in plan.Find(reference.Key.Principal)?.CompletedColumns.Take(1) ?? [])
                    Add(ref options, parent.Table.Name,
                        new LearnedTable
                        {
                            Parents = [
                        new ParentCondition(reference.Key.Name, $"{ConditionText.Name(column)} IS NOT NULL", SourceOf(refusal))]
                        });
        return !ReferenceEquals(before, options);
    }

    // A trigger that looks at rows of another table finds none there yet.
    bool WriteEarlier(ref PlanOptions options, TableName table, RowRefusal refusal)
    {
        // A check that other rows would break later is to hold when all are there.
        if (refusal.Kind == RefusalKind.Check || refusal.Text is not { } text) return false;
        var place = plan.Tables.ToList().FindIndex(t => t.Table.Name == table);
        var parents = plan.Find(table)!.References.Select(r => r.Key.Principal).ToHashSet();
        // It was put after others for their rows to be found: the rows are not what disturbs it.
        if (options.Learned.Values.Any(l => l.Before.Contains(table))) return false;
        var named = plan.Tables.Take(place).Where(t => t.Rows > 0 && !parents.Contains(t.Table.Name) && TriggerText.Mentions(text, t.Table.Name.Name))
            .Select(t => t.Table.Name).ToList();
        return named.Count > 0 && Add(ref options, table, new LearnedTable { Before = named.ToEquatableArray() });
    }

    // A trigger that looks for rows of tables that come later finds none.
    bool WriteAfter(ref PlanOptions options, TableName table, RowRefusal refusal)
    {
        if (refusal.Text is not { } text) return false;
        var place = plan.Tables.ToList().FindIndex(t => t.Table.Name == table);
        var learned = false;
        foreach (var later in plan.Tables.Skip(place + 1).Where(t => t.Rows > 0 && TriggerText.Mentions(text, t.Table.Name.Name))
            .Select(t => t.Table.Name).Where(n => !plan.Reaches(n, table)).ToList())
            learned |= Add(ref options, later, new LearnedTable { Before = [table] });
        return learned;
    }

    // Rows that triggers of other tables have written stand in the way; written first, they are what those triggers find.
    bool WriteBeforeItsWriters(ref PlanOptions options, TableName table, RowRefusal refusal)
    {
        if (refusal.Kind != RefusalKind.Unique || refusal.Table != table) return false;
        var writers = plan.Tables.TakeWhile(t => t.Table.Name != table).Where(t => t.Rows > 0 && !plan.Reaches(table, t.Table.Name)
            && t.Table.Triggers.Any(g => g.Enabled && YieldsIn(g, table)))
            .Select(t => t.Table.Name).ToList();
        return writers.Count > 0 && Add(ref options, table, new LearnedTable { Before = writers.ToEquatableArray() });
    }

    static bool YieldsIn(Trigger trigger, TableName table) =>
        TriggerText.Mentions(trigger.Text, table.Name) && TriggerText.TakesWhatStands(trigger.Text);

    // A row that its trigger writes elsewhere refers to rows that come later.
    bool WriteLater(ref PlanOptions options, TableName table, RowRefusal refusal)
    {
        if (refusal.Code != "23503" || refusal.Table == table || plan.Find(refusal.Table) is not { } written) return false;
        var place = plan.Tables.ToList().FindIndex(t => t.Table.Name == table);
        var learned = false;
        foreach (var later in plan.Tables.Skip(place + 1).Select(t => t.Table.Name)
            .Where(n => written.Table.ForeignKeys.Any(k => k.Principal == n) && !plan.Reaches(n, table)).ToList())
            learned |= Add(ref options, later, new LearnedTable { Before = [table] });
        return learned;
    }
}
