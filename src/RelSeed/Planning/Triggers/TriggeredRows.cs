using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Plans a table whose rows triggers make: nothing is written to it, and its rows are read off the rows that cause them, so that
/// tables which refer to it compute its keys as those of any other.</summary>
static class TriggeredRows
{
    public static void Plan(TableDraft draft, IReadOnlyList<RowSource> sources, IReadOnlyDictionary<TableName, long> rows,
        IReadOnlyDictionary<TableName, Table> tables,
        IReadOnlyDictionary<TableName, Banding> bands, CompletedRows? completed)
    {
        draft.Sources = [.. sources.Select(s => Extent(s, rows.GetValueOrDefault(s.Table), bands))];
        var names = draft.Sources.Select(s => s.Table).Distinct().ToList();
        draft.Fill(draft.Sources.Sum(s => s.Rows), $"made by the triggers of {string.Join(", ", names)}");
        var own = draft.Table.ForeignKeys.Count;
        foreach (var key in draft.Table.ForeignKeys)
        {
            if (completed?.Find(draft, key) is { } chosen) Complete(draft, key, chosen, tables[key.Principal]);
            else Add(draft, key, Through(draft, key, own, tables), "as the row that causes it");
        }
        long first = 0;
        foreach (var source in draft.Sources)
        {
            Add(draft, KeyOf(draft.Table, source, tables), new TriggeringRowReference(first, source.FirstRow, source.Rows),
                "the row whose trigger makes it");
            first += source.Rows;
        }
        for (var c = 0; c < draft.Table.Columns.Count; c++) PlanColumn(draft, c, own);
    }

    // What the trigger leaves open is set when its rows are there.
    static void Complete(TableDraft draft, ForeignKey key, GroupedReference chosen, Table principal)
    {
        var reference = draft.References.Count;
        Add(draft, key, chosen, "set once its trigger has made the row");
        for (var i = 0; i < key.Columns.Count; i++)
        {
            var column = draft.Table.IndexOf(key.Columns[i]);
            if (draft.Sources.All(s => !s.Values[column].IsKnown))
                draft.Set(column,
                    new ReferenceColumnSpec(reference, principal.IndexOf(key.PrincipalColumns[i]), $"{key.Principal}.{key.PrincipalColumns[i]}"),
                    "set once its trigger has made the row");
        }
    }

    static RowSource Extent(RowSource source, long rows, IReadOnlyDictionary<TableName, Banding> bands)
    {
        if (source.Guard is not { } guard) return source with { Rows = rows };
        var banding = bands[source.Table];
        var place = Enumerable.Range(0, banding.Bands.Count).First(b => banding.Bands[b].Literal == guard.Literal);
        var (first, count) = banding.Split(rows)[place];
        return source with { FirstRow = first, Rows = count };
    }

    static void Add(TableDraft draft, ForeignKey key, ReferenceSpec mechanism, string reason)
    {
        var reference = new ReferenceDraft(key, draft.References.Count, [], [], null, draft.Rows, 0);
        reference.Set(mechanism, reason);
        draft.References.Add(reference);
    }

    static ForeignKey KeyOf(Table table, RowSource source, IReadOnlyDictionary<TableName, Table> tables)
    {
        var copied = Enumerable.Range(0, source.Values.Count).Where(c => source.Values[c].Column >= 0).ToList();
        return new ForeignKey
        {
            Name = source.Trigger,
            Columns = copied.Select(c => table.Columns[c].Name).ToEquatableArray(),
            Principal = source.Table,
            PrincipalColumns = copied.Select(c => tables[source.Table].Columns[source.Values[c].Column].Name).ToEquatableArray(),
        };
    }

    static ThroughTriggerReference Through(TableDraft draft, ForeignKey key, int own, IReadOnlyDictionary<TableName, Table> tables) =>
        new(draft.Sources.Select((s, i) => new SourceReference(own + i, ReferenceOf(draft.Table, key, s, tables[s.Table]))).ToEquatableArray());

    // The source's own reference over the columns that fill the key.
    static int ReferenceOf(Table table, ForeignKey key, RowSource source, Table from)
    {
        var columns = key.Columns.Select(c => source.Values[table.IndexOf(c)].Column).ToList();
        if (columns.Exists(c => c < 0)) return SourceReference.None;
        var names = columns.Select(c => from.Columns[c].Name).ToEquatableArray();
        if (key.Principal == source.Table && names == key.PrincipalColumns) return SourceReference.Itself;
        for (var k = 0; k < from.ForeignKeys.Count; k++)
            if (from.ForeignKeys[k].Principal == key.Principal && from.ForeignKeys[k].Columns == names
                && from.ForeignKeys[k].PrincipalColumns == key.PrincipalColumns)
                return k;
        return SourceReference.None;
    }

    static void PlanColumn(TableDraft draft, int column, int own)
    {
        if (draft.Generators[column] is ReferenceColumnSpec) return;
        if (draft.Sources.All(s => !s.Values[column].IsKnown))
            draft.Set(column, new OmittedSpec("the trigger's or the server's value"), "written by the trigger");
        else draft.Set(column,
            new TriggerValueSpec(draft.Sources.Select((s, i) => new SourceColumn(own + i, s.Values[column].Column, s.Values[column].Literal))
            .ToEquatableArray()),
            "copied by the trigger");
    }

    /// <summary>Every row's value of the column is known to the plan.</summary>
    public static bool IsKnown(IEnumerable<RowSource> sources, int column) => sources.All(s => s.Values[column].IsKnown);
}
