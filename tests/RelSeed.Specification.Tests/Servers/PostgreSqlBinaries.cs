using System.Diagnostics;
using System.Globalization;

namespace RelSeed.Specification.Tests.Servers;

/// <summary>Where a PostgreSQL server is installed on this machine.</summary>
public static class PostgreSqlBinaries
{
    const string Proof = "initdb";

    /// <summary>The folder of initdb and postgres: on PATH, where pg_config says, else the newest of a distribution; null for none.</summary>
    public static string? Find() => OnPath(Proof) ?? FromPgConfig() ?? NewestOfDistribution();

    static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, program)));

    static string? FromPgConfig()
    {
        if (OnPath("pg_config") is not { } folder) return null;
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(folder, "pg_config"), ["--bindir"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var binaries = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return File.Exists(Path.Combine(binaries, Proof)) ? binaries : null;
    }

    // Debian and Red Hat keep each major version in a folder of its own.
    static string? NewestOfDistribution() => Subfolders("/usr/lib/postgresql", "*").Concat(Subfolders("/usr", "pgsql-*"))
        .OrderByDescending(VersionOf)
        .Select(folder => Path.Combine(folder, "bin"))
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, Proof)));

    static string[] Subfolders(string folder, string pattern) => Directory.Exists(folder) ? Directory.GetDirectories(folder, pattern) : [];

    static double VersionOf(string folder) =>
        double.TryParse(Path.GetFileName(folder).Split('-')[^1], CultureInfo.InvariantCulture, out var version) ? version : 0;
}
