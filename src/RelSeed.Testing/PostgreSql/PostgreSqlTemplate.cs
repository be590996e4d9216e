using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using RelSeed.PostgreSql;
using RelSeed.Testing.PostgreSql.Reset;

namespace RelSeed.Testing.PostgreSql;

/// <summary>A template database and the clones made of it here.</summary>
sealed class PostgreSqlTemplate : Template
{
    readonly string _name;
    readonly SeededDatabaseOptions _options;
    readonly ConcurrentDictionary<PostgreSqlClone, bool> _clones = [];

    readonly SemaphoreSlim _one = new(1);
    SeededRows? _seeded;

    // Settings of a database are not copied with it.
    readonly IReadOnlyList<string> _settings;

    readonly string _strategy;

    PostgreSqlTemplate(Administration administration, string name, SeededDatabaseOptions options, long firstTransaction, bool isDurable,
        IReadOnlyList<string> settings)
    {
        (Administration, _name, _options, FirstTransaction, _settings) = (administration, name, options, firstTransaction, settings);
        // Copying files forces checkpoints, which are slow where they are written through; elsewhere it costs less than copying through the log.
        _strategy = administration.Version < 15 ? "" : isDurable ? " strategy wal_log" : " strategy file_copy";
    }

    public Administration Administration { get; }

    /// <summary>No transaction from this one on has written to the template: a row that one has written is a clone's own.</summary>
    public long FirstTransaction { get; }

    public static async Task<PostgreSqlTemplate> OpenAsync(
        Administration administration, string name, SeededDatabaseOptions options, bool isNew, CancellationToken cancellationToken)
    {
        var first = await administration.QueryAsync(
            "select pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot()), pg_catalog.current_setting('fsync') = 'on'",
            row => (Transaction: row.GetInt64(0), IsDurable: row.GetBoolean(1)), cancellationToken);
        var settings = await administration.QueryAsync(
            """
            select pg_catalog.unnest(setconfig) from pg_catalog.pg_db_role_setting s join pg_catalog.pg_database d on d.oid = s.setdatabase
            where s.setrole = 0 and d.datname = $1
            """,
            row => row.GetString(0), cancellationToken, new NpgsqlParameter<string> { TypedValue = name });
        return new(administration, name, options, first[0].Transaction, first[0].IsDurable, settings) { IsNew = isNew };
    }

    public override async Task<DatabaseClone> CloneAsync(CancellationToken cancellationToken)
    {
        var clone = new PostgreSqlClone(this, DatabaseNames.Clone(Administration.Owner, Administration.NextNumber()), _options);
        _clones[clone] = true;
        try
        {
            await CopyToAsync(clone.Name, cancellationToken);
            return clone;
        }
        catch
        {
            await clone.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a database that is as the template.</summary>
    public async Task CopyToAsync(string database, CancellationToken cancellationToken)
    {
        try
        {
            await Administration.ExecuteAsync($"create database {SqlName.Quote(database)} template {SqlName.Quote(_name)}{_strategy}",
                cancellationToken);
            foreach (var setting in _settings) await Administration.ExecuteAsync(SettingSql(database, setting), cancellationToken);
        }
        catch (PostgresException refused)
        {
            throw ServerRefusals.Explain(refused, Administration, "clone the template");
        }
    }

    public async Task CopyAgainAsync(string database, CancellationToken cancellationToken)
    {
        await Administration.DropAsync(database, cancellationToken);
        await CopyToAsync(database, cancellationToken);
    }

    /// <summary>What resets compare with, from a clone that is made for the first of them.</summary>
    public async Task<SeededRows> SeededRowsAsync(CancellationToken cancellationToken)
    {
        if (_seeded is not null) return _seeded;
        await _one.WaitAsync(cancellationToken);
        try
        {
            return _seeded ??= await SeededRows.OpenAsync(this, (await CloneAsync(cancellationToken)).Name, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task DropAsync(PostgreSqlClone clone)
    {
        if (_clones.TryRemove(clone, out _)) await Administration.DropAsync(clone.Name, CancellationToken.None);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_seeded is not null) await _seeded.DisposeAsync();
        foreach (var clone in _clones.Keys) await clone.DisposeAsync();
        await Administration.DisposeAsync();
    }

    // What a list setting such as search_path holds is printed as SQL takes it; any other is a text.
    static string SettingSql(string database, string setting)
    {
        var at = setting.IndexOf('=');
        var (name, value) = (setting[..at], setting[(at + 1)..]);
        var isList = name is "search_path" or "temp_tablespaces" or "local_preload_libraries" or "session_preload_libraries" or "DateStyle";
        return $"alter database {SqlName.Quote(database)} set {string.Join('.', name.Split('.').Select(SqlName.Quote))} to "
            + (isList ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'");
    }
}
