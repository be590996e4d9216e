namespace RelSeed.Schema;

/// <summary>Finds the table a person means by a name typed with or without schema, in any case.</summary>
public static class TableLookup
{
    const int MostSuggestions = 3;

    /// <summary>The table meant: the exact qualified name, else the bare name in the default schema, else the only table of that
    /// bare name; then the same without regard to case.</summary>
    /// <param name="fault">When there is none, what was found instead: nearest names, or the several tables meant.</param>
    public static Table? Find(DatabaseSchema schema, string name, out string? fault)
    {
        fault = null;
        foreach (var comparison in (ReadOnlySpan<StringComparison>)[StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase])
        {
            var found = Matches(schema, name, comparison);
            if (found.Count == 1) return found[0];
            if (found.Count > 1)
            {
                fault = $"'{name}' may be {List(found.Select(t => t.Name.ToString()))}; name the schema too";
                return null;
            }
        }
        var nearest = NearestTo(schema, name);
        fault = nearest.Count == 0 ? $"there is no table '{name}'" : $"there is no table '{name}'; the nearest are {List(nearest)}";
        if (nearest.Count == 1) fault = $"there is no table '{name}'; did you mean {nearest[0]}?";
        return null;
    }

    static List<Table> Matches(DatabaseSchema schema, string name, StringComparison comparison)
    {
        var qualified = schema.Tables.Where(t => t.Name.ToString().Equals(name, comparison)).ToList();
        if (qualified.Count > 0) return qualified;
        var bare = schema.Tables.Where(t => t.Name.Name.Equals(name, comparison)).ToList();
        var byDefault = bare.Where(t => t.Name.Schema == schema.DefaultSchema).ToList();
        return byDefault.Count > 0 ? byDefault : bare;
    }

    static List<string> NearestTo(DatabaseSchema schema, string name)
    {
        var limit = Math.Max(2, name.Length / 3);
        return [.. schema.Tables
            .Select(t => (Name: Short(schema, t.Name), Distance: DistanceTo(t.Name, name)))
            .Where(c => c.Distance <= limit)
            .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal)
            .Take(MostSuggestions).Select(c => c.Name)];
    }

    static int DistanceTo(TableName table, string name) =>
        Math.Min(EditDistance(table.Name, name), EditDistance(table.ToString(), name));

    /// <summary>The name as a person writes it: without the default schema.</summary>
    public static string Short(DatabaseSchema schema, TableName name) =>
        name.Schema == schema.DefaultSchema ? name.Name : name.ToString();

    static string List(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count == 1 ? all[0] : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    /// <summary>Letters to insert, drop, change or swap with a neighbour to turn one name into another, without regard to case.</summary>
    internal static int EditDistance(string left, string right)
    {
        var (a, b) = (left.ToLowerInvariant(), right.ToLowerInvariant());
        var (before, last, current) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(change, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) current[j] = Math.Min(current[j], before[j - 2] + 1);
            }
            (before, last, current) = (last, current, before);
        }
        return last[b.Length];
    }
}
