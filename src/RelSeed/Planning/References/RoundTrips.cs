using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Two tables that refer to each other over the same columns: a method to its current setting, the setting to its method. One side
/// makes the values; the other side's rows cover it, so that each row finds one that refers back to it.</summary>
static class RoundTrips
{
    /// <summary>Positions in the key of columns whose values come back through a key of the principal; that key; empty and null when there is
    /// none, or when the other side is the one that waits.</summary>
    public static (int[] Positions, ForeignKey? Back) Of(TableGraph graph, Table table, ForeignKey key)
    {
        if (key.Principal == table.Name || !graph.Contains(key.Principal)) return ([], null);
        var principal = graph.Find(key.Principal);
        foreach (var back in principal.ForeignKeys.Where(k => k.Principal == table.Name))
        {
            var positions = Positions(key, back);
            if (positions.Length > 0 && Waits(graph, table, key, principal, back, positions.Length)) return (positions, back);
        }
        return ([], null);
    }

    /// <summary>The key of another table that comes back through this one, so that every parent must have a row.</summary>
    public static ForeignKey? Covering(TableGraph graph, Table table, ForeignKey key)
    {
        if (key.Principal == table.Name || !graph.Contains(key.Principal)) return null;
        var principal = graph.Find(key.Principal);
        return principal.ForeignKeys.FirstOrDefault(k => k.Principal == table.Name && TableGraph.IsRequired(principal, k)
            && Of(graph, principal, k).Back == key);
    }

    static int[] Positions(ForeignKey key, ForeignKey back) =>
        [.. Enumerable.Range(0, key.Columns.Count).Where(i => Enumerable.Range(0, back.Columns.Count)
            .Any(j => back.Columns[j] == key.PrincipalColumns[i] && back.PrincipalColumns[j] == key.Columns[i]))];

    // The side that says more than the round trip waits, then the one that may be checked later.
    static bool Waits(TableGraph graph, Table table, ForeignKey key, Table principal, ForeignKey back, int common)
    {
        var (own, other) = (key.Columns.Count > common, back.Columns.Count > common);
        if (own != other) return own;
        if (key.IsDeferrable != back.IsDeferrable) return key.IsDeferrable;
        return graph.IsBackward(table, key) != graph.IsBackward(principal, back) ? graph.IsBackward(table, key)
            : table.Name.CompareTo(principal.Name) < 0;
    }
}
