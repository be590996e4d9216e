using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Rebuild;

/// <summary>A foreign key that is loaded as null and set by an UPDATE when its parents are there.</summary>
/// <param name="Columns">The key's columns that are null meanwhile.</param>
/// <param name="Identity">A unique key by whose columns the UPDATE finds the rows.</param>
sealed record TwoPhaseKey(TableReference Reference, IReadOnlyList<string> Columns, IReadOnlyList<string> Identity);

/// <summary>Tables whose rows go in by one statement, at whose end their keys are checked.</summary>
/// <param name="Tables">In the plan's order; those between them that refer to none of them are written as usual.</param>
/// <param name="Names">The same, for people.</param>
sealed record StagedGroup(IReadOnlyList<uint> Tables, IReadOnlyList<TableName> Names);

/// <summary>Finds a way for each foreign key that stays in place and leads to a table that is loaded later: wait for the end, null first,
/// make it one that waits until all rows are there, or write both tables in one statement.</summary>
sealed class CycleDecision(
    IReadOnlyList<TargetTable> tables, IReadOnlyList<TableReference> references, IReadOnlySet<TableReference> dropped,
    Func<TableReference, string?> obstacleOf, LoadOptions options)
{
    readonly Dictionary<uint, int> _places = tables.Select((t, i) => (t.Oid, Place: i)).ToDictionary(t => t.Oid, t => t.Place);
    readonly List<TableReference> _together = [];

    public List<TableReference> Deferred { get; } = [];
    public List<TwoPhaseKey> TwoPhase { get; } = [];
    public List<StagedGroup> Staged { get; } = [];

    /// <summary>Keys that cannot wait of themselves, and are made to for the time of the load.</summary>
    public HashSet<TableReference> Waiting { get; } = [];

    public CycleDecision Make()
    {
        foreach (var reference in references.Where(r => !dropped.Contains(r) && LeadsBack(r))) Decide(reference);
        Stage();
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
        else if (twoPhase is not null) TwoPhase.Add(twoPhase);
        else if (ObstacleToStage(child) is { } obstacle) throw Unsatisfiable(reference, child, obstacle);
        else _together.Add(reference);
    }

    // Spans of the plan's order that have tables in common are one statement.
    void Stage()
    {
        foreach (var reference in _together.OrderBy(r => _places[r.Child]))
        {
            var (first, last) = (_places[reference.Child], _places[reference.Parent]);
            if (Staged.Count > 0 && _places[Staged[^1].Tables[^1]] >= first)
            {
                (first, last) = (_places[Staged[^1].Tables[0]], Math.Max(last, _places[Staged[^1].Tables[^1]]));
                Staged.RemoveAt(Staged.Count - 1);
            }
            Staged.Add(GroupOf(reference, first, last));
        }
    }

    StagedGroup GroupOf(TableReference reference, int first, int last)
    {
        var group = new List<int>();
        for (var place = first; place <= last; place++)
        {
            var table = tables[place];
            if (table.Rows == 0 || !(_together.Exists(r => r.Child == table.Oid || r.Parent == table.Oid)
                || references.Any(r => r.Child == table.Oid && group.Exists(g => tables[g].Oid == r.Parent))))
                continue;
            if (ObstacleToStage(table) is { } obstacle) throw Unsatisfiable(reference, table, obstacle);
            group.Add(place);
        }
        return new([.. group.Select(g => tables[g].Oid)], [.. group.Select(g => tables[g].Name)]);
    }

    static string? ObstacleToStage(TargetTable table) =>
        !table.Plan.Sources.IsEmpty ? "gets its rows from triggers"
        : table.TakesSingleRows ? "has a trigger that takes one row a statement"
        : table.Plan.Table.Rules.Any(r => r.Event == "INSERT") ? "has a rule on INSERT" : null;

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

    PlanException Unsatisfiable(TableReference reference, TargetTable table, string obstacle)
    {
        var (child, parent) = (tables[_places[reference.Child]].Name, tables[_places[reference.Parent]].Name);
        var why = options.KeepConstraints ? "--keep-constraints forbids to alter them" : $"they are not to be altered ({obstacleOf(reference)})";
        var way = options.KeepConstraints ? "Leave out --keep-constraints" : "Load as the tables' owner";
        return new PlanException("RS2003",
            $"Tables {child} and {parent} reference each other and neither key may be null or deferred ({PathBack(reference)}), and {why}. " +
            $"They cannot be written in one statement either: {table.Name} {obstacle}. " +
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
