using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Finds tables whose rows come from the triggers of others, so that rows of our own would collide with them.</summary>
sealed class TriggerSources
{
    readonly DatabaseSchema _schema;
    readonly Dictionary<TableName, Table> _tables;
    readonly Dictionary<TableName, List<(RowSource Source, TriggerInsert Insert)>> _found = [];

    readonly Dictionary<TableName, int> _guards = [];

    TriggerSources(DatabaseSchema schema, IReadOnlyList<Table> tables)
    {
        _schema = schema;
        _tables = schema.Tables.ToDictionary(t => t.Name);
        foreach (var table in tables) _tables[table.Name] = table;
        foreach (var table in tables)
            foreach (var trigger in table.Triggers.Where(t => t is { Enabled: true, IsRow: true, Timing: not TriggerTiming.InsteadOf }))
                Read(table, trigger);
    }

    /// <summary>By table: whose triggers make its rows.</summary>
    public Dictionary<TableName, List<RowSource>> Made { get; } = [];

    /// <summary>Tables in which a trigger may write rows that ours would collide with, and nobody knows which.</summary>
    public Dictionary<TableName, string> Uncertain { get; } = [];

    /// <summary>Tables in which triggers write rows beside ours: one a row of these at most.</summary>
    public Dictionary<TableName, List<TableName>> Beside { get; } = [];

    /// <summary>Tables in which triggers write rows beside ours that some key binds only where its predicate holds: ours stay outside it.</summary>
    public Dictionary<TableName, List<CheckConstraint>> Outside { get; } = [];

    /// <summary>All rows that triggers write, whoever makes the others of their tables.</summary>
    public IEnumerable<(Table Target, RowSource Source)> Written => _found.SelectMany(f => f.Value.Select(w => (_tables[f.Key], w.Source)));

    public static TriggerSources Of(DatabaseSchema schema, IReadOnlyList<Table> tables)
    {
        var sources = new TriggerSources(schema, tables);
        foreach (var (target, found) in sources._found) sources.Decide(sources._tables[target], found);
        sources.BreakCycles();
        sources.DropHiddenGuards();
        return sources;
    }

    void Read(Table table, Trigger trigger)
    {
        foreach (var insert in TriggerReader.Read(trigger, _schema.Dialect()).Inserts)
        {
            if (Find(insert, table) is not { } target || target.Name == table.Name) continue;
            if (!_found.TryGetValue(target.Name, out var list)) _found[target.Name] = list = [];
            list.Add((new RowSource(table.Name, trigger.Name, Values(table, target, insert)) { Guard = GuardOf(table, insert.Guard) }, insert));
        }
    }

    // One column alone decides for all of a table's triggers.
    SourceValue? GuardOf(Table table, TriggerGuard? guard)
    {
        if (guard is null || IndexOf(table, guard.Column) is not (var column and >= 0) || table.Columns[column].IsComputed) return null;
        if (_guards.TryGetValue(table.Name, out var known) && known != column) return null;
        var type = table.Columns[column].Type;
        if (!type.Kind.IsText() && (type.Lane != Lane.Int64 || CanonicalText.ParseInt64(guard.Literal, type) is null)) return null;
        _guards[table.Name] = column;
        return new SourceValue(column, guard.Literal);
    }

    Table? Find(TriggerInsert insert, Table from)
    {
        var named = _tables.Values.Where(t => SameName(t.Name.Name, insert.Table)
            && (insert.Schema is null || SameName(t.Name.Schema, insert.Schema))).ToList();
        return named.Find(t => t.Name.Schema == from.Name.Schema) ?? named.Find(t => t.Name.Schema == _schema.DefaultSchema)
            ?? (named.Count == 1 ? named[0] : null);
    }

