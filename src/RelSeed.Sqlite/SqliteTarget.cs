using System.Data;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Sqlite.Interop;
using RelSeed.Sqlite.Loading;
using RelSeed.Sqlite.Reading;
using RelSeed.Sqlite.Schema;
using RelSeed.Sqlite.Verification;

namespace RelSeed.Sqlite;

/// <summary>An SQLite file. Its methods are not for several threads at once.</summary>
public sealed class SqliteTarget : SeedTarget
{
    readonly SqliteHandle _handle;
    readonly SqliteConnection? _opened;

    SqliteTarget(SqliteHandle handle, SqliteConnection? opened = null) => (_handle, _opened) = (handle, opened);

    public override string Provider => "sqlite";
    public override string DisplayName => $"sqlite:{_handle.Path}";
    public override bool IsLocal => true;

    /// <param name="connectionString"><c>Data Source=shop.db</c>; the file must exist unless <c>Mode=ReadWriteCreate</c>.
    /// <c>Data Source=:memory:</c> is a database that ends with this object.</param>
    /// <exception cref="UsageException">RS1302: the connection string cannot be read.</exception>
    /// <exception cref="DatabaseException">RS3001, RS3004, RS3011 to RS3013: the file is missing, locked, no database, or damaged.</exception>
    public static SqliteTarget Open(string connectionString)
    {
        var connection = SqliteConnectionText.Parse(connectionString);
        return new SqliteTarget(SqliteHandle.Open(connection.Path, connection.Access, connection.BusyTimeout));
    }

    /// <summary>The database of a connection that another owns: opened for the while when it is closed, never disposed. A transaction that
    /// is under way on it is joined: a load ends in it as a released savepoint, and its owner commits it or rolls it back.</summary>
    public static SqliteTarget Over(SqliteConnection connection)
    {
        var isClosed = connection.State == ConnectionState.Closed;
        if (isClosed) connection.Open();
        var path = new SqliteConnectionStringBuilder(connection.ConnectionString).DataSource;
        return new SqliteTarget(SqliteHandle.Over(connection.Handle!, path), isClosed ? connection : null);
    }

    /// <summary>Runs a script of statements, such as a schema.</summary>
    /// <exception cref="DatabaseException">RS3015: a statement is refused; those before it are not undone.</exception>
    public Task ExecuteAsync(string script, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            _handle.Execute(script);
            return true;
        },
        cancellationToken);

    public override Task<DatabaseSchema> ReadSchemaAsync(SchemaReadOptions options, CancellationToken cancellationToken) =>
        RunAsync(() => ProvenanceTable.Hide(SqliteSchemaReader.Read(_handle, options)), cancellationToken);

    public override Task<IReadOnlyList<TableName>> FindFilledTablesAsync(IEnumerable<Table> tables, CancellationToken cancellationToken) =>
        RunAsync(() => (IReadOnlyList<TableName>)[.. tables.Select(t => t.Name).Where(HasRows)], cancellationToken);

    public override async Task<LoadReport> LoadAsync(
        SeedPlan plan, SeedGenerator rows, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        using var interrupt = _handle.InterruptOn(cancellationToken);
        return await new SqliteLoader(_handle, plan, rows, options, progress).LoadAsync(cancellationToken);
    }

    public override Task<RehearsalSession> OpenRehearsalAsync(LoadOptions options, CancellationToken cancellationToken) =>
        Task.FromResult<RehearsalSession>(new SqliteRehearsal(_handle, options));

    public override Task<VerificationReport> VerifyAsync(
        DatabaseSchema schema, IReadOnlyDictionary<TableName, long> expectedRows, CancellationToken cancellationToken) =>
        RunAsync(() => new SqliteVerifier(_handle, schema, expectedRows).Verify(cancellationToken), cancellationToken);

    public override Task<IReadOnlyList<IReadOnlyList<string?>>> ReadSampleAsync(Table table, int rows, CancellationToken cancellationToken) =>
        RunAsync(() => TableSample.Read(_handle, table, rows), cancellationToken);

    public override async IAsyncEnumerable<IReadOnlyList<string?>> ReadColumnsAsync(
        Table table, IReadOnlyList<int> columns, long limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var interrupt = _handle.InterruptOn(cancellationToken);
        // Off the caller's thread: the library blocks while it reads.
        await Task.Yield();
        foreach (var row in ColumnReader.Read(_handle, table, columns, limit))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    public override Task<RowReader> OpenReaderAsync(RowReaderOptions options, CancellationToken cancellationToken) =>
        RunAsync<RowReader>(() => SqliteRowReader.Open(_handle, options), cancellationToken);

    public override Task<MaskSession> OpenMaskAsync(DatabaseSchema schema, CancellationToken cancellationToken) =>
        RunAsync<MaskSession>(() => new SqliteMaskSession(_handle, schema), cancellationToken);

    public override ValueTask DisposeAsync()
    {
        _handle.Dispose();
        _opened?.Close();
        return ValueTask.CompletedTask;
    }

    // Of a table whose key is in an order that only its application knows, no row can be read either.
    bool HasRows(TableName table) =>
        $"SELECT EXISTS (SELECT 1 FROM {SqlText.Table(table.Name)})" is var sql && _handle.CanPrepare(sql) && _handle.QueryInt64(sql) == 1;

    Task<T> RunAsync<T>(Func<T> function, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var interrupt = _handle.InterruptOn(cancellationToken);
            return function();
        },
        cancellationToken);
}
