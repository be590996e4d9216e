using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Columns of several tables that must hold the same values though no key ties them to one another: two keys of a third table lead to
/// them with one and the same column, a tenant that has no table of its own. One table's column gives the others their values.</summary>
static class CommonColumns
{
    /// <summary>The options with what the keys of these tables need of the tables they lead to.</summary>
    public static PlanOptions Learn(IReadOnlyList<Table> tables, PlanOptions options)
    {
        var roots = new ColumnRoots(tables, options);
        // What every row needs is settled before what only some have.
        foreach (var isRequired in (ReadOnlySpan<bool>)[true, false])
            foreach (var table in tables)
                foreach (var (key, other) in Pairs(table, isRequired).Where(p => IsBelow(roots, table, p.Key) && IsBelow(roots, table, p.Other)))
                    foreach (var (owner, link) in Links(roots, table, key, other))
                    {
                        roots.Add(owner, link);
                        options = LearnedFacts.Add(options, owner, new LearnedTable { References = [link] });
                    }
        return options;
    }

    // Parents that in turn depend on their children could not be chosen by what they have in common.
    static bool IsBelow(ColumnRoots roots, Table table, ForeignKey key) => !roots.Reaches(key.Principal, table.Name);

    static IEnumerable<(ForeignKey Key, ForeignKey Other)> Pairs(Table table, bool isRequired)
    {
        for (var i = 0; i < table.ForeignKeys.Count; i++)
            for (var j = i + 1; j < table.ForeignKeys.Count; j++)
            {
                var (key, other) = (table.ForeignKeys[i], table.ForeignKeys[j]);
                if (key.Columns.Count > 1 && other.Columns.Count > 1 && key.Columns.Intersect(other.Columns).Any()
                    && isRequired == (TableGraph.IsRequired(table, key) && TableGraph.IsRequired(table, other)))
                    yield return (key, other);
            }
    }

    // By the tables that hold the values first: all columns that the two have in common.
    static List<(TableName Owner, ForeignKey Link)> Links(ColumnRoots roots, Table table, ForeignKey key, ForeignKey other)
    {
        var common = key.Columns.Intersect(other.Columns)
            .Select(c => (One: roots.Of(key.Principal, ColumnRoots.PrincipalOf(key, c)),
            Other: roots.Of(other.Principal, ColumnRoots.PrincipalOf(other, c))))
            .Where(c => c is { One: not null, Other: not null } && c.One.Value.Table != c.Other.Value.Table)
            .Select(c => (One: c.One!.Value, Other: c.Other!.Value)).Distinct().ToList();
        var name = $"foreign keys {key.Name} and {other.Name} of {table.Name.Name}";
        var links = new List<(TableName, ForeignKey)>();
        foreach (var group in common.GroupBy(c => (One: c.One.Table, Other: c.Other.Table)))
            if (Link(roots, name, [.. group.Select(c => (c.Other, c.One))]) is { } link) links.Add(link);
            else if (Link(roots, name, [.. group]) is { } back) links.Add(back);
        return links;
    }

    static (TableName, ForeignKey)? Link(ColumnRoots roots, string name, List<(ColumnOf Holder, ColumnOf Origin)> pairs)
    {
        var (holder, origin) = (roots.Find(pairs[0].Holder.Table), roots.Find(pairs[0].Origin.Table));
        if (roots.Reaches(origin.Name, holder.Name) || !pairs.TrueForAll(p => IsFree(holder, holder[p.Holder.Column], origin[p.Origin.Column])))
            return null;
        // A key of these columns alone would leave the table no more rows than the origin has.
        if (holder.AllKeys.Any(k => k.ColumnNames.All(c => pairs.Exists(p => p.Holder.Column == c)))) return null;
        return (holder.Name, new ForeignKey
        {
            Name = name,
            Columns = [.. pairs.Select(p => p.Holder.Column)],
            Principal = origin.Name,
            PrincipalColumns = [.. pairs.Select(p => p.Origin.Column)],
        });
    }

    // Values that a check or the type lists are common anyway.
    static bool IsFree(Table holder, Column column, Column source) =>
        column.Type.Lane == source.Type.Lane && column.Type.TakesValuesOf(source.Type) && !column.IsComputed
            && column.Identity == IdentityKind.None && column.Sequence is null && column.Type.Kind is not (TypeKind.Boolean or TypeKind.Enum)
            && (column.IsNullable || !source.IsNullable)
            && !holder.Checks.Any(c => c.Expression.Contains(column.Name, StringComparison.OrdinalIgnoreCase));
}
