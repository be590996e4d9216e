using System.Diagnostics;
using System.Globalization;
using RelSeed.PostgreSql.Tests;

namespace RelSeed.Cli.Tests.Tool;

public sealed class CancellationTests(PostgreSqlFixture postgres)
{
    // Enough that the signal comes long before the end.
    const string Rows = "20000000";

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_stopped_load_leaves_the_SQLite_file_as_it_was(string signal)
    {
        await using var file = await SqliteFile.CreateAsync(Shop.Schema);
        (await RelSeedTool.RunAsync("run", file.Url, "--rows", "10")).ShouldExit(ExitCode.Done);
        var digest = await RowsAsync(file);
        var result = await StopAsync(signal, "run", file.Url, "--truncate", "--rows", Rows);
        result.ShouldExit(ExitCode.Cancelled);
        Assert.EndsWith($"RS9002 Cancelled: the load was rolled back, and {file.Url} is as it was.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(digest, await RowsAsync(file));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_stopped_load_leaves_PostgreSQL_as_it_was(string signal)
    {
        await using var database = await postgres.CreateDatabaseAsync(Shop.Schema);
        var before = (await RelSeedTool.RunAsync("inspect", database.Url, "--format", "json")).ShouldExit(ExitCode.Done).Out;
        var result = await StopAsync(signal, "run", database.Url, "--rows", Rows);
        result.ShouldExit(ExitCode.Cancelled);
        Assert.Contains("RS9002 Cancelled: the load was rolled back, and ", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, (await RelSeedTool.RunAsync("inspect", database.Url, "--format", "json")).ShouldExit(ExitCode.Done).Out);
        await using var connection = await database.OpenAsync();
        await using var count = new Npgsql.NpgsqlCommand("SELECT (SELECT count(*) FROM customers) + (SELECT count(*) FROM orders)", connection);
        Assert.Equal(0L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    static async Task<string> RowsAsync(SqliteFile file)
    {
        await using var target = Sqlite.SqliteTarget.Open($"Data Source={file.Path}");
        var schema = await target.ReadSchemaAsync(new(), TestContext.Current.CancellationToken);
        var rows = new List<string>();
        foreach (var table in schema.Tables)
            rows.AddRange((await target.ReadSampleAsync(table, 1000, TestContext.Current.CancellationToken))
                .Select(r => $"{table.Name}: {string.Join('|', r)}"));
        return string.Join('\n', rows);
    }

    /// <summary>Runs the tool and sends it a signal once it says that it loads.</summary>
    static async Task<ToolResult> StopAsync(string signal, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        // A suite that runs in the background of a shell hands down a SIGINT that is ignored.
        using var process = OperatingSystem.IsLinux()
            ? RelSeedTool.Start("env", ["--default-signal", RelSeedTool.File, .. arguments])
            : RelSeedTool.Start(RelSeedTool.File, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = new List<string>();
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            said.Add(line);
            if (!line.StartsWith("loading ", StringComparison.Ordinal)) continue;
            using var kill = Process.Start("kill", ["-s", signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            break;
        }
        var rest = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, string.Join('\n', said) + "\n" + rest);
    }
}
