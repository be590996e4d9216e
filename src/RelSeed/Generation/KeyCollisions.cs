using RelSeed.Planning;

namespace RelSeed.Generation;

/// <summary>Finds the made rows whose unique keys stood in the table already, and rows to take their place: an append is unique by construction too.</summary>
/// <remarks>All made rows' keys are computed once; memory is 16 bytes an existing row and key.</remarks>
static class KeyCollisions
{
    const int BatchRows = 4096;

    /// <returns>Null when no row collides.</returns>
    /// <exception cref="PlanException">RS2012: the keys have no room for so many more rows.</exception>
    public static RowSubstitutes? Find(TablePlan plan, TableGenerator table)
    {
        var keys = plan.Table.AllKeys.Where(k => k.IsPlain).Select(k => k.ColumnNames.Select(plan.Table.IndexOf).ToArray())
            .Where(k => !k.Any(c => plan.Columns[c].Generator is SerialSpec)).ToArray();
        if (table.Existing is null || keys.Length == 0) return null;
        var taken = keys.Select(k => Hashes(table, k, 0, table.FirstNew).ToHashSet()).ToArray();
        List<long> replaced = [], by = [];
        for (long row = 0; row < plan.Rows; row += BatchRows)
            replaced.AddRange(Colliding(table, keys, taken, row, (int)Math.Min(BatchRows, plan.Rows - row)).Select(i => row + i));
        if (replaced.Count == 0) return null;
        var last = plan.Rows + replaced.Count + (keys.Length + 1) * table.FirstNew;
        for (var row = plan.Rows; by.Count < replaced.Count && row < last; row += BatchRows)
        {
            var colliding = Colliding(table, keys, taken, row, BatchRows).ToHashSet();
            by.AddRange(Enumerable.Range(0, BatchRows).Where(i => !colliding.Contains(i)).Select(i => row + i));
        }
        if (by.Count < replaced.Count)
            throw new PlanException("RS2012",
                $"The keys of {plan.Table.Name} have no room for {plan.Rows} rows beside the {table.FirstNew} that stand in it. Append fewer with --rows {plan.Table.Name}=N, or start anew with --truncate.");
        return new RowSubstitutes([.. replaced], [.. by.Take(replaced.Count)]);
    }

    static IEnumerable<int> Colliding(TableGenerator table, int[][] keys, HashSet<UInt128>[] taken, long firstMade, int count)
    {
        var hits = new bool[count];
        for (var k = 0; k < keys.Length; k++)
        {
            var hashes = Hashes(table, keys[k], table.FirstNew + firstMade, count);
            for (var i = 0; i < count; i++) hits[i] |= hashes[i] != 0 && taken[k].Contains(hashes[i]);
        }
        return Enumerable.Range(0, count).Where(i => hits[i]);
    }

    static UInt128[] Hashes(TableGenerator table, int[] columns, long first, long count)
    {
        var frame = new RowFrame(table);
        var hashes = new UInt128[count];
        for (long done = 0; done < count; done += BatchRows)
        {
            var part = (int)Math.Min(BatchRows, count - done);
            frame.Reset(first + done, part);
            foreach (var column in columns) frame.Column(column);
            RowGroups.Hash(frame, columns, hashes.AsSpan((int)done, part));
        }
        return hashes;
    }
}
