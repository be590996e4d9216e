using System.Diagnostics;
using Npgsql;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.PostgreSql.Loading.Copy;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading;

/// <summary>Sends a table's rows by COPY while worker threads make and encode the next ones.</summary>
sealed class TableWriter(LoadSession session, LoadOptions options, ProgressMeter progress)
{
    // The server tells a fault only at a statement's end, and keeps a note of each row for keys that stand; so a statement is not endless.
    public const long StatementRows = 1 << 19;

    /// <param name="target">Name of the table, quoted.</param>
    /// <param name="freeze">The table was emptied in this transaction.</param>
    /// <param name="statementRows">A statement ends with the batch that brings it to so many rows.</param>
    /// <param name="turn">Completed when the connection is this table's; until then rows are made ahead.</param>
    public async Task<TableLoad> WriteAsync(
        TableGenerator table, string target, TableEncoding encoding, bool freeze, long statementRows, Task turn, CancellationToken cancellationToken)
    {
        var started = 0L;
        var begun = BeginAsync();
        var digest = encoding.Columns.Count == 0
            ? await InsertDefaultsAsync(table, target, begun, cancellationToken)
            : await CopyAsync(table, $"{target} ({SqlName.List(encoding.Columns)})", encoding.Encoder, freeze, statementRows, begun,
            cancellationToken);
        progress.Mark(LoadPhase.Loading, table.Name, table.MadeRows, table.MadeRows);
        return new(table.Name, table.MadeRows, Stopwatch.GetElapsedTime(started).TotalSeconds, RowDigest.Format(digest));

        async Task BeginAsync()
        {
            await turn;
            started = Stopwatch.GetTimestamp();
            progress.Mark(LoadPhase.Loading, table.Name, 0, table.MadeRows);
        }
    }

    async Task<UInt128> CopyAsync(
        TableGenerator table, string target, RowEncoder encoder, bool freeze, long statementRows, Task turn, CancellationToken cancellationToken)
    {
        CopyStatement? statement = null;
        long written = 0, inStatement = 0;
        try
        {
            var digest = await Pipeline<CopyBuffer>(table).RunAsync(() => new CopyBuffer(), Encode, SendAsync, cancellationToken, turn);
            if (statement is not null) await statement.CompleteAsync(cancellationToken);
            return digest;
        }
        catch
        {
            if (statement is not null) await statement.AbandonAsync();
            throw;
        }

        void Encode(RowBatch batch, CopyBuffer buffer)
        {
            buffer.Clear();
            encoder.Encode(batch, buffer);
        }

        async ValueTask SendAsync(CopyBuffer buffer, int rows)
        {
            statement ??= await CopyStatement.BeginAsync(session.Connection, target, freeze, encoder, cancellationToken);
            await statement.WriteAsync(buffer.Written, cancellationToken);
            written += rows;
            inStatement += rows;
            progress.Advance(table.Name, written, table.MadeRows);
            if (inStatement < statementRows) return;
            await statement.CompleteAsync(cancellationToken);
            (statement, inStatement) = (null, 0);
        }
    }

    /// <summary>A table of which every column is left to the server.</summary>
    async Task<UInt128> InsertDefaultsAsync(TableGenerator table, string target, Task turn, CancellationToken cancellationToken)
    {
        await turn;
        if (table.MadeRows == 0) return default;
        await session.QueryAsync(
            $"insert into {target} select from generate_series(1, $1::bigint)", _ => 0, cancellationToken,
            new NpgsqlParameter { Value = table.MadeRows });
        return await Pipeline<object>(table).RunAsync(() => table, (_, _) => { }, (_, _) => ValueTask.CompletedTask, cancellationToken);
    }

    BatchPipeline<T> Pipeline<T>(TableGenerator table) => new(table, options.BatchRows, options.Threads);
}
