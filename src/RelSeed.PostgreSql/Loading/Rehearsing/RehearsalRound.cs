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
    LoadSession session, SeedPlan plan, SeedGenerator rows, RehearsalOptions options, RefusalReader refusals, StandingTables standing,
    WireTypes types, RebuildPlan rebuild, TrialPace pace, IReadOnlyList<TargetTable> tables)
{
    readonly TableWriter _writer = new(session, new(), new(progress: null));
    readonly TriggerPlans _plans = new(session);
    readonly InsertedRows _inserted = new(session, tables);
    readonly ShakenTables _shaken = new(plan);
    readonly HashSet<TableName> _principals = plan.Tables.SelectMany(t => t.References.Select(r => r.Key.Principal)).ToHashSet();
    bool _isEnough;
    RowRefusal? _refusedTogether;

    public async Task<RehearsalReport> RunAsync(CancellationToken cancellationToken)
    {
        var tried = tables.Where(t => t.Rows > 0 || t.Plan.CompletedColumns.Any()).ToList();
        await standing.KeepAsync(tried.ConvertAll(t => t.Name), options, cancellationToken);
        // The server forgets how it was before a savepoint that is released.
        await session.ExecuteAsync("set constraints all deferred", cancellationToken);
        await new SequenceStart(session).SetAsync(plan, cancellationToken);
        foreach (var before in standing.Tables) Tell(before);
        var kept = standing.Tables.Select(t => t.Table).ToHashSet();
        foreach (var table in tried.Where(t => !kept.Contains(t.Name) && !options.Known.Contains(t.Name)))
        {
            if (_isEnough) return Report([]);
            await standing.SaveAsync(cancellationToken);
            foreach (var rehearsal in await TryAsync(table, cancellationToken))
            {
                standing.Add(rehearsal);
                Tell(rehearsal);
            }
            if (_refusedTogether is { } refusal) return Report([refusal]);
        }
        if (!standing.Tables.All(t => t.IsTaken)) return Report([]);
        await standing.SaveNowAsync(cancellationToken);
        return Report(await FinishAsync(cancellationToken));
    }

    void Tell(TableRehearsal table)
    {
        _shaken.Add(table);
        _isEnough |= options.Told(table);
    }

    async Task<IEnumerable<TableRehearsal>> TryAsync(TargetTable table, CancellationToken cancellationToken)
    {
        if (table.Rows == 0)
            return [await CompleteAsync(table, cancellationToken) is { } open ? Refused(table, open) : new() { Table = table.Name, Rows = 0 }];
        if (table.Plan.Table.RowSecurity)
            return [Refused(table, new RowRefusal { Kind = RefusalKind.RowSecurity, Table = table.Name, Code = "42501" })];
        if (rebuild.StagedWith(table.Oid) is { } group)
            return group.Tables[^1] == table.Oid ? await TryTogetherAsync(group, cancellationToken) : [];
        await _plans.PrepareAsync(table, cancellationToken);
        var trial = new TableTrial(session, table, types, rebuild, refusals, options, pace,
            isLeaf: !_principals.Contains(table.Name), _shaken.IsBlocked(table.Name));
        return [await pace.TimeAsync(() =>
            _inserted.WatchAsync(table, () => trial.RunAsync(rows[table.Name], cancellationToken), cancellationToken))];
    }

    // One statement takes the rows of all or of none: what is refused is told of them together, and without them little else can be tried.
    async Task<IEnumerable<TableRehearsal>> TryTogetherAsync(StagedGroup group, CancellationToken cancellationToken)
    {
        var members = group.Tables.Select(oid => tables.First(t => t.Oid == oid)).ToList();
        var staged = new StagedTables(session, _writer);
        _refusedTogether = await TryAsync(members[^1].Name, async () =>
        {
            foreach (var member in members)
            {
                var encoding = TableEncoding.ForAll(rows[member.Name], member.Oid, types, rebuild.NulledOf(member.Oid));
                await staged.WriteAsync(member, rows[member.Name], encoding, group, Task.CompletedTask, cancellationToken);
            }
        }, cancellationToken);
        return _refusedTogether is not null ? [] : members.Select(m => new TableRehearsal { Table = m.Name, Rows = (int)m.Rows });
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

    // One by one, so that it is known whose triggers refuse.
    async Task FireWaitingAsync(List<RowRefusal> found, CancellationToken cancellationToken)
    {
        foreach (var table in tables.Where(t => t.Rows > 0))
            foreach (var trigger in TableTrial.DeferrableTriggers(table))
                if (await TryAsync(table.Name, () => session.ExecuteAsync($"set constraints {trigger} immediate", cancellationToken), cancellationToken)
                    is { } refusal)
                    found.Add(refusal with { Table = table.Name });
    }

    /// <summary>What the load does after the last row: keys set late, deferred constraints, keys made again.</summary>
    async Task<List<RowRefusal>> FinishAsync(CancellationToken cancellationToken)
    {
        var found = new List<RowRefusal>();
        foreach (var table in tables.Where(t => t.Rows > 0 && rebuild.TwoPhase[t.Oid].Any()))
            await AddAsync(table.Name, () => new SecondPhase(session, _writer, types)
                .SetAsync(table, rows[table.Name], [.. rebuild.TwoPhase[table.Oid]], cancellationToken));
        await FireWaitingAsync(found, cancellationToken);
        if (found.Exists(r => r.Kind == RefusalKind.Trigger)) return found;
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
