using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Tries plan after plan of one schema: what a table that has not changed since, nor any it leads to, was found to be is not found out
/// again.</summary>
sealed class PlanTrial(IReadOnlyDictionary<TableName, ExistingRows> existing)
{
    // A table that was searched in vain may still hold but for a few rows.
    const int MostGiven = 64;

    readonly HashSet<TableName> _holding = [];
    SeedPlan? _last;
    Dictionary<TableName, TableGenerator> _tables = [];

    /// <summary>Goes through the tables, parents first, up to the first of which a row does not hold: to find the room of those after it, its rows
    /// would be searched in vain.</summary>
    /// <param name="findings">Takes what else comes out another way than planned.</param>
    /// <param name="given">Tables that are not tried.</param>
    /// <returns>The first table with rows that do not hold, whose parents are not short of rows; null when there is none.</returns>
    public TableName? FindBroken(SeedPlan plan, PlanFindings findings, HashSet<TableName> given)
    {
        var same = _last is not null && ReferenceEquals(_last.Schema, plan.Schema) && _last.Seed == plan.Seed
            ? PlanComparison.Unchanged(_last, plan) : [];
        _holding.IntersectWith(same);
        _tables = PlanCompiler.Compile(plan, existing, findings, same.ToDictionary(t => t, t => _tables[t]));
        _last = plan;
        if (!findings.IsEmpty) return null;
        foreach (var (name, generator) in _tables) generator.MostBroken = _holding.Contains(name) ? null : given.Contains(name) ? MostGiven : 0;
        try
        {
            return FindBroken(plan, findings, given, []);
        }
        // A table of a cycle is read before its own turn.
        catch (BrokenRowsException broken) when (!given.Contains(broken.Table))
        {
            return broken.Table;
        }
        catch (BrokenRowsException broken)
        {
            findings.Shortfalls[broken.Table] = new(0, "its checks and keys, for which no rows were found, leave", IsRedrawn: false);
            return null;
        }
        finally
        {
            foreach (var generator in _tables.Values) generator.MostBroken = null;
        }
    }

    TableName? FindBroken(SeedPlan plan, PlanFindings findings, HashSet<TableName> given, HashSet<TableName> unsure)
    {
        foreach (var table in ReadOrder.Of(plan).Where(t => t.Rows > 0))
        {
            var (name, generator) = (table.Table.Name, _tables[table.Table.Name]);
            var isCounted = PlanCompiler.CountParents(plan, table, _tables, findings);
            if (isCounted && (PlanCompiler.ShortOf(table, generator) ?? (given.Contains(name) ? Crowded(plan, table, generator) : null)) is { } found)
                findings.Shortfalls[name] = found;
            if (!isCounted || findings.Shortfalls.ContainsKey(name) || PlanComparison.ReadBy(table).Any(unsure.Contains)) unsure.Add(name);
            else if (!given.Contains(name) && !_holding.Contains(name) && RowTrial.IsBroken(plan, table, generator)) return name;
            else _holding.Add(name);
            generator.MostBroken = given.Contains(name) ? MostGiven : null;
        }
        return null;
    }

    // A search found no other rows: those that repeat a key, of rows that stand in it too, or break a check, are left out.
    static Shortfall? Crowded(SeedPlan plan, TablePlan table, TableGenerator generator) =>
        RowScreening.CountMissing(plan, table, generator) is > 0 and var missing
        ? new(table.Rows - missing,
            $"the search for rows that meet its keys and checks{(generator.FirstNew > 0 ? $", beside the {generator.FirstNew} that stand there," : "")} found",
            IsRedrawn: false)
        : null;
}
