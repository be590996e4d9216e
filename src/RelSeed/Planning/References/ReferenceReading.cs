using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Reads a foreign key: how many parents it may lead to, or why it leads to none.</summary>
sealed class ReferenceReading(TableGraph graph, IReadOnlyDictionary<TableName, long> rows, PlanOptions options,
    IReadOnlyDictionary<TableName, List<RowSource>> made)
{
    /// <param name="index">0-based place among the table's references.</param>
    public ReferenceDraft Draft(Table table, ForeignKey key, int index)
    {
        var principal = graph.Contains(key.Principal) ? graph.Find(key.Principal) : null;
        var obstacle = principal is null ? null : HiddenKey(key, principal) is { } hidden ? hidden : options.Severed.Contains((table.Name, key.Name))
            ? $"the keys of {principal.Name} and of {table.Name} depend on each other" : Incompatible(table, key, principal);
        if (obstacle is not null) principal = null;
        var standing = options.Existing.TryGetValue(key.Principal, out var known) ? known.Rows : 0;
        var parents = principal is null ? 0 : ModelFolding.Fitting(table, key, principal, rows[key.Principal], standing);
        if (options.Passing.TryGetValue((table.Name, key.Name), out var passing)) parents = Math.Min(parents, passing);
        return new ReferenceDraft(key, index, [.. key.Columns.Select(table.IndexOf)],
            [.. key.PrincipalColumns.Select(c => principal?.IndexOf(c) ?? -1)], principal, parents, standing)
        {
            Obstacle = obstacle ?? $"{key.Principal} holds no rows",
            IsRequired = TableGraph.IsRequired(table, key),
            IsSelf = key.Principal == table.Name,
            ComesBack = RoundTrips.Of(graph, table, key).Positions,
            MustCover = RoundTrips.Covering(graph, table, key) is not null || CoversThroughTrigger(table, key),
        };
    }

    // A key that the server alone knows cannot be referred to.
    string? HiddenKey(ForeignKey key, Table principal) =>
        made.TryGetValue(principal.Name, out var sources) && key.PrincipalColumns.Any(c => !TriggeredRows.IsKnown(sources, principal.IndexOf(c)))
        ? $"rows of {principal.Name} are made by the triggers of {sources[0].Table}, and only the database knows their "
        + string.Join(", ", key.PrincipalColumns)
        : null;

    // Servers compare 1 with 1.00; rows are copied as they are. SQLite finds only with the first row that a column is not there.
    static string? Incompatible(Table table, ForeignKey key, Table principal) =>
        (from column in key.PrincipalColumns
         where principal.IndexOf(column) < 0
         select $"{principal.Name} has no column {column}")
        .Concat(
         from pair in key.Columns.Zip(key.PrincipalColumns)
         let type = table[pair.First].Type
         let other = principal[pair.Second].Type
         where !type.TakesValuesOf(other)
         select $"{pair.First}, {type}, cannot be given the values of {principal.Name}.{pair.Second}, {other}").FirstOrDefault();

    // The key of a table that its triggers fill, in which each parent must have a row.
    bool CoversThroughTrigger(Table table, ForeignKey key) =>
        made.Where(m => graph.Contains(m.Key) && m.Value.Exists(s => s.Table == table.Name)).Select(m => graph.Find(m.Key))
        .Any(t => t.ForeignKeys.Any(k => k.Name == key.Name && k.Principal == key.Principal && RoundTrips.Covering(graph, t, k) is not null));
}
