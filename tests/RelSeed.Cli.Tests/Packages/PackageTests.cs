using System.IO.Compression;
using RelSeed.Cli.Tests.Tool;
using RelSeed.Specification.Tests;

namespace RelSeed.Cli.Tests.Packages;

[Collection(BuildingTests.Name)]
public sealed class PackageTests : IDisposable
{
    static readonly string[] Projects =
        ["RelSeed", "RelSeed.EntityFrameworkCore", "RelSeed.PostgreSql", "RelSeed.Sqlite", "RelSeed.Testing", "RelSeed.Xunit", "RelSeed.Cli"];
    readonly string _folder = Directory.CreateTempSubdirectory("relseed-packages-").FullName;

    [Fact]
    public async Task The_packed_tool_installs_from_a_folder_and_runs_the_demo()
    {
        foreach (var project in Projects) await PackAsync(project);
        AssertLibraryPackages();
        var config = Path.Combine(_folder, "nuget.config");
        await File.WriteAllTextAsync(config, $"""
            <configuration>
              <packageSources><clear /><add key="here" value="{_folder}" /></packageSources>
            </configuration>
            """, TestContext.Current.CancellationToken);
        var tools = Path.Combine(_folder, "tools");
        // A cache of its own: an older package of the same version must not be taken instead.
        var environment = new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(_folder, "cache") };
        (await RelSeedTool.RunAsync("dotnet", ["tool", "install", "RelSeed.Cli", "--tool-path", tools, "--configfile", config], _folder, environment))
            .ShouldExit(ExitCode.Done);
        var tool = Path.Combine(tools, OperatingSystem.IsWindows() ? "relseed.exe" : "relseed");
        (await RelSeedTool.RunAsync(tool, ["--version"], _folder)).ShouldExit(ExitCode.Done);
        (await RelSeedTool.RunAsync(tool, ["demo"], _folder)).ShouldExit(ExitCode.Done);
        Assert.True(File.Exists(Path.Combine(_folder, "relseed-demo.db")));
    }

    async Task PackAsync(string project) => (await RelSeedTool.RunAsync(
        "dotnet", ["pack", $"src/{project}", "-c", RelSeedTool.Configuration, "--no-build", "-o", _folder], GoldenFile.SolutionFolder()))
            .ShouldExit(ExitCode.Done);

    void AssertLibraryPackages()
    {
        foreach (var project in Projects.Except(["RelSeed.Cli"]))
        {
            using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(_folder, $"{project}.0.*.nupkg")));
            var entries = package.Entries.Select(e => e.FullName).ToList();
            Assert.Contains("README.md", entries);
            Assert.Contains($"lib/net10.0/{project}.dll", entries);
            Assert.Contains($"lib/net10.0/{project}.xml", entries);
            using var reader = new StreamReader(package.GetEntry($"{project}.nuspec")!.Open());
            Assert.Contains("<license type=\"expression\">MIT</license>", reader.ReadToEnd(), StringComparison.Ordinal);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
