using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Rebuild;

/// <summary>What is dropped before the load and made again after it, and what is loaded around. Decided before anything is touched.</summary>
sealed record RebuildPlan
{
    /// <summary>Dropped before the first row and made again after the last, oldest first; those of a cycle wait meanwhile.</summary>
    public required IReadOnlyList<TableReference> References { get; init; }

    /// <summary>Dropped before a table's own rows and made again right after them, so that triggers of later tables find them.</summary>
    public required ILookup<uint, TableIndex> Indexes { get; init; }

    /// <summary>Foreign keys whose check waits until all rows are there.</summary>
    public required IReadOnlyList<TableReference> Deferred { get; init; }

    /// <summary>All that may wait does: a constraint trigger looks for rows that come later, or the keys that wait share their names with keys
    /// that may not.</summary>
    public required bool DefersAll { get; init; }

    /// <summary>Foreign keys loaded as null and set afterwards, by table.</summary>
    public required ILookup<uint, TwoPhaseKey> TwoPhase { get; init; }

    /// <summary>Tables that are written in one statement.</summary>
    public required IReadOnlyList<StagedGroup> Staged { get; init; }

    /// <summary>Foreign keys that stay and lead from a plan's table to itself: its rows must come in one statement.</summary>
    public required IReadOnlySet<uint> SelfReferring { get; init; }

    /// <summary>Tables large enough that the work around them pays.</summary>
    public required IReadOnlyList<TargetTable> Heavy { get; init; }

    /// <summary>Foreign keys that stay in place.</summary>
    public required IReadOnlyList<TableReference> Kept { get; init; }

    /// <summary>Off until all rows are there.</summary>
    public required IReadOnlyList<TableTrigger> Triggers { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Columns of a table that are null first.</summary>
    public IReadOnlySet<string> NulledOf(uint table) => TwoPhase[table].SelectMany(k => k.Columns).ToHashSet();

    public StagedGroup? StagedWith(uint table) => Staged.FirstOrDefault(g => g.Tables.Contains(table));

    public int Count => References.Count + Indexes.Sum(table => table.Count());

    /// <summary>What is done before the first row is the same.</summary>
    public bool PreparesLike(RebuildPlan other) => DefersAll == other.DefersAll && Triggers.SequenceEqual(other.Triggers)
        && References.Select(r => r.Drop).SequenceEqual(other.References.Select(r => r.Drop), StringComparer.Ordinal)
        && Deferred.Select(r => r.Oid).SequenceEqual(other.Deferred.Select(r => r.Oid));
}

/// <summary>What the catalog says of everything that could be rebuilt.</summary>
/// <param name="EventTrigger">Name of an event trigger that would see each ALTER; null for none.</param>
sealed record RebuildFacts(
    IReadOnlyList<TargetTable> Tables, ILookup<uint, TableIndex> Indexes, IReadOnlyList<TableReference> References,
    IReadOnlyList<TableTrigger> Triggers, string? EventTrigger)
{
    /// <summary>The same of another plan of the same tables; null when it sets other triggers aside.</summary>
    public RebuildFacts? For(SeedPlan plan)
    {
        var known = Tables.ToDictionary(t => t.Name);
        if (plan.Tables.Count != known.Count || !plan.Tables.All(t => known.TryGetValue(t.Table.Name, out var table)
            && TargetTable.SetAside(t).SequenceEqual(TargetTable.SetAside(table.Plan), StringComparer.Ordinal)))
            return null;
        return this with { Tables = [.. plan.Tables.Select(t => known[t.Table.Name] with { Plan = t })] };
    }
}

/// <summary>Decides what is rebuilt: foreign keys of or to a large table, and a large table's keys and indexes, unless something stands on
/// them.</summary>
sealed class RebuildDecision
{
    // Building over the rows of old costs more than keeping an index up to date for the new ones when the old ones are so many times more.
    const long OldRowsRatio = 4;

    readonly RebuildFacts _facts;
    readonly LoadOptions _options;
    readonly Dictionary<uint, TargetTable> _tables;
    readonly HashSet<TableReference> _dropped = [];
    readonly HashSet<TableIndex> _droppedIndexes = [];
    readonly List<string> _notes = [];
    readonly bool _mayAlter;

    RebuildDecision(RebuildFacts facts, LoadOptions options)
    {
        (_facts, _options) = (facts, options);
        _tables = facts.Tables.ToDictionary(t => t.Oid);
        _mayAlter = !options.KeepConstraints && facts.EventTrigger is null;
    }

    /// <exception cref="PlanException">RS2003: a cycle of keys that no way of loading satisfies.</exception>
    public static RebuildPlan Make(RebuildFacts facts, LoadOptions options) => new RebuildDecision(facts, options).Make();

