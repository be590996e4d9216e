using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Where a check of a child wants numbers of its parents from some number on, the parents are numbered from there: else it would find
/// none, or only nulls.</summary>
static class NumberedParents
{
    /// <param name="counts">Rows asked of each table.</param>
    public static void Raise(TableGraph graph, IReadOnlyDictionary<TableName, TableFacts> facts,
        IReadOnlyDictionary<TableName, (long Rows, string Reason)> counts)
    {
        // Children come first, so that what they want is wanted of the parent's parent too.
        foreach (var parent in graph.Ordered.Reverse())
        {
            var wanted = (
                from reference in graph.Referring(parent.Name)
                from pair in reference.Key.Columns.Zip(reference.Key.PrincipalColumns)
                let domain = facts[reference.Child.Name].Constraints.Domains[reference.Child.IndexOf(pair.First)]
                group domain by parent.IndexOf(pair.Second)).ToList();
            foreach (var column in wanted) Raise(parent, column.Key, [.. column], facts[parent.Name].Constraints.Domains, counts[parent.Name].Rows);
        }
    }

    static void Raise(Table parent, int column, List<ValueDomain> wanted, ValueDomain[] domains, long rows)
    {
        // A key may name a column that is none of the table's, as SQLite lets it.
        if (column < 0 || !parent.Columns[column].Type.Kind.IsInteger() || wanted.Max(d => d.Min) is not (> 1 and var least)) return;
        ref var domain = ref domains[column];
        var most = wanted.Append(domain).Min(d => d.Max) ?? LargestOf(parent.Columns[column].Type.Kind);
        // Children that want others, or too few numbers: then some rows of the parent are for each.
        if (!domain.Allowed.IsEmpty || domain.Min >= least || most < least || most - least < rows - 1) return;
        domain = domain with { Min = least };
    }

    static long LargestOf(TypeKind kind) => kind switch
    {
        TypeKind.Int16 => short.MaxValue,
        TypeKind.Int32 => int.MaxValue,
        _ => long.MaxValue,
    };
}
