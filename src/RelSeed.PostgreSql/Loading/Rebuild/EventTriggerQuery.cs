using RelSeed.PostgreSql.Schema;

namespace RelSeed.PostgreSql.Loading.Rebuild;

/// <summary>An event trigger that fires when a table is altered, other than those that extensions bring.</summary>
static class EventTriggerQuery
{
    public const string Sql = """
        select e.evtname::text
        from pg_event_trigger e
        where e.evtenabled in ('O', 'A')
          and e.evtevent in ('ddl_command_start', 'ddl_command_end', 'sql_drop')
          and not exists (select from pg_depend d where d.classid = 'pg_event_trigger'::regclass and d.objid = e.oid and d.deptype = 'e')
        order by e.evtname
        limit 1
        """;

    /// <returns>Its name, or null.</returns>
    public static async Task<string?> FindAsync(Catalog catalog, CancellationToken cancellationToken) =>
        (await catalog.QueryAsync(Sql, row => row.GetString(0), parameter: null, cancellationToken)).FirstOrDefault();
}
