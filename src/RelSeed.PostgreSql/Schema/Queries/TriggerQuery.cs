using Npgsql;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Schema.Queries;

/// <summary>Triggers that users made; what a partition got from its root is left out.</summary>
static class TriggerQuery
{
    const int RowBit = 1, BeforeBit = 2, InsertBit = 4, DeleteBit = 8, UpdateBit = 16, TruncateBit = 32, InsteadBit = 64;

    static string Sql(int version) => $"""
        select t.tgrelid, t.tgname::text, t.tgtype::int, quote_ident(n.nspname) || '.' || quote_ident(p.proname),
               pg_get_triggerdef(t.oid), t.tgdeferrable, t.tgenabled in ('O', 'A'),
               case when l.lanname = 'plpgsql' and (t.tgtype & 4) <> 0 and length(p.prosrc) <= 100000 then p.prosrc else '' end
        from pg_trigger t
        join pg_proc p on p.oid = t.tgfoid
        join pg_namespace n on n.oid = p.pronamespace
        join pg_language l on l.oid = p.prolang
        where t.tgrelid = any($1) and not t.tgisinternal {(version >= 13 ? "and t.tgparentid = 0" : "")}
        order by t.tgrelid, t.tgname
        """;

    public static async Task<ILookup<uint, Trigger>> ReadAsync(Catalog catalog, uint[] tables, CancellationToken cancellationToken) =>
        (await catalog.QueryAsync(Sql(catalog.Version), Read, Catalog.Oids(tables), cancellationToken))
            .ToLookup(row => row.Table, row => row.Trigger);

    static (uint Table, Trigger Trigger) Read(NpgsqlDataReader row)
    {
        var bits = row.GetInt32(2);
        return (row.GetFieldValue<uint>(0), new Trigger(
            row.GetString(1), TimingOf(bits), EventsOf(bits), row.GetString(3), row.GetString(4),
            IsRow: (bits & RowBit) != 0, row.GetBoolean(5), row.GetBoolean(6))
        { Body = row.GetString(7) });
    }

    static TriggerTiming TimingOf(int bits) =>
        (bits & InsteadBit) != 0 ? TriggerTiming.InsteadOf
        : (bits & BeforeBit) != 0 ? TriggerTiming.Before
        : TriggerTiming.After;

    static TriggerEvents EventsOf(int bits) =>
        Event(bits & InsertBit, TriggerEvents.Insert) | Event(bits & UpdateBit, TriggerEvents.Update)
        | Event(bits & DeleteBit, TriggerEvents.Delete) | Event(bits & TruncateBit, TriggerEvents.Truncate);

    static TriggerEvents Event(int bit, TriggerEvents named) => bit == 0 ? TriggerEvents.None : named;
}
