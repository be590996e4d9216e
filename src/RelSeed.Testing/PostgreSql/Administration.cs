using System.Security.Cryptography;
using Npgsql;
using RelSeed.PostgreSql;
using RelSeed.PostgreSql.Connections;

namespace RelSeed.Testing.PostgreSql;

/// <summary>The server as one who makes and drops databases sees it.</summary>
/// <remarks>Advisory locks belong to a database, so all of them are taken in the same one: <c>postgres</c>, or the one the address names where that
/// cannot be had.</remarks>
sealed class Administration : IAsyncDisposable
{
    readonly NpgsqlConnectionStringBuilder _address;
    readonly NpgsqlDataSource _source;
    int _numbers;

    Administration(NpgsqlConnectionStringBuilder address, NpgsqlDataSource source, ServerLocks locks, long owner)
    {
        (_address, _source, Locks, Owner) = (address, source, locks, owner);
        Version = locks.ServerVersion;
    }

    /// <summary>The major version.</summary>
    public int Version { get; }

    public ServerLocks Locks { get; }

    /// <summary>The lock that this process holds while it lives, of which its databases' names tell.</summary>
    public long Owner { get; }

    public string DisplayName => $"postgresql://{_address.Username}@{_address.Host}:{_address.Port}";

    /// <exception cref="DatabaseException">RS30xx: not reachable, refused.</exception>
    public static async Task<Administration> ConnectAsync(string connectionString, CancellationToken cancellationToken)
    {
        var address = ConnectionText.Parse(connectionString);
        address.ApplicationName ??= "relseed-testing";
        var maintenance = new NpgsqlConnectionStringBuilder(address.ConnectionString) { CommandTimeout = 0, MaxPoolSize = 16, KeepAlive = 30 };
        var locks = await ServerLocks.ConnectAsync(maintenance, cancellationToken);
        try
        {
            var owner = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
            await locks.TakeAsync(owner, shared: false, cancellationToken);
            return new(address, NpgsqlDataSource.Create(maintenance), locks, owner);
        }
        catch
        {
            await locks.DisposeAsync();
            throw;
        }
    }

    public int NextNumber() => Interlocked.Increment(ref _numbers);

    /// <summary>The caller's own connection string, with another database.</summary>
    public string ConnectionStringOf(string database) =>
        new NpgsqlConnectionStringBuilder(_address.ConnectionString) { Database = database }.ConnectionString;

    public async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var connection =
            new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_address.ConnectionString)
            {
                Database = database,
                Pooling = false,
                CommandTimeout = 0
            }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (NpgsqlException fault) when (!cancellationToken.IsCancellationRequested)
        {
            await connection.DisposeAsync();
            throw ConnectionFaults.Explain(fault, new(connection.ConnectionString), $"{DisplayName}/{database}");
        }
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await PlainSql.ExecuteAsync(connection, sql, cancellationToken);
    }

    public async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        return await PlainSql.QueryAsync(connection, sql, read, cancellationToken, parameters);
    }

    public async Task<bool> ExistsAsync(string database, CancellationToken cancellationToken) =>
        (await QueryAsync("select 1 from pg_catalog.pg_database where datname = $1", _ => true, cancellationToken,
            new NpgsqlParameter<string> { TypedValue = database })).Count > 0;

    /// <summary>Drops a database with all its connections.</summary>
    public async Task DropAsync(string database, CancellationToken cancellationToken)
    {
        await ForgetPoolAsync(database);
        if (Version < 13) await TerminateAsync(database, cancellationToken);
        await ExecuteAsync($"drop database if exists {SqlName.Quote(database)}{(Version < 13 ? "" : " with (force)")}", cancellationToken);
    }

    /// <summary>Ends all sessions of a database.</summary>
    public Task TerminateAsync(string database, CancellationToken cancellationToken) => QueryAsync(
        "select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where datname = $1 and pid <> pg_catalog.pg_backend_pid()",
        _ => true, cancellationToken, new NpgsqlParameter<string> { TypedValue = database });

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await Locks.DisposeAsync();
    }

    /// <summary>Closes the idle connections that the caller's pool keeps to a database.</summary>
    public async Task ForgetPoolAsync(string database)
    {
        await using var connection = new NpgsqlConnection(ConnectionStringOf(database));
        NpgsqlConnection.ClearPool(connection);
    }
}
