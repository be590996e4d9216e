using RelSeed.Specification.Tests;

namespace RelSeed.PostgreSql.Tests;

public class PostgreSqlMaskTests(PostgreSqlFixture server) : MaskSpecification
{
    protected override async Task<ITestDatabase> CreateAsync(string schemaSql) =>
        new PostgreSqlTestDatabase(await server.CreateDatabaseAsync(schemaSql));

    protected override string Schema => "public";
}
