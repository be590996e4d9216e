using System.Diagnostics;
using System.Globalization;
using Npgsql;
using RelSeed.Testing;

namespace RelSeed.Benchmarks;

/// <summary>Measures seeded databases in one process, then in two at once, and shows what is left.</summary>
static class TemplateCommand
{
    const string Part = "--part";

    public static async Task RunAsync(string[] arguments)
    {
        if (arguments is [Part, var given, var count])
        {
            await new TemplateBenchmark(given, int.Parse(count, CultureInfo.InvariantCulture)).RunPartAsync();
            return;
        }
        var tests = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 200;
        var named = Environment.GetEnvironmentVariable("RELSEED_TEST_POSTGRES");
        var server = string.IsNullOrEmpty(named) ? await TestServer.PrivatePostgreSql().GetAddressAsync() : named;
        await new TemplateBenchmark(server, tests).RunAsync();
        Console.WriteLine("two processes at once:");
        var processes = Enumerable.Range(0, 2).Select(_ => Start(server, tests)).ToList();
        foreach (var process in processes)
        {
            await process.WaitForExitAsync();
            process.Dispose();
        }
        await using var source = NpgsqlDataSource.Create(server);
        await using var command =
            source.CreateCommand(
            "select count(*) filter (where datname like 'relseed\\_template\\_%'), count(*) filter (where datname not like 'relseed\\_template\\_%') from pg_database where datname like 'relseed\\_%'");
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        Console.WriteLine($"databases left: {row.GetInt64(0)} templates, {row.GetInt64(1)} others");
    }

    static Process Start(string server, int tests) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!,
            ["templates", Part, server, tests.ToString(CultureInfo.InvariantCulture)])
        { UseShellExecute = false })!;
}
