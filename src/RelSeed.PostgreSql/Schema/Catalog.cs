using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace RelSeed.PostgreSql.Schema;

/// <summary>A connection made ready for reading the catalog: one snapshot, and settings under which every text prints alike.</summary>
/// <remarks>In a transaction of its own, or inside the caller's below a savepoint; <see cref="DisposeAsync"/> takes back either.</remarks>
sealed class Catalog : IAsyncDisposable
{
    // With pg_catalog alone on the path every other name is printed with its schema, as pg_dump does it; the rest fixes how constants print.
    const string Settle = """
        select pg_catalog.set_config(setting, value, true)
        from (values
            ('search_path', 'pg_catalog'), ('DateStyle', 'ISO, MDY'), ('IntervalStyle', 'postgres'), ('TimeZone', 'UTC'),
            ('bytea_output', 'hex'), ('extra_float_digits', '1'), ('lc_monetary', 'C'), ('standard_conforming_strings', 'on'),
            ('quote_all_identifiers', 'off'), ('jit', 'off')) s(setting, value)
        """;

    const string Savepoint = "relseed_catalog";

    readonly NpgsqlConnection _connection;
    readonly NpgsqlTransaction? _transaction;

    Catalog(NpgsqlConnection connection, NpgsqlTransaction? transaction)
    {
        (_connection, _transaction) = (connection, transaction);
        Version = connection.PostgreSqlVersion.Major;
    }

    /// <summary>The server's major version.</summary>
    public int Version { get; }

    public static async Task<Catalog> OpenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var catalog = new Catalog(connection, await BeginUnlessBegunAsync(connection, cancellationToken));
        await catalog.ExecuteAsync(catalog._transaction is null ? $"savepoint {Savepoint}" : "set transaction read only", cancellationToken);
        return catalog;
    }

    /// <summary>Fixes the settings; until then the session's own search path holds.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => ExecuteAsync(Settle, cancellationToken);

    public async Task<List<T>> QueryAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, NpgsqlParameter? parameter, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection, _transaction);
        if (parameter is not null) command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
        return rows;
    }

    public static NpgsqlParameter Oids(uint[] oids) =>
        new NpgsqlParameter<uint[]> { TypedValue = oids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid };

    public static NpgsqlParameter Names(IEnumerable<string> names) =>
        new NpgsqlParameter<string[]> { TypedValue = [.. names], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null) await _transaction.DisposeAsync();
        else if (_connection.State == ConnectionState.Open)
            await ExecuteAsync($"rollback to savepoint {Savepoint}; release savepoint {Savepoint}", CancellationToken.None);
    }

    static async Task<NpgsqlTransaction?> BeginUnlessBegunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        }
        catch (InvalidOperationException) when (connection.State == ConnectionState.Open)
        {
            return null; // The driver has no other way to tell that a transaction is under way.
        }
    }

    async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection, _transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
