using RelSeed.Loading;
using RelSeed.PostgreSql.Loading.Rebuild;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading;

/// <summary>Has the server plan the queries of triggers for each row while rows come into a table whose triggers read what they write.</summary>
/// <remarks>By itself it plans them at the first rows, when there is hardly anything to read, and keeps to that: each row then reads all those
/// before it, perhaps by way of a join. A plan for each row costs some microseconds for a query by a key.</remarks>
sealed class TriggerPlans(LoadSession session)
{
    // Fewer rows are read as fast without an index.
    const int LeastRows = 500;

    const string Setting = "plan_cache_mode";

    // What it was, while it is another.
    string? _before;

    public async Task PrepareAsync(TargetTable next, CancellationToken cancellationToken)
    {
        var eachRow = next.Rows >= LeastRows && ReadsWhatGrows(next);
        if (eachRow == (_before is not null)) return;
        var mode = _before ?? "force_custom_plan";
        _before = eachRow ? (await session.QueryAsync($"select current_setting('{Setting}')", row => row.GetString(0), cancellationToken))[0] : null;
        await session.SetAsync(new Dictionary<string, string> { [Setting] = mode }, cancellationToken);
    }

    static bool ReadsWhatGrows(TargetTable table) => table.Plan.Table.Triggers.Any(t =>
        t.Enabled && t.Events.HasFlag(TriggerEvents.Insert)
        && (TriggerText.Writes(t.Body) || (TriggerText.Looks(t.Body) && TriggerText.Mentions(t.Body, table.Name.Name))));
}
