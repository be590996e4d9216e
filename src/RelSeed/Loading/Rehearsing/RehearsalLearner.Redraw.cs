using RelSeed.Planning;

namespace RelSeed.Loading;

/// <summary>Rows that nothing tells from those that are taken: which they are is known, and others take their place.</summary>
sealed partial class RehearsalLearner
{
    /// <returns>False when the database took no row at all, or not all rows of the plan are tried.</returns>
    bool DrawAgain(ref PlanOptions options, TableRehearsal table, RowRefusal refusal)
    {
        if (redrawn is null) return false;
        if (!table.Causes.Contains(-1))
            return redrawn.Contains(table.Table)
                && Add(ref options, table.Table, new LearnedTable { LeftEmpty = $"the database takes hardly any of its rows ({SourceOf(refusal)})" });
        if (table.Redraw is not { } redraw)
        {
            if (!redrawn.Add(table.Table)) return false;
            return HasLearned = true;
        }
        var taken = table.Rows - table.Refused + redraw.Taken;
        var room = taken == table.Rows ? null : new LearnedRoom(taken,
            $"of {taken + redraw.Refused.Count} rows that were drawn the database takes no more ({SourceOf(refusal)})");
        return Add(ref options, table.Table, new LearnedTable { RefusedDraws = redraw.Refused, Room = room });
    }
}
