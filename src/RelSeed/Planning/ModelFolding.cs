using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Turns what an application's model says into what the planner already obeys: references, conditions on parents, slices of keys, rules of
/// NULL.</summary>
static class ModelFolding
{
    // Of columns in the rows they belong to.
    const double OptionalShare = 0.15;
    const int MostSlots = 60;

    public static Table Apply(Table table) =>
        table.Model is { } model && model.References.Count + model.Checks.Count > 0
        ? table with { ForeignKeys = [.. table.ForeignKeys, .. model.References], Checks = [.. table.Checks, .. model.Checks] } : table;

    public static void AddSlices(TableGraph graph, Dictionary<(TableName Table, int Column), Slice> slices)
    {
        foreach (var (table, column, slice) in Slices(graph))
            if (graph.Contains(slice.Owner) && graph.Find(slice.Owner).IndexOf(slice.OwnerColumn) is var owner and >= 0)
                slices.TryAdd((table.Name, column),
                    new Slice(slice.Count, slice.Place, slice.Owner, owner) { IsComplete = slice.IsComplete, IsOfModel = true });
    }

    static IEnumerable<(Table Table, int Column, KeySlice Slice)> Slices(TableGraph graph) =>
        from table in graph.Ordered
        from column in Enumerable.Range(0, table.Columns.Count)
        where table.Columns[column].Model?.Slice is not null
        select (table, column, table.Columns[column].Model!.Slice!);

    /// <summary>Asks for as many rows of a base table as those of its subtypes need, where nobody asked for a number.</summary>
    public static void Raise(TableGraph graph, Dictionary<TableName, (long Rows, string Reason)> counts, PlanOptions options)
    {
        if (options.MostRows is not null) return;
        foreach (var (table, _, slice) in Slices(graph).Reverse())
        {
            if (slice.Owner == table.Name || !counts.TryGetValue(slice.Owner, out var owner) || owner.Reason == RowCounts.AskedForTable) continue;
            var needed = counts[table.Name].Rows * slice.Count;
            if (owner.Rows < needed && table.ForeignKeys.Any(k => k.Principal == slice.Owner))
                counts[slice.Owner] = (needed, "enough for its subtypes");
        }
    }

    /// <summary>A table of which every parent has a row gets just as many.</summary>
    public static void Fill(TableDraft draft)
    {
        foreach (var reference in draft.References.Where(r => r.IsUsable))
            if (KeyCapacity.SliceOf(draft, reference) is { IsComplete: true } slice && slice.Owner == reference.Key.Principal)
                draft.Fill(KeyCapacity.FreeParents(draft, reference), $"one for each row of {slice.Owner} that the model reads as its own");
    }

    public static bool IsBound(Table table, ForeignKey key) =>
        RuleOf(table, key) is not null || key.Columns.Any(c => table.IndexOf(c) is var i and >= 0 && table.Columns[i].Model?.Scope is not null);

    static PrincipalRule? RuleOf(Table table, ForeignKey key) => table.Model?.Principals.FirstOrDefault(p => p.Key == key.Name);

    /// <summary>Those of the principal's rows that the key may lead to, as far as they can be counted.</summary>
    /// <param name="made">Rows that are made.</param>
    /// <param name="standing">Rows that stood in the database before; their types are not known here, so all of them count.</param>
    public static long Fitting(Table table, ForeignKey key, Table principal, long made, long standing)
    {
        if (RuleOf(table, key) is not { } rule || principal.IndexOf(rule.Column) is not (var column and >= 0)
            || principal.Columns[column].Model is not { IsBalanced: true } model)
            return made + standing;
        var slots = Slots(model.Values);
        return made / slots.Count * slots.Count(rule.Values.Contains) + standing;
    }

    /// <summary>The conditions on parents that the table's keys put.</summary>
    public static IEnumerable<ParentCondition> Conditions(Table table, Table? principal)
    {
        if (principal is null || table.Model is null) yield break;
        foreach (var rule in table.Model.Principals)
        {
            if (principal.IndexOf(rule.Column) is not (var column and >= 0)) continue;
            var values = rule.Values.Select(v => Literal(v, principal.Columns[column].Type));
            yield return new ParentCondition(rule.Key, $"{Quoted(rule.Column)} IN ({string.Join(", ", values)})", rule.Reason);
        }
    }

    static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string Literal(string value, ColumnType type) =>
        type.Kind.IsNumeric() || type.Kind == TypeKind.Boolean ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A column whose values keep their shares in every run of rows; null for others.</summary>
    public static IndexedSpec? Balanced(Column column) =>
        column.Model is { IsBalanced: true, Values.IsEmpty: false } model && Slots(model.Values) is var slots
        ? new IndexedSpec(new ListDomain(slots.ToEquatableArray()), new BlockIndexSpec(slots.Count, column.Name)) : null;

    static List<string> Slots(EquatableArray<ValueShare> values)
    {
        var unit = Math.Max(values.Min(v => v.Share), values.Sum(v => v.Share) / MostSlots);
        return [.. values.SelectMany(v => Enumerable.Repeat(v.Value, Math.Max(1, (int)Math.Round(v.Share / unit))))];
    }

    /// <summary>When a column is null since it belongs to some rows only.</summary>
    public static NullOutside? Scope(Table table, Column column)
    {
        if (column.Model?.Scope is not { } scope || table.IndexOf(scope.Guard) is not (var guard and >= 0)) return null;
        return new NullOutside(guard, scope.Values, scope.IsRequired ? 0 : column.Model.NullShare ?? OptionalShare, column.Name, scope.Guard);
    }
}
