using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>What trials have found of a plan: the room that keys turn out to have, the tables whose rows are searched for.</summary>
sealed class PlanFit
{
    // Rows only shrink, and a table is searched once; each round settles at least the first table that is short or broken.
    const int MostRounds = 12;

    readonly Dictionary<TableName, (long Rows, string Reason)> _capacities = [];
    readonly Dictionary<TableName, long> _drawn = [];
    readonly HashSet<TableName> _searched = [];
    readonly HashSet<(TableName Table, string Key)> _covering = [];
    readonly Dictionary<(TableName Table, string Key), long> _passing = [];
    readonly HashSet<(TableName Table, string Key)> _severed = [];
    readonly Dictionary<TableName, int> _shortened = [];
    readonly RaisedParents _raised = new();
    int _rounds;

    /// <summary>Tables that were searched in vain.</summary>
    public HashSet<TableName> Given { get; } = [];

    /// <summary>Parents that pass what was learned of a foreign key.</summary>
    public IReadOnlyDictionary<(TableName Table, string Key), long> Passing => _passing;

    /// <summary>What was found before stays, but a table that had no room at all is tried again.</summary>
    public void Begin()
    {
        foreach (var empty in _capacities.Where(c => c.Value.Rows == 0).Select(c => c.Key).ToList()) _capacities.Remove(empty);
        _shortened.Clear();
        _passing.Clear();
        _rounds = MostRounds;
    }

    public PlanOptions Apply(PlanOptions options) => options with
    {
        Capacities = new Dictionary<TableName, (long, string)>(options.Capacities.Where(c => !_capacities.ContainsKey(c.Key)).Concat(_capacities)),
        Searched = options.Searched.Union(_searched).ToHashSet(),
        Drawn = _drawn,
        Covering = options.Covering.Union(_covering).ToHashSet(),
        Passing = new Dictionary<(TableName, string), long>(_passing),
        Severed = options.Severed.Union(_severed).ToHashSet(),
        Raised = new Dictionary<TableName, (long, string)>(_raised.Rows),
    };

    /// <summary>So much was changed that no more is.</summary>
    public bool IsSpent => _rounds <= 0;

    /// <returns>False when nothing is left to change.</returns>
    public bool Take(SeedPlan plan, PlanFindings findings, TableName? broken)
    {
        _rounds--;
        // A table's own number settles before those that hang on it.
        foreach (var (name, found) in findings.Drawn) _drawn[name] = found;
        var isNew = findings.Drawn.Count > 0 || findings.Passing.Keys.Any(k => !_passing.ContainsKey(k));
        foreach (var (key, found) in findings.Passing) _passing[key] = found;
        Shrink(findings, plan);
        if (findings.Shortfalls.Count == 0 && isNew) _rounds++;
        if (broken is { } table) Search(table);
        if (broken is not null || !findings.IsEmpty) return true;
        var isRaised = !findings.IsBounded && (_raised.Follow(plan, _passing)
            || plan.Tables.Any(t => t.Rows < t.RequestedRows && HasFewParents(t) && _raised.Raise(plan, t.Table.Name, t.Rows, _searched.Contains(t.Table.Name))));
        if (isRaised) _rounds++;
        return isRaised;
    }

    // Each serves one row.
    bool HasFewParents(TablePlan table) => table.References.Any(r => RaisedParents.IsOneEach(table.Table, r.Key)
        && _passing.TryGetValue((table.Table.Name, r.Key.Name), out var passing) && passing < table.RequestedRows);

    /// <summary>Gives up an optional key to a table whose keys depend on those of the one that a fault speaks of.</summary>
    /// <param name="isLastResort">Keys of one column go too: the choices of a table may be made of whole rows of the other.</param>
    /// <returns>False when there is none left.</returns>
    public bool Sever(SeedPlan plan, PlanException fault, bool isLastResort)
    {
        var keys = Optional(plan, columns: 2).Where(k => k.IsBackward);
        if (isLastResort) keys = keys.Concat(Optional(plan, columns: 1).Where(k => plan.Reaches(k.Principal, k.Table)));
        return keys.OrderByDescending(k => k.Columns > 1).ThenByDescending(k => k.IsBackward)
            .ThenByDescending(k => IsOf(k.Table)).ThenBy(k => k.Table)
            .Any(k => (IsOf(k.Table) || IsOf(k.Principal)) && _severed.Add((k.Table, k.Key)));

        bool IsOf(TableName table) => fault.Tables.Any(t => t.Table == table.ToString());
    }

