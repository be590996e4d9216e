using System.Diagnostics;
using System.Globalization;
using Npgsql;
using RelSeed.Specification.Tests.Servers;

namespace RelSeed.Benchmarks;

/// <summary>The whole load, beside (a) psql's \copy of the same rows into the full schema and (b) server-side binary files into bare tables,
/// then the same keys; each into a fresh database of one private server, in turn, several rounds.</summary>
sealed class LoadBenchmark(PrivatePostgreSql server, string tool, double scale, int rounds)
{
    readonly string _folder = Directory.CreateTempSubdirectory("relseed-bench-").FullName;
    int _databases;

    public async Task RunAsync()
    {
        // The server writes its files here as a user of its own.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder, (UnixFileMode)0b111_111_111);
        var source = await CreateAsync(ShopSchema.Bare, ShopSchema.Checks, ShopSchema.Keys);
        Tool(source);
        foreach (var table in ShopSchema.Tables)
        {
            await ExecuteAsync(source, $"COPY {table} TO '{_folder}/{table}.txt'");
            await ExecuteAsync(source, $"COPY {table} TO '{_folder}/{table}.bin' (FORMAT binary)");
        }
        var rows = ShopSchema.Tables.Sum(t => Rows(t));
        await DropAsync(source);
        List<double> command = [], load = [], copy = [], bare = [];
        for (var round = 0; round < rounds; round++)
        {
            copy.Add(await CopyAsync());
            bare.Add(await BareAsync());
            var (whole, inner) = await LoadAsync();
            command.Add(whole);
            load.Add(inner);
            Console.WriteLine(
                $"round {round + 1}: \\copy {copy[^1]:F2} s, bare {bare[^1]:F2} s, relseed run {whole:F2} s, of it the load {inner:F2} s");
        }
        Print("psql \\copy, full schema (a)", copy, rows);
        Print("binary files, bare, then keys (b)", bare, rows);
        Print("relseed run, whole command with verification", command, rows);
        Print("relseed run, its load", load, rows);
        Console.WriteLine(
            $"load / (a): {Median(copy) / Median(load):F2}    load / (b): {Median(bare) / Median(load):F2}    whole command / (a): {Median(copy) / Median(command):F2}");
        Directory.Delete(_folder, recursive: true);
    }

    static void Print(string what, List<double> seconds, long rows) =>
        Console.WriteLine($"{what,-46} {Median(seconds),7:F2} s  {rows / Median(seconds),12:N0} rows/s");

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    long Rows(string table) => Math.Max(1, (long)(ShopSchema.Rows[table] * scale));

    async Task<double> CopyAsync()
    {
        var database = await CreateAsync(ShopSchema.Bare, ShopSchema.Checks, ShopSchema.Keys);
        var watch = Stopwatch.StartNew();
        var commands = ShopSchema.Tables.SelectMany(t => new[] { "-c", $"\\copy {t} from '{_folder}/{t}.txt'" });
        Start("psql", ["-q", "-X", server.Url(database), .. commands]);
        var seconds = watch.Elapsed.TotalSeconds;
        await DropAsync(database);
        return seconds;
    }

    async Task<double> BareAsync()
    {
        var database = await CreateAsync(ShopSchema.Bare, ShopSchema.Checks);
        var watch = Stopwatch.StartNew();
        var copies = string.Concat(ShopSchema.Tables.Select(t => $"COPY {t} FROM '{_folder}/{t}.bin' (FORMAT binary);"));
        await ExecuteAsync(database, $"BEGIN; {copies} {ShopSchema.Keys} COMMIT;");
        var seconds = watch.Elapsed.TotalSeconds;
        await DropAsync(database);
        return seconds;
    }

    async Task<(double Whole, double Load)> LoadAsync()
    {
        var database = await CreateAsync(ShopSchema.Bare, ShopSchema.Checks, ShopSchema.Keys);
        var watch = Stopwatch.StartNew();
        var json = Tool(database);
        var seconds = watch.Elapsed.TotalSeconds;
        await DropAsync(database);
        using var report = System.Text.Json.JsonDocument.Parse(json);
        return (seconds, report.RootElement.GetProperty("seconds").GetDouble());
    }

    string Tool(string database) => Start(tool,
        ["run", server.Url(database), "--format", "json", "--yes",
            .. ShopSchema.Tables.SelectMany(t => new[] { "--rows", $"{t}={Rows(t).ToString(CultureInfo.InvariantCulture)}" })]);

    static string Start(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    async Task<string> CreateAsync(params string[] statements)
    {
        var database = $"bench_{++_databases}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {database}");
        foreach (var statement in statements) await ExecuteAsync(database, statement);
        // So that no variant pays for the writes of the one before it.
        await ExecuteAsync("postgres", "CHECKPOINT");
        return database;
    }

    async Task DropAsync(string database) => await ExecuteAsync("postgres", $"DROP DATABASE {database} WITH (FORCE)");

    async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString(database) + ";Pooling=false;Command Timeout=0");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
