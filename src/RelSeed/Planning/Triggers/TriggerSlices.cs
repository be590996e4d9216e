using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Tables whose triggers fill one table share its keys: each gets values of its own out of one domain.</summary>
static class TriggerSlices
{
    public static Dictionary<(TableName, int),
        Slice> Of(IReadOnlyDictionary<TableName, Table> tables, IReadOnlyDictionary<TableName, List<RowSource>> made)
    {
        var slices = new Dictionary<(TableName, int), Slice>();
        // The top of a chain spans the most tables.
        foreach (var name in made.Keys.OrderByDescending(n => Leaves(made, n, null).Distinct().Count()).ThenBy(n => n))
            foreach (var key in tables[name].AllKeys.Where(k => k.IsPlain)) Share(tables, made, tables[name], key, slices);
        return slices;
    }

    static void Share(
        IReadOnlyDictionary<TableName, Table> tables, IReadOnlyDictionary<TableName, List<RowSource>> made, Table table, UniqueKey key,
        Dictionary<(TableName, int), Slice> slices)
    {
        var columns = key.ColumnNames.Select(c => Leaves(made, table.Name, table.IndexOf(c)).Distinct().ToList()).ToList();
        if (columns.Exists(c => c.Count < 2 || c.Exists(l => l.Column < 0)) || columns.Exists(c => c.TrueForAll(slices.ContainsKey))) return;
        var free = columns.Find(c => !c.Exists(slices.ContainsKey) && !c.Exists(l => IsReference(tables[l.Table], l.Column)));
        if (free is null && columns.Count == 1 && !columns[0].Exists(slices.ContainsKey)) free = columns[0];
        for (var place = 0; place < free?.Count; place++)
            slices[free[place]] = new Slice(free.Count, place, free[0].Table, free[0].Column);
    }

    static bool IsReference(Table table, int column) => table.ForeignKeys.Any(k => k.Columns.Contains(table.Columns[column].Name));

    /// <summary>The tables that are written by us, and their column that ends up in the given one; -1 when none does.</summary>
    static IEnumerable<(TableName Table, int Column)> Leaves(IReadOnlyDictionary<TableName, List<RowSource>> made, TableName table, int? column)
    {
        foreach (var source in made[table])
        {
            var from = column is { } c ? c < 0 ? -1 : source.Values[c].Column : -1;
            if (!made.ContainsKey(source.Table)) yield return (source.Table, from);
            else
                foreach (var leaf in Leaves(made, source.Table, column is null ? null : from)) yield return leaf;
        }
    }
}
