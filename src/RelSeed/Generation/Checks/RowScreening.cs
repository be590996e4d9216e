using RelSeed.Planning;

namespace RelSeed.Generation;

/// <summary>Finds made rows that cannot stay, and rows beyond the last to take their place: rows whose unique keys stood in the table already,
/// rows that a check refuses though only keys decide its columns, and rows that the database refused when they were tried.</summary>
/// <remarks>Looks at all made rows of the few tables concerned, once; memory is 16 bytes a row and key, and only where some row must go.</remarks>
sealed class RowScreening
{
    const int BatchRows = 4096;

    readonly TablePlan _plan;
    readonly TableGenerator _table;
    readonly int[][] _keys;
    readonly GroupCheck[] _checks;
    readonly HashSet<UInt128>[] _taken;
    readonly HashSet<long> _refused;

    // A row beyond the last may find no parent left that it could have.
    readonly int[] _required;

    RowScreening(TablePlan plan, TableGenerator table, int[][] keys, GroupCheck[] checks)
    {
        (_plan, _table, _keys, _checks) = (plan, table, keys, checks);
        _required =
            [.. Enumerable.Range(0, plan.Columns.Count).Where(c => plan.Columns[c] is { Column.IsNullable: false, Generator: ReferenceColumnSpec })];
        _refused = [.. plan.RefusedDraws];
        _taken = [.. keys.Select(k => table.FirstNew == 0 ? [] : Hashes(k, 0, table.FirstNew).ToHashSet())];
    }

    /// <summary>Finds what stands in for rows that cannot stay.</summary>
    /// <exception cref="PlanException">RS2012: the keys have no room for so many rows.</exception>
    public static RowSubstitutes? Find(SeedPlan plan, TablePlan table, TableGenerator generator)
    {
        var (substitutes, missing) = Look(plan, table, generator);
        if (missing == 0) return substitutes;
        throw new PlanException("RS2012",
            $"{table.Table.Name} has no room for {table.Rows} rows{(generator.FirstNew > 0 ? $" beside the {generator.FirstNew} that stand in it" : "")}: "
            + $"{missing} would repeat a key or break a check. Ask for fewer with --rows {table.Table.Name}=N{(generator.FirstNew > 0 ? ", or start anew with --truncate" : "")}.")
        {
            Tables = [new(table.Table.Name.ToString(), $"RS2012 its keys and checks leave no room for {table.Rows} rows")],
        };
    }

    /// <summary>Rows for which nothing could stand in.</summary>
    public static long CountMissing(SeedPlan plan, TablePlan table, TableGenerator generator) => Look(plan, table, generator).Missing;

    static (RowSubstitutes? Substitutes, long Missing) Look(SeedPlan plan, TablePlan table, TableGenerator generator)
    {
        var keys = table.Table.AllKeys.Where(k => k.IsPlain).Select(k => k.ColumnNames.Select(table.Table.IndexOf).ToArray())
            .Where(k => !k.Any(c => table.Columns[c].Generator is SerialSpec)).ToArray();
        var checks = GroupCompiler.Evaluable(plan, table, generator, CheckTreatment.Watched).ToArray();
        if (table.Rows == 0) return (null, 0);
        if ((generator.Existing is null || keys.Length == 0) && checks.Length == 0 && table.RefusedDraws.Count == 0) return (null, 0);
        return new RowScreening(table, generator, keys, checks).Find();
    }

    (RowSubstitutes? Substitutes, long Missing) Find()
    {
        var refused = new List<long>();
        for (long row = 0; row < _plan.Rows; row += BatchRows) refused.AddRange(Screen(row, (int)Math.Min(BatchRows, _plan.Rows - row), isRefused: true));
        if (refused.Count == 0) return (null, 0);
        Occupy([.. refused]);
        var by = new List<long>();
        var last = _plan.Rows + 16 * (refused.Count + _table.FirstNew) + 4 * BatchRows;
        for (var row = _plan.Rows; by.Count < refused.Count && row < last; row += BatchRows) by.AddRange(Screen(row, BatchRows, isRefused: false));
        return by.Count < refused.Count ? (null, refused.Count - by.Count) : (new RowSubstitutes([.. refused], [.. by.Take(refused.Count)]), 0);
    }

    // The keys of the rows that stay are taken too.
    void Occupy(HashSet<long> refused)
    {
        for (var k = 0; k < _keys.Length; k++)
        {
            var hashes = Hashes(_keys[k], _table.FirstNew, _plan.Rows);
            for (long row = 0; row < hashes.Length; row++)
                if (!refused.Contains(row)) _taken[k].Add(hashes[row]);
        }
    }

    List<long> Screen(long firstMade, int count, bool isRefused)
    {
        var frame = new RowFrame(_table);
        frame.Reset(_table.FirstNew + firstMade, count);
        var bad = new bool[count];
        foreach (var check in _checks)
            for (var i = 0; i < count; i++) bad[i] |= check.Refuses(frame, i);
        foreach (var column in _required)
            for (var i = 0; i < count; i++) bad[i] |= frame.Column(column).IsNull(i);
        // Nothing is taken yet when the first rows are looked at, unless rows stood in the table.
        var hashes = isRefused && _table.FirstNew == 0 ? [] : _keys.Select(k => Hashes(k, _table.FirstNew + firstMade, count)).ToArray();
        var rows = new List<long>();
        for (var i = 0; i < count; i++)
        {
            bad[i] |= _refused.Contains(firstMade + i);
            for (var k = 0; k < hashes.Length; k++) bad[i] |= hashes[k][i] != 0 && _taken[k].Contains(hashes[k][i]);
            if (bad[i] == isRefused) rows.Add(firstMade + i);
            if (bad[i] || isRefused) continue;
            for (var k = 0; k < _keys.Length; k++) _taken[k].Add(hashes[k][i]);
        }
        return rows;
    }

    UInt128[] Hashes(int[] columns, long first, long count)
    {
        var frame = new RowFrame(_table);
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
