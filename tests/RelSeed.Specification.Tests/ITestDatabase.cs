using RelSeed.Loading;

namespace RelSeed.Specification.Tests;

/// <summary>A database of a test's own, dropped when it is disposed.</summary>
public interface ITestDatabase : IAsyncDisposable
{
    /// <summary>As the command line takes it.</summary>
    string Url { get; }

    SeedTarget Open();

    /// <summary>Runs a query without RelSeed's help; values as the driver gives them.</summary>
    Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(string sql);
}
