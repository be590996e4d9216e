using System.Globalization;
using Npgsql;
using RelSeed.PostgreSql;
using RelSeed.PostgreSql.Connections;
using RelSeed.Schema;

namespace RelSeed.Testing.PostgreSql.Reset;

/// <summary>Puts changed rows and sequences back in one transaction: younger rows are deleted, missing ones copied in.</summary>
sealed class RowRestorer(NpgsqlConnection connection, SeededRows seeded, TimeSpan wait)
{
    /// <summary>Why rows alone cannot bring the seeded state back; null when they can.</summary>
    public string? WhyNot(StateReading now)
    {
        var before = seeded.Reading;
        if (now.Relations != before.Relations) return "the schema was changed";
        for (var i = 0; i < before.Catalogs.Length; i++)
            if (now.Catalogs[i].New > 0 || now.Catalogs[i].Rows != before.Catalogs[i].Rows)
                return $"the schema was changed ({seeded.State.Catalogs[i]})";
        foreach (var table in Changed(now).Select(i => seeded.State.Tables[i]))
        {
            if (table.IsView) return $"the materialised view {table.Name} was refreshed";
            if (table.FiresAlways) return $"{table.Name} has triggers or rules that always fire";
            if (table.Columns.Length == 0) return $"{table.Name} has no columns to write";
        }
        return null;
    }

    public IEnumerable<int> Changed(StateReading now) =>
        Enumerable.Range(0, now.Tables.Length).Where(i => now.Tables[i].New > 0 || now.Tables[i].Rows != seeded.Reading.Tables[i].Rows);

    public IEnumerable<int> Moved(StateReading now) =>
        Enumerable.Range(0, now.Sequences.Length).Where(i => now.Sequences[i] != seeded.Reading.Sequences[i]);

    /// <returns>The first transaction after this one; null when a table has too many rows to be restored so.</returns>
    public async Task<long?> RestoreAsync(StateReading now, long firstTransaction, CancellationToken cancellationToken)
    {
        var tables = Changed(now).Select(i => new ChangedTable(seeded.State.Tables[i], now.Tables[i], seeded.Reading.Tables[i].Rows)).ToList();
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var limit = Math.Max(1, (long)wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        string[] settings = [$"set local lock_timeout = {limit}", "set local session_replication_role = replica"];
        // One round trip for all of them.
        await PlainSql.ExecuteAsync(connection, [
            .. settings,
            .. tables.Where(t => t.Deleted > 0).Select(t => DeleteSql(t, StateReader.Xid(firstTransaction))),
            .. Moved(now).Select(i => SetSql(seeded.State.Sequences[i], seeded.Reading.Sequences[i]))], cancellationToken);
        foreach (var table in tables.Where(t => t.Left < t.SeededRows))
            if (!await FillAsync(table, cancellationToken)) return null;
        var own = await PlainSql.QueryAsync(connection, "select pg_catalog.txid_current()", row => row.GetInt64(0), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return own[0] + 1;
    }

    async Task<bool> FillAsync(ChangedTable changed, CancellationToken cancellationToken)
    {
        if (await seeded.ReadAsync(changed.Table, changed.SeededRows, cancellationToken) is not { } rows) return false;
        var there = changed.Left == 0 ? [] : await KeysAsync(changed.Table, cancellationToken);
        await CopyAsync(changed.Table, rows.Where(r => !there.Contains(r.Key)).Select(r => r.Row), cancellationToken);
        return true;
    }

    static string DeleteSql(ChangedTable changed, string xid) => $"delete from only {SqlName.Quote(changed.Table.Name)}"
        + (changed.IsEmptied ? "" : $" where pg_catalog.age(xmin) <= (select pg_catalog.age('{xid}'::xid))");

    /// <param name="Now">What stands in it.</param>
    sealed record ChangedTable(SeededTable Table, RowCounts Now, long SeededRows)
    {
        /// <summary>Seeded rows are missing, and without a key nothing tells which.</summary>
        public bool IsEmptied => Table.Key.Length == 0 && Now.Rows - Now.New < SeededRows;
        public long Deleted => IsEmptied ? Now.Rows : Now.New;
        public long Left => Now.Rows - Deleted;
    }

    async Task<HashSet<string>> KeysAsync(SeededTable table, CancellationToken cancellationToken)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        using var reader =
            await connection.BeginTextExportAsync($"copy (select {SqlName.List(table.Key)} from only {SqlName.Quote(table.Name)}) to stdout",
            cancellationToken);
        while (await reader.ReadLineAsync(cancellationToken) is { } key) keys.Add(key);
        return keys;
    }

    async Task CopyAsync(SeededTable table, IEnumerable<string> rows, CancellationToken cancellationToken)
    {
        await using var writer =
            await connection.BeginTextImportAsync($"copy {SqlName.Quote(table.Name)} ({SqlName.List(table.Columns)}) from stdin", cancellationToken);
        foreach (var row in rows)
        {
            await writer.WriteAsync(row.AsMemory(), cancellationToken);
            await writer.WriteAsync('\n');
        }
    }

    static string SetSql(TableName sequence, (long Value, bool IsCalled) state) =>
        $"select pg_catalog.setval('{SqlName.Quote(sequence).Replace("'", "''", StringComparison.Ordinal)}'::regclass, "
        + $"{state.Value.ToString(CultureInfo.InvariantCulture)}, {(state.IsCalled ? "true" : "false")})";
}
