using Npgsql;
using RelSeed.PostgreSql.Connections;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>One COPY … FROM STDIN under way.</summary>
sealed class CopyStatement
{
    // The server takes a message whole: small ones stay in its cache.
    const int MessageBytes = 1 << 16;

    readonly NpgsqlConnection _connection;
    readonly RowEncoder _encoder;
    readonly Stream _stream;
    readonly Func<Task> _cancel;
    readonly Func<ValueTask> _complete;

    CopyStatement(NpgsqlConnection connection, RowEncoder encoder, Stream stream, Func<Task> cancel, Func<ValueTask> complete) =>
        (_connection, _encoder, _stream, _cancel, _complete) = (connection, encoder, stream, cancel, complete);

    /// <param name="target">Table and column list, quoted.</param>
    public static async Task<CopyStatement> BeginAsync(
        NpgsqlConnection connection, string target, bool freeze, RowEncoder encoder, CancellationToken cancellationToken)
    {
        var sql = $"copy {target} from stdin ({encoder.Format}{(freeze ? ", freeze" : "")})";
        var statement = encoder is BinaryRowEncoder
            ? Binary(connection, encoder, await connection.BeginRawBinaryCopyAsync(sql, cancellationToken))
            : Text(connection, encoder, await connection.BeginTextImportAsync(sql, cancellationToken));
        if (!encoder.Header.IsEmpty) await statement._stream.WriteAsync(encoder.Header, cancellationToken);
        return statement;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> rows, CancellationToken cancellationToken)
    {
        for (; rows.Length > MessageBytes; rows = rows[MessageBytes..]) await _stream.WriteAsync(rows[..MessageBytes], cancellationToken);
        await _stream.WriteAsync(rows, cancellationToken);
    }

    /// <summary>Ends the rows; only now the server tells whether it took them.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (!_encoder.Trailer.IsEmpty) await _stream.WriteAsync(_encoder.Trailer, cancellationToken);
        var completion = _complete().AsTask();
        try
        {
            await completion.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!completion.IsCompleted)
        {
            await StatementStop.AskAsync(_connection);
            await completion;
            throw;
        }
    }

    /// <summary>Gives up, so that the connection can be used to roll back. Never throws.</summary>
    public async Task AbandonAsync()
    {
        try
        {
            await _cancel();
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException or IOException or ObjectDisposedException)
        {
            // What went wrong before is the fault to tell.
        }
    }

    static CopyStatement Binary(NpgsqlConnection connection, RowEncoder encoder, NpgsqlRawCopyStream stream) =>
        new(connection, encoder, stream, stream.CancelAsync, stream.DisposeAsync);

    static CopyStatement Text(NpgsqlConnection connection, RowEncoder encoder, NpgsqlCopyTextWriter writer) =>
        new(connection, encoder, writer.BaseStream, writer.CancelAsync, writer.DisposeAsync);
}
