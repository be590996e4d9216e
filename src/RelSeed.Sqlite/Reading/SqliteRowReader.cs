using System.Runtime.CompilerServices;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Schema;
using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Reading;

/// <summary>A file's rows as of the first read: one read transaction around all statements.</summary>
sealed class SqliteRowReader : RowReader
{
    readonly SqliteHandle _handle;
    readonly ReadPace _pace;

    SqliteRowReader(SqliteHandle handle, RowReaderOptions options) => (_handle, _pace) = (handle, new ReadPace(options.MostRowsPerSecond));

    public static SqliteRowReader Open(SqliteHandle handle, RowReaderOptions options)
    {
        handle.Execute("BEGIN DEFERRED");
        return new SqliteRowReader(handle, options);
    }

    public override Task<long> CountAsync(Table table, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var interrupt = _handle.InterruptOn(cancellationToken);
            return _handle.QueryInt64($"SELECT count(*) FROM {SqlText.Table(table.Name.Name)}");
        },
        cancellationToken);

    public override async IAsyncEnumerable<RowSlice> ReadAsync(
        Table table, IReadOnlyList<int> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var interrupt = _handle.InterruptOn(cancellationToken);
        using var statement = _handle.Prepare($"SELECT {Values(table, columns)} FROM {SqlText.Table(table.Name.Name)}");
        await foreach (var slice in ReadAhead.BatchesAsync(Source(), Source(), _pace, cancellationToken)) yield return slice;

        BatchSource Source()
        {
            var readers = columns.Select((c, i) => FieldReader.For(table.Columns[c].Type, i)).ToArray();
            return new([.. readers.Select(r => r.Vector)], () => Fill(statement, readers));
        }
    }

    static string Values(Table table, IReadOnlyList<int> columns) =>
        columns.Count == 0 ? "NULL" : SqlText.Columns(columns.Select(c => table.Columns[c].Name));

    static int Fill(SqliteStatement statement, FieldReader[] readers)
    {
        foreach (var reader in readers) reader.Vector.Reset(BatchRows);
        var rows = 0;
        while (rows < BatchRows && statement.Step())
        {
            foreach (var reader in readers) reader.Read(statement, rows);
            rows++;
        }
        return rows;
    }

    public override ValueTask DisposeAsync()
    {
        if (_handle.IsInTransaction) _handle.Execute("ROLLBACK");
        return ValueTask.CompletedTask;
    }
}
