using Npgsql;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Schema.Queries;

/// <summary>Rewrite rules that are in force in an ordinary session.</summary>
static class RuleQuery
{
    const string Sql = """
        select r.ev_class, r.rulename::text, case r.ev_type when '2' then 'UPDATE' when '3' then 'INSERT' else 'DELETE' end,
               r.is_instead, pg_get_ruledef(r.oid)
        from pg_rewrite r
        where r.ev_class = any($1) and r.ev_type in ('2', '3', '4') and r.ev_enabled in ('O', 'A')
        order by r.ev_class, r.rulename
        """;

    public static async Task<ILookup<uint, RewriteRule>> ReadAsync(Catalog catalog, uint[] tables, CancellationToken cancellationToken) =>
        (await catalog.QueryAsync(Sql, Read, Catalog.Oids(tables), cancellationToken)).ToLookup(row => row.Table, row => row.Rule);

    static (uint Table, RewriteRule Rule) Read(NpgsqlDataReader row) =>
        (row.GetFieldValue<uint>(0), new(row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetString(4)));
}
