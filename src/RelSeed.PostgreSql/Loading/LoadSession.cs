using System.Data;
using Npgsql;
using RelSeed.Loading;
using RelSeed.PostgreSql.Connections;
using RelSeed.PostgreSql.Schema;

namespace RelSeed.PostgreSql.Loading;

/// <summary>The one connection and transaction of a load.</summary>
sealed class LoadSession : IAsyncDisposable
{
    // Sorts of an index build fit into so much for some million rows, and the build's workers share it.
    const long BuildMemoryKilobytes = 256 * 1024;

    readonly NpgsqlTransaction _transaction;

    LoadSession(NpgsqlConnection connection, NpgsqlTransaction transaction) => (Connection, _transaction) = (connection, transaction);

    public NpgsqlConnection Connection { get; }

    /// <param name="connection">Open; the session takes it over.</param>
    public static async Task<LoadSession> BeginAsync(NpgsqlConnection connection, LoadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await WatchForLostClientAsync(connection, cancellationToken);
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
            var session = new LoadSession(connection, transaction);
            await session.SettleAsync(options, cancellationToken);
            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public Task ExecuteAsync(string statement, CancellationToken cancellationToken) => PlainSql.ExecuteAsync(Connection, statement, cancellationToken);

    /// <summary>Runs statements one after another, sent at once.</summary>
    public Task ExecuteAsync(IEnumerable<string> statements, CancellationToken cancellationToken) =>
        PlainSql.ExecuteAsync(Connection, statements, cancellationToken);

    public Task<List<T>> QueryAsync<T>(
        string statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        PlainSql.QueryAsync(Connection, statement, read, cancellationToken, parameters);

    /// <summary>Sets parameters of the session until the transaction ends; names and values are bound.</summary>
    public Task SetAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken) => QueryAsync(
        "select set_config(name, value, true) from unnest($1::text[], $2::text[]) s(name, value)", _ => 0, cancellationToken,
        Catalog.Names(settings.Keys), Catalog.Names(settings.Values));

    /// <summary>Not to be cancelled: nobody could tell then whether the rows are there.</summary>
    public Task CommitAsync() => _transaction.CommitAsync(CancellationToken.None);

    /// <summary>Rolls back unless committed; the server does so itself when the connection is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _transaction.DisposeAsync();
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException or IOException or ObjectDisposedException)
        {
            // The connection is gone, and the transaction with it.
        }
        await Connection.DisposeAsync();
    }

    async Task SettleAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string>
        {
            ["statement_timeout"] = "0",
            ["idle_in_transaction_session_timeout"] = "0",
            // Compiling the queries that validate keys takes longer than it saves.
            ["jit"] = "off",
            ["default_tablespace"] = "",
        };
        if (Connection.PostgreSqlVersion.Major >= 17) settings["transaction_timeout"] = "0";
        await SetAsync(settings, cancellationToken);
        await ExecuteAsync(
            $"""
            select set_config('maintenance_work_mem', greatest(setting::bigint, {BuildMemoryKilobytes}) || 'kB', true)
            from pg_settings where name = 'maintenance_work_mem'
            """, cancellationToken);
        if (options.Settings.Count > 0) await SetAsync(options.Settings, cancellationToken);
    }

    /// <summary>Lets the server notice within seconds that this process is gone, even in the middle of building an index.</summary>
    static async Task WatchForLostClientAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (connection.PostgreSqlVersion.Major < 14) return;
        try
        {
            await PlainSql.ExecuteAsync(connection, "set client_connection_check_interval = '2s'", cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidParameterValue)
        {
            // The server's system cannot watch; it notices at the next statement.
        }
    }
}
