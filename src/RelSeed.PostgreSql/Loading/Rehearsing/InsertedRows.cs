using RelSeed.Loading;
using RelSeed.PostgreSql.Loading.Rebuild;
using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Rehearsing;

/// <summary>Finds the tables into which triggers write, by the server's own count of the rows inserted in the transaction.</summary>
sealed class InsertedRows(LoadSession session, IReadOnlyList<TargetTable> tables)
{
    /// <summary>Tries a table and adds the tables that got rows meanwhile beside it.</summary>
    public async Task<TableRehearsal> WatchAsync(TargetTable table, Func<Task<TableRehearsal>> trial, CancellationToken cancellationToken)
    {
        if (!table.HasTrigger(TriggerEvents.Insert)) return await trial();
        var before = await CountAsync(cancellationToken);
        var rehearsal = await trial();
        var after = await CountAsync(cancellationToken);
        return rehearsal with
        {
            AlsoWritten = tables.Where((t, i) => t.Oid != table.Oid && after[i] > before[i]).Select(t => t.Name)
            .ToEquatableArray()
        };
    }

    /// <summary>The expression for the rows inserted into a table; the server counts those of a partitioned one with its partitions.</summary>
    public static string CountOf(string oid) =>
        $"pg_stat_get_xact_tuples_inserted({oid}) + (select coalesce(sum(pg_stat_get_xact_tuples_inserted(relid)), 0)::bigint from pg_partition_tree({oid}) where isleaf and relid <> {oid})";

    Task<List<long>> CountAsync(CancellationToken cancellationToken) => session.QueryAsync(
        $"select {CountOf("oid")} from unnest($1::oid[]) with ordinality t(oid, place) order by place",
        row => row.GetInt64(0), cancellationToken, Catalog.Oids([.. tables.Select(t => t.Oid)]));
}
