using RelSeed.Loading;
using RelSeed.PostgreSql.Loading.Rebuild;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading;

/// <summary>Has the server gather statistics on what is loaded before a table whose triggers look things up for each row.</summary>
/// <remarks>Without them the server takes the new tables for empty, and reads all of them again for every row.</remarks>
sealed class TriggerStatistics(LoadSession session)
{
    // Fewer rows are read as fast without an index.
    const int LeastRows = 500;

    readonly List<TargetTable> _loaded = [];

    public void Add(TargetTable table)
    {
        if (table.Plan.Rows >= LeastRows) _loaded.Add(table);
    }

    /// <summary>Gathers them if the next table needs them.</summary>
    public async Task PrepareAsync(TargetTable next, CancellationToken cancellationToken)
    {
        if (_loaded.Count == 0 || next.Rows < LeastRows || !LooksUp(next)) return;
        await session.ExecuteAsync(TableStatistics.Statements(_loaded), cancellationToken);
        _loaded.Clear();
    }

    static bool LooksUp(TargetTable table) =>
        table.Plan.Table.Triggers.Any(t => t.Enabled && t.Events.HasFlag(TriggerEvents.Insert) && TriggerText.Looks(t.Body));
}
