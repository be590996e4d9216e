using RelSeed.Specification.Tests;
using RelSeed.Specification.Tests.Schemas;

namespace RelSeed.PostgreSql.Tests;

public class PostgreSqlSeedingTests(PostgreSqlFixture server) : SeedingSpecification
{
    protected override string CycleSchema => PortableSchemas.CycleByAlter;

    protected override async Task<ITestDatabase> CreateAsync(string schemaSql) => new PostgreSqlTestDatabase(await server.CreateDatabaseAsync(schemaSql));
}
