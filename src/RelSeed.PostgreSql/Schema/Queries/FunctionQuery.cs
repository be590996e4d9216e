using Npgsql;
using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Schema.Queries;

/// <summary>Functions of the users' own that checks may call: what they return is read out of their bodies.</summary>
static class FunctionQuery
{
    const int LongestBody = 20_000;

    // Read only where a constraint calls one; those that they call in turn depend on nothing.
    static string Sql(int version) => $"""
        select n.nspname::text, p.proname::text, coalesce(p.proargnames, array_fill(''::text, array[p.pronargs::int])), p.proisstrict,
               l.lanname = 'plpgsql', {(version >= 14 ? "coalesce(pg_get_function_sqlbody(p.oid), p.prosrc)" : "p.prosrc")}
        from pg_proc p
        join pg_namespace n on n.oid = p.pronamespace
        join pg_language l on l.oid = p.prolang
        where p.prokind = 'f' and not p.proretset and p.provariadic = 0 and p.proargmodes is null and l.lanname in ('sql', 'plpgsql')
          and p.prorettype <> 'trigger'::regtype and length(p.prosrc) <= {LongestBody} and n.nspname not in ('pg_catalog', 'information_schema')
          and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
          and exists (
              select from pg_depend d join pg_proc c on c.oid = d.refobjid
              where d.classid = 'pg_constraint'::regclass and d.refclassid = 'pg_proc'::regclass)
        order by p.oid
        """;

    public static async Task<FunctionInliner> ReadAsync(Catalog catalog, CancellationToken cancellationToken) =>
        new(await catalog.QueryAsync(Sql(catalog.Version), Read, parameter: null, cancellationToken));

    static SqlFunction Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), new([.. row.GetFieldValue<string[]>(2)]), row.GetBoolean(3), row.GetBoolean(4), row.GetString(5));
}
