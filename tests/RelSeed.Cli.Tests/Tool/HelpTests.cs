using System.Text.RegularExpressions;
using RelSeed.Specification.Tests;

namespace RelSeed.Cli.Tests.Tool;

public sealed class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("demo")]
    [InlineData("inspect")]
    [InlineData("plan")]
    [InlineData("run")]
    [InlineData("learn")]
    [InlineData("audit")]
    [InlineData("drift")]
    [InlineData("mask")]
    [InlineData("verify")]
    public async Task Help_tells_the_options_and_examples(string verb)
    {
        string[] arguments = verb.Length == 0 ? ["--help"] : [verb, "--help"];
        var result = (await RelSeedTool.RunAsync(arguments)).ShouldExit(ExitCode.Done);
        GoldenFile.Matches($"tests/RelSeed.Cli.Tests/Tool/Help/relseed{(verb.Length == 0 ? "" : "-" + verb)}.txt", result.Out);
    }

    [Fact]
    public async Task Without_arguments_the_tool_tells_its_verbs() =>
        Assert.Equal((await RelSeedTool.RunAsync("--help")).Out, (await RelSeedTool.RunAsync()).ShouldExit(ExitCode.Done).Out);

    [Fact]
    public async Task The_version_is_a_line_of_its_own()
    {
        var result = (await RelSeedTool.RunAsync("--version")).ShouldExit(ExitCode.Done);
        Assert.Matches(new Regex(@"^\d+\.\d+\.\d+\S*\n$", RegexOptions.ExplicitCapture), result.Out);
    }
}
