using System.Net;
using System.Net.Sockets;
using RelSeed.PostgreSql.Connections;

namespace RelSeed.PostgreSql.Tests.Connections;

public sealed class ConnectionTextTests
{
    [Theory]
    [InlineData("postgresql://ann:p%40ss%3Aw@db.example.org:5433/my%20shop?sslmode=verify-full&application_name=x", "db.example.org", 5433, "ann",
        "p@ss:w", "my shop")]
    [InlineData("postgres://ann@localhost/shop", "localhost", 5432, "ann", null, "shop")]
    [InlineData("POSTGRESQL://[::1]:6000/shop", "::1", 6000, null, null, "shop")]
    [InlineData("postgresql:///shop?host=/var/run/postgresql&user=ann", "/var/run/postgresql", 5432, "ann", null, "shop")]
    [InlineData("postgresql://%2Fvar%2Frun/shop", "/var/run", 5432, null, null, "shop")]
    [InlineData("postgresql://a.b:1,c.d:2/shop", "a.b:1,c.d:2", 5432, null, null, "shop")]
    [InlineData("Host=h;Port=7;Username=u;Password='a;b';Database=d", "h", 7, "u", "a;b", "d")]
    public void A_url_or_a_connection_string_names_a_database(string text, string host, int port, string? user, string? password, string database)
    {
        var parsed = ConnectionText.Parse(text);
        Assert.Equal((host, port, user, password, database), (parsed.Host, parsed.Port, parsed.Username, parsed.Password, parsed.Database));
    }

    [Theory]
    [InlineData("nonsense with secret", "RS1112 The database's address cannot be read: it is neither a URL nor a list of key=value. ")]
    [InlineData("Password=secret;Database=d", "RS1112 The database's address cannot be read: it names no host. ")]
    [InlineData("postgresql://u:secret@h:notaport/d", "RS1112 The database's address cannot be read: its port is not a number from 0 to 65535. ")]
    [InlineData("postgresql://u:secret@h/d?sslmode=secret",
        "RS1113 The database's URL gives option sslmode a value that it does not take. Correct the value or leave the option out.")]
    [InlineData("postgresql://u:secret@h/d?colour=secret", "RS1113 The database's URL has an unknown option colour. Known are ")]
    public void What_cannot_be_read_is_told_without_repeating_it(string text, string message)
    {
        var fault = Assert.Throws<UsageException>(() => ConnectionText.Parse(text));
        Assert.StartsWith(message, fault.Message);
        Assert.DoesNotContain("secret", fault.ToString());
    }

    [Theory]
    [InlineData("postgresql://u:secret@127.0.0.1/d", "postgresql://u@127.0.0.1:5432/d", true)]
    [InlineData("postgresql://localhost/d", "postgresql://localhost:5432/d", true)]
    [InlineData("postgresql://[::1]/d", "postgresql://[::1]:5432/d", true)]
    [InlineData("postgresql:///d?host=/tmp", "postgresql:///d?host=/tmp", true)]
    [InlineData("postgresql://u:secret@db.example.org:6/d", "postgresql://u@db.example.org:6/d", false)]
    [InlineData("postgresql://localhost:1,db.example.org:2/d", "postgresql://localhost:1,db.example.org:2/d", false)]
    public async Task A_target_tells_where_it_is_without_its_password(string text, string shown, bool isLocal)
    {
        await using var target = PostgreSqlTarget.Open(text);
        Assert.Equal((shown, isLocal), (target.DisplayName, target.IsLocal));
    }
}

public sealed class ConnectionFaultTests(PostgreSqlFixture server)
{
    static async Task<DatabaseException> FailAsync(string text)
    {
        await using var target = PostgreSqlTarget.Open(text);
        return await Assert.ThrowsAsync<DatabaseException>(() => target.ReadSchemaAsync(new(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var fault = await FailAsync($"postgresql://u:secret@127.0.0.1:{port}/d");
        Assert.Equal(
            $"RS3001 postgresql://u@127.0.0.1:{port}/d cannot be reached: nothing listens there. Check that the server runs, and host and port.",
            fault.Message);
        fault = await FailAsync("postgresql://u@no-such-host.invalid/d");
        Assert.Equal(
            "RS3001 postgresql://u@no-such-host.invalid:5432/d cannot be reached: the host's name is not known. Check that the server runs, and host and port.", fault.Message);
    }

    [Fact]
    public async Task A_database_and_a_user_that_do_not_exist_are_told()
    {
        await using var database = await server.CreateDatabaseAsync();
        var (before, name) = (database.Url[..database.Url.LastIndexOf('/')], database.Name);
        var fault = await FailAsync($"{before}/no_such_database");
        Assert.Equal("RS3003 Database no_such_database does not exist on 127.0.0.1. Create it, or name another one.", fault.Message);
        var unknown = before.Replace("relseed@", "nobody_here:secret@", StringComparison.Ordinal);
        fault = await FailAsync($"{unknown}/{name}");
        Assert.Equal(
            $"RS3002 {unknown.Replace(":secret", "", StringComparison.Ordinal)}/{name} does not let user nobody_here in: wrong password, unknown user, or no entry in pg_hba.conf. Check user and password.",
            fault.Message);
        Assert.DoesNotContain("secret", fault.ToString());
    }

    [Fact]
    public async Task Filled_tables_and_samples_are_read()
    {
        await using var database = await server.CreateDatabaseAsync(
            """
            create table empty (id integer);
            create table "fil;led" (id integer primary key, "a:b" text);
            insert into "fil;led" values (2, null), (1, 'x');
            create table parted (id integer) partition by list (id);
            create table part partition of parted for values in (1);
            insert into parted values (1);
            """);
        await using var target = PostgreSqlTarget.Open(database.Url);
        var cancellation = TestContext.Current.CancellationToken;
        var schema = await target.ReadSchemaAsync(new(), cancellation);
        Assert.Equal(["fil;led", "part", "parted"],
            (await target.FindFilledTablesAsync(schema.Tables, cancellation)).Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal([["1", "x"], ["2", null]], await target.ReadSampleAsync(schema.Find(new("public", "fil;led"))!, 5, cancellation));
        Assert.Single(await target.ReadSampleAsync(schema.Find(new("public", "fil;led"))!, 1, cancellation));
    }
}
