using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Which tables a plan covers and which names the user meant.</summary>
static class TableSelection
{
    /// <summary>The tables rows are written to: no partitions, nothing excluded.</summary>
    public static IReadOnlyList<Table> Select(DatabaseSchema schema, PlanOptions options)
    {
        var roots = schema.Tables.Where(t => t.PartitionOf is null).Select(t => PartitionFolding.Fold(schema, t))
            .Select(t => PartitionFolding.LeadToRoots(schema, t)).ToList();
        foreach (var pattern in options.Exclude.Concat(options.Include))
            if (!roots.Any(t => Matches(t.Name, pattern))) throw Unknown(pattern, "--exclude or --include", roots);
        var chosen = roots.Where(t => !options.Exclude.Any(p => Matches(t.Name, p))).ToList();
        return options.Include.IsEmpty ? chosen : WithParents(chosen, options);
    }

    static List<Table> WithParents(List<Table> tables, PlanOptions options)
    {
        var byName = tables.ToDictionary(t => t.Name);
        var open = new Stack<Table>(tables.Where(t => options.Include.Any(p => Matches(t.Name, p))));
        var taken = new HashSet<TableName>();
        while (open.TryPop(out var table))
        {
            if (!taken.Add(table.Name)) continue;
            foreach (var key in table.ForeignKeys.Where(k => TableGraph.IsRequired(table, k)))
                if (byName.TryGetValue(key.Principal, out var parent)) open.Push(parent);
        }
        return [.. tables.Where(t => taken.Contains(t.Name))];
    }

    /// <summary>The table a name stands for, with or without schema.</summary>
    /// <exception cref="UsageException">RS1201: none or several.</exception>
    public static Table Find(DatabaseSchema schema, IReadOnlyList<Table> tables, string name, string option)
    {
        var exact = tables.Where(t => t.Name.ToString() == name || (t.Name.Name == name && t.Name.Schema == schema.DefaultSchema)).ToList();
        if (exact.Count == 0) exact = [.. tables.Where(t => t.Name.Name == name)];
        if (exact.Count == 0) exact = [.. tables.Where(t => string.Equals(t.Name.Name, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(t.Name.ToString(), name, StringComparison.OrdinalIgnoreCase))];
        return exact.Count switch
        {
            1 => exact[0],
            0 => throw Unknown(name, option, tables),
            _ => throw new UsageException("RS1202",
                $"The table {name} in {option} stands for several: {string.Join(", ", exact.Select(t => t.Name))}. Write its schema too."),
        };
    }

    static UsageException Unknown(string name, string option, IReadOnlyList<Table> tables)
    {
        var near = tables.Select(t => t.Name)
            .OrderBy(n => Math.Min(Distance(n.Name, name), Distance(n.ToString(), name))).Take(Near).Select(n => n.ToString());
        return new UsageException("RS1201",
            $"There is no table {name} (named by {option}). The nearest names are: {string.Join(", ", near)}. 'relseed inspect' lists all tables.");
    }

    const int Near = 3;

    /// <summary>The names that are most like another.</summary>
    public static IEnumerable<string> Nearest(IEnumerable<string> names, string name) => names.OrderBy(n => Distance(n, name)).Take(Near);

    static bool Matches(TableName table, string pattern) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, table.Name)
        || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, table.ToString());

    /// <summary>Levenshtein's distance, without regard to case.</summary>
    static int Distance(string left, string right)
    {
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) previous[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]);
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (same ? 0 : 1));
            }
            (previous, current) = (current, previous);
        }
        return previous[right.Length];
    }
}
