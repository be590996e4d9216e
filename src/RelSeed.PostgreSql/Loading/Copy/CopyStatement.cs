using Npgsql;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>One COPY … FROM STDIN under way.</summary>
sealed class CopyStatement
{
    // The server takes a message whole: small ones stay in its cache.
    const int MessageBytes = 1 << 16;

    readonly RowEncoder _encoder;
    readonly Stream _stream;
    readonly Func<Task> _cancel;
    readonly Func<ValueTask> _complete;

    CopyStatement(RowEncoder encoder, Stream stream, Func<Task> cancel, Func<ValueTask> complete) =>
        (_encoder, _stream, _cancel, _complete) = (encoder, stream, cancel, complete);

    /// <param name="target">Table and column list, quoted.</param>
    public static async Task<CopyStatement> BeginAsync(
        NpgsqlConnection connection, string target, bool freeze, RowEncoder encoder, CancellationToken cancellationToken)
    {
        var sql = $"copy {target} from stdin ({encoder.Format}{(freeze ? ", freeze" : "")})";
        var statement = encoder is BinaryRowEncoder
            ? Binary(encoder, await connection.BeginRawBinaryCopyAsync(sql, cancellationToken))
            : Text(encoder, await connection.BeginTextImportAsync(sql, cancellationToken));
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
        await _complete();
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

    static CopyStatement Binary(RowEncoder encoder, NpgsqlRawCopyStream stream) => new(encoder, stream, stream.CancelAsync, stream.DisposeAsync);

    static CopyStatement Text(RowEncoder encoder, NpgsqlCopyTextWriter writer) =>
        new(encoder, writer.BaseStream, writer.CancelAsync, writer.DisposeAsync);
}
