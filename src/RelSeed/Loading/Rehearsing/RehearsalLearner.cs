using RelSeed.Expressions;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Turns refusals into facts for the next plan, and names those of which nothing was learned.</summary>
/// <param name="options">As the plan was made with.</param>
/// <param name="tried">What earlier rounds have learned; it is not learned twice.</param>
/// <param name="redrawn">Takes the tables whose refused rows are to be drawn again in the next round; null when not all rows are tried.</param>
/// <param name="waiting">What is known of triggers that wait for the commit.</param>
sealed partial class RehearsalLearner(
    SeedPlan plan, SeedGenerator rows, PlanOptions options, HashSet<string> tried, HashSet<TableName>? redrawn, WaitingTriggers waiting)
{
    const int MostSteps = 4;

    readonly ShakenTables _shaken = new(plan);
    readonly List<TableRehearsal> _tables = [];
    PlanOptions _options = options;

    /// <summary>With what was learned.</summary>
    public PlanOptions Options => _options;

    /// <summary>Refusals of which nothing could be learned.</summary>
    public List<UnsolvedRefusal> Unsolved { get; } = [];

    /// <summary>Something was learned.</summary>
    public bool HasLearned { get; private set; }

    /// <summary>Takes in what was found of the next table.</summary>
    public void Take(TableRehearsal table)
    {
        _tables.Add(table);
        _shaken.Add(table);
        if (waiting.Immediate.Contains(table.Table)) TakeImmediate(table);
        else if (!table.IsTaken && !_shaken.IsBlocked(table.Table)) _options = Learn(_options, table);
    }

    /// <summary>Takes in what was refused when all rows were there.</summary>
    public void TakeEnd(IReadOnlyList<RowRefusal> refusals)
    {
        if (HasLearned || Unsolved.Count > 0 || TryImmediate(refusals)) return;
        Unsolved.AddRange(refusals.Where(r => !LeaveKeyNull(ref _options, r)).Select(r => new UnsolvedRefusal(r.Table, r, 0, 0)));
    }

    public static string SourceOf(RowRefusal refusal) => "rehearsal: " + refusal switch
    {
        { Trigger: { } trigger } => $"trigger {trigger}",
        { Kind: RefusalKind.Check, Name: "" } => "partitions",
        { Kind: RefusalKind.Check } => $"check {refusal.Name}",
        { Name.Length: > 0 } => refusal.Name,
        _ => refusal.Code,
    };

    PlanOptions Learn(PlanOptions options, TableRehearsal table)
    {
        // Its triggers' rows stand; what was to be set in them is not needed.
        if (!plan.Find(table.Table)!.Sources.IsEmpty)
        {
            Add(ref options, table.Table, new LearnedTable { LeftOpen = $"the database refuses to set it ({SourceOf(table.Refusals[0])})" });
            return options;
        }
        if (table.Causes.All(c => c >= 0) && table.Refusals.FirstOrDefault(AsksElsewhere) is { } elsewhere
            && LeaveEmpty(ref options, table, elsewhere, isEvery: true))
            return options;
        if (table.Together is { } together) Add(ref options, table.Table, new LearnedTable { OneByOne = SourceOf(together) });
        if (table.Variant is { } variant && Add(ref options, table.Table, variant.Learned)) return options;
        var unsolved = new List<UnsolvedRefusal>();
        for (var cause = 0; cause < table.Refusals.Count; cause++)
        {
            var refused = Enumerable.Range(0, table.Causes.Count).Where(r => table.Causes[r] == cause).ToList();
            if (refused.Count > 0 && !Learn(ref options, table, table.Refusals[cause], refused))
                unsolved.Add(new UnsolvedRefusal(table.Table, table.Refusals[cause], refused.Count, table.Rows));
        }
        if (unsolved.Count > 0 && !DrawAgain(ref options, table, unsolved[0].Refusal)) Unsolved.AddRange(unsolved);
        return options;
    }

    bool Learn(ref PlanOptions options, TableRehearsal table, RowRefusal refusal, List<int> refused)
    {
        if (refusal.Kind is RefusalKind.Trigger or RefusalKind.Check or RefusalKind.Vanished or RefusalKind.Value)
        {
            if (Follow(ref options, refusal)) return true;
            if (Demand(ref options, table.Table, refusal) || WriteLater(ref options, table.Table, refusal)
                || Digits(ref options, table.Table, refusal))
                return true;
            if (Agree(ref options, table, refusal, refused) || NumberBeyond(ref options, table, refusal, refused)) return true;
            if (Separate(ref options, table, refusal, refused) || Compare(ref options, table, refusal, refused)
                || TakeFromSource(ref options, table, refusal, refused))
                return true;
            if (!table.Causes.Contains(-1) && WriteAfter(ref options, table.Table, refusal)) return true;
            if (WriteEarlier(ref options, table.Table, refusal)) return true;
            if (Retreat(ref options, table, refusal, refused) || Empty(ref options, table, refusal, refused)) return true;
            if (refused.Count == table.Rows && (Complete(ref options, table.Table, refusal) || Release(ref options, table.Table, refusal)))
                return true;
        }
        if (WriteBeforeItsWriters(ref options, table.Table, refusal)) return true;
        // One trigger may drop some rows and refuse the others.
        return LeaveEmpty(ref options, table, refusal,
            table.Causes.All(c => c >= 0 && (table.Refusals[c] == refusal || Hopeless(table.Refusals[c]) is not null)));
    }

    bool Add(ref PlanOptions options, TableName table, LearnedTable learned)
    {
        // Before a table stays empty for what the profile makes of it, it is filled without.
        if (learned.LeftEmpty is { } empty && plan.Find(table)?.Profiled is not null && tried.Add($"{table} without the profile"))
        {
            options = options.WithoutProfileOf(table, empty);
            return HasLearned = true;
        }
        if (!tried.Add($"{table}: {learned}")) return false;
        options = LearnedFacts.Add(options, table, learned);
        if (learned.LeftEmpty is not null) options = FillWhatItWrites(options, table);
        return HasLearned = true;
    }
}

/// <param name="Rows">Rows refused for it; 0 when it is the whole that is refused.</param>
/// <param name="Of">Rows tried.</param>
sealed record UnsolvedRefusal(TableName Table, RowRefusal Refusal, int Rows, int Of);
