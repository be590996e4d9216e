using RelSeed.Specification.Tests;

namespace RelSeed.Sqlite.Tests;

public class SqliteProvenanceTests : ProvenanceSpecification
{
    protected override Task<ITestDatabase> CreateAsync(string schemaSql) => SqliteTestDatabase.CreateAsync(schemaSql);
}
