using Npgsql;
using RelSeed.PostgreSql.Connections;

namespace RelSeed.Testing.PostgreSql;

/// <summary>Advisory locks that a session holds until it ends, which it does also when its process is killed.</summary>
sealed class ServerLocks : IAsyncDisposable
{
    readonly NpgsqlConnection _session;
    readonly SemaphoreSlim _one = new(1);

    ServerLocks(NpgsqlConnection session) => _session = session;

    public int ServerVersion => _session.PostgreSqlVersion.Major;

    /// <param name="address">Gets the database that was connected to.</param>
    public static async Task<ServerLocks> ConnectAsync(NpgsqlConnectionStringBuilder address, CancellationToken cancellationToken)
    {
        var given = address.Database;
        foreach (var database in new[] { "postgres", given }.Distinct())
        {
            address.Database = database;
            var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false }.ConnectionString);
            try
            {
                await session.OpenAsync(cancellationToken);
                return new(session);
            }
            catch (PostgresException) when (database != given)
            {
                // No such database, or not for this user.
                await session.DisposeAsync();
            }
            catch (NpgsqlException fault) when (!cancellationToken.IsCancellationRequested)
            {
                await session.DisposeAsync();
                throw ConnectionFaults.Explain(fault, address, $"postgresql://{address.Username}@{address.Host}:{address.Port}/{database}");
            }
        }
        throw new InvalidOperationException("The address's own database is the last to be tried.");
    }

    /// <summary>Waits for a lock.</summary>
    public Task TakeAsync(long key, bool shared, CancellationToken cancellationToken) =>
        RunAsync<object?>($"select pg_catalog.pg_advisory_lock{(shared ? "_shared" : "")}($1)", key, cancellationToken);

    public async Task<bool> TryTakeAsync(long key, CancellationToken cancellationToken) =>
        await RunAsync<bool>("select pg_catalog.pg_try_advisory_lock($1)", key, cancellationToken);

    public Task ReleaseAsync(long key, bool shared) =>
        RunAsync<bool>($"select pg_catalog.pg_advisory_unlock{(shared ? "_shared" : "")}($1)", key, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _one.Dispose();
    }

    async Task<T?> RunAsync<T>(string sql, long key, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(sql, _session) { Parameters = { new NpgsqlParameter<long> { TypedValue = key } } };
            return await command.ExecuteScalarAsync(cancellationToken) is T value ? value : default;
        }
        finally
        {
            _one.Release();
        }
    }
}
