using Npgsql;
using RelSeed.PostgreSql.Schema.Queries;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Schema;

/// <summary>Reads a live PostgreSQL database's schema from its catalog: versions 12 to 18, a fixed number of queries.</summary>
/// <remarks>Views, foreign tables and what the system or an extension owns are left out. Names inside printed expressions carry their
/// schema unless they are built in, whatever the session's search path, which stands again afterwards.</remarks>
static class PostgreSqlSchemaReader
{
    const int OldestVersion = 12;

    /// <param name="connection">Open; inside a transaction of the caller it reads what that sees, else one snapshot.</param>
    /// <exception cref="UsageException">RS1102: a schema that is asked for is not there.</exception>
    /// <exception cref="DatabaseException">RS2101: the server is too old.</exception>
    public static async Task<DatabaseSchema> ReadAsync(NpgsqlConnection connection, SchemaReadOptions options, CancellationToken cancellationToken)
    {
        await using var catalog = await Catalog.OpenAsync(connection, cancellationToken);
        var session = await SessionQuery.ReadAsync(catalog, cancellationToken);
        if (catalog.Version < OldestVersion) throw TooOld(session.ServerVersion);
        await catalog.SettleAsync(cancellationToken);
        if (options.Schemas.Count > 0) await RequireSchemasAsync(catalog, options.Schemas, cancellationToken);
        var tables = await TableQuery.ReadAsync(catalog, options, cancellationToken);
        var parts = await TableParts.ReadAsync(catalog, [.. tables.Select(t => t.Oid)], cancellationToken);
        return new()
        {
            Provider = "postgresql",
            ServerVersion = session.ServerVersion,
            DefaultSchema = session.DefaultSchema,
            IsSuperuser = session.IsSuperuser,
            Tables = tables.Select(parts.Complete).ToEquatableArray(),
        };
    }

    static async Task RequireSchemasAsync(Catalog catalog, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        var visible = await SchemaQuery.ReadAsync(catalog, cancellationToken);
        var missing = wanted.Except(visible).ToList();
        if (missing.Count == 0) return;
        var those = visible.Count == 0 ? "none" : string.Join(", ", visible.Take(20));
        throw new UsageException("RS1102",
            $"Schema {string.Join(", ", missing)} is not in this database, or this user has no USAGE right on it. Schemas here: {those}. " +
            "Name one of these with --schema, as the catalog spells it, or grant the right.");
    }

    static DatabaseException TooOld(string version) => new("RS2101",
        $"The server is PostgreSQL {version}; RelSeed reads versions {OldestVersion} and later. Use a newer server.");
}
