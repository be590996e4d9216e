using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>A row that triggers write elsewhere must be right there: what binds the written table is put on the tables that cause its rows,
/// and the foreign keys that the triggers themselves make true are taken away.</summary>
sealed class TriggerFolding
{
    readonly Dictionary<TableName, Table> _tables;
    readonly HashSet<TableName> _folded = [];
    readonly Dialect _dialect;

    TriggerFolding(DatabaseSchema schema, IReadOnlyList<Table> tables)
    {
        _dialect = schema.Dialect();
        Sources = TriggerSources.Of(schema, tables);
        _tables = schema.Tables.ToDictionary(t => t.Name);
        foreach (var table in tables) _tables[table.Name] = table;
        foreach (var name in Sources.Made.Keys.Order().ToList()) Fold(name);
        foreach (var (name, checks) in Sources.Outside.Where(o => o.Value.Count > 0))
            _tables[name] = _tables[name] with { Checks = [.. _tables[name].Checks, .. checks] };
        Tables = [.. tables.Select(t => _tables[t.Name])];
        Children = NeededChildren.Of(_tables, [.. tables.Select(t => t.Name)], _dialect);
        Slices = TriggerSlices.Of(_tables, Sources.Made);
    }

    public TriggerSources Sources { get; }

    /// <summary>The tables with all that binds their rows.</summary>
    public IReadOnlyList<Table> Tables { get; }

    /// <summary>By table: foreign keys that hold by its own triggers.</summary>
    public Dictionary<TableName, List<string>> Met { get; } = [];

    /// <summary>By column: which part of a shared domain it takes.</summary>
    public Dictionary<(TableName Table, int Column), Slice> Slices { get; }

    /// <summary>Tables whose rows stand in bands.</summary>
    public Dictionary<TableName, Banding> Bands { get; private set; } = [];

    /// <summary>Splits tables into bands, and asks for as many rows as the tables need that share them out.</summary>
    public void Prepare(IReadOnlyDictionary<TableName, TableFacts> facts, Dictionary<TableName, (long Rows, string Reason)> counts)
    {
        Bands = TriggerBands.Of(_tables, Sources.Made, facts);
        foreach (var (table, banding) in Bands)
        {
            var shares = banding.Bands.Select(b => Math.Min(b.Capacity, b.Targets.Max(t => counts[t].Rows))).ToList();
            Raise(counts, table, shares.Sum() + (banding.Others.IsEmpty ? 0 : shares.Max()), "enough for the tables that its triggers fill");
        }
        foreach (var (child, keys) in Children)
            foreach (var key in _tables[child].ForeignKeys.Where(k => keys.Contains(k.Name) && counts.ContainsKey(k.Principal)))
                Raise(counts, child, counts[key.Principal].Rows, $"one at least for each of {key.Principal}, as its trigger demands");
        foreach (var shared in Slices.GroupBy(s => (s.Value.Owner, s.Value.OwnerColumn)))
            foreach (var parent in shared.SelectMany(s => ParentsOf(s.Key.Table, s.Key.Column)).Distinct().Where(counts.ContainsKey))
                Raise(counts, parent, shared.Sum(s => counts[s.Key.Table].Rows), "enough for the tables that share its rows out");
    }

    /// <summary>Positions of the table's columns whose copies other tables refer to.</summary>
    public IEnumerable<int> ReferredThrough(TableName table, ILookup<TableName, EquatableArray<string>> referred)
    {
        foreach (var (target, sources) in Sources.Made)
        {
            if (!sources.Exists(s => s.Table == table) || !_tables.TryGetValue(target, out var made)) continue;
            var columns = referred[target].SelectMany(c => c).Select(made.IndexOf).Concat(ReferredThrough(target, referred)).Distinct().ToList();
            foreach (var source in sources.Where(s => s.Table == table))
                foreach (var column in columns.Where(c => c >= 0 && source.Values[c].Column >= 0)) yield return source.Values[column].Column;
        }
    }

