using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>A column that refers to two tables at once must hold a value that both have: where one key's parent holds it in a column of no key of its
/// own,
/// that column takes its values from the other parent.</summary>
static class SharedOrigins
{
    /// <summary>The options with what the keys of these tables need of their parents.</summary>
    public static PlanOptions Learn(DatabaseSchema schema, IReadOnlyList<Table> tables, PlanOptions options)
    {
        var chosen = tables.ToDictionary(t => t.Name);
        foreach (var table in tables)
            foreach (var (key, other, column) in Pairs(table))
            {
                if (!chosen.TryGetValue(key.Principal, out var parent) || !chosen.TryGetValue(other.Principal, out var origin)
                    || !IsFree(parent, key, column, origin, other))
                    continue;
                if (schema.Reaches(origin.Name, parent.Name)) continue;
                var name = $"foreign keys {key.Name} and {other.Name} of {table.Name.Name}";
                var principal = PrincipalOf(key, column);
                if (options.Learned.GetValueOrDefault(parent.Name)?.References.Any(r => r.Columns.Contains(principal)) == true) continue;
                options = LearnedFacts.Add(options, parent.Name, new LearnedTable
                {
                    References =
                        [new ForeignKey { Name = name, Columns = [principal], Principal = origin.Name, PrincipalColumns = other.PrincipalColumns }],
                });
            }
        return options;
    }

    // Two keys that every row has, the one of a single column that is among those of the other.
    static IEnumerable<(ForeignKey Key, ForeignKey Other, string Column)> Pairs(Table table) =>
        from other in table.ForeignKeys
        where other.Columns.Count == 1 && IsRequired(table, other)
        from key in table.ForeignKeys
        where key != other && key.Principal != other.Principal && key.Columns.Count > 1 && key.Columns.Contains(other.Columns[0])
        && IsRequired(table, key)
        select (key, other, other.Columns[0]);

    static bool IsRequired(Table table, ForeignKey key) => key.Columns.All(c => table.IndexOf(c) >= 0 && !table[c].IsNullable);

    static string PrincipalOf(ForeignKey key, string column) =>
        key.PrincipalColumns[key.Columns.Select((c, i) => (c, i)).First(p => p.c == column).i];

    static bool IsFree(Table parent, ForeignKey key, string column, Table origin, ForeignKey other)
    {
        if (parent.Name == origin.Name || parent.IndexOf(PrincipalOf(key, column)) is not (var at and >= 0)
            || origin.IndexOf(other.PrincipalColumns[0]) is not (var from and >= 0))
            return false;
        var (holder, source) = (parent.Columns[at], origin.Columns[from]);
        return holder.Type.Lane == source.Type.Lane && !holder.IsComputed && holder.Identity == IdentityKind.None && holder.Sequence is null
            && !parent.ForeignKeys.Any(k => k.Columns.Contains(holder.Name))
            // A key of that column alone would leave the parent no more rows than the origin has; it may keep its own.
            && !parent.AllKeys.Any(k => k.ColumnNames.SequenceEqual([holder.Name]));
    }
}
