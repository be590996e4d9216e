namespace RelSeed.Specification.Tests;

/// <summary>Texts that stand in the repository and are compared as a whole; RELSEED_ACCEPT=1 writes them anew.</summary>
public static class GoldenFile
{
    /// <param name="path">From the folder of the solution, with forward slashes.</param>
    public static void Matches(string path, string actual)
    {
        var file = Path.Combine(SolutionFolder(), path);
        if (Environment.GetEnvironmentVariable("RELSEED_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }
        Assert.Equal(File.ReadAllText(file), actual);
    }

    /// <summary>The folder of RelSeed.sln.</summary>
    public static string SolutionFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RelSeed.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("RelSeed.sln stands in no folder above the tests.");
    }
}
