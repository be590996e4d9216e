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

    readonly ConnectionLease _lease;
    readonly LoadScope _scope;
    Dictionary<string, string> _before = [];

    LoadSession(ConnectionLease lease, LoadScope scope) => (_lease, _scope) = (lease, scope);

    public NpgsqlConnection Connection => _lease.Connection;

    /// <summary>The transaction is another's, who goes on with it.</summary>
    public bool IsJoined => _scope.IsJoined;

    /// <param name="lease">The session takes it over.</param>
    public static async Task<LoadSession> BeginAsync(ConnectionLease lease, LoadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            if (lease.IsOwned) await WatchForLostClientAsync(lease.Connection, cancellationToken);
            var session = new LoadSession(lease, await LoadScope.BeginAsync(lease.Connection, !lease.IsOwned, cancellationToken));
            await session.SettleAsync(options, cancellationToken);
            return session;
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    public Task ExecuteAsync(string statement, CancellationToken cancellationToken) =>
        PlainSql.ExecuteAsync(Connection, statement, cancellationToken);

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
    public async Task CommitAsync()
    {
        if (IsJoined && _before.Count > 0) await SetAsync(_before, CancellationToken.None);
        await _scope.CommitAsync();
    }

    /// <summary>Rolls back unless committed; the server does so itself when the connection is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _lease.DisposeAsync();
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
        if (IsJoined)
            await RememberAsync([.. settings.Keys, "maintenance_work_mem", "search_path", "plan_cache_mode", .. options.Settings.Keys], cancellationToken);
        await SetAsync(settings, cancellationToken);
        await ExecuteAsync(
            $"""
            select set_config('maintenance_work_mem', greatest(setting::bigint, {BuildMemoryKilobytes}) || 'kB', true)
            from pg_settings where name = 'maintenance_work_mem'
            """, cancellationToken);
        await WidenSearchPathAsync(cancellationToken);
        if (options.Settings.Count > 0) await SetAsync(options.Settings, cancellationToken);
        if (!options.Partitions.IsEmpty)
            await ExecuteAsync(
                options.Partitions.Select(p => $"create table {SqlName.Quote(p.Name)} partition of {SqlName.Quote(p.Parent)} {p.Bound}"),
                cancellationToken);
    }

    // Functions of triggers and defaults may leave out the schema, as their application's sessions have it on their path: last, it changes no name
    // that is found without.
    Task WidenSearchPathAsync(CancellationToken cancellationToken) => ExecuteAsync(
        """
        select set_config('search_path', concat_ws(', ', nullif(current_setting('search_path'), ''), string_agg(quote_ident(n.nspname), ', ' order by n.nspname)), true)
        from pg_namespace n
        where n.nspname not like 'pg\_%' and n.nspname <> 'information_schema' and not n.nspname = any(current_schemas(true))
          and has_schema_privilege(n.oid, 'USAGE') and exists (select from pg_class c where c.relnamespace = n.oid and c.relkind in ('r', 'p'))
        having count(*) > 0
        """, cancellationToken);

    // Who goes on with the transaction finds them as they were.
    async Task RememberAsync(string[] names, CancellationToken cancellationToken) => _before = (await QueryAsync(
        "select name, current_setting(name, true) from unnest($1::text[]) s(name)", row =>
            (Name: row.GetString(0), Value: row.GetStringOrNull(1)), cancellationToken, Catalog.Names(names)))
        .Where(s => s.Value is not null).DistinctBy(s => s.Name).ToDictionary(s => s.Name, s => s.Value!, StringComparer.Ordinal);

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
