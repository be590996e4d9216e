using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Tests.Generation;

/// <summary>Makes all rows of a plan in memory and looks for broken keys, references and nulls.</summary>
static class MemoryCheck
{
    public static IReadOnlyList<string> Find(SeedPlan plan)
    {
        var generator = SeedGenerator.Compile(plan);
        var rows = plan.Tables.ToDictionary(t => t.Table.Name, t => Rows(generator[t.Table.Name]));
        var faults = new List<string>();
        foreach (var table in plan.Tables.Select(t => t.Table))
        {
            var values = rows[table.Name];
            foreach (var column in table.Columns.Where(c => !c.IsNullable))
                if (values.Any(r => r[table.IndexOf(column.Name)] is null)) faults.Add($"{table.Name}.{column.Name} is null");
            foreach (var key in table.AllKeys)
            {
                var tuples = Tuples(table, values, key.ColumnNames);
                if (tuples.Distinct().Count() != tuples.Count) faults.Add($"{key.Name} repeats");
            }
            foreach (var key in table.ForeignKeys.Where(k => rows.ContainsKey(k.Principal)))
            {
                var parents = Tuples(plan.Find(key.Principal)!.Table, rows[key.Principal], key.PrincipalColumns).ToHashSet();
                var orphans = Tuples(table, values, key.Columns).Count(t => !parents.Contains(t));
                if (orphans > 0) faults.Add($"{table.Name}.{key.Name} has {orphans} orphans");
            }
        }
        return faults;
    }

    // Rows with a null among the columns are left out: they are in no key and refer to nothing.
    static List<string> Tuples(Table table, List<string?[]> rows, IEnumerable<string> columns)
    {
        var indexes = columns.Select(table.IndexOf).ToArray();
        return [.. rows.Select(r => indexes.Select(i => r[i]).ToArray()).Where(t => t.All(v => v is not null)).Select(t => string.Join('\u001f', t))];
    }

    public static List<string?[]> Rows(TableGenerator table)
    {
        var batch = new RowBatch(table);
        var rows = new List<string?[]>();
        for (long first = 0; first < table.RowCount; first += 1_000)
        {
            batch.Fill(first, (int)Math.Min(1_000, table.RowCount - first));
            var formatters = batch.Columns.Select(c => ValueFormatter.For(c.Type)).ToArray();
            for (var r = 0; r < batch.RowCount; r++)
            {
                var row = new string?[table.Columns.Count];
                for (var c = 0; c < batch.Columns.Count; c++)
                {
                    if (batch.Columns[c].Values.IsNull(r)) continue;
                    var text = new System.Buffers.ArrayBufferWriter<byte>();
                    formatters[c].Write(batch.Columns[c].Values, r, text);
                    row[table.Written[c]] = Convert.ToHexString(text.WrittenSpan);
                }
                rows.Add(row);
            }
        }
        return rows;
    }
}
