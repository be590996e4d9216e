using RelSeed.Testing.PostgreSql;
using RelSeed.Testing.PostgreSql.Private;
using RelSeed.Testing.Sqlite;

namespace RelSeed.Testing;

/// <summary>Where seeded databases are made.</summary>
public abstract class TestServer
{
    private protected TestServer()
    {
    }

    /// <summary>The provider's name: <c>postgresql</c>, <c>sqlite</c>.</summary>
    public abstract string Provider { get; }

    /// <summary>Whether PostgreSQL's server is installed on this machine, so that <see cref="PrivatePostgreSql"/> can start it.</summary>
    public static bool IsPostgreSqlInstalled => !OperatingSystem.IsWindows() && PostgreSqlBinaries.Find() is not null;

    /// <summary>A server that runs, named by a URL or an ADO.NET string; its user needs CREATEDB. The database it names is only connected
    /// to.</summary>
    public static TestServer PostgreSql(string connectionString) => new PostgreSqlTestServer(_ => Task.FromResult(connectionString));

    /// <summary>A server that the delegate starts or finds, such as a container; called once, when first needed.</summary>
    /// <example><code>TestServer.PostgreSql(async token => { await container.StartAsync(token); return container.GetConnectionString();
    /// })</code></example>
    public static TestServer PostgreSql(Func<CancellationToken, Task<string>> connectionString) => new PostgreSqlTestServer(connectionString);

    /// <summary>A server of this process's own, started from installed binaries when first needed and stopped when the process ends, however it
    /// ends.</summary>
    /// <param name="folder">Where servers keep their files between runs, templates with them; null for the user's cache. Processes at the same time
    /// take a subfolder each.</param>
    /// <param name="binaries">The folder of <c>initdb</c> and <c>postgres</c>; null looks on PATH, where pg_config says, and where distributions put
    /// them.</param>
    public static TestServer PrivatePostgreSql(string? folder = null, string? binaries = null) =>
        new PostgreSqlTestServer(token => PrivateServers.ConnectAsync(folder, binaries, token));

    /// <summary>SQLite databases as files.</summary>
    /// <param name="folder">Where templates and clones lie; null for the user's cache.</param>
    public static TestServer SqliteFiles(string? folder = null) => new SqliteTestServer(folder ?? CacheFolder.Of("sqlite"), inMemory: false);

    /// <summary>SQLite databases in the memory of this process, which any number of its connections may open; templates are files.</summary>
    /// <param name="folder">Where templates lie; null for the user's cache.</param>
    public static TestServer SqliteInMemory(string? folder = null) => new SqliteTestServer(folder ?? CacheFolder.Of("sqlite"), inMemory: true);

    /// <summary>How the server is reached, for those who want more of it than clones; for SQLite the folder of its files.</summary>
    public abstract Task<string> GetAddressAsync(CancellationToken cancellationToken = default);

    /// <summary>Finds the template or makes it.</summary>
    internal abstract Task<Template> OpenTemplateAsync(TemplateRecipe recipe, CancellationToken cancellationToken);
}
