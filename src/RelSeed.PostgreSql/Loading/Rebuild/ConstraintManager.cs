using RelSeed.Loading;
using RelSeed.PostgreSql.Schema;

namespace RelSeed.PostgreSql.Loading.Rebuild;

/// <summary>Drops what the plan says and makes it again exactly as it was, inside the load's transaction.</summary>
sealed class ConstraintManager(LoadSession session, RebuildPlan plan, ProgressMeter progress)
{
    int _rebuilt;

    /// <summary>Takes away foreign keys and sets the remaining ones that cannot be met in order to wait; switches off what the plan sets
    /// aside.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(plan.Triggers.Select(t => t.Disable), cancellationToken);
        if (plan.References.Count > 0)
        {
            progress.Step(LoadPhase.Preparing, null, $"setting {plan.References.Count} foreign keys aside");
            await session.ExecuteAsync(plan.References.Select(r => r.Drop), cancellationToken);
        }
        if (plan.DefersAll) await session.ExecuteAsync("set constraints all deferred", cancellationToken);
        else if (plan.Deferred.Count > 0)
            await session.ExecuteAsync($"set constraints {string.Join(", ", plan.Deferred.Select(r => r.QualifiedName))} deferred",
                cancellationToken);
    }

    public Task DropIndexesAsync(TargetTable table, CancellationToken cancellationToken) =>
        session.ExecuteAsync(plan.Indexes[table.Oid].Select(i => i.Drop), cancellationToken);

    /// <summary>Oldest first: the planner prefers by age where indexes serve alike.</summary>
    public async Task BuildIndexesAsync(TargetTable table, CancellationToken cancellationToken)
    {
        foreach (var index in plan.Indexes[table.Oid])
        {
            Tell(table.Name, index.Constraint is null ? "index" : "key", index.Name);
            if (index.Tablespace.Length > 0) await SetTablespaceAsync(index.Tablespace, cancellationToken);
            await session.ExecuteAsync(index.Build, cancellationToken);
            if (index.Tablespace.Length > 0) await SetTablespaceAsync("", cancellationToken);
        }
    }

    /// <summary>Has everything that waited checked, then makes the foreign keys again, which checks all rows.</summary>
    public async Task BuildReferencesAsync(CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("set constraints all immediate", cancellationToken);
        await session.ExecuteAsync(plan.Triggers.Select(t => t.Enable), cancellationToken);
        foreach (var reference in plan.References)
        {
            Tell(reference.ChildName, "foreign key", reference.Name);
            await session.ExecuteAsync(reference.Build, cancellationToken);
        }
    }

    Task SetTablespaceAsync(string name, CancellationToken cancellationToken) =>
        session.SetAsync(new Dictionary<string, string> { ["default_tablespace"] = name }, cancellationToken);

    void Tell(RelSeed.Schema.TableName table, string kind, string name) =>
        progress.Step(LoadPhase.Rebuilding, table, $"{kind} {name} ({++_rebuilt} of {plan.Count})");

    /// <summary>Reads everything that a decision needs, as the catalog prints it under fixed settings.</summary>
    public static async Task<RebuildFacts> ReadFactsAsync(
        Catalog catalog, IReadOnlyList<TargetTable> tables, LoadOptions options, CancellationToken cancellationToken)
    {
        uint[] all = [.. tables.Select(t => t.Oid)];
        uint[] large = [.. tables.Where(t => t.IsPlain && t.Rows >= options.RebuildThreshold).Select(t => t.Oid)];
        return new(
            tables,
            await IndexQuery.ReadAsync(catalog, large, cancellationToken),
            await ReferenceQuery.ReadAsync(catalog, all, cancellationToken),
            await TriggerQuery.ReadAsync(catalog, tables, cancellationToken),
            await EventTriggerQuery.FindAsync(catalog, cancellationToken));
    }
}
