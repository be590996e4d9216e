using RelSeed.Testing;
using Xunit;

namespace RelSeed.Xunit;

/// <summary>A test class each of whose tests gets a database of its own, cloned before and dropped after it. Such tests may run in
/// parallel.</summary>
/// <param name="seeded">The fixture, of the assembly, the collection or this class.</param>
public abstract class DatabasePerTest<TFixture>(TFixture seeded) : IAsyncLifetime where TFixture : SeededDatabaseFixture
{
    DatabaseClone? _database;

    /// <summary>The test's own database, with the seeded rows.</summary>
    protected DatabaseClone Database =>
        _database ?? throw new InvalidOperationException("The database is cloned when the test begins, after the constructor.");

    public virtual async ValueTask InitializeAsync() => _database = await seeded.CloneAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
