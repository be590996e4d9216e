using System.Text.Json;
using RelSeed.Schema;

namespace RelSeed.Cli.Tests.Tool;

public sealed class PlanAndInspectTests
{
    [Fact]
    public async Task Inspect_prints_the_schema_in_three_forms()
    {
        await using var file = await SqliteFile.CreateAsync(Shop.Schema);
        Assert.Contains("check orders_quantity_check: quantity BETWEEN 1 AND 20",
            (await RelSeedTool.RunAsync("inspect", file.Url)).ShouldExit(ExitCode.Done).Out, StringComparison.Ordinal);
        var schema = SchemaJson.Read((await RelSeedTool.RunAsync("inspect", file.Url, "--format", "json")).ShouldExit(ExitCode.Done).Out);
        Assert.Equal(3, schema.Tables.Count);
        Assert.StartsWith("erDiagram\n", (await RelSeedTool.RunAsync("inspect", file.Url, "--format", "mermaid")).ShouldExit(ExitCode.Done).Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_gives_a_reason_for_every_table_column_and_reference()
    {
        await using var file = await SqliteFile.CreateAsync(Shop.Schema);
        var result = (await RelSeedTool.RunAsync("plan", file.Url, "--rows", "50", "--format", "json")).ShouldExit(ExitCode.Done);
        var plan = JsonDocument.Parse(result.Out).RootElement;
        Assert.Equal(101, plan.GetProperty("rows").GetInt64());
        foreach (var table in plan.GetProperty("tables").EnumerateArray())
        {
            Assert.NotEmpty(table.GetProperty("reason").GetString()!);
            Assert.All(table.GetProperty("columns").EnumerateArray(), c => Assert.NotEmpty(c.GetProperty("reason").GetString()!));
            Assert.All(table.GetProperty("references").EnumerateArray(), r => Assert.NotEmpty(r.GetProperty("reason").GetString()!));
        }
    }

    [Fact]
    public async Task A_plan_as_a_graph_has_an_arrow_from_child_to_parent()
    {
        await using var file = await SqliteFile.CreateAsync(Shop.Schema);
        var graph = (await RelSeedTool.RunAsync("plan", file.Url, "--rows", "50", "--format", "mermaid")).ShouldExit(ExitCode.Done).Out;
        Assert.Contains("[\"customers<br/>50 rows\"]", graph, StringComparison.Ordinal);
        Assert.Matches(@"t\d -->\|""[^""]+""\| t\d", graph);
    }

    [Fact]
    public async Task Explain_tells_everything_known_of_a_column()
    {
        await using var file = await SqliteFile.CreateAsync(Shop.Schema);
        var text = (await RelSeedTool.RunAsync("plan", file.Url, "--explain", "orders.customer_id")).ShouldExit(ExitCode.Done).Out;
        Assert.StartsWith("main.orders.customer_id\n", text, StringComparison.Ordinal);
        foreach (var line in new[] { "type", "catalog", "constraint", "generator", "details", "nulls", "reference", "reason", "rows" })
            Assert.Matches($@"\n  {line} +\S", text);
    }

    [Theory]
    [InlineData("quantity", "RS1011 --explain takes table.column, not 'quantity'. 'relseed inspect' lists the columns.")]
    [InlineData("orders.amount",
        "RS1011 --explain: the table main.orders has no column 'amount'; it has id, customer_id, status, quantity, placed_at.")]
    public async Task Explain_of_what_is_not_there_is_an_error(string name, string error)
    {
        await using var file = await SqliteFile.CreateAsync(Shop.Schema);
        Assert.Equal(error + "\n", (await RelSeedTool.RunAsync("plan", file.Url, "--explain", name)).ShouldExit(ExitCode.Usage).Error);
    }

    [Fact]
    public async Task A_preview_shows_the_rows_that_a_run_then_writes()
    {
        await using var file = await SqliteFile.CreateAsync(Shop.Schema);
        var preview = JsonDocument.Parse((await RelSeedTool.RunAsync("plan", file.Url, "--rows", "50", "--preview", "customers", "--format", "json"))
            .ShouldExit(ExitCode.Done).Out).RootElement;
        Assert.Equal(10, preview.GetProperty("rows").GetArrayLength());
        (await RelSeedTool.RunAsync("run", file.Url, "--rows", "50")).ShouldExit(ExitCode.Done);
        await using var target = Sqlite.SqliteTarget.Open($"Data Source={file.Path}");
        var schema = await target.ReadSchemaAsync(new(), TestContext.Current.CancellationToken);
        var stored = await target.ReadSampleAsync(schema.Find(new("main", "customers"))!, 50, TestContext.Current.CancellationToken);
        var made = preview.GetProperty("rows").EnumerateArray().Select(r => string.Join('|', r.EnumerateArray().Select(v => v.GetString())));
        Assert.Subset(stored.Select(r => string.Join('|', r)).ToHashSet(), made.ToHashSet());
    }
}