    bool SameName(string left, string right) =>
        left.Equals(right, _schema.Dialect() == Dialect.PostgreSql ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    EquatableArray<SourceValue> Values(Table source, Table target, TriggerInsert insert)
    {
        var values = new SourceValue[target.Columns.Count];
        Array.Fill(values, SourceValue.Unknown);
        var columns = insert.Columns.IsEmpty ? target.Columns.Where(c => !c.IsComputed).Select(c => c.Name).ToList() : [.. insert.Columns];
        for (var i = 0; i < Math.Min(columns.Count, insert.Values.Count); i++)
            if (IndexOf(target, columns[i]) is var column and >= 0) values[column] = Value(source, target.Columns[column], insert.Values[i]);
        return values.ToEquatableArray();
    }

    SourceValue Value(Table source, Column target, TriggerValue value)
    {
        if (value.Column is { } name && IndexOf(source, name) is var column and >= 0)
            return CanCopy(source.Columns[column].Type, target.Type) ? new(column, null) : SourceValue.Unknown;
        var isReadable = value.Literal is { } text
            && (target.Type.Kind.IsText() || (target.Type.Lane == Lane.Int64 && CanonicalText.ParseInt64(text, target.Type) is not null));
        return isReadable ? new(-1, value.Literal) : SourceValue.Unknown;
    }

    static bool CanCopy(ColumnType from, ColumnType to) => to.TakesValuesOf(from) && from.Lane is not (Lane.List or Lane.Struct);

    int IndexOf(Table table, string column)
    {
        for (var c = 0; c < table.Columns.Count; c++)
            if (SameName(table.Columns[c].Name, column)) return c;
        return -1;
    }

    void Decide(Table target, List<(RowSource Source, TriggerInsert Insert)> found)
    {
        // A row that stands there already is no fault to any of them.
        var binding = found.Where(f => !f.Insert.IsHarmless && Collides(target, f.Source)).ToList();
        if (binding.Count == 0)
        {
            Beside[target.Name] = [.. found.Select(f => f.Source.Table)];
            Outside[target.Name] = [.. target.UniqueKeys
                .Where(k => k.Predicate is not null && found.Exists(f => !f.Insert.IsHarmless && IsShared(target, k, f.Source)))
                .Select(k => new CheckConstraint($"rows of triggers in {k.Name}", $"({k.Predicate}) IS NOT TRUE"))];
            return;
        }
        var certain = found.Where(f => f.Insert.Guard is null && (f.Insert.IsCertain ? Collides(target, f.Source) : IsSubtype(target, f.Source)))
            .ToList();
        if (certain.Count > 0) Made[target.Name] = [.. certain.Select(f => f.Source)];
        else if (binding.TrueForAll(b => b.Insert.IsCertain && b.Source.Guard is not null)) Made[target.Name] = [.. binding.Select(b => b.Source)];
        else Uncertain[target.Name] = LeftTo(binding[0].Source);
    }

    /// <summary>A key of the target is filled from the source's row, so that a row of ours could be the same.</summary>
    bool Collides(Table target, RowSource source)
    {
        if (target.AllKeys.Any(k => (k.Predicate is null || !IsReferredByHiddenKey(target, source)) && IsShared(target, k, source))) return true;
        return IsSubtype(target, source);
    }

    bool IsShared(Table target, UniqueKey key, RowSource source) =>
        key.Parts.All(p => p.Column is { } c && source.Values[target.IndexOf(c)].IsKnown)
            && key.ColumnNames.Any(c => source.Values[target.IndexOf(c)].Column >= 0)
            && !key.ColumnNames.Any(c => IsOneOfItsKind(target, c, source));

    // The rows' own keys are the server's secret, and others refer by them: rows of ours, beside those of the trigger, are what they can refer to.
    // A key of only some rows leaves room for them.
    bool IsReferredByHiddenKey(Table target, RowSource source) => _tables.Values.Any(t => t.ForeignKeys.Any(k =>
        k.Principal == target.Name && t.Name != target.Name && k.PrincipalColumns.Any(c => !source.Values[target.IndexOf(c)].IsKnown)));

    // UUIDs made for one table are those of no other, unless a key takes them over.
    bool IsOneOfItsKind(Table target, string column, RowSource source)
    {
        var copied = source.Values[target.IndexOf(column)].Column;
        if (copied < 0 || target[column].Type.Kind != TypeKind.Uuid) return false;
        var from = _tables[source.Table];
        return !IsInKey(target, column) && !IsInKey(from, from.Columns[copied].Name);
    }

    static bool IsInKey(Table table, string column) => table.ForeignKeys.Any(k => k.Columns.Contains(column));

    /// <summary>The source's row refers to the row that its trigger makes, so that there must be one, whatever the trigger's conditions
    /// say.</summary>
    bool IsSubtype(Table target, RowSource source) =>
        _tables[source.Table].ForeignKeys.Any(k => TriggerFolding.IsMet(_tables[source.Table], target, k, source));

    // Rows that are made by a trigger themselves cannot be put into bands.
    void DropHiddenGuards()
    {
        foreach (var (target, sources) in Made.Where(m => m.Value.Exists(s => s.Guard is not null && Made.ContainsKey(s.Table))).ToList())
        {
            Made.Remove(target);
            Uncertain[target] = LeftTo(sources[0]);
        }
    }

    static string LeftTo(RowSource source) => $"its rows are left to trigger {source.Trigger} of {source.Table}, which makes some for its own";

    // Two tables whose triggers write into each other: nobody makes the first row.
    void BreakCycles()
    {
        foreach (var start in Made.Keys.Order().ToList())
        {
            var seen = new HashSet<TableName>();
            var open = new Stack<TableName>([start]);
            while (open.TryPop(out var name))
                foreach (var source in Made.GetValueOrDefault(name) ?? [])
                    if (seen.Add(source.Table)) open.Push(source.Table);
            if (seen.Contains(start)) Made.Remove(start);
        }
    }
}
