using Npgsql;

namespace RelSeed.PostgreSql.Schema.Queries;

/// <summary>Every type that the columns use, and those that these are made of.</summary>
static class TypeQuery
{
    // typelem alone tells no array: point and name have one too; typstorage tells the vectors apart.
    const string IsArray = "t.typelem <> 0 and t.typlen = -1 and t.typstorage <> 'p'";

    static string Sql(int version) => $"""
        with recursive
        ranges(oid, bound) as (
            select rngtypid, rngsubtype from pg_range
            {(version >= 14 ? "union all select rngmultitypid, rngsubtype from pg_range" : "")}),
        used(oid) as (
            select distinct a.atttypid from pg_attribute a where a.attrelid = any($1) and a.attnum > 0 and not a.attisdropped
            union
            select part.oid
            from used u
            join pg_type t on t.oid = u.oid
            cross join lateral (
                select t.typbasetype where t.typtype = 'd'
                union all select t.typelem where {IsArray}
                union all select r.bound from ranges r where r.oid = t.oid
                union all select a.atttypid from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) part(oid))
        select t.oid, n.nspname::text, t.typname::text, t.typtype::text, format_type(t.oid, -1),
               case when t.typtype = 'd' then t.typbasetype
                    when {IsArray} then t.typelem
                    else coalesce((select r.bound from ranges r where r.oid = t.oid), 0) end,
               {IsArray},
               t.typtypmod, case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end,
               t.typnotnull, pg_get_expr(t.typdefaultbin, 0)
        from used u
        join pg_type t on t.oid = u.oid
        join pg_namespace n on n.oid = t.typnamespace
        """;

    /// <param name="Class">pg_type.typtype: b, c, d, e, m, p or r.</param>
    /// <param name="Part">Element, bound or base type; 0 for none.</param>
    /// <param name="BaseModifier">Of a domain's base type.</param>
    /// <param name="BaseName">A domain's base type as printed.</param>
    public sealed record Row(
        uint Oid, string Schema, string Name, char Class, string Printed, uint Part, bool IsArray,
        int BaseModifier, string? BaseName, bool IsNotNull, string? Default);

    public static Task<List<Row>> ReadAsync(Catalog catalog, uint[] tables, CancellationToken cancellationToken) =>
        catalog.QueryAsync(Sql(catalog.Version), Read, Catalog.Oids(tables), cancellationToken);

    static Row Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<uint>(0), row.GetString(1), row.GetString(2), row.GetString(3)[0], row.GetString(4), row.GetFieldValue<uint>(5),
        row.GetBoolean(6), row.GetInt32(7), row.GetStringOrNull(8), row.GetBoolean(9), row.GetStringOrNull(10));
}
