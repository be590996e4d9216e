using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Specification.Tests.Checking;
using RelSeed.Specification.Tests.Schemas;

namespace RelSeed.Specification.Tests;

/// <summary>What every provider must do alike: fill portable schemas with the same rows, break nothing, and leave nothing behind.</summary>
public abstract class SeedingSpecification
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<ITestDatabase> CreateAsync(string schemaSql);

    /// <summary>A schema with a cycle in this provider's SQL.</summary>
    protected abstract string CycleSchema { get; }

    static async Task<(DatabaseSchema Schema, LoadReport Report)> FillAsync(ITestDatabase database, PlanOptions? plan = null,
        LoadOptions? load = null)
    {
        await using var target = database.Open();
        var schema = await target.ReadSchemaAsync(new SchemaReadOptions(), Cancellation);
        var seed = FittedPlan.Make(schema, plan ?? new PlanOptions());
        var report = await target.LoadAsync(seed, SeedGenerator.Compile(seed), load ?? new LoadOptions(), null, Cancellation);
        var verified = await target.VerifyAsync(schema, seed.Tables.ToDictionary(t => t.Table.Name, t => t.Rows), Cancellation);
        Assert.Equal([], verified.Findings.Select(f => f.ToString()));
        Assert.Equal([], await IndependentCheck.FindAsync(database, schema));
        return (schema, report);
    }

    protected async Task<LoadReport> FillAsync(string sql, PlanOptions? plan = null, LoadOptions? load = null)
    {
        await using var database = await CreateAsync(sql);
        return (await FillAsync(database, plan, load)).Report;
    }

    [Fact]
    public async Task Codes_that_checks_leave_a_foreign_key_stand_among_the_parents()
    {
        var report = await FillAsync("""
            CREATE TABLE kinds (code VARCHAR(20) PRIMARY KEY, name VARCHAR(20) NOT NULL);
            CREATE TABLE plain (id INTEGER PRIMARY KEY, kind VARCHAR(20) NOT NULL REFERENCES kinds (code) CHECK (kind IN ('plain', 'simple')));
            CREATE TABLE odd (id INTEGER PRIMARY KEY, kind VARCHAR(20) NOT NULL DEFAULT 'odd' REFERENCES kinds (code) CHECK (kind = 'odd'));
            """, new PlanOptions { RowsPerTable = 40 });
        Assert.Equal([40L, 40, 40], report.Tables.Select(t => t.Rows));
    }

    [Theory, InlineData(1), InlineData(7), InlineData(1_000)]
    public async Task Every_table_of_a_shop_is_filled_and_every_constraint_holds(int rows)
    {
        var report = await FillAsync(PortableSchemas.Shop, new PlanOptions { RowsPerTable = rows });
        Assert.All(report.Tables, t => Assert.True(t.Rows > 0, t.Table.ToString()));
        if (rows == 1_000) Assert.Equal(1_000, report.Tables.Single(t => t.Table.Name == "order_lines").Rows);
    }

    [Fact]
    public async Task Emptying_leaves_alone_what_is_not_of_the_load_and_what_refers_to_it()
    {
        await using var database = await CreateAsync("""
            CREATE TABLE a (id INTEGER PRIMARY KEY);
            CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER NOT NULL REFERENCES a (id));
            CREATE TABLE c (id INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b (id));
            CREATE TABLE d (id INTEGER PRIMARY KEY, note VARCHAR(20));
            """);
        await RunAsync(30, s => s);
        await RunAsync(10, s => s.Truncate().With(plan: p => p with { Include = ["d"] }));
        Assert.Equal("30, 30, 30, 10", await CountAsync());
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => RunAsync(20, s => s.Truncate().With(plan: p => p with { Include = ["b"] })));
        Assert.Matches("^RS3103 Table \\w+\\.b cannot be emptied: foreign key \\w+ of \\w+\\.c, which is not part of the load, refers to it\\. "
            + "Add that table to the load, or empty the tables yourself and leave out --truncate\\.$", fault.Message);
        Assert.Equal("30, 30, 30, 10", await CountAsync());
        await RunAsync(20, s => s.Truncate().Exclude("a", "b"));
        Assert.Equal("30, 30, 20, 20", await CountAsync());
        await RunAsync(15, s => s.Truncate().With(plan: p => p with { Include = ["c"] }));
        Assert.Equal("30, 30, 15, 20", await CountAsync());
        await RunAsync(7, s => s.Truncate().Rows("c", 0));
        Assert.Equal("7, 7, 0, 7", await CountAsync());

        async Task RunAsync(long rows, Func<Seeder, Seeder> change)
        {
            await using var target = database.Open();
            Assert.Empty((await change(Seeder.For(target).Rows(rows)).RunAsync(Cancellation)).Verification.Findings);
        }

        async Task<string> CountAsync() => string.Join(", ", (await database.QueryAsync(
            "SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b), (SELECT count(*) FROM c), (SELECT count(*) FROM d)"))[0]);
    }

    [Theory, InlineData(1), InlineData(40), InlineData(500)]
    public async Task Composite_keys_agree_on_their_tenant(int rows)
    {
        var report = await FillAsync(PortableSchemas.Tenants, new PlanOptions { RowsPerTable = rows });
        Assert.All(report.Tables, t => Assert.True(t.Rows > 0, t.Table.ToString()));
    }

    [Theory, InlineData(1), InlineData(60), InlineData(1_000)]
    public async Task Overlapping_partial_and_folded_keys_hold(int rows)
    {
        var report = await FillAsync(PortableSchemas.Keys, new PlanOptions { RowsPerTable = rows });
        Assert.All(report.Tables, t => Assert.True(t.Rows > 0 || rows == 1, t.Table.ToString()));
    }

    [Fact]
    public async Task Hostile_names_are_only_names()
    {
        var report = await FillAsync(PortableSchemas.HostileNames, new PlanOptions { RowsPerTable = 200 });
        Assert.All(report.Tables, t => Assert.Equal(200, t.Rows));
    }

    [Theory, InlineData(1), InlineData(300)]
    public async Task A_cycle_is_filled(int rows)
    {
        await using var database = await CreateAsync(CycleSchema);
        await FillAsync(database, new PlanOptions { RowsPerTable = rows });
        var heads = await database.QueryAsync("SELECT count(*) FROM departments WHERE head_id IS NOT NULL");
        Assert.True(Convert.ToInt64(heads[0][0], System.Globalization.CultureInfo.InvariantCulture) > 0 || rows == 1);
    }

    [Theory, InlineData(5), InlineData(200), InlineData(2_000)]
    public async Task Checks_that_tie_columns_together_hold(int rows)
    {
        await using var database = await CreateAsync(PortableSchemas.Rules);
        var (_, report) = await FillAsync(database, new PlanOptions { RowsPerTable = rows });
        Assert.All(report.Tables, t => Assert.Equal(rows, t.Rows));
        if (rows < 200) return;
        foreach (var condition in new[] { "team_id IS NULL", "person_id IS NULL", "closed_at IS NULL", "closed_at IS NOT NULL", "low < high" })
            Assert.True(await CountAsync(database, $"tickets WHERE {condition}") > rows / 20, condition);
    }

    [Fact]
    public async Task Rows_are_added_to_those_that_stand()
    {
        await using var database = await CreateAsync(PortableSchemas.Shop);
        await FillAsync(database, new PlanOptions { RowsPerTable = 60 });
        for (var round = 1; round <= 2; round++)
        {
            await using var target = database.Open();
            var report = await Seeder.For(target).Rows(40).Append().RunAsync(Cancellation);
            Assert.Equal([], report.Verification.Findings);
            Assert.Equal([], await IndependentCheck.FindAsync(database, report.Plan.Schema));
            Assert.Equal(60 + 40 * round, await CountAsync(database, "order_lines"));
        }
        Assert.True(await CountAsync(database, "orders WHERE id > 60 AND customer_id <= 60") > 0);
    }

    [Fact]
    public async Task Rows_are_added_beside_keys_that_are_taken()
    {
        await using var database = await CreateAsync("""
            CREATE TABLE teams (name VARCHAR(40) PRIMARY KEY, captain VARCHAR(40) UNIQUE);
            CREATE TABLE levels (level VARCHAR(10) PRIMARY KEY CHECK (level IN ('low', 'middle', 'high')));
            CREATE TABLE stadiums (team VARCHAR(40) PRIMARY KEY REFERENCES teams (name), level VARCHAR(10) NOT NULL REFERENCES levels (level));
            """);
        for (var round = 1; round <= 3; round++)
        {
            await using var target = database.Open();
            var report = await Seeder.For(target).Rows(50).Append().RunAsync(Cancellation);
            Assert.Equal([], report.Verification.Findings);
            Assert.Equal([], await IndependentCheck.FindAsync(database, report.Plan.Schema));
            Assert.Equal((50 * round, 3, 50 * round),
                (await CountAsync(database, "teams"), await CountAsync(database, "levels"), await CountAsync(database, "stadiums")));
        }
    }

    [Fact]
    public async Task Rows_are_added_beside_dates_at_the_edge_of_the_calendar()
    {
        await using var database = await CreateAsync("""
            CREATE TABLE people (id INT PRIMARY KEY, born DATE, seen TIMESTAMP);
            CREATE TABLE visits (id INT PRIMARY KEY, person_id INT NOT NULL REFERENCES people (id), at TIMESTAMP);
            INSERT INTO people VALUES (1, 'infinity', '-infinity'), (2, '9999-12-31', '9999-12-31 23:59:59'), (3, '0001-01-01', NULL);
            """);
        await using var target = database.Open();
        var report = await Seeder.For(target).Rows(30).Append().RunAsync(Cancellation);
        Assert.Equal([], report.Verification.Findings);
        Assert.Equal((33, 30), (await CountAsync(database, "people"), await CountAsync(database, "visits")));
    }

    [Fact]
    public async Task Rows_that_stand_in_a_table_left_out_serve_as_parents()
    {
        await using var database = await CreateAsync(PortableSchemas.Shop);
        await FillAsync(database, new PlanOptions { RowsPerTable = 30, Exclude = ["order_lines"] });
        await using var target = database.Open();
        var report = await Seeder.For(target).Rows("order_lines", 90).With(plan: p => p with { Include = ["order_lines"], RowsPerTable = 0 }).Append()
            .RunAsync(Cancellation);
        Assert.Equal([], report.Verification.Findings);
        Assert.Equal(90, await CountAsync(database, "order_lines"));
        Assert.Equal(30, await CountAsync(database, "orders"));
    }

    [Fact]
    public async Task A_target_with_rows_is_refused_and_stays()
    {
        await using var database = await CreateAsync(PortableSchemas.Rules);
        await FillAsync(database, new PlanOptions { RowsPerTable = 10 });
        await using var target = database.Open();
        var fault = await Assert.ThrowsAsync<UsageException>(() => Seeder.For(target).Rows(10).RunAsync(Cancellation));
        Assert.StartsWith($"RS1301 4 tables, ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(10, await CountAsync(database, "tickets"));
    }

    static async Task<long> CountAsync(ITestDatabase database, string from) =>
        Convert.ToInt64((await database.QueryAsync($"SELECT count(*) FROM {from}"))[0][0], System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Threads_batches_and_repetition_do_not_change_a_row()
    {
        var plan = new PlanOptions { RowsPerTable = 3_000 };
        string[] digests =
        [
            (await FillAsync(PortableSchemas.Shop, plan, new LoadOptions { Threads = 1, BatchRows = 8_192 })).Digest,
            (await FillAsync(PortableSchemas.Shop, plan, new LoadOptions { Threads = 4, BatchRows = 100 })).Digest,
            (await FillAsync(PortableSchemas.Shop, plan, new LoadOptions { Threads = 2, BatchRows = 1_001, RebuildThreshold = 1_000 })).Digest,
        ];
        Assert.Single(digests.Distinct());
    }

    // The same text in every provider's tests, so that one database's rows are another's.
    [Fact]
    public async Task The_shop_has_the_same_digest_on_every_provider()
    {
        var report = await FillAsync(PortableSchemas.Shop, new PlanOptions { RowsPerTable = 500 });
        var lines = report.Tables.OrderBy(t => t.Table.Name, StringComparer.Ordinal).Select(t => $"{t.Table.Name} {t.Rows} {t.Digest}");
        GoldenFile.Matches("tests/RelSeed.Specification.Tests/Golden/shop-digests.txt", string.Join('\n', lines) + '\n');
    }

    [Fact]
    public async Task Another_seed_gives_other_rows() =>
        Assert.NotEqual(
            (await FillAsync(PortableSchemas.Shop, new PlanOptions { RowsPerTable = 50, Seed = 1 })).Digest,
            (await FillAsync(PortableSchemas.Shop, new PlanOptions { RowsPerTable = 50, Seed = 2 })).Digest);

    [Fact]
    public async Task An_added_column_changes_no_other_columns_values()
    {
        await using var before = await CreateAsync(PortableSchemas.Shop);
        await using var after =
            await CreateAsync(PortableSchemas.Shop.Replace("stock SMALLINT", "colour VARCHAR(20), stock SMALLINT", StringComparison.Ordinal));
        await FillAsync(before, new PlanOptions { RowsPerTable = 100 });
        await FillAsync(after, new PlanOptions { RowsPerTable = 100 });
        const string Query = "SELECT id, category_id, sku, title, price, weight_kg, stock FROM products ORDER BY id";
        Assert.Equal(await before.QueryAsync(Query), await after.QueryAsync(Query));
    }

    [Fact]
    public async Task A_cancelled_load_leaves_the_database_as_it_was()
    {
        await using var database = await CreateAsync(PortableSchemas.Shop);
        await using var target = database.Open();
        var schema = await target.ReadSchemaAsync(new SchemaReadOptions(), Cancellation);
        var seed = Planner.Plan(schema, new PlanOptions { RowsPerTable = 30_000 });
        using var stop = new CancellationTokenSource();
        var progress = new Immediate(p => { if (p.Table?.Name == "order_lines") stop.Cancel(); });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            target.LoadAsync(seed, SeedGenerator.Compile(seed), new LoadOptions(), progress, stop.Token));
        Assert.Empty(await target.FindFilledTablesAsync(schema.Tables, Cancellation));
        Assert.Equal(SchemaJson.Write(schema), SchemaJson.Write(await target.ReadSchemaAsync(new SchemaReadOptions(), Cancellation)));
    }

    sealed class Immediate(Action<LoadProgress> report) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => report(value);
    }
}
