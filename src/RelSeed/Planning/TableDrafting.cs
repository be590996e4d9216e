using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Decides the rows, references and keys of every table, parents first.</summary>
sealed class TableDrafting
{
    // Rows only shrink from pass to pass; a cycle of capacities settles in a few.
    const int MostPasses = 16;

    readonly PlanGround _known;
    readonly ReferencePlanner _references;
    readonly Dictionary<TableName, long> _rows;
    readonly Dictionary<TableName, Table> _named;
    readonly ILookup<TableName, EquatableArray<string>> _referred;
    readonly ILookup<TableName, string> _neededValues, _spread;

    public TableDrafting(PlanGround known)
    {
        _known = known;
        _rows = known.Counts.ToDictionary(c => c.Key, c => c.Value.Rows);
        _references = new(known.Graph, known.Keys, _rows, known.Options, known.Triggers.Sources.Made);
        _named = known.Graph.Ordered.ToDictionary(t => t.Name);
        _referred = known.Graph.Ordered.SelectMany(t => t.ForeignKeys).ToLookup(k => k.Principal, k => k.PrincipalColumns);
        (_neededValues, _spread) = (NeededValues.Of(known.Graph, known.Facts), NeededValues.Spread(known.Graph));
    }

    TriggerFolding Triggers => _known.Triggers;
    PlanOptions Options => _known.Options;

    /// <exception cref="PlanException">RS20xx: constraints that no rows can meet; all of them at once.</exception>
    public List<TableDraft> DraftAll()
    {
        List<TableDraft> drafts = [];
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var before = _rows.ToList();
            drafts = DraftOnce();
            if (before.TrueForAll(b => _rows[b.Key] == b.Value)) break;
        }
        return drafts;
    }

    List<TableDraft> DraftOnce()
    {
        var (drafts, faults) = (new List<TableDraft>(), new List<PlanException>());
        foreach (var table in _known.Graph.Ordered)
        {
            var draft = Begin(table);
            try
            {
                Decide(draft);
            }
            catch (PlanException fault)
            {
                faults.Add(PlanFaults.Of(table.Name, fault));
            }
            _rows[table.Name] = draft.Rows;
            drafts.Add(draft);
        }
        PlanFaults.Throw(faults);
        return drafts;
    }

    TableDraft Begin(Table table)
    {
        var (rows, reason) = _known.Counts[table.Name];
        var draft = new TableDraft(table, rows, reason, Options.Existing.GetValueOrDefault(table.Name));
        if (Options.Capacities.TryGetValue(table.Name, out var capacity)) draft.Limit(capacity.Rows, capacity.Reason);
        if (Options.Learned.GetValueOrDefault(table.Name)?.Room is { } room) draft.Limit(room.Rows, room.Reason);
        draft.IsSearched = Options.Searched.Contains(table.Name) && draft.Banding is null;
        draft.Referred.UnionWith(_referred[table.Name].SelectMany(c => draft.IndexesOf(c)));
        draft.Referred.UnionWith(Triggers.ReferredThrough(table.Name, _referred));
        foreach (var ((_, column), slice) in Triggers.Slices.Where(s => s.Key.Table == table.Name)) draft.Slices[column] = slice;
        _known.Written.Prepare(draft);
        draft.EveryParent = _neededValues[table.Name].Concat(_spread[table.Name]).Concat(Triggers.Children.GetValueOrDefault(table.Name) ?? [])
            .Concat(Options.Covering.Where(c => c.Table == table.Name).Select(c => c.Key)).ToHashSet(StringComparer.Ordinal);
        // Where its sequence can be moved behind the made rows, rows of triggers come after them.
        draft.NumbersOfTriggers = _known.Schema.Dialect() == Dialect.PostgreSql && table.Rights.HasFlag(TableRights.Alter) ? 0
            : Triggers.Sources.Beside.GetValueOrDefault(table.Name)?.Sum(s => _rows.GetValueOrDefault(s)) ?? 0;
        return draft;
    }

    void Decide(TableDraft draft)
    {
        var (name, facts) = (draft.Table.Name, _known.Facts[draft.Table.Name]);
        if (Triggers.Sources.Made.TryGetValue(name, out var sources))
        {
            TriggeredRows.Plan(draft, sources, _rows, _named, Triggers.Bands, CompletedRows.For(
                draft.Table, _known.Schema, Options, _known.Graph, _rows, facts.Constraints, Triggers.Sources.Made));
            return;
        }
        if (Triggers.Sources.Uncertain.TryGetValue(name, out var why)) draft.Limit(0, why);
        if (Triggers.Bands.TryGetValue(name, out var banding)) BandPlanner.Begin(draft, banding);
        facts.Prepare(draft);
        _references.Prepare(draft);
        ModelFolding.Fill(draft);
        facts.PrepareRules(draft, _references, isCounted: draft.RowsReason == RowCounts.AskedForTable || facts.Rules.Rows is not null);
        facts.PrepareTies(draft);
        ProfilePlanner.Begin(draft, _references);
        BalancedRows.Begin(draft, _references, _known.Balances.GetValueOrDefault(name));
        NumberedRows.Begin(draft, _references);
        new KeyPlanner(_references, facts.UniqueDomain, _known.Schema.Dialect(), Options.AsOf).Plan(draft);
        _references.Finish(draft);
        facts.FinishRules(draft);
        BandPlanner.Finish(draft);
    }
}
