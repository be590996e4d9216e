using System.Diagnostics;
using System.Globalization;

namespace RelSeed.Specification.Tests.Servers;

/// <summary>Where a PostgreSQL server is installed on this machine.</summary>
public static class PostgreSqlBinaries
{
    /// <summary>The folder of initdb and postgres: on PATH, where pg_config says, else the newest of a distribution; null for none.</summary>
    public static string? Find() => OnPath("initdb").Append(FromPgConfig()).Concat(OfDistribution()).FirstOrDefault(IsComplete);

    static bool IsComplete(string? folder) =>
        folder is not null && File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));

    /// <summary>The folders in which the program stands, links followed.</summary>
    static IEnumerable<string?> OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => new FileInfo(Path.Combine(folder, program)))
        .Where(file => file.Exists)
        .Select(file => Path.GetDirectoryName(file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName));

    static string? FromPgConfig()
    {
        if (OnPath("pg_config").FirstOrDefault() is not { } folder) return null;
        var command =
            new ProcessStartInfo(Path.Combine(folder, "pg_config"), ["--bindir"]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(command)!;
        var binaries = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return binaries;
    }

    // Debian and Red Hat keep each major version in a folder of its own.
    static IEnumerable<string> OfDistribution() => Subfolders("/usr/lib/postgresql", "*").Concat(Subfolders("/usr", "pgsql-*"))
        .OrderByDescending(VersionOf)
        .Select(folder => Path.Combine(folder, "bin"));

    static string[] Subfolders(string folder, string pattern) => Directory.Exists(folder) ? Directory.GetDirectories(folder, pattern) : [];

    static double VersionOf(string folder) =>
        double.TryParse(Path.GetFileName(folder).Split('-')[^1], CultureInfo.InvariantCulture, out var version) ? version : 0;
}
