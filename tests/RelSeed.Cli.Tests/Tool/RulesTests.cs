namespace RelSeed.Cli.Tests.Tool;

public sealed class RulesTests
{
    const string Schema =
        "CREATE TABLE customers (id INTEGER PRIMARY KEY); CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers, status TEXT NOT NULL);";

    static async Task<(SqliteFile File, string Rules)> PrepareAsync(string rules)
    {
        var file = await SqliteFile.CreateAsync(Schema);
        var path = Path.Combine(Path.GetDirectoryName(file.Path)!, "relseed.json");
        await File.WriteAllTextAsync(path, rules, TestContext.Current.CancellationToken);
        return (file, path);
    }

    [Fact]
    public async Task A_file_of_rules_decides_and_is_the_reason()
    {
        var (file, rules) =
            await PrepareAsync(
            """{ "tables": { "customers": { "rows": 10 }, "orders": { "perParent": { "customer_id": 3 }, "columns": { "status": { "oneOf": ["paid", "open"] } } } } }""");
        await using var _ = file;
        var plan = (await RelSeedTool.RunAsync("plan", file.Url, "--rules", rules, "--explain", "orders.status")).ShouldExit(ExitCode.Done);
        Assert.Contains("rule: one of 2 values", plan.Out);
        Assert.Contains("30 (rule: 3 a parent of main.customers)", plan.Out);
        var run = (await RelSeedTool.RunAsync("run", file.Url, "--rules", rules, "--format", "json")).ShouldExit(ExitCode.Done);
        Assert.Contains("\"rows\": 40", run.Out);
    }

    [Fact]
    public async Task What_is_wrong_in_it_is_told_with_its_place()
    {
        var (file, rules) = await PrepareAsync("""{ "tables": { "orders": { "columns": { "status": { "oneof": ["paid"] } } } } }""");
        await using var _ = file;
        Assert.Equal(
            $"RS1211 The rules file {rules} has a fault: tables.orders.columns.status.oneof is unknown here; there may be oneOf, constant, between, meaning, null, where. Mend it there.",
            (await RelSeedTool.RunAsync("run", file.Url, "--rules", rules)).ShouldExit(ExitCode.Usage).Error.Trim());
        Assert.StartsWith("RS1210 The rules file nowhere.json cannot be read",
            (await RelSeedTool.RunAsync("plan", file.Url, "--rules", "nowhere.json")).ShouldExit(ExitCode.Usage).Error);
    }
}
