using RelSeed.Specification.Tests;

namespace RelSeed.PostgreSql.Tests;

public class PostgreSqlProvenanceTests(PostgreSqlFixture server) : ProvenanceSpecification
{
    protected override async Task<ITestDatabase> CreateAsync(string schemaSql) =>
        new PostgreSqlTestDatabase(await server.CreateDatabaseAsync(schemaSql));
}
