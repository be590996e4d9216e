using RelSeed.Schema;

namespace RelSeed.Learning.Sampling;

/// <summary>Which tables are learned, which reference of each groups its rows, and the order in which they are read.</summary>
static class LearnedTables
{
    /// <summary>Tables with rows of their own that this user may read; partitions are read through their root.</summary>
    public static List<Table> Select(DatabaseSchema schema, LearnOptions options) =>
        [.. schema.Tables.Where(t => t.PartitionOf is null && t.Rights.HasFlag(TableRights.Select) && !options.Exclude.Any(p => Matches(t.Name, p)))];

    static bool Matches(TableName table, string pattern) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, table.Name)
        || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, table.ToString());

    /// <summary>Sets every table's references and the driving one, so that driving references make no cycle.</summary>
    public static void Connect(IReadOnlyList<SampleTable> tables)
    {
        var byName = tables.ToDictionary(t => t.Table.Name);
        foreach (var table in tables)
            table.References = [.. from key in table.Table.ForeignKeys
                                   where byName.ContainsKey(key.Principal) && !key.IsPeriod
                                   let columns = key.Columns.Select(table.Table.IndexOf).ToArray()
                                   where Array.TrueForAll(columns, c => c >= 0)
                                   select new SampleReference(key, columns) { Principal = byName[key.Principal], Dependent = table }];
        foreach (var table in tables) table.Driving = DrivingReference.Choose(table);
        foreach (var table in tables)
            if (LeadsTo(table, table)) table.Driving = -1;
    }

    static bool LeadsTo(SampleTable from, SampleTable to)
    {
        var passed = new HashSet<SampleTable>();
        for (var at = from.DrivingReference?.Principal; at is not null && passed.Add(at); at = at.DrivingReference?.Principal)
            if (at == to) return true;
        return false;
    }

    /// <summary>Driving parents before their children, and other principals before their dependents as far as there is no cycle.</summary>
    public static List<SampleTable> Order(IReadOnlyList<SampleTable> tables)
    {
        var ordered = new List<SampleTable>();
        var open = tables.ToList();
        while (open.Count > 0)
        {
            var next = open.Find(t => t.References.All(r => r.Principal == t || !open.Contains(r.Principal)))
                ?? open.OrderBy(t => t.References.Count(r => open.Contains(r.Principal)))
                .First(t => t.DrivingReference is not { } d || !open.Contains(d.Principal));
            ordered.Add(next);
            open.Remove(next);
        }
        return ordered;
    }
}

/// <summary>Chooses the reference whose parents own a table's rows.</summary>
static class DrivingReference
{
    // Below this a parent is no owner but a lookup.
    const double LeastScore = -6;

    // So many others above a parent make a chain that ends in it.
    const int LeastAbove = 2;

    /// <returns>Position among the references; -1 when none owns the rows.</returns>
    public static int Choose(SampleTable table)
    {
        var (best, bestScore) = (-1, LeastScore);
        for (var r = 0; r < table.References.Length; r++)
        {
            if (table.References[r].Principal == table || table.References[r].Principal.TotalRows == 0) continue;
            var score = Score(table, table.References[r]);
            if (score > bestScore) (best, bestScore) = (r, score);
        }
        return best;
    }

    static double Score(SampleTable table, SampleReference reference)
    {
        var columns = reference.Key.Columns;
        var (dependent, principal) = (table.Table, reference.Principal.Table);
        // Owners have few children each; a lookup has many.
        var score = Math.Min(0, Math.Log2((reference.Principal.TotalRows + 1.0) / (table.TotalRows + 1.0)));
        if (columns.All(c => !dependent[c].IsNullable)) score += 2;
        if (dependent.PrimaryKey is { IsPlain: true } key && key.ColumnNames.First() == columns[0]) score += 1.5;
        if (dependent.AllKeys.Any(k => k.IsPlain && k.ColumnNames.All(columns.Contains))) score += 1;
        if (Identifies(table, reference)) score += 2;
        if (IsNamedAfter(dependent, principal)) score += 3;
        if (IsBehindAnother(table, reference)) score -= 3;
        if (LeadsToOthers(table, reference)) score += 3;
        if (Persons.IsPerson(principal)) score += 1;
        return score - (columns.Count - 1) * 0.5;
    }

    // The key is the parent's and a number or name within it; no other reference has a part in it.
    static bool Identifies(SampleTable table, SampleReference reference)
    {
        var key = table.Table.PrimaryKey is { IsPlain: true } found ? found.ColumnNames.ToList() : [];
        return key.Count > reference.Key.Columns.Count && reference.Key.Columns.All(key.Contains)
            && table.References.All(r => r == reference || !r.Key.Columns.Any(key.Contains));
    }

    // A payment's order is nearer than the customer, who is the order's too.
    static bool IsBehindAnother(SampleTable table, SampleReference reference) =>
        table.References.Any(r => r.Principal != reference.Principal && r.Principal != table
        && r.Principal.References.Any(above => above.Principal == reference.Principal));

    // Of a stay, its admission and its patient the stay is what a measurement belongs to, though it may be NULL.
    static bool LeadsToOthers(SampleTable table, SampleReference reference) =>
        table.References.Count(r => r != reference && reference.Principal.References.Any(above => above.Principal == r.Principal && r.Principal != table))
        >= LeastAbove;

    static bool IsNamedAfter(Table dependent, Table principal)
    {
        var words = Semantics.NameWords.Split(dependent.Name.Name).ConvertAll(Semantics.NameWords.Singular);
        var stem = Semantics.NameWords.Split(principal.Name.Name).ConvertAll(Semantics.NameWords.Singular);
        return stem.Count > 0 && stem.TrueForAll(words.Contains);
    }
}
