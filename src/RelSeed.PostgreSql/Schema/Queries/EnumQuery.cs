namespace RelSeed.PostgreSql.Schema.Queries;

/// <summary>The labels of enums, in the order the type has.</summary>
static class EnumQuery
{
    const string Sql = """
        select e.enumtypid, e.enumlabel::text
        from pg_enum e
        where e.enumtypid = any($1)
        order by e.enumtypid, e.enumsortorder
        """;

    public static async Task<ILookup<uint, string>> ReadAsync(Catalog catalog, uint[] types, CancellationToken cancellationToken) =>
        (await catalog.QueryAsync(Sql, row => (Type: row.GetFieldValue<uint>(0), Label: row.GetString(1)), Catalog.Oids(types), cancellationToken))
        .ToLookup(row => row.Type, row => row.Label);
}
