using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Rebuild;

/// <summary>A foreign key that is loaded as null and set by an UPDATE when its parents are there.</summary>
/// <param name="Columns">The key's columns that are null meanwhile.</param>
/// <param name="Identity">A unique key by whose columns the UPDATE finds the rows.</param>
sealed record TwoPhaseKey(TableReference Reference, IReadOnlyList<string> Columns, IReadOnlyList<string> Identity);

/// <summary>Finds a way for each foreign key that stays in place and leads to a table that is loaded later: wait for the end, null first,
/// or make it one that waits until all rows are there.</summary>
sealed class CycleDecision(
    IReadOnlyList<TargetTable> tables, IReadOnlyList<TableReference> references, IReadOnlySet<TableReference> dropped,
    Func<TableReference, string?> obstacleOf, LoadOptions options)
{
    readonly Dictionary<uint, int> _places = tables.Select((t, i) => (t.Oid, Place: i)).ToDictionary(t => t.Oid, t => t.Place);

    public List<TableReference> Deferred { get; } = [];
    public List<TwoPhaseKey> TwoPhase { get; } = [];
    /// <summary>Keys that cannot wait of themselves, and are made to for the time of the load.</summary>
    public HashSet<TableReference> Waiting { get; } = [];

    public CycleDecision Make()
    {
        foreach (var reference in references.Where(r => !dropped.Contains(r) && LeadsBack(r))) Decide(reference);
        return this;
    }

    bool LeadsBack(TableReference reference) =>
        _places.TryGetValue(reference.Child, out var child) && _places.TryGetValue(reference.Parent, out var parent)
        && parent > FirstWrite(child) && tables[child].Plan.Rows > 0 && !tables[child].Plan.KeysMetByTriggers.Contains(reference.Name);

    // Rows that triggers make come with those that cause them.
    int FirstWrite(int table) => tables[table].Plan.Sources
        .Select(s => Enumerable.Range(0, tables.Count).FirstOrDefault(t => tables[t].Name == s.Table, table)).Where(t => t < table).Select(FirstWrite)
        .DefaultIfEmpty(table).Min();

    void Decide(TableReference reference)
    {
        if (reference.IsDeferrable)
        {
            Deferred.Add(reference);
            return;
        }
        var child = tables[_places[reference.Child]];
        var twoPhase = FindTwoPhase(child, reference);
        if (twoPhase is not null && IsHarmless(child, twoPhase)) TwoPhase.Add(twoPhase);
        else if (obstacleOf(reference) is null) Waiting.Add(reference);
        else TwoPhase.Add(twoPhase ?? throw Unsatisfiable(child, reference));
    }

    static TwoPhaseKey? FindTwoPhase(TargetTable child, TableReference reference)
    {
        if (!child.Plan.Sources.IsEmpty || child.Plan.Table.ForeignKeys.FirstOrDefault(f => f.Name == reference.Name) is not { } key) return null;
        var nullable = key.Columns.Where(c => child.Plan.Table[c].IsNullable).ToList();
        if (nullable.Count == 0 || (key.IsMatchFull && nullable.Count < key.Columns.Count)) return null;
        if (!child.Plan.Table.Rights.HasFlag(TableRights.Update)) return null;
        var written = child.Plan.Columns.Where(c => !c.IsOmitted).Select(c => c.Column.Name).ToHashSet();
        var identity = child.Plan.Table.AllKeys.FirstOrDefault(k =>
            k.IsPlain && k.ColumnNames.All(c => written.Contains(c) && !nullable.Contains(c) && !child.Plan.Table[c].IsNullable));
        return identity is null ? null : new(reference, nullable, [.. identity.ColumnNames]);
    }

    /// <summary>Nothing else of the table would notice the nulls or the UPDATE.</summary>
    static bool IsHarmless(TargetTable child, TwoPhaseKey key)
    {
        var table = child.Plan.Table;
        return !child.HasTrigger(TriggerEvents.Update | TriggerEvents.Insert)
            && !table.Checks.Any(c => key.Columns.Any(n => c.Expression.Contains(n)))
            && !table.Exclusions.Any(e => key.Columns.Any(n => e.Definition.Contains(n)))
            && !table.AllKeys.Any(k => k.NullsNotDistinct && key.Columns.Intersect(k.ColumnNames).Any())
            // More rows meet the condition of a partial key, or share an expression, while the columns are null.
            && !table.AllKeys.Any(k => key.Columns.Any(n => k.Predicate?.Contains(n) == true || k.Parts.Any(p => p.Expression?.Contains(n) == true)));
    }

    PlanException Unsatisfiable(TargetTable child, TableReference reference)
    {
        var path = PathBack(reference);
        var parent = tables[_places[reference.Parent]].Name;
        var why = options.KeepConstraints ? "--keep-constraints forbids to rebuild them" : "this user may not alter constraints";
        var way = options.KeepConstraints ? "Leave out --keep-constraints" : "Grant ownership";
        return new PlanException("RS2003",
            $"Tables {child.Name} and {parent} reference each other and neither key may be null or deferred ({path}), and {why}. " +
            $"{way}, make one key DEFERRABLE, or leave a table out with --exclude {parent}.");
    }

    /// <summary>The shortest way along foreign keys from the key's parent to its child again.</summary>
    string PathBack(TableReference start)
    {
        var cameBy = new Dictionary<uint, TableReference?> { [start.Parent] = null };
        var queue = new Queue<uint>([start.Parent]);
        while (queue.TryDequeue(out var table) && table != start.Child)
            foreach (var next in references.Where(r => r.Child == table && _places.ContainsKey(r.Parent)))
                if (cameBy.TryAdd(next.Parent, next)) queue.Enqueue(next.Parent);
        var path = new List<TableReference>();
        for (var by = cameBy.GetValueOrDefault(start.Child); by is not null; by = cameBy[by.Child]) path.Insert(0, by);
        return string.Join(", ", path.Prepend(start).Select(Describe));
    }

    string Describe(TableReference reference)
    {
        var key = tables[_places[reference.Child]].Plan.Table.ForeignKeys.FirstOrDefault(f => f.Name == reference.Name);
        var from = key is null ? reference.Name : string.Join("+", key.Columns.Select(c => $"{reference.ChildName}.{c}"));
        return $"{from} -> {tables[_places[reference.Parent]].Name}";
    }
}
