using System.Runtime.CompilerServices;
using Npgsql;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.PostgreSql.Connections;
using RelSeed.PostgreSql.Verification;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Reading;

/// <summary>Rows by binary COPY out, all as of the first read: one read-only transaction of repeatable reads.</summary>
/// <param name="explain">Turns a fault of the server into one without values.</param>
sealed class PostgreSqlRowReader(ConnectionLease lease, RowReaderOptions options, Func<Exception, DatabaseException> explain) : RowReader
{
    readonly ReadPace _pace = new(options.MostRowsPerSecond);

    public static async Task<PostgreSqlRowReader> OpenAsync(
        ConnectionLease lease, RowReaderOptions options, Func<Exception, DatabaseException> explain, CancellationToken cancellationToken)
    {
        var reader = new PostgreSqlRowReader(lease, options, explain);
        // Another's connection keeps the transaction that its owner has begun. A table that is being altered is not waited for.
        if (lease.IsOwned)
            await reader.TryAsync(async () =>
            {
                await PlainSql.ExecuteAsync(lease.Connection, ["begin isolation level repeatable read read only", "set local lock_timeout = '10s'"],
                    cancellationToken);
                return true;
            });
        return reader;
    }

    public override Task<long> CountAsync(Table table, CancellationToken cancellationToken) => TryAsync(async () =>
        (await PlainSql.QueryAsync(lease.Connection, $"select count(*) from {VerificationSql.From(table)}", row => row.GetInt64(0),
            cancellationToken))[0]);

    public override async IAsyncEnumerable<RowSlice> ReadAsync(
        Table table, IReadOnlyList<int> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var values = columns.Count == 0 ? "null" : string.Join(", ", columns.Select(c => CopyField.Sql(table.Columns[c])));
        var sql = $"copy (select {values} from {VerificationSql.From(table)}) to stdout (format binary)";
        await using var stream = await TryAsync(() => lease.Connection.BeginRawBinaryCopyAsync(sql, cancellationToken));
        await using var cancelling = cancellationToken.Register(stream.Cancel);
        var input = new CopyInput(stream);
        await foreach (var slice in ReadAhead.BatchesAsync(Source(), Source(), _pace, cancellationToken)) yield return slice;

        BatchSource Source()
        {
            var fields = columns.Select(c => CopyField.For(table.Columns[c].Type)).ToArray();
            return new([.. fields.Select(f => f.Vector)], () => Fill(input, fields, cancellationToken));
        }
    }

    int Fill(CopyInput input, CopyField[] fields, CancellationToken cancellationToken)
    {
        foreach (var field in fields) field.Vector.Reset(BatchRows);
        try
        {
            return input.Fill(fields, BatchRows);
        }
        catch (NpgsqlException fault)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw explain(fault);
        }
    }

    async Task<T> TryAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (NpgsqlException fault)
        {
            throw explain(fault);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        // A transaction that only read ends with its connection.
        if (lease.IsOwned && lease.Connection.State == System.Data.ConnectionState.Open)
        {
            try
            {
                await PlainSql.ExecuteAsync(lease.Connection, ["rollback"], CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                // The connection is broken or still reading; disposing of it ends both.
            }
        }
        await lease.DisposeAsync();
    }
}
