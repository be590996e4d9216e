using RelSeed.EntityFrameworkCore.Tests.Stores;

namespace RelSeed.EntityFrameworkCore.Tests.Model;

public sealed class SqliteModelTests : ModelSpecification
{
    protected override Task<TestStore> CreateStoreAsync() => Task.FromResult<TestStore>(new SqliteStore());
}
