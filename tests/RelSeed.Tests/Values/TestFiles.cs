namespace RelSeed.Tests.Values;

/// <summary>Files beside the tests, read from the sources.</summary>
static class TestFiles
{
    static readonly string Folder = Path.Combine(Root(), "tests", "RelSeed.Tests");

    public static IEnumerable<string> Lines(string path) => File.ReadLines(Path.Combine(Folder, path));

    /// <summary>Compares with a golden file; RELSEED_ACCEPT=1 writes it anew.</summary>
    public static void AssertGolden(string name, string actual)
    {
        var path = Path.Combine(Folder, "Golden", name);
        if (Environment.GetEnvironmentVariable("RELSEED_ACCEPT") == "1") File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path), actual);
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        if (Environment.GetEnvironmentVariable("RELSEED_ROOT") is { } root) return root;
        while (!File.Exists(Path.Combine(folder, "RelSeed.sln"))) folder = Path.GetDirectoryName(folder.TrimEnd('/', '\\'))!;
        return folder;
    }
}
