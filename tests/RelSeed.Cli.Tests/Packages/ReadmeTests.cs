using RelSeed.Cli.Commands;
using RelSeed.Cli.Tests.Tool;
using RelSeed.Specification.Tests;

namespace RelSeed.Cli.Tests.Packages;

[Collection(BuildingTests.Name)]
public sealed class ReadmeTests
{
    static readonly string Root = GoldenFile.SolutionFolder();
    static readonly string[] Readme = File.ReadAllLines(Path.Combine(Root, "README.md"));

    [Fact]
    public async Task The_first_command_runs_the_demo()
    {
        var command = Assert.Single(ShellBlocks()[0]);
        var made = Path.Combine(Root, "relseed-demo.db");
        var kept = File.Exists(made);
        if (kept) File.Move(made, made + ".kept");
        try
        {
            var result = (await RelSeedTool.RunAsync("bash", ["-c", command], Root)).ShouldExit(ExitCode.Done);
            Assert.Contains("Verified: ", result.Out, StringComparison.Ordinal);
            Assert.True(File.Exists(made));
        }
        finally
        {
            File.Delete(made);
            if (kept) File.Move(made + ".kept", made);
        }
    }

    // Running it here would run this test again; .ci/run takes the command from the README and runs it.
    [Fact]
    public void The_second_command_runs_the_tests() =>
        Assert.StartsWith("dotnet test", Assert.Single(ShellBlocks()[1]), StringComparison.Ordinal);

    // Parsed and not run: they name databases that a reader's machine may have.
    [Fact]
    public void Every_other_command_is_understood()
    {
        var lines = ShellBlocks().Skip(2).SelectMany(b => b).Where(l => l.StartsWith("relseed ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lines);
        foreach (var line in lines) Assert.Empty(RelSeedCommand.Create().Parse(line.Split('#')[0]["relseed ".Length..]).Errors);
    }

    [Fact]
    public void It_fits_two_screens() => Assert.InRange(Readme.Length, 20, 110);

    [Fact]
    public void Its_links_lead_somewhere()
    {
        foreach (var target in Readme.SelectMany(Links).Where(l => !l.Contains("://", StringComparison.Ordinal)))
            Assert.True(Path.Exists(Path.Combine(Root, target)), $"README.md links to {target}, which does not exist.");
    }

    static IEnumerable<string> Links(string line) => line.Split("](").Skip(1).Select(part => part.Split(')', '#')[0]);

    static List<List<string>> ShellBlocks()
    {
        var blocks = new List<List<string>>();
        List<string>? block = null;
        foreach (var line in Readme)
        {
            if (line == "```sh") blocks.Add(block = []);
            else if (line == "```") block = null;
            else block?.Add(line);
        }
        return blocks;
    }
}
