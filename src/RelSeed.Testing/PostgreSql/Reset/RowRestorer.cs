using System.Globalization;
using Npgsql;
using RelSeed.PostgreSql;
using RelSeed.PostgreSql.Connections;

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
            if (now.Catalogs[i].New > 0 || now.Catalogs[i].Rows != before.Catalogs[i].Rows) return $"the schema was changed ({seeded.State.Catalogs[i]})";
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

    public IEnumerable<int> Moved(StateReading now) => Enumerable.Range(0, now.Sequences.Length).Where(i => now.Sequences[i] != seeded.Reading.Sequences[i]);

    /// <returns>The first transaction after this one; null when a table has too many rows to be restored so.</returns>
    public async Task<long?> RestoreAsync(StateReading now, long firstTransaction, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PlainSql.ExecuteAsync(connection,
            [$"set local lock_timeout = {Math.Max(1, (long)wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)}", "set local session_replication_role = replica"], cancellationToken);
        foreach (var i in Changed(now))
            if (!await RestoreAsync(seeded.State.Tables[i], now.Tables[i], seeded.Reading.Tables[i].Rows, firstTransaction, cancellationToken)) return null;
        var moved = Moved(now).Select(i => SetSql(seeded.State.Sequences[i], seeded.Reading.Sequences[i]));
        await PlainSql.ExecuteAsync(connection, moved, cancellationToken);
        var own = await PlainSql.QueryAsync(connection, "select pg_catalog.txid_current()", row => row.GetInt64(0), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return own[0] + 1;
    }

    async Task<bool> RestoreAsync(SeededTable table, RowCounts now, long seededRows, long firstTransaction, CancellationToken cancellationToken)
    {
        var left = now.Rows - now.New;
        // Without a key nothing tells which rows are missing.
        var isWhole = left < seededRows && table.Key.Length == 0;
        if (isWhole) left = 0;
        if (now.New > 0 || isWhole) await DeleteAsync(table, isWhole ? null : StateReader.Xid(firstTransaction), cancellationToken);
        if (left == seededRows) return true;
        if (await seeded.ReadAsync(table, seededRows, cancellationToken) is not { } rows) return false;
        var there = left == 0 ? [] : await KeysAsync(table, cancellationToken);
        await CopyAsync(table, rows.Where(r => !there.Contains(r.Key)).Select(r => r.Row), cancellationToken);
        return true;
    }

    Task DeleteAsync(SeededTable table, string? xid, CancellationToken cancellationToken) => PlainSql.ExecuteAsync(
        connection, $"delete from only {SqlName.Quote(table.Name)}{(xid is null ? "" : $" where pg_catalog.age(xmin) <= (select pg_catalog.age('{xid}'::xid))")}", cancellationToken);

    async Task<HashSet<string>> KeysAsync(SeededTable table, CancellationToken cancellationToken)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        using var reader = await connection.BeginTextExportAsync($"copy (select {SqlName.List(table.Key)} from only {SqlName.Quote(table.Name)}) to stdout", cancellationToken);
        while (await reader.ReadLineAsync(cancellationToken) is { } key) keys.Add(key);
        return keys;
    }

    async Task CopyAsync(SeededTable table, IEnumerable<string> rows, CancellationToken cancellationToken)
    {
        await using var writer = await connection.BeginTextImportAsync($"copy {SqlName.Quote(table.Name)} ({SqlName.List(table.Columns)}) from stdin", cancellationToken);
        foreach (var row in rows)
        {
            await writer.WriteAsync(row.AsMemory(), cancellationToken);
            await writer.WriteAsync('\n');
        }
    }

    static string SetSql(RelSeed.Schema.TableName sequence, (long Value, bool IsCalled) state) =>
        $"select pg_catalog.setval('{SqlName.Quote(sequence).Replace("'", "''", StringComparison.Ordinal)}'::regclass, "
        + $"{state.Value.ToString(CultureInfo.InvariantCulture)}, {(state.IsCalled ? "true" : "false")})";
}
