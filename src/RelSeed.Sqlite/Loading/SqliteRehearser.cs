using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Sqlite.Interop;
using RelSeed.Sqlite.Loading.Encoding;
using RelSeed.Sqlite.Verification;

namespace RelSeed.Sqlite.Loading;

/// <summary>Writes a small plan table by table in one transaction that is rolled back, and notes what is refused.</summary>
sealed class SqliteRehearser(SqliteHandle handle, SeedPlan plan, SeedGenerator rows, LoadOptions load, RehearsalOptions options)
{
    // A form of which no row of these is taken is not looked at further.
    const int VariantRows = 3;

    readonly RefusalReader _refusals = new(plan.Schema);

    public RehearsalReport Rehearse(CancellationToken cancellationToken)
    {
        // Disposed without a commit, it rolls back.
        using var transaction = LoadTransaction.Begin(handle, load.Settings);
        if (load.Truncate) new TableEmptier(handle, new Refusal(plan.Schema)).Empty(plan);
        var told = new List<TableRehearsal>();
        var shaken = new ShakenTables(plan);
        foreach (var table in plan.Tables.Where(t => t.WrittenRows > 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            told.Add(Try(table, shaken.IsBlocked(table.Table.Name)));
            shaken.Add(told[^1]);
            // RAISE(ROLLBACK) has taken back everything; what comes after would not find its parents.
            if (options.Told(told[^1]) || !handle.IsInTransaction) return new() { Tables = told.ToEquatableArray() };
        }
        return new() { Tables = told.ToEquatableArray(), AtEnd = told.TrueForAll(t => t.IsTaken) ? Orphans() : [] };
    }

    TableRehearsal Try(TablePlan table, bool isBlocked)
    {
        var (name, count) = (table.Table.Name, (int)table.Rows);
        if (RefusalReader.Unpreparable(handle, table.Table, rows[name]) is { } obstacle)
            return new() { Table = name, Rows = count, Refusals = [obstacle], Causes = Enumerable.Repeat(0, count).ToEquatableArray() };
        var causes = new List<RowRefusal>();
        // Rows of many a statement do not tell which of them a trigger has dropped.
        var hasTriggers = table.Table.Triggers.Any(t => t.Events.HasFlag(TriggerEvents.Insert));
        if (!hasTriggers && Write(table.Table, rows[name], 0, count) is null) return new() { Table = name, Rows = count };
        var byRow = OneByOne(table.Table, rows[name], causes);
        RowVariant? taken = null;
        if (!isBlocked && !byRow.Contains(-1) && handle.IsInTransaction
            && causes.Exists(c => c.Kind is RefusalKind.Trigger or RefusalKind.Check or RefusalKind.Value or RefusalKind.Vanished)
            && options.Variants?.Invoke(name, causes.ToEquatableArray()).FirstOrDefault(v => IsTaken(table.Table, v)) is { } variant)
            (taken, byRow) = (variant, OneByOne(table.Table, variant.Rows, causes));
        if (Array.TrueForAll(byRow, c => c < 0) && taken is null) return new() { Table = name, Rows = count };
        return new()
        {
            Table = name,
            Rows = count,
            Refusals = causes.ToEquatableArray(),
            Causes = byRow.ToEquatableArray(),
            Variant = taken,
            Redraw = options.Redrawn.Contains(name) && !isBlocked && taken is null ? Redraw(table.Table, rows[name], new(rows[name], byRow)) : null,
        };
    }

    Redraw? Redraw(Table table, TableGenerator generator, Redrawing redrawing)
    {
        while (handle.IsInTransaction && redrawing.Next is { } row) redrawing.Add(Write(table, generator, (int)row, 1) is null);
        return redrawing.Result;
    }

    int[] OneByOne(Table table, TableGenerator generator, List<RowRefusal> causes)
    {
        var byRow = new int[(int)generator.MadeRows];
        for (var row = 0; row < byRow.Length; row++)
        {
            byRow[row] = -1;
            if (Write(table, generator, row, 1) is not { } refusal) continue;
            if (!causes.Contains(refusal)) causes.Add(refusal);
            byRow[row] = causes.IndexOf(refusal);
            if (handle.IsInTransaction) continue;
            byRow.AsSpan(0).Fill(byRow[row]);
            break;
        }
        return byRow;
    }

    bool IsTaken(Table table, RowVariant variant)
    {
        for (var row = 0; row < Math.Min(VariantRows, variant.Rows.MadeRows) && handle.IsInTransaction; row++)
        {
            handle.Execute("SAVEPOINT relseed_variant");
            var isTaken = Write(table, variant.Rows, row, 1) is null;
            if (handle.IsInTransaction) handle.Execute("ROLLBACK TO relseed_variant; RELEASE relseed_variant");
            if (isTaken) return true;
        }
        return false;
    }

    /// <returns>Null when the rows were taken; else they are not there.</returns>
    RowRefusal? Write(Table table, TableGenerator generator, int first, int count)
    {
        using var writer = new TableWriter(handle, generator);
        var (batch, encoded) = (new RowBatch(generator), new EncodedBatch(generator));
        batch.Fill(generator.FirstNew + first, count);
        encoded.Encode(batch);
        handle.Execute("SAVEPOINT relseed_rows");
        RowRefusal? refusal = null;
        try
        {
            writer.Write(encoded, count);
            if (count == 1 && handle.Changes == 0) refusal = RefusalReader.Vanished(table);
        }
        catch (DatabaseException fault) when (RefusalReader.ResultOf(fault) is { } result)
        {
            refusal = _refusals.Read(table, result);
        }
        if (!handle.IsInTransaction) return refusal;
        if (refusal is not null) handle.Execute("ROLLBACK TO relseed_rows");
        handle.Execute("RELEASE relseed_rows");
        return refusal;
    }

    EquatableArray<RowRefusal> Orphans()
    {
        var written = plan.Tables.Where(t => t.Rows > 0).Select(t => t.Table).ToList();
        return (from table in written
                from key in table.ForeignKeys
                where Probe.Count(handle, ForeignKeySql.Orphans(plan.Schema, table, key), out _) > 0
                select new RowRefusal { Kind = RefusalKind.ForeignKey, Table = table.Name, Name = key.Name, Code = "787" }).ToEquatableArray();
    }
}