    /// <summary>Gives up the search for rows of the tables that a fault speaks of: it reads rows that depend on them.</summary>
    /// <returns>False when none was searched.</returns>
    public bool GiveUpSearch(PlanException fault)
    {
        var searched = _searched.Where(t => fault.Tables.Any(f => f.Table == t.ToString())).ToList();
        searched.ForEach(GiveUp);
        return searched.Count > 0;
    }

    /// <summary>Keys to other tables that may be null.</summary>
    /// <param name="columns">The fewest that such a key has; those of several may share them with others.</param>
    static IEnumerable<(TableName Table, string Key, TableName Principal, bool IsBackward, int Columns)> Optional(SeedPlan plan, int columns) =>
        from table in plan.Tables
        from key in table.Table.ForeignKeys
        where key.Columns.Count >= columns && key.Principal != table.Table.Name && !TableGraph.IsRequired(table.Table, key)
        select (table.Table.Name, key.Name, key.Principal, table.BackwardKeys.Contains(key.Name), key.Columns.Count);

    // Searches that wait for one another find nothing: the choices of one are the other's parents. Of a cycle, those keys go first that lead to
    // rows written later.
    bool SeverSearched(SeedPlan plan, TableName table)
    {
        var cycle = plan.Tables.Select(t => t.Table.Name).Where(t => plan.Reaches(table, t) && plan.Reaches(t, table)).ToHashSet();
        var keys = Optional(plan, columns: 2)
            .Where(k => cycle.Contains(k.Table) && cycle.Contains(k.Principal) && !_severed.Contains((k.Table, k.Key))).ToList();
        var back = keys.FindAll(k => k.IsBackward);
        var go = back.Count > 0 ? back : keys.FindAll(k => k.Table == table || k.Principal == table);
        _severed.UnionWith(go.Select(k => (k.Table, k.Key)));
        return go.Count > 0;
    }

    void Shrink(PlanFindings findings, SeedPlan plan)
    {
        var shortfalls = findings.Shortfalls;
        // What else is short may be so only because of these.
        if (shortfalls.Any(f => f.Value is { Rows: 0, IsRedrawn: false } && _searched.Contains(f.Key) && SeverSearched(plan, f.Key)))
        {
            _rounds++;
            return;
        }
        foreach (var (table, found) in shortfalls)
        {
            if (found.IsRedrawn) (_capacities[table], _rounds) = (Redrawn(table, found, plan.Find(table)!.Rows), _rounds + 1);
            else if (PairedParents.Of(plan, table).ToList().FindAll(_covering.Add).Count > 0) _rounds++;
            else if (!findings.IsBounded && _raised.Raise(plan, table, found.Rows, _searched.Contains(table))) _rounds++;
            else if (found.Rows == 0 && _searched.Contains(table)) GiveUp(table);
            else _capacities[table] = (found.Rows, found.Reason);
        }
    }

    // Fewer rows are drawn anew and may be short again, so each time twice as many go.
    (long Rows, string Reason) Redrawn(TableName table, Shortfall found, long planned)
    {
        var factor = 1L << (_shortened[table] = _shortened.GetValueOrDefault(table, -1) + 1);
        var fewer = found with { Rows = Math.Max(0, planned - (planned - found.Rows) * factor) };
        return (fewer.Rows, fewer.Reason);
    }

    void Search(TableName table)
    {
        if (!_searched.Add(table)) GiveUp(table);
        else _capacities.Remove(table);
        _rounds += 2;
    }

    // What it was planned without a search is no worse.
    void GiveUp(TableName table)
    {
        _searched.Remove(table);
        _capacities.Remove(table);
        Given.Add(table);
    }
}
