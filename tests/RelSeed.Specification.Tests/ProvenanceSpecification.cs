using System.Globalization;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Specification.Tests;

/// <summary>How every provider marks the rows that a load makes beside those that stand.</summary>
public abstract class ProvenanceSpecification
{
    const string Schema = """
        CREATE TABLE "odd ""people" (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL);
        CREATE TABLE stays (person_id INTEGER NOT NULL REFERENCES "odd ""people" (id), "it's" INTEGER NOT NULL, PRIMARY KEY (person_id, "it's"));
        CREATE TABLE notes (body VARCHAR(20));
        INSERT INTO "odd ""people" VALUES (1, 'one'), (2, 'two'), (700, 'far');
        INSERT INTO stays VALUES (1, 1), (2, 1);
        """;

    const string Marks = "my \"marks";

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<ITestDatabase> CreateAsync(string schemaSql);

    static async Task<SeedReport> RunAsync(ITestDatabase database, Func<Seeder, Seeder> how)
    {
        await using var target = database.Open();
        var report = await how(Seeder.For(target).Rows(40).Provenance(Marks)).RunAsync(Cancellation);
        Assert.Empty(report.Verification.Findings);
        return report;
    }

    static async Task<long> CountAsync(ITestDatabase database, string from) =>
        Convert.ToInt64((await database.QueryAsync($"SELECT count(*) FROM {from}"))[0][0], CultureInfo.InvariantCulture);

    static Task<long> MarkedAsync(ITestDatabase database, string table) =>
        CountAsync(database, $"\"my \"\"marks\" WHERE table_name = '{table}'");

    [Fact]
    public async Task Made_rows_are_marked_and_those_that_stood_are_not()
    {
        await using var database = await CreateAsync(Schema);
        var report = await RunAsync(database, s => s.Append());
        Assert.Equal((40, 40), (await MarkedAsync(database, "odd \"people"), await MarkedAsync(database, "stays")));
        Assert.Equal(3, await CountAsync(database,
            "\"odd \"\"people\" p WHERE NOT EXISTS (SELECT 1 FROM \"my \"\"marks\" m WHERE m.table_name = 'odd \"people' AND m.row_key = CAST(p.id AS VARCHAR(20)))"));
        Assert.Equal(0, await CountAsync(database, "\"my \"\"marks\" WHERE row_key IN ('1', '2', '700', '[\"1\", \"1\"]', '[\"1\",\"1\"]') OR seed <> '1'"));
        var name = ProvenanceTable.NameOf(report.Plan.Schema, Marks);
        Assert.Equal(
            [$"80 made rows are marked in {name}.",
            $"Rows of {report.Plan.Schema.DefaultSchema}.notes are not marked in {name}: no key without NULL tells them apart."],
            report.Load.Notes.Where(n => n.Contains("marked")));
    }

    [Fact]
    public async Task A_second_run_adds_its_marks_and_does_not_fill_the_table_of_marks()
    {
        await using var database = await CreateAsync(Schema);
        await RunAsync(database, s => s.Append());
        await RunAsync(database, s => s.Append().Seed(2));
        Assert.Equal(80, await MarkedAsync(database, "odd \"people"));
        Assert.Equal(80, await CountAsync(database, "\"my \"\"marks\" WHERE seed = '2'"));
        await using var target = database.Open();
        var schema = await target.ReadSchemaAsync(new SchemaReadOptions(), Cancellation);
        Assert.Equal(["notes", "odd \"people", "stays"], schema.Tables.Select(t => t.Name.Name));
    }

    [Fact]
    public async Task Emptied_tables_lose_their_marks()
    {
        await using var database = await CreateAsync(Schema);
        await RunAsync(database, s => s.Append());
        await RunAsync(database, s => s.Truncate().Seed(2));
        Assert.Equal(80, await CountAsync(database, "\"my \"\"marks\""));
        Assert.Equal(80, await CountAsync(database, "\"my \"\"marks\" WHERE seed = '2'"));
    }

    [Fact]
    public async Task A_table_of_another_shape_is_refused_before_anything_is_written()
    {
        await using var database = await CreateAsync($"{Schema} CREATE TABLE \"my \"\"marks\" (id INTEGER PRIMARY KEY, at DATE);");
        await using var target = database.Open();
        var fault = await Assert.ThrowsAsync<UsageException>(() => Seeder.For(target).Append().Provenance(Marks).RunAsync(Cancellation));
        var name = ProvenanceTable.NameOf(await target.ReadSchemaAsync(new SchemaReadOptions(), Cancellation), Marks);
        Assert.Equal(
            $"RS1315 {name} cannot take the marks of made rows: it has the columns id, at, not table_schema, table_name, row_key, seed, made_at. Give --provenance a name that is free.",
            fault.Message);
        Assert.Equal(3, await CountAsync(database, "\"odd \"\"people\""));
    }

    [Fact]
    public async Task A_load_that_is_stopped_leaves_no_table_of_marks()
    {
        await using var database = await CreateAsync(Schema);
        await using var target = database.Open();
        using var stop = new CancellationTokenSource();
        var schema = await target.ReadSchemaAsync(new SchemaReadOptions(), Cancellation);
        var prepared = await SeedSteps.PrepareAsync(target, schema, new PlanOptions { RowsPerTable = 40 }, append: true, truncate: false, Cancellation);
        var settled = await SeedSteps.SettleAsync(target, prepared, new LoadOptions { Provenance = Marks }, rehearse: false, Cancellation);
        await Assert.ThrowsAnyAsync<Exception>(() => SeedSteps.LoadAsync(target, settled, new Stopper(stop), stop.Token));
        await Assert.ThrowsAnyAsync<Exception>(() => database.QueryAsync("SELECT 1 FROM \"my \"\"marks\""));
        Assert.Equal(3, await CountAsync(database, "\"odd \"\"people\""));
    }

    sealed class Stopper(CancellationTokenSource stop) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value)
        {
            if (value.Phase == LoadPhase.Loading) stop.Cancel();
        }
    }
}
