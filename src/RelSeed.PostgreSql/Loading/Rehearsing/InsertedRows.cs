using RelSeed.Loading;
using RelSeed.PostgreSql.Loading.Rebuild;
using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Rehearsing;

/// <summary>Finds the tables into which triggers write, by the server's own count of the rows inserted in the transaction.</summary>
sealed class InsertedRows(LoadSession session, IReadOnlyList<TargetTable> tables)
{
    // What the count was after the last table; null when another has been written since without being watched.
    long[]? _last;

    /// <summary>Tries a table and adds the tables that got rows meanwhile beside it.</summary>
    public async Task<TableRehearsal> WatchAsync(TargetTable table, Func<Task<TableRehearsal>> trial, CancellationToken cancellationToken)
    {
        var isWatched = table.HasTrigger(TriggerEvents.Insert);
        var before = isWatched ? _last ?? await CountAsync(cancellationToken) : null;
        _last = null;
        var rehearsal = await trial();
        if (before is null) return rehearsal;
        var after = _last = await CountAsync(cancellationToken);
        return rehearsal with
        {
            AlsoWritten = tables.Where((t, i) => t.Oid != table.Oid && after[i] > before[i]).Select(t => t.Name).ToEquatableArray()
        };
    }

    async Task<long[]> CountAsync(CancellationToken cancellationToken) => (await session.QueryAsync(
        "select coalesce(array_agg(pg_stat_get_xact_tuples_inserted(oid) order by place), '{}') from unnest($1::oid[]) with ordinality t(oid, place)",
        row => row.GetFieldValue<long[]>(0), cancellationToken, Catalog.Oids([.. tables.Select(t => t.Oid)])))[0];
}
