using System.Diagnostics;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Sqlite.Interop;
using RelSeed.Sqlite.Loading.Encoding;
using RelSeed.Sqlite.Verification;

namespace RelSeed.Sqlite.Loading;

/// <summary>Writes all rows of a plan in one transaction, with foreign keys checked once at its end.</summary>
sealed class SqliteLoader(SqliteHandle handle, SeedPlan plan, SeedGenerator rows, LoadOptions options, IProgress<LoadProgress>? progress)
{
    readonly Refusal _refusal = new(plan.Schema);
    readonly SecondaryIndexes _indexes = new(handle, new Refusal(plan.Schema));
    readonly List<string> _notes = [];

    public async Task<LoadReport> LoadAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var transaction = LoadTransaction.Begin(handle, options.Settings);
        Prepare();
        var marker = RowMarker.Begin(handle, plan, options);
        List<TableLoad> tables = [];
        foreach (var table in plan.Tables) tables.Add(await LoadTableAsync(table, cancellationToken));
        _indexes.Restore((table, index) => Tell(LoadPhase.Rebuilding, $"index {index} of {table}"), cancellationToken);
        CheckForeignKeys(cancellationToken);
        if (marker is not null) _notes.AddRange(marker.Mark(cancellationToken));
        Analyze();
        cancellationToken.ThrowIfCancellationRequested();
        transaction.Commit();
        return new LoadReport
        {
            Tables = tables.ToEquatableArray(),
            Seconds = clock.Elapsed.TotalSeconds,
            Rebuilt = _indexes.Count,
            Notes = _notes.ToEquatableArray(),
            Digest = LoadDigest.Of(tables),
            HasStatistics = true,
        };
    }

    void Prepare()
    {
        Tell(LoadPhase.Preparing, "tables");
        if (options.Truncate) new TableEmptier(handle, _refusal).Empty(plan);
        if (options.KeepConstraints) return;
        var large = plan.Tables.Where(t => t.WrittenRows >= options.RebuildThreshold).ToList();
        // The statements of a trigger may need an index for speed, or for ON CONFLICT.
        if (large.Count > 0 && plan.Schema.Tables.SelectMany(t => t.Triggers).Any(t => t.Events.HasFlag(TriggerEvents.Insert)))
        {
            _notes.Add("Indexes stay in place during the load, because triggers on INSERT may need them.");
            return;
        }
        foreach (var table in large.Where(FillsMostly)) _indexes.Drop(table.Table.Name);
    }

    // Making an index again sorts the rows that stood there too.
    bool FillsMostly(TablePlan table) => handle.QueryInt64($"SELECT count(*) FROM {SqlText.Table(table.Table.Name.Name)}") <= table.Rows;

    async Task<TableLoad> LoadTableAsync(TablePlan plan, CancellationToken cancellationToken)
    {
        var (name, clock, written) = (plan.Table.Name, Stopwatch.StartNew(), 0L);
        var table = rows[name];
        var total = table.MadeRows;
        // Into a table that stays empty perhaps no statement can be prepared.
        if (!plan.Sources.IsEmpty || total == 0) return new TableLoad(name, total, 0, RowDigest.Format(0));
        using var writer = new TableWriter(handle, table);
        var pipeline = new BatchPipeline<EncodedBatch>(table, options.BatchRows, options.Threads);
        var digest =
            await pipeline.RunAsync(() => new EncodedBatch(table), static (batch, encoded) => encoded.Encode(batch), Write, cancellationToken);
        return new TableLoad(name, total, clock.Elapsed.TotalSeconds, RowDigest.Format(digest));

        ValueTask Write(EncodedBatch batch, int count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _refusal.Explain(name, () => writer.Write(batch, count));
            written += count;
            progress?.Report(new LoadProgress(LoadPhase.Loading, name, written, total));
            return ValueTask.CompletedTask;
        }
    }

    void CheckForeignKeys(CancellationToken cancellationToken)
    {
        Tell(LoadPhase.Verifying, "foreign keys");
        var written = plan.Tables.Select(t => t.Table.Name).ToHashSet();
        foreach (var table in plan.Schema.Tables)
        {
            foreach (var key in table.ForeignKeys.Where(k => written.Contains(table.Name) || written.Contains(k.Principal)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                CheckForeignKey(table, key);
            }
        }
    }

    void CheckForeignKey(Table table, ForeignKey key)
    {
        var orphans = Probe.Count(handle, ForeignKeySql.Orphans(plan.Schema, table, key), out var obstacle);
        if (obstacle is not null) _notes.Add($"{table.Name}.{key.Name} was not checked: {obstacle}.");
        if (orphans > 0)
            throw new DatabaseException("RS3101",
                $"{table.Name} would hold {orphans} rows that refer to no row of {key.Principal} by {key.Name} {key}. Nothing was written. " +
                $"Fill {key.Principal} in the same run, or give the columns a rule that leaves them NULL.");
    }

    // Bounded: some hundred entries of each index are enough for the planner.
    void Analyze()
    {
        Tell(LoadPhase.Rebuilding, "statistics");
        handle.Execute("PRAGMA analysis_limit = 1000");
        foreach (var table in plan.Tables.Where(t => t.Rows > 0)) handle.Execute($"ANALYZE {SqlText.Table(table.Table.Name.Name)}");
    }

    void Tell(LoadPhase phase, string step) => progress?.Report(new LoadProgress(phase, null, 0, 0, step));
}
