using RelSeed.Testing;
using Xunit;

namespace RelSeed.Xunit;

/// <summary>A class's database: a class fixture, cloned before the class's first test and dropped after its last.</summary>
/// <param name="seeded">The fixture of the assembly or the collection.</param>
public sealed class ClassDatabase<TFixture>(TFixture seeded) : IAsyncLifetime where TFixture : SeededDatabaseFixture
{
    DatabaseClone? _database;

    public DatabaseClone Database => _database ?? throw new InvalidOperationException("The database is cloned when the class's first test begins.");

    public async ValueTask InitializeAsync() => _database = await seeded.CloneAsync();

    public async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }
}

/// <summary>A test class whose tests share a database that is reset to its seeded state before each of them: faster than
/// <see cref="DatabasePerTest{TFixture}"/>.</summary>
/// <param name="shared">xunit makes it for the class.</param>
public abstract class DatabasePerClass<TFixture>(ClassDatabase<TFixture> shared) : IClassFixture<ClassDatabase<TFixture>>,
    IAsyncLifetime where TFixture : SeededDatabaseFixture
{
    /// <summary>The class's database, with the seeded rows when a test begins.</summary>
    protected DatabaseClone Database => shared.Database;

    public virtual async ValueTask InitializeAsync() => await Database.ResetAsync(TestContext.Current.CancellationToken);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
