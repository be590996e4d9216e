using RelSeed.PostgreSql.Schema;

namespace RelSeed.PostgreSql.Loading.Rebuild;

/// <summary>A trigger that is off during the load.</summary>
/// <param name="Disable">SQL that switches it off.</param>
/// <param name="Enable">SQL that makes it fire as before.</param>
sealed record TableTrigger(string Disable, string Enable);

/// <summary>Reads the triggers that a plan sets aside, as the catalog has them.</summary>
static class TriggerQuery
{
    const string Sql = """
        select t.tgrelid, t.tgname::text, format('alter table only %s disable trigger %I', t.tgrelid::regclass, t.tgname),
               format('alter table only %s enable %s trigger %I', t.tgrelid::regclass, case t.tgenabled when 'A' then 'always' end, t.tgname)
        from pg_trigger t
        where t.tgrelid = any($1) and not t.tgisinternal and t.tgenabled in ('O', 'A')
        order by t.oid
        """;

    public static async Task<IReadOnlyList<TableTrigger>> ReadAsync(
        Catalog catalog, IReadOnlyList<TargetTable> tables, CancellationToken cancellationToken)
    {
        var wanted = tables.SelectMany(t => TargetTable.SetAside(t.Plan), (t, name) => (t.Oid, Name: name)).ToHashSet();
        if (wanted.Count == 0) return [];
        var found = await catalog.QueryAsync(Sql, row => (row.GetFieldValue<uint>(0), row.GetString(1), new TableTrigger(row.GetString(2), row.GetString(3))),
            Catalog.Oids([.. wanted.Select(w => w.Oid).Distinct()]), cancellationToken);
        return [.. found.Where(f => wanted.Contains((f.Item1, f.Item2))).Select(f => f.Item3)];
    }
}
