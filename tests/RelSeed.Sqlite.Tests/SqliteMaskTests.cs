using RelSeed.Specification.Tests;

namespace RelSeed.Sqlite.Tests;

public class SqliteMaskTests : MaskSpecification
{
    protected override Task<ITestDatabase> CreateAsync(string schemaSql) => SqliteTestDatabase.CreateAsync(schemaSql);

    protected override string Schema => "main";
}
