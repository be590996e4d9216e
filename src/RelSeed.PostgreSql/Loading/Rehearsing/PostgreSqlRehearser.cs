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

/// <summary>Writes a small plan table by table in one transaction that is rolled back, and notes what the server refuses.</summary>
/// <remarks>Everything stays as in the load: keys are in place except those of a cycle that the load would drop too.</remarks>
sealed class PostgreSqlRehearser
{
    readonly SeedPlan _plan;
    readonly SeedGenerator _rows;
    readonly RehearsalOptions _options;
    readonly LoadSession _session;
    readonly RefusalReader _refusals;

    PostgreSqlRehearser(SeedPlan plan, SeedGenerator rows, RehearsalOptions options, LoadSession session) =>
        (_plan, _rows, _options, _session, _refusals) = (plan, rows, options, session, new RefusalReader(plan, session));

    /// <param name="lease">Ended at the end, whatever that is.</param>
    public static async Task<RehearsalReport> RehearseAsync(
        ConnectionLease lease, SeedPlan plan, SeedGenerator rows, RehearsalOptions options, CancellationToken cancellationToken)
    {
        var faults = new LoadFaults(plan);
        try
        {
            // Disposing the session rolls back.
            await using var session = await LoadSession.BeginAsync(lease, options.Load, cancellationToken);
            return await new PostgreSqlRehearser(plan, rows, options, session).RunAsync(cancellationToken);
        }
        catch (Exception fault)
        {
            if (faults.Explain(fault, cancellationToken) is not { } explained) throw;
            throw explained;
        }
    }

    async Task<RehearsalReport> RunAsync(CancellationToken cancellationToken)
    {
        var load = _options.Load with { RebuildThreshold = int.MaxValue };
        var (tables, types, rebuild) = await PostgreSqlLoader.DecideAsync(_session, _plan, load, cancellationToken);
        await new SequenceStart(_session).SetAsync(_plan, cancellationToken);
        var silent = new ProgressMeter(progress: null);
        var constraints = new ConstraintManager(_session, rebuild, silent);
        await constraints.PrepareAsync(cancellationToken);
        if (load.Truncate) await new TableEmptier(_session, rebuild, silent).EmptyAsync(tables, all: true, cancellationToken);
        await _session.ExecuteAsync("set constraints all deferred", cancellationToken);
        var told = new List<TableRehearsal>();
        var (shaken, known) = (new ShakenTables(_plan), 0);
        var inserted = new InsertedRows(_session, tables);
        var principals = _plan.Tables.SelectMany(t => t.References.Select(r => r.Key.Principal)).ToHashSet();
        foreach (var table in tables.Where(t => (t.Rows > 0 || t.Plan.CompletedColumns.Any()) && !_options.Known.Contains(t.Name)))
        {
            foreach (var before in told.Skip(known)) shaken.Add(before);
            known = told.Count;
            if (table.Rows == 0)
            {
                if (await CompleteAsync(table, types, cancellationToken) is { } open) told.Add(Refused(table, open));
                continue;
            }
            if (table.Plan.Table.RowSecurity)
            {
                told.Add(Refused(table, new RowRefusal { Kind = RefusalKind.RowSecurity, Table = table.Name, Code = "42501" }));
                continue;
            }
            var trial = new TableTrial(_session, table, types, rebuild, _refusals, _options, isLeaf: !principals.Contains(table.Name),
                shaken.IsBlocked(table.Name));
            told.Add(await inserted.WatchAsync(table, () => trial.RunAsync(_rows[table.Name], cancellationToken), cancellationToken));
        }
        var atEnd = told.TrueForAll(t => t.Refused == 0 && t.Variant is null) ? await FinishAsync(tables, types, rebuild, cancellationToken) : [];
        return new() { Tables = told.ToEquatableArray(), AtEnd = atEnd.ToEquatableArray() };
    }

    static TableRehearsal Refused(TargetTable table, RowRefusal refusal) => new()
    {
        Table = table.Name,
        Rows = (int)table.Plan.Rows,
        Refusals = [refusal],
        Causes = Enumerable.Repeat(0, (int)table.Plan.Rows).ToEquatableArray(),
    };

    Task<RowRefusal?> CompleteAsync(TargetTable table, WireTypes types, CancellationToken cancellationToken) => TryAsync(table.Name,
        () => new SecondPhase(_session, new TableWriter(_session, _options.Load, new(progress: null)), types)
            .CompleteAsync(table, _rows[table.Name], cancellationToken), cancellationToken);

    async Task<RowRefusal?> TryAsync(TableName table, Func<Task> step, CancellationToken cancellationToken)
    {
        await _session.ExecuteAsync("savepoint relseed_end", cancellationToken);
        try
        {
            await step();
            await _session.ExecuteAsync("release savepoint relseed_end", cancellationToken);
            return null;
        }
        catch (PostgresException refused) when (RefusalReader.IsRefusal(refused))
        {
            await _session.ExecuteAsync("rollback to savepoint relseed_end", cancellationToken);
            return await _refusals.ReadAsync(refused, table, cancellationToken);
        }
    }

    /// <summary>What the load does after the last row: keys set late, deferred constraints, keys made again.</summary>
    async Task<List<RowRefusal>> FinishAsync(IReadOnlyList<TargetTable> tables, WireTypes types, RebuildPlan rebuild,
        CancellationToken cancellationToken)
    {
        var refusals = new List<RowRefusal>();
        var writer = new TableWriter(_session, _options.Load, new(progress: null));
        foreach (var table in tables.Where(t => t.Rows > 0 && rebuild.TwoPhase[t.Oid].Any()))
            await AddAsync(table.Name, () => new SecondPhase(_session, writer, types)
                .SetAsync(table, _rows[table.Name], [.. rebuild.TwoPhase[table.Oid]], cancellationToken));
        await AddAsync(_plan.Tables[^1].Table.Name, () => _session.ExecuteAsync("set constraints all immediate", cancellationToken));
        foreach (var reference in rebuild.References)
            await AddAsync(reference.ChildName, () => _session.ExecuteAsync(reference.Build, cancellationToken));
        return refusals;

        async Task AddAsync(TableName table, Func<Task> step)
        {
            if (await TryAsync(table, step, cancellationToken) is { } refusal) refusals.Add(refusal);
        }
    }
}
