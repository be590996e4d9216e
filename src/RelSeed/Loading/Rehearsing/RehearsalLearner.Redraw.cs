using RelSeed.Planning;

namespace RelSeed.Loading;

/// <summary>Rows that nothing tells from those that are taken: which they are is known, and others take their place.</summary>
sealed partial class RehearsalLearner
{
    /// <returns>False when the database takes no row, or not all rows of the plan are tried.</returns>
    bool DrawAgain(ref PlanOptions options, TableRehearsal table, RowRefusal refusal)
    {
        if (_redrawn is null || !table.Causes.Contains(-1)) return false;
        if (table.Redraw is not { } redraw) return HasLearned |= _redrawn.Add(table.Table);
        var taken = table.Rows - table.Refused + redraw.Taken;
        var room = taken == table.Rows ? null : new LearnedRoom(taken,
            $"of {taken + redraw.Refused.Count} rows that were drawn the database takes no more ({SourceOf(refusal)})");
        return Add(ref options, table.Table, new LearnedTable { RefusedDraws = redraw.Refused, Room = room });
    }
}
