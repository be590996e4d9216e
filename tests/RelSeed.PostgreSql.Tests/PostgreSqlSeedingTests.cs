using RelSeed.Specification.Tests;
using RelSeed.Specification.Tests.Schemas;

namespace RelSeed.PostgreSql.Tests;

public class PostgreSqlSeedingTests(PostgreSqlFixture server) : SeedingSpecification
{
    protected override string CycleSchema => PortableSchemas.CycleByAlter;

    [Fact]
    public async Task Exclusions_nulls_that_are_equal_and_full_matches_hold()
    {
        var report = await FillAsync("""
            CREATE EXTENSION btree_gist;
            CREATE TABLE rooms (site integer NOT NULL, id integer NOT NULL, PRIMARY KEY (site, id));
            CREATE TABLE bookings (id integer PRIMARY KEY, room integer NOT NULL, starts timestamptz NOT NULL, ends timestamptz, cancelled boolean NOT NULL,
                EXCLUDE USING gist (room WITH =, tstzrange(starts, ends) WITH &&) WHERE (NOT cancelled));
            CREATE TABLE versions (id integer NOT NULL, span int4range NOT NULL, EXCLUDE USING gist (id WITH =, span WITH &&));
            CREATE TABLE plans (site integer, room integer, grade text CHECK (grade IN ('a', 'b')), UNIQUE NULLS NOT DISTINCT (site, room),
                FOREIGN KEY (site, room) REFERENCES rooms (site, id) MATCH FULL);
            CREATE TABLE days (id integer PRIMARY KEY, seen timestamp NOT NULL);
            CREATE UNIQUE INDEX daily ON days (date_trunc('day', seen));
            """, new RelSeed.Planning.PlanOptions { RowsPerTable = 300 });
        Assert.All(report.Tables, t => Assert.InRange(t.Rows, 300, 301));
    }

    protected override async Task<ITestDatabase> CreateAsync(string schemaSql) =>
        new PostgreSqlTestDatabase(await server.CreateDatabaseAsync(schemaSql));
}
