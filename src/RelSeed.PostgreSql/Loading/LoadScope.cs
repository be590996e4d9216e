using System.Data;
using Npgsql;
using RelSeed.PostgreSql.Connections;

namespace RelSeed.PostgreSql.Loading;

/// <summary>A load's transaction: one of its own, or a savepoint inside another's that is under way on the connection.</summary>
sealed class LoadScope : IAsyncDisposable
{
    const string Savepoint = "relseed_load";

    readonly NpgsqlConnection _connection;
    readonly NpgsqlTransaction? _own;
    bool _isDone;

    LoadScope(NpgsqlConnection connection, NpgsqlTransaction? own) => (_connection, _own) = (connection, own);

    /// <summary>The transaction is another's, who ends it.</summary>
    public bool IsJoined => _own is null;

    public static async Task<LoadScope> BeginAsync(NpgsqlConnection connection, bool mayBeJoined, CancellationToken cancellationToken)
    {
        var own = await BeginUnlessBegunAsync(connection, mayBeJoined, cancellationToken);
        if (own is null) await PlainSql.ExecuteAsync(connection, $"savepoint {Savepoint}", cancellationToken);
        return new LoadScope(connection, own);
    }

    static async Task<NpgsqlTransaction?> BeginUnlessBegunAsync(NpgsqlConnection connection, bool mayBeJoined, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        }
        catch (InvalidOperationException) when (mayBeJoined && connection.State == ConnectionState.Open)
        {
            return null; // The driver has no other way to tell that a transaction is under way.
        }
    }

    /// <summary>Not to be cancelled: nobody could tell then whether the rows are there.</summary>
    public async Task CommitAsync()
    {
        if (_own is not null) await _own.CommitAsync(CancellationToken.None);
        else await PlainSql.ExecuteAsync(_connection, $"release savepoint {Savepoint}", CancellationToken.None);
        _isDone = true;
    }

    /// <summary>Rolls back unless committed; the server does so itself when the connection is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_own is not null) await _own.DisposeAsync();
            else if (!_isDone && _connection.State == ConnectionState.Open)
                await PlainSql.ExecuteAsync(_connection, [$"rollback to savepoint {Savepoint}", $"release savepoint {Savepoint}"],
                    CancellationToken.None);
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException or IOException or ObjectDisposedException)
        {
            // The connection is gone, and the transaction with it.
        }
    }
}
