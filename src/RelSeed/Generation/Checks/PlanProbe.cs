using RelSeed.Planning;

namespace RelSeed.Generation;

/// <summary>Makes the first rows of every table and tries every check on them, so that a plan that cannot hold is refused before the load.</summary>
public static class PlanProbe
{
    const int Rows = 256;

    /// <exception cref="PlanException">RS2020: checks that rows break; all of them at once.</exception>
    public static void Require(SeedPlan plan, SeedGenerator generator)
    {
        var faults = plan.Tables.Where(t => t.Rows > 0 && t.Checks.Count > 0).SelectMany(t => Find(plan, t, generator[t.Table.Name])).ToList();
        if (faults.Count > 0)
            throw new PlanException("RS2020",
                $"No rows were found that meet {(faults.Count == 1 ? "this check" : $"these {faults.Count} checks")}: {string.Join("; ", faults.Select(f => f.Text))}. "
                + "'relseed plan --explain TABLE.COLUMN' shows how a column is made. Leave a table out with --exclude, or relax its check.")
            {
                Tables = [.. faults.GroupBy(f => f.Table)
                    .Select(t => new TableFault(t.Key, $"RS2020 no rows meet {string.Join(", ", t.Select(f => f.Check))}"))],
            };
    }

    // What the user rules may be what no row can meet.
    static string RulesOf(TablePlan table, GroupCheck check) =>
        check.Readers.Select(r => table.Columns[r.Column]).Where(c => c.IsRuled).Select(c => c.Column.Name).Distinct()
            .ToList() is { Count: > 0 } ruled ? $", by the rules for {string.Join(" and ", ruled)}" : "";

    static IEnumerable<(string Table, string Check, string Text)> Find(SeedPlan plan, TablePlan table, TableGenerator generator)
    {
        var count = (int)Math.Min(Rows, table.Rows);
        var frame = new RowFrame(generator);
        frame.Reset(generator.FirstNew, count);
        foreach (var check in GroupCompiler.Evaluable(plan, table, generator, CheckTreatment.ByConstruction, CheckTreatment.Redrawn,
            CheckTreatment.Watched))
        {
            var refused = Enumerable.Range(0, count).Count(row => check.Refuses(frame, row));
            if (refused > 0)
                yield return (table.Table.Name.ToString(), check.Name,
                    $"{table.Table.Name} {check.Name} ({refused} of {count} rows{RulesOf(table, check)})");
        }
    }
}
