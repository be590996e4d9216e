using System.Diagnostics;
using Npgsql;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.PostgreSql.Connections;
using RelSeed.PostgreSql.Loading.Copy;
using RelSeed.PostgreSql.Loading.Rebuild;
using RelSeed.PostgreSql.Loading.Rehearsing;
using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading;

/// <summary>Loads a plan in one transaction on one connection: decide, drop, COPY and rebuild table by table, then foreign keys, then
/// sequences.</summary>
sealed class PostgreSqlLoader
{
    readonly SeedPlan _plan;
    readonly SeedGenerator _rows;
    readonly LoadOptions _options;
    readonly ProgressMeter _progress;
    readonly LoadSession _session;
    readonly StagedTables _staged;

    PostgreSqlLoader(SeedPlan plan, SeedGenerator rows, LoadOptions options, ProgressMeter progress, LoadSession session)
    {
        (_plan, _rows, _options, _progress, _session) = (plan, rows, options, progress, session);
        _staged = new StagedTables(session, new TableWriter(session, options, progress));
    }

    /// <param name="lease">Ended at the end, whatever that is.</param>
    public static async Task<LoadReport> LoadAsync(
        ConnectionLease lease, SeedPlan plan, SeedGenerator rows, LoadOptions options, IProgress<LoadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var faults = new LoadFaults(plan);
        try
        {
            await using var session = await LoadSession.BeginAsync(lease, options, cancellationToken);
            return await new PostgreSqlLoader(plan, rows, options, new(progress), session).RunAsync(faults, cancellationToken);
        }
        catch (Exception fault)
        {
            if (faults.Explain(fault, cancellationToken) is not { } explained) throw;
            throw explained;
        }
    }

    async Task<LoadReport> RunAsync(LoadFaults faults, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        _progress.Step(LoadPhase.Preparing, null, "reading constraints");
        var (facts, types) = await ReadCatalogAsync(_session, _plan, _options, cancellationToken);
        var (tables, plan) = (facts.Tables, RebuildDecision.Make(facts, _options));
        await new SequenceStart(_session).SetAsync(_plan, cancellationToken);
        RequireCopy(tables);
        var constraints = new ConstraintManager(_session, plan, _progress);
        await constraints.PrepareAsync(cancellationToken);
        var fresh = await new TableEmptier(_session, plan, _progress).EmptyAsync(tables, _options.Truncate, cancellationToken);
        var marker = await RowMarker.BeginAsync(_session, _plan, _options, cancellationToken);
        var loads = await WriteTablesAsync(tables, constraints, faults, Write, cancellationToken);
        await SetSecondPhasesAsync(tables, plan, types, cancellationToken);
        await constraints.BuildReferencesAsync(cancellationToken);
        var notes = await new SequenceSetter(_session).SetAsync(_plan, cancellationToken);
        var marks = marker is null ? [] : await marker.MarkAsync(cancellationToken);
        // Inside another's transaction its commit may be long in coming, and what follows reads the rows before.
        if (_session.IsJoined) await _session.ExecuteAsync(TableStatistics.Statements(tables), CancellationToken.None);
        faults.IsCommitting = true;
        await _session.CommitAsync();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        _progress.Mark(LoadPhase.Finished, null, loads.Sum(l => l.Rows), loads.Sum(l => l.Rows));
        return new()
        {
            Tables = loads.ToEquatableArray(),
            Seconds = seconds,
            Rebuilt = plan.Count,
            Notes = [.. _options.Partitions.Select(p => $"{p.Name} was made as the partition of {p.Parent} that takes every row."),
                .. plan.Notes, .. notes, .. marks],
            Digest = LoadDigest.Of(loads),
            HasStatistics = _session.IsJoined,
        };

        Task<TableLoad> Write(TargetTable table, Task turn) => WriteAsync(table, plan, types, fresh.Contains(table.Oid), turn, cancellationToken);
    }

