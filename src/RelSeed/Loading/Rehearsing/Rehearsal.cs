using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Tries a plan in the database, of a large one a small version, learns from what is refused, and plans anew until nothing is.</summary>
public sealed class Rehearsal
{
    /// <summary>Rows of a table that are tried at most, where a plan is too large to be tried as it is.</summary>
    public const int Rows = 40;

    /// <summary>A plan of no more rows a table, on average, is tried as it is, so that the load meets nothing new.</summary>
    public const int WholeRows = 64;

    /// <summary>So is a plan of no more rows in all that sets off triggers, of which a few rows do not show everything.</summary>
    public const long TriggerRows = 50_000;

    // A larger plan is tried as it is after all where rows are refused that nothing tells apart, when it has no more rows than these, and such
    // a table no more than those.
    const long MostWholeRows = 2_000_000;
    const long MostRefusedRows = 20_000;

    // And when the load itself was refused, where no table has more rows than those: each is tried at once.
    const int MostRowsAtOnce = 100_000;

    const int MostRounds = 12;

    // Where rows stay from round to round, only each third round goes on after something was learned: the others leave tables that come later
    // for a plan of which the earlier ones are taken.
    const int ShortRounds = 3;

    // Trials of a plan made afresh after the rounds.
    const int MostFinals = 3;

    readonly RehearsalSession _session;
    readonly DatabaseSchema _schema;
    readonly IReadOnlyDictionary<TableName, ExistingRows> _existing;
    readonly SeedPlan _asked;
    readonly PlanTrial _trial;
    readonly SlowTables _slow = new();
    readonly HashSet<string> _learned = new(StringComparer.Ordinal);
    readonly HashSet<TableName> _redrawn = [];
    readonly WaitingTriggers _waiting = new();
    readonly bool _wasRefused;
    bool _isWhole;
    bool _leftAside;
    PlanOptions _options;
    (SeedPlan Plan, SeedGenerator Rows)? _last;

    Rehearsal(RehearsalSession session, SeedPlan plan, PlanOptions options, IReadOnlyDictionary<TableName, ExistingRows> existing, bool wasRefused)
    {
        (_session, _asked, _schema, _options, _existing, _wasRefused) = (session, plan, plan.Schema, options, existing, wasRefused);
        var rows = plan.Tables.Sum(t => t.Rows);
        _isWhole = wasRefused || rows <= (long)WholeRows * plan.Tables.Count || (rows <= TriggerRows && plan.Tables.Any(t => t.SetsOffTriggers));
        _trial = new PlanTrial(existing);
    }

    /// <summary>A plan of which a small version was tried may be tried whole.</summary>
    public static bool MayTryWhole(SeedPlan plan) =>
        plan.Tables.Sum(t => t.Rows) <= MostWholeRows && plan.Tables.All(t => t.Rows <= MostRowsAtOnce);

    /// <param name="options">As the plan was made with.</param>
    /// <param name="wasRefused">The plan's load was refused: it is tried as it is, however large.</param>
    /// <exception cref="PlanException">RS203x: what the database refuses and nothing was learned of; all of it at once.</exception>
    /// <exception cref="DatabaseException">RS30xx, RS31xx: the database cannot be written at all.</exception>
    public static async Task<RehearsedPlan> RunAsync(
        SeedTarget target, SeedPlan plan, PlanOptions options, IReadOnlyDictionary<TableName, ExistingRows> existing, LoadOptions load,
        bool wasRefused, CancellationToken cancellationToken)
    {
        await using var session = await target.OpenRehearsalAsync(load, cancellationToken);
        var rehearsal = new Rehearsal(session, plan, options, existing, wasRefused);
        var isTried = await rehearsal.TryAsync(rehearsal._isWhole ? plan : null, cancellationToken);
        return new(rehearsal._options, isTried && rehearsal._isWhole ? rehearsal._last : null)
        {
            Slow = [.. rehearsal._slow.Among(plan)],
            LeftAside = rehearsal._leftAside,
        };
    }

    /// <param name="next">The plan to begin with, made of nothing but the options; null to make one.</param>
    /// <returns>False when there was nothing to try.</returns>
    async Task<bool> TryAsync(SeedPlan? next, CancellationToken cancellationToken)
    {
        var fit = new PlanFit();
        for (var finals = 0; ;)
        {
            var isFresh = next is not null;
            List<UnsolvedRefusal> unsolved = [];
            for (var round = 0; round < (_session.KeepsRows ? ShortRounds * MostRounds : MostRounds); round++)
            {
                if ((next ?? await MakeAsync(fit, cancellationToken)) is not { } plan) return false;
                next = null;
                var learner = await TryOnceAsync(plan, isShort: _session.KeepsRows && round % ShortRounds > 0, cancellationToken);
                unsolved = learner.Unsolved;
                if (!learner.HasLearned) break;
                isFresh = false;
            }
            if (unsolved.Count > 0 && IsBestTriedWhole(unsolved)) (_isWhole, fit) = (true, new PlanFit());
            else if (unsolved.Count > 0) LeaveOut(unsolved);
            else if (!_isWhole || isFresh || finals++ == MostFinals) return true;
            // What was found of earlier rounds' plans may not hold of the last one.
            else if ((next = await MakeAsync(new PlanFit(), cancellationToken)) is null) return false;
            else if (_last!.Value.Plan.Tables.Equals(next.Tables)) return true;
        }
    }

