using Npgsql;
using RelSeed.PostgreSql.Tests;
using RelSeed.Specification.Tests.Servers;

[assembly: AssemblyFixture(typeof(PostgreSqlFixture))]

namespace RelSeed.PostgreSql.Tests;

/// <summary>The server that tests run on: the one RELSEED_TEST_POSTGRES names (a URL or an ADO.NET string), else a private one.</summary>
/// <remarks>It is found or started when the first test asks for a database. With none to be had, tests skip; on CI they fail.</remarks>
public sealed class PostgreSqlFixture : IAsyncDisposable
{
    const string Missing = "No PostgreSQL server: set RELSEED_TEST_POSTGRES to a URL, or install one (apt-get install postgresql).";

    readonly SemaphoreSlim _starting = new(1);
    PrivatePostgreSql? _private;
    string? _administration;
    int _databases;

    /// <summary>Makes an empty database, runs the SQL in it, and hands it over; its disposal drops it.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync(string? schemaSql = null)
    {
        var database = new TestDatabase(await FindServerAsync(), $"relseed_test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");
        await database.CreateAsync(schemaSql);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_private is not null) await _private.DisposeAsync();
        _starting.Dispose();
    }

    async Task<string> FindServerAsync()
    {
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return _administration ??= FromEnvironment() ?? await StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    async Task<string> StartAsync()
    {
        var binaries = PostgreSqlBinaries.Find();
        if (binaries is null && !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))) Assert.Fail(Missing);
        Assert.SkipWhen(binaries is null, Missing);
        _private = await PrivatePostgreSql.StartAsync(binaries!, TestContext.Current.CancellationToken);
        return _private.ConnectionString("postgres");
    }

    static string? FromEnvironment() => Environment.GetEnvironmentVariable("RELSEED_TEST_POSTGRES") switch
    {
        null or "" => null,
        var given when Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "postgresql" or "postgres" => FromUrl(new(given)),
        var given => given,
    };

    static string FromUrl(Uri url)
    {
        var user = url.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.Port > 0 ? url.Port : 5432,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')),
        }.ConnectionString;
    }
}
