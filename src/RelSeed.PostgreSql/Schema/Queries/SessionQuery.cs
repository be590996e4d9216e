using Npgsql;

namespace RelSeed.PostgreSql.Schema.Queries;

/// <summary>Who reads, and where names without a schema are looked up.</summary>
static class SessionQuery
{
    const string Sql = """
        select pg_catalog.current_schema()::pg_catalog.text,
               (select rolsuper from pg_catalog.pg_roles where rolname operator(pg_catalog.=) current_user),
               pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1)
        """;

    public sealed record Row(string DefaultSchema, bool IsSuperuser, string ServerVersion);

    public static async Task<Row> ReadAsync(Catalog catalog, CancellationToken cancellationToken) =>
        (await catalog.QueryAsync(Sql, Read, parameter: null, cancellationToken))[0];

    static Row Read(NpgsqlDataReader row) => new(row.GetStringOrNull(0) ?? "public", row.GetBoolean(1), row.GetString(2));
}
