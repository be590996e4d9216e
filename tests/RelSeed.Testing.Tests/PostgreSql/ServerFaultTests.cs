using Npgsql;

namespace RelSeed.Testing.Tests.PostgreSql;

public sealed class ServerFaultTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("relseed-faults-").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_template_that_somebody_is_connected_to_is_told()
    {
        var server = Servers.PostgreSql();
        var key = Guid.NewGuid().ToString();
        await using var seeded =
            await SeededDatabase.CreateAsync(server, SchemaStep.Sql("create table a (id int primary key)"), options: new() { Key = key },
            cancellationToken: Token);
        var address = new NpgsqlConnectionStringBuilder(await server.GetAddressAsync(Token)) { Pooling = false };
        await using var administration = new NpgsqlConnection(address.ConnectionString);
        await administration.OpenAsync(Token);
        var template = $"relseed_template_{seeded.Key}";
        await administration.ExecuteAsync($"alter database {template} allow_connections true");
        try
        {
            await using var intruder =
                new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.ConnectionString) { Database = template }.ConnectionString);
            await intruder.OpenAsync(Token);
            var fault = await Assert.ThrowsAsync<TemplateException>(() => seeded.CloneAsync(Token));
            Assert.Equal(
                $"RS3502 postgresql://{address.Username}@{address.Host}:{address.Port}: the template is in use by another session and cannot be copied. "
                + "Somebody allowed connections to it: close them, or drop the template, and it is made again.", fault.Message);
        }
        finally
        {
            await administration.ExecuteAsync($"alter database {template} allow_connections false");
        }
    }

    [Fact]
    public async Task A_private_server_that_does_not_start_is_told_with_the_end_of_its_log()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No private servers on Windows.");
        if (OperatingSystem.IsWindows()) return;
        // Another user may run it.
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        var binaries = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        Write(Path.Combine(binaries, "postgres"), "#!/bin/sh\necho 'postgres (PostgreSQL) 15.1'\n");
        Write(Path.Combine(binaries, "initdb"), "#!/bin/sh\necho first\necho 'no space'\nexit 1\n");
        var server = TestServer.PrivatePostgreSql(Path.Combine(_folder, "servers"), binaries);
        var fault =
            await Assert.ThrowsAsync<TemplateException>(() => SeededDatabase.CreateAsync(server, SchemaStep.Sql(""), cancellationToken: Token));
        Assert.Equal(
            $"RS3506 The private PostgreSQL server of {binaries} did not start. Its log, {Path.Combine(_folder, "servers", "15-1", "log")}, ends with: \"first / no space\". "
            + "Mend that, or give TestServer.PostgreSql the address of a server that runs.", fault.Message);
    }

    static void Write(string file, string script)
    {
        File.WriteAllText(file, script);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
