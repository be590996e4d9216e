using Npgsql;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.PostgreSql.Connections;
using RelSeed.PostgreSql.Loading.Copy;
using RelSeed.PostgreSql.Loading.Rebuild;
using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Rehearsing;

/// <summary>Writes one plan table by table, but for the tables that stand, and notes what the server refuses.</summary>
sealed class RehearsalRound(
    LoadSession session, SeedPlan plan, SeedGenerator rows, RehearsalOptions options, RefusalReader refusals, StandingTables standing, WireTypes types,
    RebuildPlan rebuild)
{
    readonly TableWriter _writer = new(session, new(), new(progress: null));

    public async Task<RehearsalReport> RunAsync(IReadOnlyList<TargetTable> tables, CancellationToken cancellationToken)
    {
        var tried = tables.Where(t => t.Rows > 0 || t.Plan.CompletedColumns.Any()).ToList();
        await standing.KeepAsync(tried.ConvertAll(t => t.Name), options, cancellationToken);
        await new SequenceStart(session).SetAsync(plan, cancellationToken);
        var shaken = new ShakenTables(plan);
        var isEnough = false;
        foreach (var before in standing.Tables) Tell(before);
        var inserted = new InsertedRows(session, tables);
        var principals = plan.Tables.SelectMany(t => t.References.Select(r => r.Key.Principal)).ToHashSet();
        var kept = standing.Tables.Select(t => t.Table).ToHashSet();
        foreach (var table in tried.Where(t => !kept.Contains(t.Name) && !options.Known.Contains(t.Name)))
        {
            if (isEnough) return Report([]);
            await standing.SaveAsync(cancellationToken);
            var rehearsal = await TryAsync(table);
            standing.Add(rehearsal);
            Tell(rehearsal);
        }
        if (!standing.Tables.All(t => t.IsTaken)) return Report([]);
        await standing.SaveNowAsync(cancellationToken);
        return Report(await FinishAsync(tables, cancellationToken));

        void Tell(TableRehearsal table)
        {
            shaken.Add(table);
            isEnough |= options.Told(table);
        }

        async Task<TableRehearsal> TryAsync(TargetTable table)
        {
            if (table.Rows == 0)
                return await CompleteAsync(table, cancellationToken) is { } open ? Refused(table, open) : new() { Table = table.Name, Rows = 0 };
            if (table.Plan.Table.RowSecurity)
                return Refused(table, new RowRefusal { Kind = RefusalKind.RowSecurity, Table = table.Name, Code = "42501" });
            var trial = new TableTrial(session, table, types, rebuild, refusals, options, isLeaf: !principals.Contains(table.Name),
                shaken.IsBlocked(table.Name));
            return await inserted.WatchAsync(table, () => trial.RunAsync(rows[table.Name], cancellationToken), cancellationToken);
        }
    }

    RehearsalReport Report(List<RowRefusal> atEnd) => new() { Tables = standing.Tables.ToEquatableArray(), AtEnd = atEnd.ToEquatableArray() };

    static TableRehearsal Refused(TargetTable table, RowRefusal refusal) => new()
    {
        Table = table.Name,
        Rows = (int)table.Plan.Rows,
        Refusals = [refusal],
        Causes = Enumerable.Repeat(0, (int)table.Plan.Rows).ToEquatableArray(),
    };

    Task<RowRefusal?> CompleteAsync(TargetTable table, CancellationToken cancellationToken) => TryAsync(table.Name,
        () => new SecondPhase(session, _writer, types).CompleteAsync(table, rows[table.Name], cancellationToken), cancellationToken);

    async Task<RowRefusal?> TryAsync(TableName table, Func<Task> step, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("savepoint relseed_end", cancellationToken);
        try
        {
            await step();
            await session.ExecuteAsync("release savepoint relseed_end", cancellationToken);
            return null;
        }
        catch (PostgresException refused) when (RefusalReader.IsRefusal(refused))
        {
            await session.ExecuteAsync("rollback to savepoint relseed_end", cancellationToken);
            return await refusals.ReadAsync(refused, table, cancellationToken);
        }
    }

    /// <summary>What the load does after the last row: keys set late, deferred constraints, keys made again.</summary>
    async Task<List<RowRefusal>> FinishAsync(IReadOnlyList<TargetTable> tables, CancellationToken cancellationToken)
    {
        var found = new List<RowRefusal>();
        foreach (var table in tables.Where(t => t.Rows > 0 && rebuild.TwoPhase[t.Oid].Any()))
            await AddAsync(table.Name, () => new SecondPhase(session, _writer, types)
                .SetAsync(table, rows[table.Name], [.. rebuild.TwoPhase[table.Oid]], cancellationToken));
        await AddAsync(plan.Tables[^1].Table.Name, () => session.ExecuteAsync("set constraints all immediate", cancellationToken));
        foreach (var reference in rebuild.References)
            await AddAsync(reference.ChildName, () => session.ExecuteAsync(reference.Build, cancellationToken));
        return found;

        async Task AddAsync(TableName table, Func<Task> step)
        {
            if (await TryAsync(table, step, cancellationToken) is { } refusal) found.Add(refusal);
        }
    }
}
