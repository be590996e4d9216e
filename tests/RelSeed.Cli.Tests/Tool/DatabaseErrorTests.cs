using System.Net;
using System.Net.Sockets;
using System.Text;
using RelSeed.PostgreSql.Tests;

namespace RelSeed.Cli.Tests.Tool;

public sealed class DatabaseErrorTests(PostgreSqlFixture postgres)
{
    const string NoTables =
        "has no tables that this user may see. Create the tables first (RelSeed fills tables, it makes none), or name another database.\n";

    [Theory]
    [InlineData("inspect")]
    [InlineData("plan")]
    [InlineData("run")]
    [InlineData("verify")]
    public async Task A_database_without_tables_gets_exit_code_3(string verb)
    {
        await using var file = await SqliteFile.CreateAsync("VACUUM");
        var result = (await RelSeedTool.RunAsync(verb, file.Url)).ShouldExit(ExitCode.Unsatisfiable);
        Assert.Equal($"RS2001 The database {file.Url} {NoTables}", result.Error);
    }

    [Fact]
    public async Task A_schema_without_tables_is_named()
    {
        await using var database = await postgres.CreateDatabaseAsync(Shop.Schema + "CREATE SCHEMA sales");
        var result = (await RelSeedTool.RunAsync("plan", database.Url, "--schema", "sales")).ShouldExit(ExitCode.Unsatisfiable);
        Assert.StartsWith("RS2001 ", result.Error, StringComparison.Ordinal);
        Assert.Contains("has no tables in schema sales.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_not_made()
    {
        await using var file = new SqliteFile();
        var result = (await RelSeedTool.RunAsync("inspect", file.Url)).ShouldExit(ExitCode.DatabaseRefused);
        Assert.StartsWith("RS300", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(file.Path));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_gets_exit_code_4()
    {
        var result = (await RelSeedTool.RunAsync("inspect", "postgresql://app:s3cret@127.0.0.1:1/shop")).ShouldExit(ExitCode.DatabaseRefused);
        AssertParagraph(result.Error, "RS30", "127.0.0.1:1");
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_never_echoed()
    {
        using var server = new RefusingServer();
        var result = (await RelSeedTool.RunAsync("inspect", $"postgresql://app:s3cret@127.0.0.1:{server.Port}/shop"))
            .ShouldExit(ExitCode.DatabaseRefused);
        AssertParagraph(result.Error, "RS30", "app");
        Assert.Contains("password", result.Error, StringComparison.OrdinalIgnoreCase);
    }

    static void AssertParagraph(string error, string id, string named)
    {
        Assert.StartsWith(id, error, StringComparison.Ordinal);
        Assert.Equal(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal));
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    /// <summary>Says to everyone what PostgreSQL says to a wrong password.</summary>
    sealed class RefusingServer : IDisposable
    {
        readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public RefusingServer()
        {
            _listener.Start();
            _ = AnswerAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        async Task AnswerAsync()
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                var stream = client.GetStream();
                var request = new byte[4096];
                var read = await stream.ReadAsync(request);
                // 8 bytes ask for TLS, which this server does not speak.
                if (read == 8)
                {
                    await stream.WriteAsync("N"u8.ToArray());
                    await stream.ReadExactlyAsync(request.AsMemory(0, 8));
                }
                var fields = Encoding.ASCII.GetBytes("SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user \"app\"\0\0");
                byte[] length = [0, 0, 0, (byte)(fields.Length + 4)];
                await stream.WriteAsync((byte[])[(byte)'E', .. length, .. fields]);
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
