using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Optional references that the trigger which makes a row leaves open: they are set by an UPDATE once the rows are there, for other tables
/// may want them.</summary>
/// <param name="rows">Of each table, as far as it is planned.</param>
/// <param name="facts">Of the table that triggers fill.</param>
sealed class CompletedRows(TableGraph graph, IReadOnlyDictionary<TableName, long> rows, ConstraintFacts facts, IReadOnlyDictionary<TableName,
    List<RowSource>> made)
{
    /// <summary>Null where the provider does not update, or where it was refused.</summary>
    public static CompletedRows? For(Table table, DatabaseSchema schema, PlanOptions options, TableGraph graph, IReadOnlyDictionary<TableName,
        long> rows, ConstraintFacts facts,
        IReadOnlyDictionary<TableName, List<RowSource>> made) =>
        schema.Dialect() == Dialect.PostgreSql && table.Rights.HasFlag(TableRights.Update)
            && options.Learned.GetValueOrDefault(table.Name)?.LeftOpen is null
            ? new CompletedRows(graph, rows, facts, made) : null;

    /// <summary>How the reference finds its parent; null when it stays as the trigger leaves it.</summary>
    public GroupedReference? Find(TableDraft draft, ForeignKey key)
    {
        var table = draft.Table;
        var columns = key.Columns.Select(table.IndexOf).ToList();
        var open = columns.Where(c => draft.Sources.All(s => !s.Values[c].IsKnown)).ToList();
        var isOpen = open.Count > 0
            && open.TrueForAll(c => table.Columns[c] is { IsNullable: true, IsComputed: false, Default: null, Identity: IdentityKind.None }
            && draft.Generators[c] is null);
        if (!isOpen || Principal(table, key) is not { } principal || table.PrimaryKey is not { } identity || !IsKnown(draft, identity.ColumnNames))
            return null;
        var shared = new List<(int Column, int Principal)>();
        for (var i = 0; i < columns.Count; i++)
            if ((open.Contains(columns[i]) ? EqualTo(draft, columns[i]) : columns[i]) is { } agreed)
                shared.Add((agreed, principal.IndexOf(key.PrincipalColumns[i])));
        var keys = table.UniqueKeys.Where(k => k.ColumnNames.Any(c => open.Contains(table.IndexOf(c)))).ToList();
        if (keys.Exists(k => !k.IsPlain) || keys.Count > 1) return null;
        var within = keys.SelectMany(k => k.ColumnNames).Select(table.IndexOf).Where(c => !open.Contains(c)).ToEquatableArray();
        return new GroupedReference([.. shared.Select(s => s.Column)], [.. shared.Select(s => s.Principal)],
            keys.Count == 0 ? null : new OccurrenceIndexSpec(within), 2);
    }

    Table? Principal(Table table, ForeignKey key) =>
        key.Principal != table.Name && graph.Contains(key.Principal) && !graph.IsBackward(table, key) && rows.GetValueOrDefault(key.Principal) > 0
            && graph.Find(key.Principal) is { } principal
        && (!made.TryGetValue(key.Principal, out var sources) || key.PrincipalColumns.All(c => TriggeredRows.IsKnown(sources, principal.IndexOf(c))))
        ? principal : null;

    static bool IsKnown(TableDraft draft, IEnumerable<string> columns) =>
        columns.All(c => TriggeredRows.IsKnown(draft.Sources, draft.Table.IndexOf(c)));

    // A check wants it equal to a column that the trigger fills.
    int? EqualTo(TableDraft draft, int column) =>
        facts.Comparisons().Where(c => c.Operator == Comparison.Equal && (c.Left == column || c.Right == column))
        .Select(c => (int?)(c.Left == column ? c.Right : c.Left)).FirstOrDefault(c => TriggeredRows.IsKnown(draft.Sources, c!.Value));
}
