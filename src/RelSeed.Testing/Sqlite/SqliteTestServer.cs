using System.Globalization;
using Microsoft.Data.Sqlite;
using RelSeed.Sqlite;

namespace RelSeed.Testing.Sqlite;

/// <summary>A folder of templates, <c>KEY.db</c> each with locks beside it, and of one subfolder of clones for each process.</summary>
sealed class SqliteTestServer(string folder, bool inMemory) : TestServer
{
    public override string Provider => "sqlite";

    public override Task<string> GetAddressAsync(CancellationToken cancellationToken = default) => Task.FromResult(folder);

    internal override async Task<Template> OpenTemplateAsync(TemplateRecipe recipe, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{recipe.Key}.db");
        // In use from here on, so that nobody cleans it away.
        var use = await FileLock.TakeSharedAsync($"{file}.lock", cancellationToken);
        try
        {
            var isNew = !File.Exists(file) && await MakeAloneAsync(recipe, file, cancellationToken);
            File.SetLastAccessTimeUtc(file, DateTime.UtcNow);
            SqliteCleaner.Clean(folder, recipe);
            return new SqliteTemplate(file, use, inMemory, recipe.Options) { IsNew = isNew };
        }
        catch
        {
            await use.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes it, unless another made it while this one waited.</summary>
    static async Task<bool> MakeAloneAsync(TemplateRecipe recipe, string file, CancellationToken cancellationToken)
    {
        await using var alone = await FileLock.TakeAsync($"{file}.making.lock", cancellationToken);
        if (File.Exists(file)) return false;
        await MakeAsync(recipe, file, cancellationToken);
        return true;
    }

    static async Task MakeAsync(TemplateRecipe recipe, string file, CancellationToken cancellationToken)
    {
        var build = $"{file}.build";
        try
        {
            // What a process left that was killed meanwhile.
            Delete(build);
            await using (
                var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = build, Pooling = false }.ConnectionString))
            {
                await connection.OpenAsync(cancellationToken);
                await recipe.Schema.RunAsync(connection, cancellationToken);
            }
            await using (var target = SqliteTarget.Open(new SqliteConnectionStringBuilder { DataSource = build }.ConnectionString))
            {
                await recipe.SeedAsync(target, cancellationToken);
                // One file holds all, whatever journal the schema step chose.
                await target.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
            }
            File.Move(build, file);
        }
        finally
        {
            Delete(build);
        }
    }

    static void Delete(string build)
    {
        foreach (var part in new[] { "", "-wal", "-shm", "-journal" }) File.Delete(build + part);
    }
}
