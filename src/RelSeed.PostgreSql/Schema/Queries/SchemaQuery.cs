namespace RelSeed.PostgreSql.Schema.Queries;

/// <summary>The schemas this user may use, system ones left out.</summary>
static class SchemaQuery
{
    /// <summary>Holds for a row <c>n</c> of pg_namespace that is read.</summary>
    public const string IsVisible = """
        (n.nspname !~ '^pg_' and n.nspname <> 'information_schema' or n.oid = pg_my_temp_schema()) and has_schema_privilege(n.oid, 'USAGE')
        """;

    const string Sql = $"""
        select n.nspname::text
        from pg_namespace n
        where {IsVisible}
        order by 1
        """;

    public static Task<List<string>> ReadAsync(Catalog catalog, CancellationToken cancellationToken) =>
        catalog.QueryAsync(Sql, row => row.GetString(0), parameter: null, cancellationToken);
}