    /// <summary>Table by table, the next one's first rows being made while the server still builds the indexes of the one before.</summary>
    async Task<List<TableLoad>> WriteTablesAsync(
        IReadOnlyList<TargetTable> tables, ConstraintManager constraints, LoadFaults faults, Func<TargetTable, Task, Task<TableLoad>> write,
        CancellationToken cancellationToken)
    {
        var loads = new List<TableLoad>();
        var (statistics, plans) = (new TriggerStatistics(_session), new TriggerPlans(_session));
        var turn = new TaskCompletionSource();
        var writing = tables.Count == 0 ? null : write(tables[0], turn.Task);
        try
        {
            for (var t = 0; t < tables.Count; t++)
            {
                faults.Table = tables[t].Name;
                await statistics.PrepareAsync(tables[t], cancellationToken);
                await plans.PrepareAsync(tables[t], cancellationToken);
                await constraints.DropIndexesAsync(tables[t], cancellationToken);
                turn.SetResult();
                loads.Add(await writing!);
                turn = new TaskCompletionSource();
                if (t + 1 < tables.Count) writing = write(tables[t + 1], turn.Task);
                await constraints.BuildIndexesAsync(tables[t], cancellationToken);
                statistics.Add(tables[t]);
            }
        }
        catch
        {
            turn.TrySetCanceled(CancellationToken.None);
            if (writing is not null) await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        faults.Table = null;
        return loads;
    }

    /// <summary>Reads what the catalog says of the plan's tables, and decides what is rebuilt.</summary>
    public static async Task<(RebuildFacts Facts, WireTypes Types)> ReadCatalogAsync(
        LoadSession session, SeedPlan plan, LoadOptions options, CancellationToken cancellationToken)
    {
        await using var catalog = await Catalog.OpenAsync(session.Connection, cancellationToken);
        await catalog.SettleAsync(cancellationToken);
        var tables = await TargetTable.ReadAsync(catalog, plan, cancellationToken);
        var types = await WireTypes.ReadAsync(catalog, [.. tables.Select(t => t.Oid)], cancellationToken);
        return (await ConstraintManager.ReadFactsAsync(catalog, tables, options, cancellationToken), types);
    }

    async Task<TableLoad> WriteAsync(TargetTable table, RebuildPlan plan, WireTypes types, bool freeze, Task turn,
        CancellationToken cancellationToken)
    {
        var rows = _rows[table.Name];
        if (!table.Plan.Sources.IsEmpty) return await CompleteAsync(table, types, turn, cancellationToken);
        var encoding = TableEncoding.ForAll(rows, table.Oid, types, plan.NulledOf(table.Oid));
        if (plan.StagedWith(table.Oid) is { } group) return await _staged.WriteAsync(table, rows, encoding, group, turn, cancellationToken);
        var options = table.TakesSingleRows ? _options with { BatchRows = 1 } : _options;
        // Rows that refer to later rows of their own table by a key that is checked at each statement's end come in one.
        var statementRows = table.TakesSingleRows ? 1 : plan.SelfReferring.Contains(table.Oid) ? long.MaxValue : TableWriter.StatementRows;
        return await new TableWriter(_session, options, _progress).WriteAsync(
            rows, SqlName.Quote(table.Name), encoding, freeze, statementRows, turn, cancellationToken);
    }

    // Triggers have made the rows by now.
    async Task<TableLoad> CompleteAsync(TargetTable table, WireTypes types, Task turn, CancellationToken cancellationToken)
    {
        await turn;
        await new SecondPhase(_session, new TableWriter(_session, _options, new(progress: null)), types)
            .CompleteAsync(table, _rows[table.Name], cancellationToken);
        return new TableLoad(table.Name, _rows[table.Name].MadeRows, 0, RowDigest.Format(0));
    }

    async Task SetSecondPhasesAsync(IReadOnlyList<TargetTable> tables, RebuildPlan plan, WireTypes types, CancellationToken cancellationToken)
    {
        var silent = new TableWriter(_session, _options, new(progress: null));
        foreach (var table in tables.Where(t => plan.TwoPhase[t.Oid].Any()))
        {
            _progress.Step(LoadPhase.Rebuilding, table.Name, "setting keys that were null first");
            await new SecondPhase(_session, silent, types).SetAsync(table, _rows[table.Name], [.. plan.TwoPhase[table.Oid]], cancellationToken);
        }
    }

    static void RequireCopy(IReadOnlyList<TargetTable> tables)
    {
        if (tables.FirstOrDefault(t => t.Rows > 0 && t.Plan.Table.RowSecurity) is not { } bound) return;
        throw new DatabaseException("RS3104",
            $"Table {bound.Name} has row-level security that binds this user, and COPY does not work under it. " +
            $"Load as the table's owner or as a role with BYPASSRLS, or leave the table out with --exclude {bound.Name}.");
    }
}
