using Microsoft.EntityFrameworkCore;
using RelSeed.Loading;

namespace RelSeed.EntityFrameworkCore.Tests.Stores;

/// <summary>An empty database that one test has for itself, as EF Core and as RelSeed see it.</summary>
public abstract class TestStore : IAsyncDisposable
{
    public abstract string Provider { get; }

    public abstract DbContextOptions Options { get; }

    public abstract SeedTarget Open();

    public abstract ValueTask DisposeAsync();
}
