using RelSeed.Loading;
using RelSeed.Schema;
using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Loading;

/// <summary>Replaces values by lists in temporary tables.</summary>
sealed class SqliteMaskSession : MaskSession
{
    const string Old = "temp.relseed_mask_old", New = "temp.relseed_mask_new", Map = "temp.relseed_mask_map";

    readonly SqliteHandle _handle;
    readonly LoadTransaction _transaction;
    readonly Refusal _refusal;
    bool _hasMap;

    public SqliteMaskSession(SqliteHandle handle, DatabaseSchema schema) =>
        (_handle, _transaction, _refusal) = (handle, LoadTransaction.Begin(handle, new Dictionary<string, string>()), new Refusal(schema));

    public override Task<long> CollectAsync(IReadOnlyList<ColumnPlace> columns, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            var all =
                string.Join(" UNION ALL ",
                columns.Select(c =>
                $"SELECT {SqlText.Name(c.Name)} AS v FROM {SqlText.Table(c.Table.Name.Name)} WHERE {SqlText.Name(c.Name)} IS NOT NULL"));
            Drop();
            _handle.Execute(
                $"""
                CREATE TABLE {Old} AS SELECT row_number() OVER (ORDER BY v) - 1 AS n, v FROM (SELECT DISTINCT v FROM ({all}));
                CREATE UNIQUE INDEX temp.relseed_mask_old_n ON relseed_mask_old (n);
                CREATE INDEX temp.relseed_mask_old_v ON relseed_mask_old (v);
                CREATE TABLE {New} AS SELECT 0 AS n, v FROM {Old} LIMIT 0;
                """);
            _hasMap = false;
            return _handle.QueryInt64($"SELECT count(*) FROM {Old}");
        },
        cancellationToken);

    void Drop() => _handle.Execute($"DROP TABLE IF EXISTS {Old}; DROP TABLE IF EXISTS {New}; DROP TABLE IF EXISTS {Map}");

    public override Task<IReadOnlyList<string>> ReadAsync(long first, int count, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            var values = new List<string>(count);
            using var statement = _handle.Prepare($"SELECT CAST(v AS TEXT) FROM {Old} WHERE n >= ?1 AND n < ?2 ORDER BY n");
            statement.Bind(0, first);
            statement.Bind(1, first + count);
            while (statement.Step()) values.Add(statement.GetText(0)!);
            return (IReadOnlyList<string>)values;
        },
        cancellationToken);

    public override Task AddAsync(long first, IReadOnlyList<string> values, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            using var statement = _handle.Prepare($"INSERT INTO {New} (n, v) VALUES (?1, ?2)");
            for (var i = 0; i < values.Count; i++)
            {
                statement.Bind(0, first + i);
                statement.BindText(1, values[i]);
                statement.Run();
            }
            return true;
        },
        cancellationToken);

    public override Task<long> KeepNewAsync(CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            _handle.Execute(
                $"""
                DELETE FROM {New} WHERE n IN (SELECT n FROM (SELECT n, row_number() OVER (PARTITION BY v ORDER BY n) AS again FROM {New}) WHERE again > 1);
                DELETE FROM {New} WHERE v IN (SELECT v FROM {Old});
                """);
            return _handle.QueryInt64($"SELECT count(*) FROM {New}");
        },
        cancellationToken);

    public override Task<long> ApplyAsync(ColumnPlace column, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            if (!_hasMap)
                _handle.Execute(
                    $"""
                    CREATE TABLE {Map} AS SELECT o.v AS old, c.v AS new
                    FROM {Old} o JOIN (SELECT row_number() OVER (ORDER BY n) - 1 AS n, v FROM {New}) c ON c.n = o.n % (SELECT count(*) FROM {New});
                    CREATE INDEX temp.relseed_mask_map_old ON relseed_mask_map (old);
                    """);
            _hasMap = true;
            var (table, name) = (SqlText.Table(column.Table.Name.Name), SqlText.Name(column.Name));
            _refusal.Explain(column.Table.Name,
                () => _handle.Execute($"UPDATE {table} SET {name} = m.new FROM {Map} m WHERE {SqlText.Name(column.Table.Name.Name)}.{name} = m.old"));
            return _handle.Changes;
        },
        cancellationToken);

    public override Task CommitAsync(CancellationToken cancellationToken)
    {
        Drop();
        _transaction.Commit();
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        _transaction.Dispose();
        return ValueTask.CompletedTask;
    }

    Task<T> RunAsync<T>(Func<T> function, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var interrupt = _handle.InterruptOn(cancellationToken);
            return function();
        },
        cancellationToken);
}
