using Microsoft.EntityFrameworkCore;
using RelSeed.Loading;
using RelSeed.PostgreSql;
using RelSeed.PostgreSql.Tests;

namespace RelSeed.EntityFrameworkCore.Tests.Stores;

sealed class PostgreSqlStore(TestDatabase database) : TestStore
{
    public override string Provider => "postgresql";

    public override DbContextOptions Options => new DbContextOptionsBuilder().UseNpgsql(database.ConnectionString).Options;

    public override SeedTarget Open() => PostgreSqlTarget.Open(database.ConnectionString);

    public override ValueTask DisposeAsync() => database.DisposeAsync();
}
