using System.Text.Json;

namespace RelSeed.Cli.Tests.Tool;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_tells_its_story_and_leaves_a_database_that_verifies()
    {
        await using var file = new SqliteFile();
        var result = (await RelSeedTool.RunAsync("demo", "--output", file.Path)).ShouldExit(ExitCode.Done);
        foreach (var chapter in new[] { "1. Read: ", "2. Plan: ", "3. Load and verify: ", "4. Look: ", "5. Go on: " })
            Assert.Contains(chapter, result.Out, StringComparison.Ordinal);
        Assert.Contains("Verified: ", result.Out, StringComparison.Ordinal);
        (await RelSeedTool.RunAsync("verify", file.Url)).ShouldExit(ExitCode.Done);
    }

    [Fact]
    public async Task The_demo_fills_twelve_tables_with_some_hundred_thousand_rows()
    {
        await using var file = new SqliteFile();
        var run = JsonDocument.Parse((await RelSeedTool.RunAsync("demo", "--output", file.Path, "--format", "json"))
            .ShouldExit(ExitCode.Done).Out).RootElement;
        Assert.InRange(run.GetProperty("rows").GetInt64(), 90_000, 120_000);
        Assert.Equal(12, run.GetProperty("tables").GetArrayLength());
        Assert.All(run.GetProperty("tables").EnumerateArray(), t => Assert.Equal(JsonValueKind.Null, t.GetProperty("reason").ValueKind));
        Assert.True(run.GetProperty("verified").GetBoolean());
    }

    [Fact]
    public async Task A_file_that_exists_is_replaced_only_on_demand()
    {
        await using var file = new SqliteFile();
        await File.WriteAllTextAsync(file.Path, "precious", TestContext.Current.CancellationToken);
        var refused = (await RelSeedTool.RunAsync("demo", "--output", file.Path)).ShouldExit(ExitCode.Usage);
        Assert.Equal($"RS1030 The file {file.Path} exists already. Add --force to replace it, or name another with --output.\n", refused.Error);
        Assert.Equal("precious", await File.ReadAllTextAsync(file.Path, TestContext.Current.CancellationToken));
        (await RelSeedTool.RunAsync("demo", "--output", file.Path, "--force")).ShouldExit(ExitCode.Done);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_named()
    {
        await using var file = new SqliteFile();
        var missing = Path.Combine(Path.GetDirectoryName(file.Path)!, "no", "demo.db");
        var result = (await RelSeedTool.RunAsync("demo", "--output", missing)).ShouldExit(ExitCode.Usage);
        Assert.Equal($"RS1031 The folder of {missing} does not exist. Make it, or name another file with --output.\n", result.Error);
    }
}
