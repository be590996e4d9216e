using System.Diagnostics;
using Npgsql;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.PostgreSql.Loading.Copy;
using RelSeed.PostgreSql.Loading.Rebuild;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Rehearsing;

/// <summary>Writes one table's rows: all at once, and when the server refuses, row by row.</summary>
/// <param name="pace">Tells when its rows are slow.</param>
/// <param name="isLeaf">No other table needs its rows.</param>
/// <param name="isBlocked">Its rows may lack parents, so what is refused tells nothing.</param>
sealed class TableTrial(
    LoadSession session, TargetTable table, WireTypes types, RebuildPlan rebuild, RefusalReader refusals, RehearsalOptions options, TrialPace pace,
    bool isLeaf, bool isBlocked)
{
    // A form of which no row of these is taken is not looked at further.
    const int VariantRows = 3;

    // When so many are refused, and none is taken, the others are left aside: they would hardly tell more.
    const int TellingRows = 16;

    // Rows all over the table that are tried before that is said of it: the first ones may be of one kind.
    const int ProbedRows = 16;

    // Of rows whose parents may be missing, these are enough to see that none has one.
    const int BlockedRows = 4;

    // Rows that tell whether the triggers of a leaf take so long that the others are left aside.
    const int TimedRows = 2;

    // And of these, if they may: the server's first rows with a trigger take longer.
    static readonly int[] TimedSteps = [TimedRows, 16];

    // A trigger that takes longer for the rows of one statement is taken not to come to an end.
    static readonly TimeSpan LeastLimit = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LimitOfRow = TimeSpan.FromSeconds(0.25);

    readonly string _name = SqlName.Quote(table.Name);
    readonly bool _isTimed = table.HasTrigger(TriggerEvents.Insert);
    readonly bool _mayBeSlow = isLeaf && table.HasTrigger(TriggerEvents.Insert) && !(options.IsPatient && WritesOthers(table));
    readonly List<RowRefusal> _causes = [];
    readonly bool _hasStatementTrigger =
        table.Plan.Table.Triggers.Any(t => t is { Enabled: true, IsRow: false } && t.Events.HasFlag(TriggerEvents.Insert));
    readonly bool _mayVanish =
        table.Plan.Table.Triggers.Any(t => t is { Enabled: true, IsRow: true, Timing: TriggerTiming.Before }
        && t.Events.HasFlag(TriggerEvents.Insert) && TriggerText.MayDropRow(t.Body));

    static bool WritesOthers(TargetTable table) =>
        table.Plan.Table.Triggers.Any(t => t.Enabled && t.Events.HasFlag(TriggerEvents.Insert) && TriggerText.Writes(t.Body));

    public async Task<TableRehearsal> RunAsync(TableGenerator rows, CancellationToken cancellationToken)
    {
        if (_isTimed) await LimitAsync($"{(long)(LeastLimit + rows.MadeRows * LimitOfRow).TotalMilliseconds}", cancellationToken);
        var found = await RunFreelyAsync(rows, cancellationToken);
        if (_isTimed) await LimitAsync("default", cancellationToken);
        return found;
    }

    Task LimitAsync(string limit, CancellationToken cancellationToken) =>
        session.ExecuteAsync($"set local statement_timeout to {limit}", cancellationToken);

    async Task<TableRehearsal> RunFreelyAsync(TableGenerator rows, CancellationToken cancellationToken)
    {
        if (!options.Immediate.Contains(table.Name)) return await TryAsync(rows, cancellationToken);
        // Triggers of other tables with the same name may refuse rows that are there; then they are to be looked at first.
        await TryAsync(async () =>
        {
            await SetTriggersAsync("immediate", cancellationToken);
            return true;
        }, stays: true, cancellationToken);
        var found = await TryAsync(rows, cancellationToken);
        await SetTriggersAsync("deferred", cancellationToken);
        return found;
    }

    Task SetTriggersAsync(string when, CancellationToken cancellationToken) =>
        session.ExecuteAsync([.. DeferrableTriggers(table).Select(t => $"set constraints {t} {when}")], cancellationToken);

    /// <summary>Names of the table's triggers that may wait for the commit.</summary>
    public static IEnumerable<string> DeferrableTriggers(TargetTable table) => table.Plan.Table.Triggers
        .Where(t => t is { Enabled: true, IsDeferrable: true } && t.Events.HasFlag(TriggerEvents.Insert))
        .Select(t => SqlName.Quote(new TableName(table.Name.Schema, t.Name)));

    async Task<TableRehearsal> TryAsync(TableGenerator rows, CancellationToken cancellationToken)
    {
        var whole = new Encoded(this, rows);
        var (together, standing) = table.TakesSingleRows ? (null, 0) : await TryTogetherAsync(whole, cancellationToken);
        if (together is null && !table.TakesSingleRows)
            return new() { Table = table.Name, Rows = standing, IsSlow = standing < whole.Count };
        var causes = together is { IsEndless: true } && whole.Count <= TimedRows ? [PlaceOf(together)]
            : await OneByOneAsync(whole, standing, cancellationToken);
        RowVariant? taken = null;
        if (!isBlocked && !causes.Contains(-1) && _causes.TrueForAll(c => !c.IsEndless) && _causes.Exists(MayVary) && options.Variants is { } variants)
        {
            taken = await FindAsync(variants(table.Name, _causes.ToEquatableArray()), cancellationToken);
            if (taken is not null) causes = await OneByOneAsync(new Encoded(this, taken.Rows), 0, cancellationToken);
        }
        return new()
        {
            Table = table.Name,
            Rows = causes.Length,
            Redraw = options.Redrawn.Contains(table.Name) && !isBlocked && taken is null ? await RedrawAsync(whole, new(rows, causes), cancellationToken) : null,
            Refusals = _causes.ToEquatableArray(),
            Causes = causes.ToEquatableArray(),
            Together = together is { Kind: RefusalKind.Trigger } && causes.Contains(-1) && !_causes.Contains(together) && _hasStatementTrigger
                ? together : null,
            Variant = taken
        };
    }

    /// <summary>Writes all rows, of a leaf a few first; when they are slow, the others are left aside.</summary>
    /// <returns>What is refused, and how many rows stand.</returns>
    async Task<(RowRefusal? Refusal, int Standing)> TryTogetherAsync(Encoded rows, CancellationToken cancellationToken)
    {
        var standing = 0;
        foreach (var step in _mayBeSlow ? TimedSteps : [])
        {
            var count = Math.Min(step, rows.Count - standing);
            var started = Stopwatch.GetTimestamp();
            if (await TryAsync(rows, standing, count, cancellationToken) is { } early) return (early, standing);
            standing += count;
            if (standing == rows.Count || pace.IsSlow(started)) return (null, standing);
            if (!TrialPace.TakesLong(started, count, rows.Count - standing)) break;
            if (step == TimedSteps[^1]) return (null, standing);
        }
        var refusal = await TryAsync(rows, standing, rows.Count - standing, cancellationToken);
        return (refusal, refusal is null ? rows.Count : standing);
    }

    async Task<Redraw?> RedrawAsync(Encoded rows, Redrawing redrawing, CancellationToken cancellationToken)
    {
        while (redrawing.Next is { } row) redrawing.Add(await TryAsync(rows, (int)row, 1, cancellationToken) is null);
        return redrawing.Result;
    }

    bool MayVary(RowRefusal refusal) => refusal.Kind is RefusalKind.Trigger or RefusalKind.Check or RefusalKind.Value or RefusalKind.Vanished
        || VariantMaker.ComputedBy(table.Plan.Table, refusal) is not null;

    /// <param name="taken">Rows that are in the table already.</param>
    async Task<int[]> OneByOneAsync(Encoded rows, int taken, CancellationToken cancellationToken)
    {
        var causes = Enumerable.Repeat(-1, taken).ToList();
        var started = Stopwatch.GetTimestamp();
        while (causes.Count < rows.Count)
        {
            causes.Add(await TryAsync(rows, causes.Count, 1, cancellationToken) is { } refusal ? PlaceOf(refusal) : -1);
            if (causes[^1] >= 0 && _causes[causes[^1]].IsEndless) break;
            if (causes.Count == TellingRows && isBlocked) break;
            if (causes.Count == (isBlocked ? BlockedRows : TellingRows) && !causes.Contains(-1)
                && (isBlocked || !await IsAnyTakenAsync(rows, causes.Count, cancellationToken)))
                break;
            if (causes.Count == TimedRows && _mayBeSlow && pace.IsSlow(started) && causes.TrueForAll(c => c < 0 == causes[0] < 0)) break;
        }
        return [.. causes];
    }

    int PlaceOf(RowRefusal refusal)
    {
        if (_causes.IndexOf(refusal) is var known and >= 0) return known;
        _causes.Add(refusal);
        return _causes.Count - 1;
    }

    async Task<RowVariant?> FindAsync(IEnumerable<RowVariant> variants, CancellationToken cancellationToken)
    {
        foreach (var variant in variants)
        {
            var rows = new Encoded(this, variant.Rows);
            for (var row = 0; row < Math.Min(VariantRows, rows.Count); row++)
                if (await IsTakenAsync(rows, row, cancellationToken)) return variant;
        }
        return null;
    }

    async Task<bool> IsAnyTakenAsync(Encoded rows, int first, CancellationToken cancellationToken)
    {
        var step = Math.Max(1, (rows.Count - first) / ProbedRows);
        for (var row = rows.Count - 1; row >= first; row -= step)
            if (await IsTakenAsync(rows, row, cancellationToken)) return true;
        return false;
    }

    // It does not stay.
    async Task<bool> IsTakenAsync(Encoded rows, int row, CancellationToken cancellationToken) =>
        await TryAsync(() => WriteAsync(rows, row, 1, cancellationToken), stays: false, cancellationToken) is null;

    /// <returns>Null when the server took the rows.</returns>
    Task<RowRefusal?> TryAsync(Encoded rows, int first, int count, CancellationToken cancellationToken) =>
        TryAsync(() => WriteAsync(rows, first, count, cancellationToken), stays: true, cancellationToken);

    /// <returns>False when rows were dropped without an error.</returns>
    async Task<bool> WriteAsync(Encoded rows, int first, int count, CancellationToken cancellationToken)
    {
        var before = _mayVanish ? await CountAsync(cancellationToken) : 0;
        await rows.WriteAsync(first, count, cancellationToken);
        return !_mayVanish || await CountAsync(cancellationToken) >= before + count;
    }

    /// <param name="step">Returns false when rows were dropped without an error.</param>
    /// <param name="stays">What was written stays when it was taken.</param>
    async Task<RowRefusal?> TryAsync(Func<Task<bool>> step, bool stays, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("savepoint relseed_rows", cancellationToken);
        try
        {
            if (!await step())
            {
                await BackAsync(cancellationToken);
                return await refusals.VanishedAsync(table, cancellationToken);
            }
            if (stays) await session.ExecuteAsync("release savepoint relseed_rows", cancellationToken);
            else await BackAsync(cancellationToken);
            return null;
        }
        catch (PostgresException refused) when (RefusalReader.IsRefusal(refused))
        {
            await BackAsync(cancellationToken);
            return await refusals.ReadAsync(refused, table.Name, cancellationToken);
        }
    }

    // A savepoint that stays makes every row cost more: the server looks for a row's transaction in all that are open.
    Task BackAsync(CancellationToken cancellationToken) =>
        session.ExecuteAsync(["rollback to savepoint relseed_rows", "release savepoint relseed_rows"], cancellationToken);

    // The server counts the rows of a partitioned table with its partitions.
    async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        const string Inserted = """
            select pg_stat_get_xact_tuples_inserted($1) + coalesce(
              (select sum(pg_stat_get_xact_tuples_inserted(relid))::bigint from pg_partition_tree($1) where isleaf and relid <> $1), 0)
            """;
        return (await session.QueryAsync(Inserted, row => row.GetInt64(0), cancellationToken,
            new NpgsqlParameter { Value = table.Oid, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid }))[0];
    }

    /// <summary>One form of the rows on its way to COPY.</summary>
    sealed class Encoded(TableTrial trial, TableGenerator rows)
    {
        readonly RowBatch _batch = new(rows);
        readonly CopyBuffer _buffer = new();
        readonly TableEncoding _encoding = TableEncoding.ForAll(rows, trial.Oid, trial.Types, trial.Nulled);

        public int Count => (int)rows.MadeRows;

        public async Task WriteAsync(int first, int count, CancellationToken cancellationToken)
        {
            if (_encoding.Columns.Count == 0)
            {
                await trial.Session.QueryAsync($"insert into {trial._name} select from generate_series(1, $1::bigint)", _ => 0, cancellationToken,
                    new NpgsqlParameter { Value = (long)count });
                return;
            }
            _batch.Fill(rows.FirstNew + first, count);
            _buffer.Clear();
            _encoding.Encoder.Encode(_batch, _buffer);
            var statement = await CopyStatement.BeginAsync(
                trial.Session.Connection, $"{trial._name} ({SqlName.List(_encoding.Columns)})", freeze: false, _encoding.Encoder, cancellationToken);
            try
            {
                await statement.WriteAsync(_buffer.Written, cancellationToken);
                await statement.CompleteAsync(cancellationToken);
            }
            catch
            {
                await statement.AbandonAsync();
                throw;
            }
        }
    }

    uint Oid => table.Oid;
    WireTypes Types => types;
    LoadSession Session => session;
    IReadOnlySet<string> Nulled => rebuild.NulledOf(table.Oid);
}