    /// <param name="isShort">The round ends with the first table of which something is learned.</param>
    async Task<RehearsalLearner> TryOnceAsync(SeedPlan plan, bool isShort, CancellationToken cancellationToken)
    {
        var rows = _last is { } before ? SeedGenerator.Compile(plan, _existing, before) : SeedGenerator.Compile(plan, _existing);
        HashSet<TableName> unchanged = _last is { } last ? PlanComparison.Unchanged(last.Plan, plan) : [];
        _last = (plan, rows);
        var learner = new RehearsalLearner(plan, rows, _options, _learned, _isWhole ? _redrawn : null, _waiting);
        _slow.Keep(unchanged);
        var report = await _session.TryAsync(plan, rows, new()
        {
            Variants = new VariantMaker(plan, rows, _existing).For,
            Known = _slow.Taken,
            Redrawn = _redrawn.ToHashSet(),
            IsPatient = _wasRefused,
            Immediate = _waiting.Immediate.ToHashSet(),
            Unchanged = unchanged,
            Told = table =>
            {
                learner.Take(table);
                return isShort && learner.HasLearned;
            },
        }, cancellationToken);
        _slow.Add(report);
        _leftAside = report.Tables.Any(t => t.IsSlow);
        learner.TakeEnd(report.AtEnd);
        _options = learner.Options;
        return learner;
    }

    // Then the rows that are refused are known one by one, and others take their place.
    bool IsBestTriedWhole(List<UnsolvedRefusal> unsolved) => !_isWhole && _asked.Tables.Sum(t => t.Rows) <= MostWholeRows
        && unsolved.Exists(u => u.Rows > 0 && u.Rows < u.Of && _asked.Find(u.Table)?.Rows <= MostRefusedRows);

    void LeaveOut(List<UnsolvedRefusal> unsolved)
    {
        if (!_options.SkipUnsolvable && LeaveEmpty(unsolved)) return;
        var faults = unsolved.ConvertAll(u => RehearsalFaults.Explain(_schema, u));
        if (!_options.SkipUnsolvable) PlanFaults.Throw(faults);
        foreach (var fault in faults) _options = Planner.LeaveOut(_schema, _options, fault) ?? _options;
        if (!faults.Exists(f => _learned.Add(f.Message))) PlanFaults.Throw(faults);
    }

    // Where triggers are all that is in the way, their tables reject whatever is inserted, which is told as any reason for fewer rows.
    bool LeaveEmpty(List<UnsolvedRefusal> unsolved)
    {
        var reasons = unsolved.GroupBy(u => u.Table).Select(t => (Table: t.Key, Reason: RehearsalFaults.RejectsAll(_schema, [.. t]))).ToList();
        if (!reasons.TrueForAll(r => r.Reason is not null && _learned.Add($"{r.Table} rejects all"))) return false;
        foreach (var (table, reason) in reasons) _options = LearnedFacts.Add(_options, table, new LearnedTable { LeftEmpty = reason! });
        return true;
    }

    // Where fewer rows cannot be planned though more can, there is nothing to try.
    async Task<SeedPlan?> MakeAsync(PlanFit fit, CancellationToken cancellationToken)
    {
        var options = _isWhole ? _options : _options with { MostRows = Rows };
        try
        {
            return await Task.Run(() => FittedPlan.Make(_schema, options, _trial, fit), cancellationToken).WaitAsync(cancellationToken);
        }
        catch (PlanException)
        {
            return null;
        }
    }
}

/// <summary>What a rehearsal ends with.</summary>
/// <param name="Options">With what was learned.</param>
/// <param name="Whole">The plan made of them and its rows, where all of it was tried; null where a small version was.</param>
public sealed record RehearsedPlan(PlanOptions Options, (SeedPlan Plan, SeedGenerator Rows)? Whole)
{
    /// <summary>In the plan's order.</summary>
    public IReadOnlyList<SlowTable> Slow { get; init; } = [];

    /// <summary>Some rows took so long that others of their table were not tried.</summary>
    public bool LeftAside { get; init; }
}
