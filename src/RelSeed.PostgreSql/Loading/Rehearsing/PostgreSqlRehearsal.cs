using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.PostgreSql.Connections;
using RelSeed.PostgreSql.Loading.Copy;
using RelSeed.PostgreSql.Loading.Rebuild;

namespace RelSeed.PostgreSql.Loading.Rehearsing;

/// <summary>Tries plans in one transaction that is rolled back in the end.</summary>
/// <remarks>Everything stays as in the load: keys are in place except those of a cycle that the load would drop too.</remarks>
sealed class PostgreSqlRehearsal : RehearsalSession
{
    // Before what the load does before its first row.
    const string Untouched = "relseed_untouched";

    readonly LoadSession _session;
    readonly LoadOptions _load;
    readonly StandingTables _standing;
    readonly TrialPace _pace = new();
    (RebuildFacts Facts, WireTypes Types)? _catalog;
    RebuildPlan? _prepared;
    RefusalReader? _refusals;

    PostgreSqlRehearsal(LoadSession session, LoadOptions load) =>
        (_session, _load, _standing) = (session, load with { RebuildThreshold = int.MaxValue }, new StandingTables(session));

    public override bool KeepsRows => true;

    /// <param name="lease">Ended with the rehearsal, or at once if that cannot begin.</param>
    public static async Task<PostgreSqlRehearsal> OpenAsync(ConnectionLease lease, LoadOptions load, CancellationToken cancellationToken)
    {
        var session = await ExplainAsync(null, () => LoadSession.BeginAsync(lease, load, cancellationToken), cancellationToken);
        return new(session, load);
    }

    public override Task<RehearsalReport> TryAsync(
        SeedPlan plan, SeedGenerator rows, RehearsalOptions options, CancellationToken cancellationToken) => ExplainAsync(plan, async () =>
    {
        var facts = await ReadAsync(plan, cancellationToken);
        var rebuild = RebuildDecision.Make(facts, _load);
        if (_prepared?.PreparesLike(rebuild) != true) await PrepareAsync(facts.Tables, rebuild, cancellationToken);
        _refusals ??= new(plan.Schema, _session);
        var round = new RehearsalRound(_session, plan, rows, options, _refusals, _standing, _catalog!.Value.Types, rebuild, _pace, facts.Tables);
        return await round.RunAsync(cancellationToken);
    }, cancellationToken);

    /// <summary>Rolls back.</summary>
    public override ValueTask DisposeAsync() => _session.DisposeAsync();

    // The catalog as it is without the rehearsal; what it tells of tables and keys is the same for each plan.
    async Task<RebuildFacts> ReadAsync(SeedPlan plan, CancellationToken cancellationToken)
    {
        if (_catalog is { } known && known.Facts.For(plan) is { } facts) return facts;
        await GoBackAsync(cancellationToken);
        _catalog = await PostgreSqlLoader.ReadCatalogAsync(_session, plan, _load, cancellationToken);
        return _catalog.Value.Facts;
    }

    async Task GoBackAsync(CancellationToken cancellationToken)
    {
        await _session.ExecuteAsync(_catalog is null ? $"savepoint {Untouched}" : $"rollback to savepoint {Untouched}", cancellationToken);
        _standing.Clear();
        _prepared = null;
    }

    async Task PrepareAsync(IReadOnlyList<TargetTable> tables, RebuildPlan rebuild, CancellationToken cancellationToken)
    {
        await GoBackAsync(cancellationToken);
        _prepared = rebuild;
        var silent = new ProgressMeter(progress: null);
        await new ConstraintManager(_session, rebuild, silent).PrepareAsync(cancellationToken);
        if (_load.Truncate) await new TableEmptier(_session, rebuild, silent).EmptyAsync(tables, all: true, cancellationToken);
    }

    static async Task<T> ExplainAsync<T>(SeedPlan? plan, Func<Task<T>> step, CancellationToken cancellationToken)
    {
        try
        {
            return await step();
        }
        catch (Exception fault)
        {
            if (new LoadFaults(plan).Explain(fault, cancellationToken) is not { } explained) throw;
            throw explained;
        }
    }
}
