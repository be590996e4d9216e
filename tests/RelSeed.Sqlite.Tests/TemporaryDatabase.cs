using RelSeed.Schema;
using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Tests;

/// <summary>A file of a test's own with a schema in it.</summary>
sealed class TemporaryDatabase : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("relseed-sqlite-").FullName;

    public TemporaryDatabase(string sql)
    {
        using (var handle = SqliteHandle.Open(Path, SqliteAccess.Create)) handle.Execute(sql);
        Target = SqliteTarget.Open($"Data Source={Path}");
    }

    public string Path => System.IO.Path.Combine(_folder, "test.db");
    public SqliteTarget Target { get; }

    public Task<DatabaseSchema> ReadSchemaAsync() => Target.ReadSchemaAsync(new SchemaReadOptions(), TestContext.Current.CancellationToken);

    /// <summary>Rows as text on another connection, columns joined by bars.</summary>
    public IReadOnlyList<string> Query(string sql)
    {
        using var handle = SqliteHandle.Open(Path, SqliteAccess.ReadWrite);
        using var statement = handle.Prepare(sql);
        List<string> rows = [];
        while (statement.Step()) rows.Add(string.Join('|', Enumerable.Range(0, statement.ColumnCount).Select(statement.GetText)));
        return rows;
    }

    /// <summary>All that tells whether a database is as it was.</summary>
    public string Dump(params string[] tables) => string.Join('\n',
        [.. Query("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"),
            .. tables.SelectMany(t => Query($"SELECT * FROM \"{t}\""))]);

    public void Dispose()
    {
        Target.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_folder, recursive: true);
    }
}
