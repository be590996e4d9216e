using System.Diagnostics;
using RelSeed.Testing.Keys;

namespace RelSeed.Testing;

/// <summary>A database that is seeded once, kept as a template over runs, and cloned for every test or class that wants one.</summary>
/// <remarks>Its methods may be called by any number of threads, and any number of processes may use the same template.</remarks>
/// <example><code>
/// await using var shop = await SeededDatabase.CreateAsync(
///     TestServer.PrivatePostgreSql(), SchemaStep.Sql(File.ReadAllText("shop.sql")), seed => seed.Rows(500));
/// await using var database = await shop.CloneAsync();   // a test's own
/// await database.ResetAsync();                          // seeded again, for the next test
/// </code></example>
public sealed class SeededDatabase : IAsyncDisposable
{
    readonly Template _template;
    readonly SeededDatabaseOptions _options;

    SeededDatabase(Template template, SeededDatabaseOptions options, string key) => (_template, _options, Key) = (template, options, key);

    /// <summary>Digest of what the template is made of: the schema step, the seeding, the options' key and the generator's version.</summary>
    public string Key { get; }

    /// <summary>The template was made by this call; false: it was there.</summary>
    public bool IsNew => _template.IsNew;

    /// <summary>Finds the template, or creates a database, runs the schema step, seeds it and keeps it. Of callers at the same time, in this or other
    /// processes, one makes it and the others wait.</summary>
    /// <param name="seed">Sets rows, seed and the like; called twice, so it should do no more. Tables that the schema step filled are kept as they
    /// are,
    /// unless it says <see cref="Seeder.Append"/> or <see cref="Seeder.Truncate"/>.</param>
    /// <exception cref="UsageException">RS15xx: options, or no PostgreSQL is installed.</exception>
    /// <exception cref="RelSeedException">RS2xxx, RS3xxx, RS4002: the template cannot be made; nothing of it is left.</exception>
    public static async Task<SeededDatabase> CreateAsync(
        TestServer server, SchemaStep schema, Action<Seeder>? seed = null, SeededDatabaseOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new();
        options.Check();
        seed = options.Seeds ? seed ?? (_ => { }) : null;
        var recipe = new TemplateRecipe(await TemplateKey.OfAsync(server.Provider, schema, seed, options), schema, seed, options);
        var watch = Stopwatch.StartNew();
        var template = await server.OpenTemplateAsync(recipe, cancellationToken);
        options.Log?.Invoke($"Template {recipe.Key[..12]} {(template.IsNew ? "made" : "found")} in {watch.Elapsed.TotalMilliseconds:F0} ms.");
        return new(template, options, recipe.Key);
    }

    /// <summary>A database of its own with the seeded rows.</summary>
    /// <exception cref="TemplateException">RS35xx: the server does not make one.</exception>
    public async Task<DatabaseClone> CloneAsync(CancellationToken cancellationToken = default)
    {
        var watch = Stopwatch.StartNew();
        var clone = await _template.CloneAsync(cancellationToken);
        _options.Log?.Invoke($"Clone {clone.Name} made in {watch.Elapsed.TotalMilliseconds:F0} ms.");
        return clone;
    }

    /// <summary>Drops the clones that are left; the template stays for the next run.</summary>
    public ValueTask DisposeAsync() => _template.DisposeAsync();
}