    RebuildPlan Make()
    {
        var large = _facts.Tables.Where(t => t.Rows >= _options.RebuildThreshold).ToList();
        var heavy = _mayAlter ? large.Where(t => t.IsPlain && t.IsOwned && Pays(t)).ToList() : [];
        NoteWhatStops(large);
        foreach (var table in heavy.Where(t => !t.HasTrigger(TriggerEvents.Insert))) DropIndexes(table);
        foreach (var reference in _facts.References.Where(IsWanted))
            if (ObstacleOf(reference) is { } obstacle) NoteKept(reference, obstacle);
            else _dropped.Add(reference);
        var cycles = new CycleDecision(_facts.Tables, _facts.References, _dropped, ObstacleOf, _options).Make();
        return new()
        {
            References = [.. _facts.References.Where(r => _dropped.Contains(r) || cycles.Waiting.Contains(r))
                .Select(r => _dropped.Contains(r) ? r : r.AsWaiting())],
            Indexes = _droppedIndexes.OrderBy(i => i.Oid).ToLookup(i => i.Table),
            Deferred = cycles.Deferred,
            DefersAll = DefersAll(cycles.Deferred),
            TwoPhase = cycles.TwoPhase.ToLookup(k => k.Reference.Child),
            Staged = cycles.Staged,
            SelfReferring = _facts.References.Where(r => r.Child == r.Parent && !_dropped.Contains(r)).Select(r => r.Child).ToHashSet(),
            Heavy = heavy,
            Kept = [.. _facts.References.Where(r => !_dropped.Contains(r) && !cycles.Waiting.Contains(r))],
            Triggers = _facts.Triggers,
            Notes = [.. _notes, .. cycles.Staged.Select(Note)],
        };
    }

    string Note(StagedGroup group) =>
        $"Rows of {string.Join(", ", group.Names.SkipLast(1))} and {group.Names[^1]} go in by one statement: they need each other, and their keys stay in place.";

    bool DefersAll(IReadOnlyList<TableReference> deferred) =>
        _facts.Tables.Any(t => t.Plan.Rows > 0 && t.Plan.Table.Triggers.Any(g => g is { Enabled: true, IsDeferrable: true }))
        || deferred.Any(d => _facts.References.Any(r => !r.IsDeferrable && r.Name == d.Name && r.ChildName.Schema == d.ChildName.Schema));

    static bool Pays(TargetTable table) => table.EstimatedRows <= table.Rows * OldRowsRatio;

    void NoteWhatStops(List<TargetTable> large)
    {
        if (large.Count == 0 || _options.KeepConstraints) return;
        if (_facts.EventTrigger is { } trigger)
        {
            _notes.Add(
                $"All keys and indexes stay in place during the load, which is slower: event trigger {trigger} would act on each change of them.");
            return;
        }
        foreach (var table in large)
            if (!table.IsOwned) _notes.Add($"Keys and indexes of {table.Name} stay in place, which is slower: this user does not own the table.");
            else if (!table.IsPlain) _notes.Add($"Keys and indexes of {table.Name} stay in place, which is slower: the table is partitioned.");
            else if (Pays(table) && table.HasTrigger(TriggerEvents.Insert))
                _notes.Add($"Keys and indexes of {table.Name} stay in place, which is slower: its triggers may look rows up by them.");
    }

    void DropIndexes(TargetTable table)
    {
        foreach (var index in _facts.Indexes[table.Oid])
            if (ObstacleOf(table, index) is { } obstacle)
                _notes.Add($"Index {index.Name} of {table.Name} stays in place, which is slower: {obstacle}.");
            else _droppedIndexes.Add(index);
    }

    string? ObstacleOf(TargetTable table, TableIndex index)
    {
        if (index.Obstacle is { } obstacle) return obstacle;
        if (index.Identifies && table.IsPublished) return "a publication tells the table's rows by it";
        var relying = _facts.References.FirstOrDefault(r => r.Index == index.Oid && ObstacleOf(r) is not null);
        return relying is null ? null : $"foreign key {relying.Name} of {relying.ChildName} relies on it and stays, since {ObstacleOf(relying)}";
    }

    string? ObstacleOf(TableReference reference)
    {
        if (!_mayAlter) return "keys are to stay in place";
        if (reference.Obstacle is { } obstacle) return obstacle;
        if (!_tables.TryGetValue(reference.Child, out var child)) return $"{reference.ChildName} is not part of the load";
        var pays = reference.ChildEstimate <= Math.Max(child.Rows, _options.RebuildThreshold) * OldRowsRatio;
        return pays ? null : $"{reference.ChildName} holds many rows already";
    }

    bool IsWanted(TableReference reference) =>
        _mayAlter && _tables.TryGetValue(reference.Child, out var child)
        && (child.Rows >= _options.RebuildThreshold || _droppedIndexes.Any(i => i.Oid == reference.Index));

    void NoteKept(TableReference reference, string obstacle) =>
        _notes.Add($"Foreign key {reference.Name} of {reference.ChildName} stays in place, which is slower: {obstacle}.");
}
