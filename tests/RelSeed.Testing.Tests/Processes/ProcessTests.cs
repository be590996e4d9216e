using System.Net.Sockets;
using Npgsql;

namespace RelSeed.Testing.Tests.Processes;

public sealed class ProcessTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("relseed-processes-").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public ProcessTests()
    {
        // Another user may run the private server.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
    }

    public static TheoryData<string> Kinds { get; } = ["postgresql", "sqlite"];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Of_processes_at_the_same_time_one_makes_the_template(string kind)
    {
        var (_, settings) = await ServerAsync(kind);
        var processes = Enumerable.Range(0, 3).Select(_ => new HelperProcess(nameof(HelperTasks.Open), settings)).ToList();
        var results = await Task.WhenAll(processes.Select(p => p.ResultAsync()));
        foreach (var process in processes) await process.EndAsync();
        processes.ForEach(p => p.Dispose());
        Assert.Equal(["False", "False", "True"], results.Order());
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Clones_of_a_killed_process_are_dropped_by_the_next_and_those_of_a_living_one_are_not(string kind)
    {
        var (server, settings) = await ServerAsync(kind);
        using var killed = new HelperProcess(nameof(HelperTasks.Hold), settings);
        using var living = new HelperProcess(nameof(HelperTasks.Hold), settings);
        var dead = (await killed.ResultAsync()).Split('|')[0];
        var alive = (await living.ResultAsync()).Split('|')[0];
        await killed.KillAsync();
        await Eventually(async () =>
        {
            await using var seeded = await HelperTasks.OpenAsync(server, settings[1].Value);
            return !await ExistsAsync(server, dead);
        });
        Assert.True(await ExistsAsync(server, alive));
    }

    [Fact]
    public async Task A_private_server_ends_with_a_killed_process_and_its_templates_stay()
    {
        Assert.SkipUnless(TestServer.IsPostgreSqlInstalled, "No PostgreSQL is installed.");
        (string, string)[] settings = [(HelperTasks.Server, $"private|{_folder}"), (HelperTasks.Key, "x")];
        using (var killed = new HelperProcess(nameof(HelperTasks.Hold), settings))
        {
            var address = new NpgsqlConnectionStringBuilder((await killed.ResultAsync()).Split('|')[1]);
            Assert.True(IsListening(address.Port));
            await killed.KillAsync();
            await Eventually(() => Task.FromResult(!IsListening(address.Port)));
        }
        using var next = new HelperProcess(nameof(HelperTasks.Open), settings);
        Assert.Equal("False", await next.ResultAsync());
        await next.EndAsync();
        Assert.Single(Directory.GetDirectories(_folder));
        Assert.False(File.Exists(Path.Combine(Directory.GetDirectories(_folder)[0], "data", "postmaster.pid")));
    }

    [Fact]
    public async Task Processes_at_the_same_time_have_private_servers_of_their_own()
    {
        Assert.SkipUnless(TestServer.IsPostgreSqlInstalled, "No PostgreSQL is installed.");
        (string, string)[] settings = [(HelperTasks.Server, $"private|{_folder}"), (HelperTasks.Key, "x")];
        using var first = new HelperProcess(nameof(HelperTasks.Hold), settings);
        await first.ResultAsync();
        using var second = new HelperProcess(nameof(HelperTasks.Open), settings);
        Assert.Equal("True", await second.ResultAsync());
        await second.EndAsync();
        var address = new NpgsqlConnectionStringBuilder((await first.ResultAsync()).Split('|')[1]);
        await first.KillAsync();
        await Eventually(() => Task.FromResult(!IsListening(address.Port)));
    }

    /// <summary>A server that others use too, and what a helper is told of it; the key is the test's own.</summary>
    async Task<(TestServer Server, (string Name, string Value)[] Settings)> ServerAsync(string kind)
    {
        var server = kind == "sqlite" ? TestServer.SqliteFiles(_folder) : Servers.PostgreSql();
        return (server, [(HelperTasks.Server, $"{kind}|{await server.GetAddressAsync(Token)}"), (HelperTasks.Key, Guid.NewGuid().ToString())]);
    }

    static async Task<bool> ExistsAsync(TestServer server, string clone)
    {
        if (server.Provider == "sqlite") return File.Exists(clone);
        await using var source = NpgsqlDataSource.Create(await server.GetAddressAsync(Token));
        await using var command = source.CreateCommand("select exists (select from pg_database where datname = $1)");
        command.Parameters.Add(new() { Value = clone });
        return (bool)(await command.ExecuteScalarAsync(Token))!;
    }

    static bool IsListening(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // A server notices the end of a process some moments later.
    static async Task Eventually(Func<Task<bool>> condition)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (await condition()) return;
            await Task.Delay(50, Token);
        }
        Assert.Fail("It did not come to pass within 10 s.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
