using RelSeed.Specification.Tests;

namespace RelSeed.Sqlite.Tests;

public class SqliteRehearsalTests : RehearsalSpecification
{
    protected override Task<ITestDatabase> CreateAsync(string schemaSql) => SqliteTestDatabase.CreateAsync(schemaSql);

    protected override string Refusing(string trigger, string table, string condition) =>
        $"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, 'refused by {trigger}'); END;";

    protected override string RefusingAll(string trigger, string table) =>
        $"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'refused by {trigger}'); END;";

    protected override string Dropping(string trigger, string table, string condition) =>
        $"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} WHEN {condition} BEGIN SELECT RAISE(IGNORE); END;";
}
