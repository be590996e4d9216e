using System.Data;
using Npgsql;

namespace RelSeed.PostgreSql.Connections;

/// <summary>A connection for one task, closed at its end unless it is another's.</summary>
/// <param name="connection">Open.</param>
/// <param name="isOwned">False for a connection that its owner goes on with.</param>
sealed class ConnectionLease(NpgsqlConnection connection, bool isOwned) : IAsyncDisposable
{
    bool _closes;

    public NpgsqlConnection Connection => connection;

    public bool IsOwned => isOwned;

    /// <summary>Another's connection, opened for the while when it is closed.</summary>
    public static async Task<ConnectionLease> OverAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var lease = new ConnectionLease(connection, isOwned: false);
        if (connection.State != ConnectionState.Closed) return lease;
        await connection.OpenAsync(cancellationToken);
        lease._closes = true;
        return lease;
    }

    public async ValueTask DisposeAsync()
    {
        if (isOwned) await connection.DisposeAsync();
        else if (_closes) await connection.CloseAsync();
    }
}
