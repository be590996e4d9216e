using System.Diagnostics;
using RelSeed.Specification.Tests.Servers;

namespace RelSeed.PostgreSql.Tests.Loading;

static class SchemaDump
{
    /// <summary>What pg_dump -s prints, in its order; without the lines that differ from run to run.</summary>
    public static async Task<string> ReadAsync(TestDatabase database)
    {
        var binaries = PostgreSqlBinaries.Find();
        Assert.SkipWhen(binaries is null, "pg_dump is not installed.");
        var start = new ProcessStartInfo(Path.Combine(binaries!, "pg_dump"), ["-s", "-d", database.Url])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false
        };
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        // A random word in these lines guards the dump against its own content.
        return string.Join('\n', text.Split('\n').Where(l => !l.StartsWith("\\restrict") && !l.StartsWith("\\unrestrict")));
    }
}
