namespace RelSeed.Testing.Tests.Processes;

/// <summary>What helper processes do; run only by <see cref="HelperProcess"/>.</summary>
public sealed class HelperTasks
{
    public const string Result = "RELSEED_HELPER_RESULT";
    public const string Server = "RELSEED_HELPER_SERVER";
    public const string Key = "RELSEED_HELPER_KEY";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static SchemaStep Schema { get; } = SchemaStep.Sql("create table a (id integer primary key, name varchar(50) not null)");

    /// <summary>Opens the template and tells whether it was made.</summary>
    [Fact(Explicit = true)]
    public async Task Open()
    {
        await using var seeded = await OpenAsync(FindServer(), Setting(Key));
        await using var clone = await seeded.CloneAsync(Token);
        Assert.Equal(200, await clone.CountAsync("a"));
        await TellAsync(seeded.IsNew.ToString());
    }

    /// <summary>Clones, tells the clone's name, and waits to be killed.</summary>
    [Fact(Explicit = true)]
    public async Task Hold()
    {
        await using var seeded = await OpenAsync(FindServer(), Setting(Key));
        var clone = await seeded.CloneAsync(Token);
        await TellAsync($"{clone.Name}|{clone.ConnectionString}");
        await Task.Delay(Timeout.Infinite, Token);
    }

    public static Task<SeededDatabase> OpenAsync(TestServer server, string key, SeededDatabaseOptions? options = null) =>
        SeededDatabase.CreateAsync(server, Schema, seed => seed.Rows(200), (options ?? new()) with { Key = key }, Token);

    // A folder of files, a folder of private servers, or an address.
    static TestServer FindServer() => Setting(Server).Split('|', 2) switch
    {
        ["sqlite", var folder] => TestServer.SqliteFiles(folder),
        ["private", var folder] => TestServer.PrivatePostgreSql(folder),
        [_, var address] => TestServer.PostgreSql(address),
        _ => throw new InvalidOperationException("The helper was told no server."),
    };

    static string Setting(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set: this is no test.");

    static Task TellAsync(string result) => File.WriteAllTextAsync(Setting(Result), result + "\n", Token);
}
