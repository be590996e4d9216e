using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Tries rules whose values follow from the row: that the functions work, and that keys hold, which nothing makes them do.</summary>
public static class RuleProbe
{
    const int FirstRows = 256, BatchRows = 4096;

    /// <summary>Beyond so many rows the database tells; 16 bytes a row and key meanwhile.</summary>
    const long MostRows = 2_000_000;

    /// <exception cref="PlanException">RS2408 to RS2411: a function fails, or repeats a key; of all tables at once.</exception>
    public static void Require(SeedPlan plan, IReadOnlyDictionary<TableName, ExistingRows>? existing = null)
    {
        var ruled = plan.Tables.Where(t => t.Rows > 0 && t.Columns.Any(IsComputed)).ToList();
        if (ruled.Count == 0) return;
        var rows = SeedGenerator.Compile(plan, existing);
        var faults = new List<PlanException>();
        foreach (var table in ruled)
        {
            try
            {
                Try(table, rows[table.Table.Name]);
            }
            catch (PlanException fault)
            {
                faults.Add(PlanFaults.Of(table.Table.Name, fault));
            }
        }
        PlanFaults.Throw(faults);
    }

    static bool IsComputed(ColumnPlan column) => column.Generator is FunctionSpec or CaseSpec;

    static void Try(TablePlan table, TableGenerator generator)
    {
        var frame = new RowFrame(generator);
        frame.Reset(generator.FirstNew, (int)Math.Min(FirstRows, table.Rows));
        for (var c = 0; c < table.Columns.Count; c++)
            if (IsComputed(table.Columns[c])) frame.Column(c);
        foreach (var key in table.Table.AllKeys.Where(k => k.IsPlain && k.ColumnNames.Any(n => IsComputed(table.Columns[table.Table.IndexOf(n)]))))
            TryKey(table, generator, key);
    }

    static void TryKey(TablePlan table, TableGenerator generator, UniqueKey key)
    {
        var columns = key.ColumnNames.Select(table.Table.IndexOf).ToArray();
        var (frame, seen, hashes) = (new RowFrame(generator), new HashSet<UInt128>(), new UInt128[BatchRows]);
        for (long row = 0; row < Math.Min(table.Rows, MostRows); row += BatchRows)
        {
            frame.Reset(generator.FirstNew + row, (int)Math.Min(BatchRows, table.Rows - row));
            foreach (var column in columns) frame.Column(column);
            RowGroups.Hash(frame, columns, hashes.AsSpan(0, frame.Count));
            for (var i = 0; i < frame.Count; i++)
                if (hashes[i] != 0 && !seen.Add(hashes[i])) throw Repeated(table, key, row + i);
        }
    }

    static PlanException Repeated(TablePlan table, UniqueKey key, long row) => new("RS2411",
        $"The rule for {table.Table.Name}.{key.ColumnNames.First(n => IsComputed(table.Columns[table.Table.IndexOf(n)]))} repeats a value at row {row + 1}, and the key {key.Name} wants another in every row. "
        + "Make it of the row's Index, or leave the rule out.");
}
