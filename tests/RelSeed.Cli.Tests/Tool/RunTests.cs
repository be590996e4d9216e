using System.Text.Json;
using RelSeed.PostgreSql.Tests;

namespace RelSeed.Cli.Tests.Tool;

public sealed class RunTests(PostgreSqlFixture postgres)
{
    [Fact]
    public async Task A_run_on_SQLite_tells_its_rows_digests_and_reasons_as_one_JSON_object()
    {
        await using var file = await SqliteFile.CreateAsync(Shop.Schema);
        var result = (await RelSeedTool.RunAsync("run", file.Url, "--rows", "200", "--format", "json")).ShouldExit(ExitCode.Done);
        AssertRun(result);
    }

    [Fact]
    public async Task A_run_on_PostgreSQL_tells_the_same()
    {
        await using var database = await postgres.CreateDatabaseAsync(Shop.Schema);
        var result = (await RelSeedTool.RunAsync("run", database.Url, "--rows", "200", "--format", "json")).ShouldExit(ExitCode.Done);
        AssertRun(result);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_digest_for_any_threads_and_batches_and_another_seed_another()
    {
        var first = await DigestAsync();
        Assert.Equal(first, await DigestAsync("--threads", "4", "--batch-rows", "7"));
        Assert.Equal(first, await DigestAsync("--seed", "1", "--as-of", "2026-01-01", "--locale", "en"));
        Assert.NotEqual(first, await DigestAsync("--seed", "2"));
    }

    [Fact]
    public async Task Rows_are_added_to_those_that_stand_or_take_their_place()
    {
        await using var file = await SqliteFile.CreateAsync(Shop.Schema);
        (await RelSeedTool.RunAsync("run", file.Url, "--rows", "20")).ShouldExit(ExitCode.Done);
        (await RelSeedTool.RunAsync("run", file.Url, "--rows", "30", "--append")).ShouldExit(ExitCode.Done);
        Assert.Equal(50, await CountAsync(file));
        (await RelSeedTool.RunAsync("run", file.Url, "--rows", "10", "--truncate")).ShouldExit(ExitCode.Done);
        Assert.Equal(10, await CountAsync(file));
        var both = (await RelSeedTool.RunAsync("run", file.Url, "--append", "--truncate")).ShouldExit(ExitCode.Usage);
        Assert.Contains("RS1001 The command line is wrong: --append and --truncate exclude each other.", both.Error, StringComparison.Ordinal);
    }

    static async Task<int> CountAsync(SqliteFile file)
    {
        await using var target = Sqlite.SqliteTarget.Open($"Data Source={file.Path}");
        var schema = await target.ReadSchemaAsync(new(), TestContext.Current.CancellationToken);
        var customers = schema.Tables.Single(t => t.Name.Name == "customers");
        return (await target.ReadSampleAsync(customers, 1000, TestContext.Current.CancellationToken)).Count;
    }

    static async Task<string> DigestAsync(params string[] options)
    {
        await using var file = await SqliteFile.CreateAsync(Shop.Schema);
        var result = (await RelSeedTool.RunAsync(["run", file.Url, "--rows", "500", "--format", "json", .. options])).ShouldExit(ExitCode.Done);
        return JsonDocument.Parse(result.Out).RootElement.GetProperty("digest").GetString()!;
    }

    [Fact]
    public async Task A_run_for_a_person_shows_a_table_totals_and_the_verification()
    {
        await using var file = await SqliteFile.CreateAsync(Shop.Schema);
        var result = (await RelSeedTool.RunAsync("run", file.Url, "--rows", "200", "--rows", "orders=300")).ShouldExit(ExitCode.Done);
        Assert.Matches(@"orders +\S* *300 ", result.Out.Replace("│", "", StringComparison.Ordinal));
        Assert.Contains("Loaded 501 rows in ", result.Out, StringComparison.Ordinal);
        Assert.Contains("settings: 1 of 200 rows: ", result.Out, StringComparison.Ordinal);
        Assert.Contains("\nVerified: ", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_terminal_a_bar_shows_each_tables_rows()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "util-linux's script makes the terminal.");
        await using var file = await SqliteFile.CreateAsync(Shop.Schema);
        var environment = new Dictionary<string, string> { ["TERM"] = "xterm", ["CI"] = "false" };
        var result =
            (await RelSeedTool.RunAsync("script", ["-qec", $"{RelSeedTool.File} run {file.Url} --rows 50000", "/dev/null"], environment: environment))
            .ShouldExit(ExitCode.Done);
        Assert.Matches(@"orders.+[\d,]+ rows", result.Out);
        Assert.Contains("Verified: ", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_stand_there_are_touched_only_on_demand()
    {
        await using var file = await SqliteFile.CreateAsync(Shop.Schema);
        (await RelSeedTool.RunAsync("run", file.Url, "--rows", "20")).ShouldExit(ExitCode.Done);
        var before = file.Content;
        var refused = (await RelSeedTool.RunAsync("run", file.Url, "--rows", "20")).ShouldExit(ExitCode.Usage);
        Assert.Equal($"RS1301 3 tables, main.customers, main.orders, main.settings of {file.Url} hold rows. " +
            "Keep them and add to them with --append, empty them first with --truncate, or leave tables out with --exclude.\n", refused.Error);
        Assert.Equal(before, file.Content);
        (await RelSeedTool.RunAsync("run", file.Url, "--rows", "30", "--truncate")).ShouldExit(ExitCode.Done);
        (await RelSeedTool.RunAsync("verify", file.Url)).ShouldExit(ExitCode.Done);
    }

    [Fact]
    public async Task A_dry_run_prints_the_plan_and_writes_nothing()
    {
        await using var file = await SqliteFile.CreateAsync(Shop.Schema);
        var before = file.Content;
        var result = (await RelSeedTool.RunAsync("run", file.Url, "--rows", "20", "--dry-run")).ShouldExit(ExitCode.Done);
        Assert.StartsWith("Plan: 41 rows in 3 tables (seed 1, ", result.Out, StringComparison.Ordinal);
        Assert.Equal(before, file.Content);
    }

    [Fact]
    public async Task A_table_that_does_not_exist_is_met_with_the_nearest_names()
    {
        await using var file = await SqliteFile.CreateAsync(Shop.Schema);
        var result = (await RelSeedTool.RunAsync("run", file.Url, "--rows", "ordres=5")).ShouldExit(ExitCode.Usage);
        Assert.Equal(
            "RS1201 There is no table ordres (named by --rows). The nearest names are: main.orders, main.customers, main.settings. 'relseed inspect' lists all tables.\n", result.Error);
    }

    static void AssertRun(ToolResult result)
    {
        var run = JsonDocument.Parse(result.Out).RootElement;
        Assert.Equal(401, run.GetProperty("rows").GetInt64());
        Assert.True(run.GetProperty("verified").GetBoolean());
        Assert.True(run.GetProperty("seconds").GetDouble() >= 0);
        Assert.Equal(32, run.GetProperty("digest").GetString()!.Length);
        var tables = run.GetProperty("tables").EnumerateArray().ToDictionary(t => t.GetProperty("name").GetString()!);
        Assert.Equal(["customers", "orders", "settings"], tables.Keys.Order(StringComparer.Ordinal));
        Assert.All(tables.Values, t => Assert.Equal(200, t.GetProperty("requested").GetInt64()));
        Assert.All(tables.Values, t => Assert.Equal(32, t.GetProperty("digest").GetString()!.Length));
        Assert.All(tables.Values, t => Assert.True(t.GetProperty("seconds").GetDouble() >= 0));
        Assert.Equal(JsonValueKind.Null, tables["orders"].GetProperty("reason").ValueKind);
        Assert.Equal(1, tables["settings"].GetProperty("rows").GetInt64());
        Assert.NotEmpty(tables["settings"].GetProperty("reason").GetString()!);
    }
}
