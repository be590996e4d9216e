using RelSeed.Testing.Tests.Processes;

namespace RelSeed.Testing.Tests;

/// <summary>Which templates stay. In a folder of the test's own, since others' templates would be counted too.</summary>
public sealed class TemplateKeepingTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("relseed-keeping-").FullName;

    [Fact]
    public async Task Templates_beyond_the_number_to_keep_are_deleted_those_used_longest_ago_first()
    {
        foreach (var key in new[] { "a", "b", "c" }) await OpenAndCloseAsync(key, new() { KeepTemplates = 2 });
        Assert.False(await OpenAndCloseAsync("b", new()));
        Assert.False(await OpenAndCloseAsync("c", new()));
        Assert.True(await OpenAndCloseAsync("a", new()));
    }

    [Fact]
    public async Task A_template_that_is_in_use_is_kept()
    {
        var server = TestServer.SqliteFiles(_folder);
        await using var used = await HelperTasks.OpenAsync(server, "a");
        await OpenAndCloseAsync("b", new() { KeepTemplates = 1 });
        await using var clone = await used.CloneAsync(TestContext.Current.CancellationToken);
        Assert.Equal(200, await clone.CountAsync("a"));
        Assert.False(await OpenAndCloseAsync("a", new()));
    }

    [Fact]
    public async Task A_template_unused_for_long_is_deleted()
    {
        await OpenAndCloseAsync("a", new());
        foreach (var file in Directory.GetFiles(_folder, "*.db")) File.SetLastAccessTimeUtc(file, DateTime.UtcNow.AddDays(-15));
        await OpenAndCloseAsync("b", new());
        Assert.Single(Directory.GetFiles(_folder, "*.db"));
    }

    [Fact]
    public async Task Nothing_but_the_template_is_left_after_use()
    {
        await OpenAndCloseAsync("a", new());
        Assert.Empty(Directory.GetDirectories(_folder));
        Assert.Equal([".db", ".lock", ".lock"], Directory.GetFiles(_folder).Select(Path.GetExtension).Order());
    }

    [Fact]
    public async Task On_PostgreSQL_old_templates_are_dropped_by_the_same_rules()
    {
        Assert.SkipUnless(TestServer.IsPostgreSqlInstalled, "No PostgreSQL is installed.");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        var server = TestServer.PrivatePostgreSql(_folder);
        foreach (var key in new[] { "a", "b", "c" })
        {
            await OpenAndCloseAsync(server, key, new() { KeepTemplates = 2 });
            // Times of use are kept in seconds.
            await Task.Delay(1100, TestContext.Current.CancellationToken);
        }
        Assert.False(await OpenAndCloseAsync(server, "b", new()));
        await using (var used = await HelperTasks.OpenAsync(server, "c"))
        {
            Assert.True(await OpenAndCloseAsync(server, "a", new() { KeepTemplates = 1 }));
            Assert.False(used.IsNew);
        }
        Assert.False(await OpenAndCloseAsync(server, "c", new()));
        Assert.True(await OpenAndCloseAsync(server, "b", new()));
    }

    Task<bool> OpenAndCloseAsync(string key, SeededDatabaseOptions options) => OpenAndCloseAsync(TestServer.SqliteFiles(_folder), key, options);

    static async Task<bool> OpenAndCloseAsync(TestServer server, string key, SeededDatabaseOptions options)
    {
        await using var seeded = await HelperTasks.OpenAsync(server, key, options);
        return seeded.IsNew;
    }

    public void Dispose()
    {
        if (Directory.GetFiles(_folder, "postmaster.pid", SearchOption.AllDirectories).Length == 0) Directory.Delete(_folder, recursive: true);
        // The private server runs until this process ends; its own handler of that came first.
        else AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(_folder, recursive: true);
    }
}
