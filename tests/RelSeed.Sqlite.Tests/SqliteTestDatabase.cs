using RelSeed.Loading;
using RelSeed.Specification.Tests;

namespace RelSeed.Sqlite.Tests;

/// <summary>A test's database as the specifications see it: a file of its own.</summary>
sealed class SqliteTestDatabase : ITestDatabase
{
    readonly string _path = Path.Combine(Path.GetTempPath(), $"relseed-{Path.GetRandomFileName()}.db");

    public static async Task<ITestDatabase> CreateAsync(string schemaSql)
    {
        var database = new SqliteTestDatabase();
        await using var connection = database.Connect("ReadWriteCreate");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = schemaSql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return database;
    }

    public string Url => $"sqlite:{_path}";

    public SeedTarget Open() => SqliteTarget.Open($"Data Source={_path}");

    public Microsoft.Data.Sqlite.SqliteConnection Connect(string mode) => new($"Data Source={_path};Mode={mode};Pooling=false");

    public async Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(string sql)
    {
        await using var connection = Connect("ReadOnly");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<IReadOnlyList<object?>>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(_path);
        return ValueTask.CompletedTask;
    }
}
