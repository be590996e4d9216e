using RelSeed.Loading;
using RelSeed.PostgreSql.Loading.Rebuild;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading;

/// <summary>Empties tables when asked to, and gives large ones that are empty anyway fresh storage, so that their rows can come frozen.</summary>
sealed class TableEmptier(LoadSession session, RebuildPlan plan, ProgressMeter progress)
{
    /// <summary>Runs after the foreign keys were dropped. Tables whose rows the plan keeps stay as they are.</summary>
    /// <returns>Tables that were truncated in this transaction and take COPY … FREEZE.</returns>
    public async Task<IReadOnlySet<uint>> EmptyAsync(IReadOnlyList<TargetTable> tables, bool all, CancellationToken cancellationToken)
    {
        var replaced = tables.Where(t => t.Plan.ExistingRows == 0).ToList();
        if (all) RequireNoOutsideReferences(replaced);
        if (plan.Heavy.Count > 0) await LockAsync(cancellationToken);
        var emptied = all ? replaced : WithoutReferring(await FindEmptyAsync(cancellationToken));
        if (emptied.Count == 0) return new HashSet<uint>();
        progress.Step(LoadPhase.Preparing, null, $"emptying {emptied.Count} tables");
        await session.ExecuteAsync($"truncate {string.Join(", ", emptied.Select(t => t.Only))}", cancellationToken);
        return emptied.Where(t => t.IsPlain).Select(t => t.Oid).ToHashSet();
    }

    /// <summary>Nobody else may write a row between the look whether a table is empty and its truncation.</summary>
    Task LockAsync(CancellationToken cancellationToken) =>
        session.ExecuteAsync($"lock table {string.Join(", ", plan.Heavy.Select(t => t.Only))} in access exclusive mode", cancellationToken);

    async Task<IReadOnlyList<TargetTable>> FindEmptyAsync(CancellationToken cancellationToken)
    {
        // TRUNCATE would fire triggers, and publications would send it on.
        var candidates = plan.Heavy.Where(t => !t.IsPublished && !t.HasTrigger(TriggerEvents.Truncate)).ToList();
        if (candidates.Count == 0) return [];
        var isEmpty = candidates.Select(t => $"not exists (select from {t.Only})");
        var found = await session.QueryAsync($"select array[{string.Join(", ", isEmpty)}]", row => row.GetFieldValue<bool[]>(0), cancellationToken);
        return [.. candidates.Where((_, i) => found[0][i])];
    }

    /// <summary>TRUNCATE refuses a table that a key of a table outside the statement refers to.</summary>
    List<TargetTable> WithoutReferring(IReadOnlyList<TargetTable> tables)
    {
        var left = tables.ToList();
        while (left.RemoveAll(t => plan.Kept.Any(k => k.Parent == t.Oid && !left.Exists(c => c.Oid == k.Child))) > 0) { }
        return left;
    }

    void RequireNoOutsideReferences(IReadOnlyList<TargetTable> tables)
    {
        var inside = tables.ToDictionary(t => t.Oid);
        if (plan.Kept.FirstOrDefault(k => inside.ContainsKey(k.Parent) && !inside.ContainsKey(k.Child)) is not { } key) return;
        throw new DatabaseException("RS3103",
            $"Table {inside[key.Parent].Name} cannot be emptied: foreign key {key.Name} of {key.ChildName}, which is not part of the load, refers to it. " +
            "Add that table to the load, or empty the tables yourself and leave out --truncate.");
    }
}
