using System.Text.RegularExpressions;

namespace RelSeed.Tests.Architecture;

public partial class ErrorIdsTests
{
    [Fact]
    public void The_documentation_lists_every_error_id_of_the_source_and_no_other()
    {
        var root = Root();
        var source = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .SelectMany(f => Thrown.Matches(File.ReadAllText(f)).Select(m => m.Groups["id"].Value));
        var told = Told.Matches(File.ReadAllText(Path.Combine(root, "docs", "errors.md"))).Select(m => m.Groups["id"].Value).ToList();
        Assert.Equal(source.Distinct().Order(), told);
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RelSeed.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex("\"(?<id>RS\\d{4})", RegexOptions.ExplicitCapture)]
    static partial Regex Thrown { get; }

    [GeneratedRegex(@"^\| (?<id>RS\d{4}) ", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    static partial Regex Told { get; }
}
