using RelSeed.Schema;

namespace RelSeed.Planning;

readonly record struct ColumnOf(TableName Table, string Column);

/// <summary>Follows columns through the keys they are in to where their values come from.</summary>
sealed class ColumnRoots(IReadOnlyList<Table> tables, PlanOptions options)
{
    const int MostSteps = 16;

    readonly Dictionary<TableName, Table> _tables = tables.ToDictionary(t => t.Name);
    readonly Dictionary<TableName, List<ForeignKey>> _keys = tables.ToDictionary(t => t.Name,
        t => t.ForeignKeys.Concat(options.Learned.GetValueOrDefault(t.Name)?.References ?? []).ToList());

    public Table Find(TableName name) => _tables[name];

    public void Add(TableName table, ForeignKey key) => _keys[table].Add(key);

    /// <summary>The column that is in no key itself; null when its table takes no part, or keys lead in a circle.</summary>
    public ColumnOf? Of(TableName table, string column)
    {
        for (var step = 0; step < MostSteps && _keys.TryGetValue(table, out var keys); step++)
        {
            if (keys.Find(k => k.Principal != table && k.Columns.Contains(column)) is not { } key)
                return keys.Exists(k => k.Columns.Contains(column) && PrincipalOf(k, column) != column) ? null : new ColumnOf(table, column);
            (table, column) = (key.Principal, PrincipalOf(key, column));
        }
        return null;
    }

    public static string PrincipalOf(ForeignKey key, string column) => key.PrincipalColumns[key.Columns.ToList().IndexOf(column)];

    /// <summary>Whether keys lead from the one table to the other, over any number of tables.</summary>
    public bool Reaches(TableName from, TableName to)
    {
        var (seen, open) = (new HashSet<TableName> { from }, new Stack<TableName>([from]));
        while (open.TryPop(out var name))
        {
            if (name == to) return true;
            foreach (var key in _keys.GetValueOrDefault(name) ?? [])
                if (seen.Add(key.Principal)) open.Push(key.Principal);
        }
        return false;
    }
}
