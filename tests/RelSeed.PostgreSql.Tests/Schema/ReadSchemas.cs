using System.Collections.Concurrent;
using Npgsql;
using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Tests.Schema;

/// <summary>The schemas of Schemas/*.sql as the reader sees them; each is laid out and read once.</summary>
public sealed class ReadSchemas(PostgreSqlFixture server)
{
    readonly ConcurrentDictionary<string, Lazy<Task<DatabaseSchema>>> _schemas = new(StringComparer.Ordinal);

    public static string Sql(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schemas", $"{name}.sql"));

    public Task<DatabaseSchema> ReadAsync(string name) => _schemas.GetOrAdd(name, _ => new(() => LayOutAndReadAsync(name))).Value;

    public async Task<Table> TableAsync(string name, string schema, string table) =>
        (await ReadAsync(name)).Find(new(schema, table)) ?? throw new InvalidOperationException($"{schema}.{table} was not read.");

    async Task<DatabaseSchema> LayOutAndReadAsync(string name)
    {
        await using var database = await server.CreateDatabaseAsync();
        await using var connection = await database.OpenAsync();
        SkipOnOlderServer(name, connection.PostgreSqlVersion.Major);
        if (name == "extensions") await SkipWithoutExtensionsAsync(connection);
        await database.ExecuteAsync(Sql(name));
        return await PostgreSqlSchemaReader.ReadAsync(connection, new(), TestContext.Current.CancellationToken);
    }

    // A file named postgresqlNN needs that version.
    static void SkipOnOlderServer(string name, int version)
    {
        if (name.StartsWith("postgresql", StringComparison.Ordinal) && int.Parse(name["postgresql".Length..]) is var needed)
            Assert.SkipWhen(version < needed, $"The server is PostgreSQL {version}; this needs {needed}.");
    }

    static async Task SkipWithoutExtensionsAsync(NpgsqlConnection connection)
    {
        await using var command =
            new NpgsqlCommand("select count(*) from pg_available_extensions where name in ('citext', 'hstore', 'ltree')", connection);
        Assert.SkipUnless(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is 3L,
            "The server has no citext, hstore or ltree (postgresql-contrib).");
    }
}
