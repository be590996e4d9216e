using RelSeed.Specification.Tests;
using RelSeed.Specification.Tests.Schemas;

namespace RelSeed.Sqlite.Tests;

public class SqliteSeedingTests : SeedingSpecification
{
    protected override string CycleSchema => PortableSchemas.Cycle;

    protected override Task<ITestDatabase> CreateAsync(string schemaSql) => SqliteTestDatabase.CreateAsync(schemaSql);
}
