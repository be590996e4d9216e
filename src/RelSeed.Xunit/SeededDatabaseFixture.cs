using RelSeed.Testing;
using Xunit;

namespace RelSeed.Xunit;

/// <summary>A seeded database as a fixture of an assembly, a collection or a class; a subclass says where, with what schema and rows.</summary>
/// <remarks>What is done is told in the test's output; outside a test as a diagnostic message.</remarks>
/// <example><code>
/// [assembly: AssemblyFixture(typeof(ShopDatabase))]
///
/// public sealed class ShopDatabase : SeededDatabaseFixture
/// {
///     protected override TestServer Server => TestServer.PrivatePostgreSql();
///     protected override SchemaStep Schema => SchemaStep.Sql(File.ReadAllText("shop.sql"));
///     protected override void Seed(Seeder seed) => seed.Rows(500);
/// }
/// </code></example>
public abstract class SeededDatabaseFixture : IAsyncLifetime
{
    SeededDatabase? _database;

    /// <summary>The database that clones are made of.</summary>
    public SeededDatabase Database =>
        _database ?? throw new InvalidOperationException("The fixture is not initialised: xunit does so before the first test that takes it.");

    protected abstract TestServer Server { get; }

    protected abstract SchemaStep Schema { get; }

    protected virtual SeededDatabaseOptions Options => new();

    /// <summary>Sets rows, seed and the like.</summary>
    protected virtual void Seed(Seeder seed)
    {
    }

    /// <summary>A database for the caller alone; it disposes it.</summary>
    public Task<DatabaseClone> CloneAsync() => Database.CloneAsync(TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync()
    {
        var options = Options;
        options = options with { Log = options.Log + TestLog.Write };
        _database = await SeededDatabase.CreateAsync(Server, Schema, Seed, options, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
