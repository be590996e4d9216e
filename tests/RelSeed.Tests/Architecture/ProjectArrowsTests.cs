using System.Xml.Linq;
using RelSeed.Specification.Tests;

namespace RelSeed.Tests.Architecture;

public sealed class ProjectArrowsTests
{
    static readonly string Sources = Path.Combine(GoldenFile.SolutionFolder(), "src");

    static readonly string[] Projects = [.. Directory.GetDirectories(Sources).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_core_refers_to_nothing_of_ours() => Assert.Empty(ReferencesOf("RelSeed"));

    [Fact]
    public void Providers_refer_to_the_core_alone()
    {
        foreach (var project in Projects.Except(["RelSeed", "RelSeed.Cli", "RelSeed.EntityFrameworkCore", "RelSeed.Testing", "RelSeed.Xunit"]))
            Assert.Equal(["RelSeed"], ReferencesOf(project));
    }

    // Why, stands in docs/decisions/providers-found-by-connection.md.
    [Fact]
    public void The_EF_extension_brings_the_providers() =>
        Assert.Equal(["RelSeed", "RelSeed.PostgreSql", "RelSeed.Sqlite"], ReferencesOf("RelSeed.EntityFrameworkCore"));

    // Why, stands in docs/decisions/testing-sees-the-providers.md.
    [Fact]
    public void Seeded_databases_refer_to_the_core_and_the_providers_and_their_fixtures_to_them_alone()
    {
        Assert.Equal(["RelSeed", "RelSeed.PostgreSql", "RelSeed.Sqlite"], ReferencesOf("RelSeed.Testing"));
        Assert.Equal(["RelSeed.Testing"], ReferencesOf("RelSeed.Xunit"));
        Assert.DoesNotContain("RelSeed.Testing", Projects.Except(["RelSeed.Xunit"]).SelectMany(ReferencesOf));
    }

    [Fact]
    public void Nothing_refers_to_the_tool() => Assert.DoesNotContain("RelSeed.Cli", Projects.SelectMany(ReferencesOf));

    [Fact]
    public void The_core_needs_no_database_driver() =>
        Assert.DoesNotContain(PackagesOf("RelSeed"),
            p => p.StartsWith("Npgsql", StringComparison.Ordinal) || p.Contains("Sqlite", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Every_source_project_has_a_test_project()
    {
        var tests = Path.Combine(GoldenFile.SolutionFolder(), "tests");
        Assert.DoesNotContain(Projects, p => !Directory.Exists(Path.Combine(tests, p + ".Tests")));
    }

    static IEnumerable<string> ReferencesOf(string project) =>
        Items(project, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p.Replace('\\', '/')));

    static IEnumerable<string> PackagesOf(string project) => Items(project, "PackageReference");

    static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(Path.Combine(Sources, project, project + ".csproj")).Descendants(kind).Select(e => e.Attribute("Include")!.Value);
}