    // A key that is a parent's too takes one parent each, and siblings take others.
    IEnumerable<TableName> ParentsOf(TableName table, int column) =>
        _tables[table].ForeignKeys.Where(k => k.Columns.Count == 1 && k.Columns[0] == _tables[table].Columns[column].Name && k.Principal != table)
            .Select(k => k.Principal);

    static void Raise(Dictionary<TableName, (long Rows, string Reason)> counts, TableName table, long rows, string reason)
    {
        if (counts[table].Rows < rows && counts[table].Reason != RowCounts.AskedForTable) counts[table] = (rows, reason);
    }

    /// <summary>By table: foreign keys of whose parents each must have a child.</summary>
    public Dictionary<TableName, HashSet<string>> Children { get; }

    public static TriggerFolding Of(DatabaseSchema schema, IReadOnlyList<Table> tables) => new(schema, tables);

    /// <summary>Tables that must come before: those whose triggers make the table's rows.</summary>
    public IEnumerable<TableName> Before(TableName table) => (Sources.Made.GetValueOrDefault(table) ?? []).Select(s => s.Table);

    /// <summary>The key leads to the very row that the trigger makes.</summary>
    public static bool IsMet(Table source, Table target, ForeignKey key, RowSource rows) => key.Principal == target.Name
        && key.Columns.Select((c, i) => rows.Values[target.IndexOf(key.PrincipalColumns[i])].Column == source.IndexOf(c)).All(same => same);

    // What binds the top of a chain goes down to its bottom, so the top is folded first.
    void Fold(TableName target)
    {
        if (!_folded.Add(target)) return;
        foreach (var (above, sources) in Sources.Made)
            if (sources.Exists(s => s.Table == target)) Fold(above);
        foreach (var source in Sources.Made[target]) Fold(_tables[target], source);
    }

    void Fold(Table target, RowSource rows)
    {
        var source = _tables[rows.Table];
        var met = source.ForeignKeys.Where(k => IsMet(source, target, k, rows)).ToList();
        if (!Met.TryGetValue(source.Name, out var names)) Met[source.Name] = names = [];
        names.AddRange(met.Select(k => k.Name));
        var map = new ColumnMap(target, source, rows, _dialect);
        var keys = source.ForeignKeys.Where(k => !met.Contains(k)).ToList();
        // A key that binds some rows only is met by bands, where it is.
        if (rows.Guard is null)
            keys.AddRange(target.ForeignKeys.Select(map.Key).OfType<ForeignKey>().Where(k => !keys.Exists(o => Says(o, k, source.Name))));
        var unique = source.UniqueKeys.ToList();
        unique.AddRange(target.AllKeys.Select(map.Key).OfType<UniqueKey>().Where(k => !source.AllKeys.Any(o => Covers(o, k))));
        var checks = source.Checks.Concat(target.Checks.Select(map.Check).OfType<CheckConstraint>()
            .Where(c => source.Checks.All(o => o.Expression != c.Expression)));
        _tables[source.Name] = source with
        {
            Columns = source.Columns.Select((c, i) => map.Narrow(c, i)).ToEquatableArray(),
            ForeignKeys = keys.ToEquatableArray(),
            UniqueKeys = unique.ToEquatableArray(),
            Checks = checks.ToEquatableArray(),
        };
    }

    // The same key stands there already, or it says that a row's key is its own.
    static bool Says(ForeignKey known, ForeignKey key, TableName source) =>
        known.Principal == key.Principal && known.Columns == key.Columns && known.PrincipalColumns == key.PrincipalColumns
        || (key.Principal == source && key.Columns == key.PrincipalColumns);

    static bool Covers(UniqueKey known, UniqueKey key) =>
        known.IsPlain && known.Parts.All(p => key.Parts.Any(k => k.Column == p.Column && k.IsCaseInsensitive == p.IsCaseInsensitive));
}
