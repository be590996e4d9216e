namespace RelSeed.Testing;

/// <summary>Where files are kept between runs.</summary>
static class CacheFolder
{
    // What only this user may write to; a folder under /tmp could be another's.
    public static string Of(string part) => Path.Combine(Root(), "relseed", part);

    static string Root()
    {
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()) return "/var/cache";
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return local.Length > 0 ? local : Path.Combine(Path.GetTempPath(), $"relseed-{Environment.UserName}");
    }
}
