using RelSeed.PostgreSql.Tests.Loading;

namespace RelSeed.PostgreSql.Tests.Constructs;

/// <summary>Every construct of real schemas, alone and with its usual company: filled without a rule, nothing violated, the schema
/// untouched.</summary>
public class ConstructTests(PostgreSqlFixture server)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => ConstructSchema.Names;

    [Theory, MemberData(nameof(Names))]
    public Task A_few_rows_fill_it(string construct) => FillAsync(ConstructSchema.Load(construct), 50);

    [Theory, MemberData(nameof(Names))]
    public Task Hundreds_of_rows_fill_it(string construct) => FillAsync(ConstructSchema.Load(construct), 600);

    [Theory, InlineData("trigger-subtypes"), InlineData("trigger-bands"), InlineData("trigger-shared-parents")]
    public Task Rows_that_triggers_make_hold_when_keys_are_rebuilt(string construct) => FillAsync(ConstructSchema.Load(construct), 30_000);

    async Task FillAsync(ConstructSchema construct, int rows)
    {
        await using var database = await server.CreateDatabaseAsync();
        var version = (int)(await database.QueryAsync("select current_setting('server_version_num')::integer / 10000"))[0][0]!;
        Assert.SkipWhen(version < construct.OldestServer, $"The server is PostgreSQL {version}.");
        await database.ExecuteAsync(construct.Sql);
        var before = await SchemaDump.ReadAsync(database);
        await using var target = PostgreSqlTarget.Open(database.ConnectionString);
        var seeder = Seeder.For(target).Rows(rows);
        foreach (var (table, own) in construct.Rows) seeder.Rows(table, own);
        foreach (var (name, value) in construct.Settings) seeder.Set(name, value);
        var report = await seeder.RunAsync(Cancellation);
        Assert.Equal([], report.Verification.Findings);
        Assert.Equal([], report.Verification.Unchecked);
        Assert.Equal([], await CatalogCheck.FindAsync(database));
        foreach (var table in report.Plan.Tables)
        {
            var only = table.Table.Partitioning is null ? "only " : "";
            var held = (await database.QueryAsync($"select count(*) from {only}{SqlName.Quote(table.Table.Name)}"))[0][0];
            var expected = construct.Expected(table.Table.Name.Name, rows);
            Assert.Equal((table.Table.Name, construct.IsLeast(table.Table.Name.Name) ? Math.Max(expected, (long)held!) : expected),
                (table.Table.Name, held));
        }
        Assert.Equal(before, await SchemaDump.ReadAsync(database));
    }
}
