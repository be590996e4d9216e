using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Triggers that wait for the commit: which rows they refuse is seen only when they fire with each row.</summary>
sealed partial class RehearsalLearner
{
    // Tables that depend on others come first: with their rows as they ought to be, the others' triggers may find what they look for.
    bool TryImmediate(IReadOnlyList<RowRefusal> refusals)
    {
        var asked = plan.Tables.Reverse().Select(t => t.Table.Name)
            .SelectMany(t => refusals.Where(r => r is { Kind: RefusalKind.Trigger, Trigger: not null } && r.Table == t)).ToList();
        if (asked.Count == 0) return false;
        if (asked.Find(r => !waiting.Exhausted.Contains(r.Table)) is { } next) return HasLearned = waiting.Immediate.Add(next.Table);
        return LeaveReadKeysNull(ref _options, asked[0])
            || Add(ref _options, asked[0].Table, new LearnedTable { LeftEmpty = $"its trigger {asked[0].Trigger} refuses rows once all are there" });
    }

    void TakeImmediate(TableRehearsal table)
    {
        waiting.Immediate.Remove(table.Table);
        if (_shaken.IsBlocked(table.Table) || !LearnOfRows(table)) waiting.Exhausted.Add(table.Table);
        // With other rows here, the other tables' triggers may tell more.
        else waiting.Exhausted.Clear();
        HasLearned = true;
    }

    // What is refused with each row may be taken at the commit, when other tables have theirs: only what tells rows apart counts.
    bool LearnOfRows(TableRehearsal table)
    {
        for (var cause = 0; cause < table.Refusals.Count; cause++)
        {
            var refused = Enumerable.Range(0, table.Causes.Count).Where(r => table.Causes[r] == cause).ToList();
            if (refused.Count == 0) continue;
            if (refused.Count == table.Rows && Release(ref _options, table.Table, table.Refusals[cause])) return true;
            if (table.Causes.Contains(-1) && (Agree(ref _options, table, table.Refusals[cause], refused)
                || Separate(ref _options, table, table.Refusals[cause], refused) || Compare(ref _options, table, table.Refusals[cause], refused)))
                return true;
        }
        return table.Variant is { } variant && Add(ref _options, table.Table, variant.Learned);
    }
}

/// <summary>What is known of triggers that wait for the commit, from round to round.</summary>
sealed class WaitingTriggers
{
    /// <summary>Tables whose triggers are to fire with each row in the next round.</summary>
    public HashSet<TableName> Immediate { get; } = [];

    /// <summary>Tables of which that tells nothing more.</summary>
    public HashSet<TableName> Exhausted { get; } = [];
}
