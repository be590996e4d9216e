using Npgsql;
using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Schema.Queries;

/// <summary>Check constraints of tables and of domains.</summary>
static class CheckQuery
{
    // A partition repeats its root's checks, and rows go to the root; an inheritance child is filled itself and keeps them.
    static string OfTables(int version) => $"""
        select k.conrelid, k.conname::text, pg_get_expr(k.conbin, k.conrelid), k.convalidated
        from pg_constraint k
        join pg_class c on c.oid = k.conrelid
        where k.conrelid = any($1) and k.contype = 'c' and (k.conislocal or not c.relispartition) and {IsEnforced(version)}
        order by k.conrelid, k.conname
        """;

    const string OfDomains = """
        select k.contypid, k.conname::text, pg_get_expr(k.conbin, 0), k.convalidated
        from pg_constraint k
        where k.contypid = any($1) and k.contype = 'c'
        order by k.contypid, k.conname
        """;

    /// <summary>Holds for a row <c>k</c> of pg_constraint that binds rows: PostgreSQL 18 has constraints that are merely told.</summary>
    public static string IsEnforced(int version) => version >= 18 ? "k.conenforced" : "true";

    public static Task<ILookup<uint, CheckConstraint>> ReadTablesAsync(
        Catalog catalog, uint[] tables, FunctionInliner functions, CancellationToken cancellationToken) =>
        ReadAsync(catalog, OfTables(catalog.Version), tables, functions, cancellationToken);

    public static Task<ILookup<uint, CheckConstraint>> ReadDomainsAsync(
        Catalog catalog, uint[] types, FunctionInliner functions, CancellationToken cancellationToken) =>
        ReadAsync(catalog, OfDomains, types, functions, cancellationToken);

    static async Task<ILookup<uint, CheckConstraint>> ReadAsync(
        Catalog catalog, string sql, uint[] owners, FunctionInliner functions, CancellationToken cancellationToken) =>
        (await catalog.QueryAsync(sql, row => Read(row, functions), Catalog.Oids(owners), cancellationToken))
            .ToLookup(row => row.Owner, row => row.Check);

    static (uint Owner, CheckConstraint Check) Read(NpgsqlDataReader row, FunctionInliner functions)
    {
        var text = CatalogText.Bare(row.GetString(2));
        return (row.GetFieldValue<uint>(0), new(row.GetString(1), text, row.GetBoolean(3)) { WrittenOut = functions.WriteOut(text) });
    }
}
