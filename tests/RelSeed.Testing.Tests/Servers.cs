using System.Data.Common;
using Npgsql;

[assembly: AssemblyFixture(typeof(RelSeed.Testing.Tests.Servers))]

namespace RelSeed.Testing.Tests;

/// <summary>The servers that tests run on: PostgreSQL where it is installed or RELSEED_TEST_POSTGRES names one, and SQLite in a temporary
/// folder.</summary>
public sealed class Servers : IAsyncDisposable
{
    // Made when asked for: helper processes that are killed would leave it.
    readonly Lazy<string> _folder = new(() => Directory.CreateTempSubdirectory("relseed-testing-").FullName);

    public static TheoryData<string> Kinds { get; } = ["postgresql", "sqlite file", "sqlite memory"];

    public TestServer Find(string kind) => kind switch
    {
        "sqlite file" => TestServer.SqliteFiles(_folder.Value),
        "sqlite memory" => TestServer.SqliteInMemory(_folder.Value),
        _ => PostgreSql(),
    };

    public static TestServer PostgreSql()
    {
        if (Environment.GetEnvironmentVariable("RELSEED_TEST_POSTGRES") is { Length: > 0 } given) return TestServer.PostgreSql(given);
        Assert.SkipUnless(TestServer.IsPostgreSqlInstalled,
            "No PostgreSQL server: set RELSEED_TEST_POSTGRES to a URL, or install one (apt-get install postgresql).");
        return TestServer.PrivatePostgreSql();
    }

    public ValueTask DisposeAsync()
    {
        if (_folder.IsValueCreated) Directory.Delete(_folder.Value, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Short ways to look into a database.</summary>
static class DatabaseQueries
{
    public static async Task ExecuteAsync(this DatabaseClone database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(sql);
    }

    public static async Task ExecuteAsync(this DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Rows as text, columns joined by bars.</summary>
    public static async Task<IReadOnlyList<string>> QueryAsync(this DatabaseClone database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(string.Join('|',
                Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i)))));
        return rows;
    }

    public static async Task<long> CountAsync(this DatabaseClone database, string table) =>
        long.Parse(Assert.Single(await database.QueryAsync($"select count(*) from {table}")));
}
