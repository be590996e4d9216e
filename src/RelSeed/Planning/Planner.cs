using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Turns a schema and the user's wishes into a plan: rows, references, keys, and a generator with its reason for every column.</summary>
public static class Planner
{
    // Rows only shrink from pass to pass; a cycle of capacities settles in a few.
    const int MostPasses = 16;

    /// <exception cref="UsageException">RS12xx: an option names what is not there.</exception>
    /// <exception cref="PlanException">RS20xx: constraints that no rows can meet; all of them at once.</exception>
    public static SeedPlan Plan(DatabaseSchema schema, PlanOptions options)
    {
        schema = KeyScales.Apply(schema);
        while (options.SkipUnsolvable)
        {
            try
            {
                return PlanAll(schema, options);
            }
            catch (PlanException fault) when (LeaveOut(schema, options, fault) is { } without)
            {
                options = without;
            }
        }
        return PlanAll(schema, options);
    }

    /// <summary>The options with the tables left out that a fault speaks of; null when that leaves out no more than before.</summary>
    public static PlanOptions? LeaveOut(DatabaseSchema schema, PlanOptions options, PlanException fault)
    {
        var without = options;
        foreach (var table in schema.Tables)
            if (fault.Tables.FirstOrDefault(t => t.Table == table.Name.ToString()) is { } found
                && options.Learned.GetValueOrDefault(table.Name)?.LeftEmpty is null)
                without = LearnedFacts.Add(without, table.Name, new LearnedTable { LeftEmpty = $"left out as unsolvable: {found.Reason}" });
        return ReferenceEquals(without, options) ? null : without;
    }

    /// <summary>The options by which the tables that a fault speaks of are filled as without the profile, then those of the cycles that they depend
    /// on; null when all of them were already.</summary>
    public static PlanOptions? WithoutProfile(DatabaseSchema schema, PlanOptions options, PlanException fault)
    {
        if (options.Profile is null) return null;
        var told = schema.Tables.Where(t => fault.Tables.Any(f => f.Table == t.Name.ToString())).Select(t => t.Name).ToList();
        var next = told.FindAll(t => !options.Unprofiled.ContainsKey(t));
        if (next.Count == 0 && fault.Id == "RS2014")
            next = [.. schema.Tables.Where(t => !options.Unprofiled.ContainsKey(t.Name)
                && t.ForeignKeys.Any(k => k.Principal != t.Name && schema.Reaches(k.Principal, t.Name))
                && told.Exists(f => schema.Reaches(f, t.Name))).Select(t => t.Name)];
        if (next.Count == 0) return null;
        var reason = fault.Tables[0].Reason;
        foreach (var table in next)
            options = options.WithoutProfileOf(table, fault.Tables.FirstOrDefault(f => f.Table == table.ToString())?.Reason ?? reason);
        return options;
    }

    static SeedPlan PlanAll(DatabaseSchema schema, PlanOptions options)
    {
        if (options.Profile is { } profile) options = options with { Profile = ProfileMatch.Rename(profile, schema, options.Rules) };
        var chosen = TableSelection.Select(schema, options);
        options = RivalRows.Learn(schema, chosen, ExpiringRows.Learn(schema, chosen, TriggerDemands.Learn(schema, chosen, options)));
        options = CommonColumns.Learn(chosen, SharedOrigins.Learn(schema, chosen, options));
        var lookups = TriggerLookups.Of(schema, chosen, options);
        var selected = chosen.Select(t => KeyPredicates.Apply(lookups.Apply(t), schema.Dialect()))
            .Select(t => ComputedFolding.Apply(ModelFolding.Apply(LearnedFacts.Apply(t, options)), schema.Dialect()))
            .Select(t => TriggerCopies.Apply(TriggerChecks.Apply(t, schema.Dialect()), schema.Dialect())).ToList();
        var balances = BalancedRows.Of(schema, selected);
        selected = selected.ConvertAll(t => BalancedRows.Apply(t, balances.GetValueOrDefault(t.Name)));
        var triggers = TriggerFolding.Of(schema, selected);
        var tables = triggers.Tables;
        if (tables.Count == 0)
            throw new PlanException("RS2001",
                "There is no table to fill: the database has none that this user may see, or all are excluded. Create the schema first, or name it with --schema.");
        // Tables left out whose rows others may refer to take part with no rows of their own.
        var kept = schema.Tables.Where(t => options.Existing.ContainsKey(t.Name) && tables.All(c => c.Name != t.Name)).ToList();
        if (tables.All(t => !t.Rights.HasFlag(TableRights.Insert)))
            throw new PlanException("RS2002",
                $"None of the {tables.Count} tables takes a row from this user. Grant INSERT on them, or connect as their owner.");
        var written = new WrittenKeys(triggers.Sources.Written, tables.ToDictionary(t => t.Name), options);
        var wishes = options.Learned.SelectMany(l => l.Value.Before.Select(later => (Later: later, Earlier: l.Key)))
            .Concat(lookups.Wishes).Concat(written.Wishes);
        var rules = RuleBook.Of(schema, [.. tables], options);
        var graph = TableGraph.Of(tables.Select(rules.Fold).Concat(kept), triggers.Before, wishes);
        var counts = RowCounts.For(schema, graph, options, rules);
        foreach (var table in kept) counts[table.Name] = (0, "left out; its rows serve as parents");
        var keys = new GeneratorKeys(options.Seed, schema.DefaultSchema);
        var facts = graph.Ordered.ToDictionary(t => t.Name, t => new TableFacts(schema, t, options, rules[t.Name]));
        NeededValues.List(graph, facts);
        NeededValues.Include(graph, facts, t => options.Existing.ContainsKey(t), triggers.Sources.Made.ContainsKey);
        lookups.List(facts);
        written.List(facts);
        NumberedParents.Raise(graph, facts, counts);
        ModelFolding.AddSlices(graph, triggers.Slices);
        triggers.Prepare(facts, counts);
        BalancedRows.Raise(balances, triggers, counts, graph);
        ModelFolding.Raise(graph, counts, options);
        var rows = counts.ToDictionary(c => c.Key, c => c.Value.Rows);
        foreach (var fact in facts.Values) fact.Slice(triggers.Slices, facts, counts);
        List<TableDraft> drafts = [];
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var before = rows.ToList();
            drafts = Draft(schema, graph, counts, rows, keys, facts, options, triggers, balances, written);
            if (before.TrueForAll(b => rows[b.Key] == b.Value)) break;
        }
        return Finish(schema, options, graph, drafts, facts, triggers);
    }

    static List<TableDraft> Draft(
        DatabaseSchema schema, TableGraph graph, Dictionary<TableName, (long Rows, string Reason)> counts, Dictionary<TableName, long> rows,
        GeneratorKeys keys,
        Dictionary<TableName, TableFacts> facts, PlanOptions options, TriggerFolding triggers, Dictionary<TableName, RowBalance> balances,
        WrittenKeys written)
    {
        var drafts = new List<TableDraft>();
        var faults = new List<PlanException>();
        var referred = graph.Ordered.SelectMany(t => t.ForeignKeys).ToLookup(k => k.Principal, k => k.PrincipalColumns);
        var bands = triggers.Bands;
        var (neededValues, spread) = (NeededValues.Of(graph, facts), NeededValues.Spread(graph));
        var named = graph.Ordered.ToDictionary(t => t.Name);
        foreach (var table in graph.Ordered)
        {
            var draft = new TableDraft(table, counts[table.Name].Rows, counts[table.Name].Reason, options.Existing.GetValueOrDefault(table.Name));
            if (options.Capacities.TryGetValue(table.Name, out var capacity)) draft.Limit(capacity.Rows, capacity.Reason);
            if (options.Learned.GetValueOrDefault(table.Name)?.Room is { } room) draft.Limit(room.Rows, room.Reason);
            draft.IsSearched = options.Searched.Contains(table.Name) && draft.Banding is null;
            draft.Referred.UnionWith(referred[table.Name].SelectMany(c => draft.IndexesOf(c)));
            draft.Referred.UnionWith(triggers.ReferredThrough(table.Name, referred));
            foreach (var ((owner, column), slice) in triggers.Slices.Where(s => s.Key.Table == table.Name)) draft.Slices[column] = slice;
            written.Prepare(draft);
            draft.EveryParent = neededValues[table.Name].Concat(spread[table.Name]).Concat(triggers.Children.GetValueOrDefault(table.Name) ?? [])
                .Concat(options.Covering.Where(c => c.Table == table.Name).Select(c => c.Key)).ToHashSet(StringComparer.Ordinal);
            // Where its sequence can be moved behind the made rows, rows of triggers come after them.
            draft.NumbersOfTriggers = schema.Dialect() == Dialect.PostgreSql && table.Rights.HasFlag(TableRights.Alter) ? 0
                : triggers.Sources.Beside.GetValueOrDefault(table.Name)?.Sum(s => rows.GetValueOrDefault(s)) ?? 0;
            var references = new ReferencePlanner(graph, keys, rows, options, triggers.Sources.Made);
            try
            {
                if (triggers.Sources.Made.TryGetValue(table.Name, out var sources))
                {
                    TriggeredRows.Plan(draft, sources, rows, named, bands,
                        CompletedRows.For(table, schema, options, graph, rows, facts[table.Name].Constraints, triggers.Sources.Made));
                    continue;
                }
                if (triggers.Sources.Uncertain.TryGetValue(table.Name, out var why)) draft.Limit(0, why);
                if (bands.TryGetValue(table.Name, out var banding)) BandPlanner.Begin(draft, banding);
                facts[table.Name].Prepare(draft);
                references.Prepare(draft);
                ModelFolding.Fill(draft);
                facts[table.Name].PrepareRules(draft, references, IsCounted(draft, facts[table.Name]));
                facts[table.Name].PrepareTies(draft);
                ProfilePlanner.Begin(draft, references);
                BalancedRows.Begin(draft, references, balances.GetValueOrDefault(table.Name));
                NumberedRows.Begin(draft, references);
                new KeyPlanner(references, facts[table.Name].UniqueDomain, schema.Dialect(), options.AsOf).Plan(draft);
                references.Finish(draft);
                facts[table.Name].FinishRules(draft);
                BandPlanner.Finish(draft);
            }
            catch (PlanException fault)
            {
                faults.Add(PlanFaults.Of(table.Name, fault));
            }
            finally
            {
                rows[table.Name] = draft.Rows;
                drafts.Add(draft);
            }
        }
        PlanFaults.Throw(faults);
        return drafts;
    }

    static bool IsCounted(TableDraft draft, TableFacts facts) => draft.RowsReason == RowCounts.AskedForTable || facts.Rules.Rows is not null;

    static SeedPlan Finish(DatabaseSchema schema, PlanOptions options, TableGraph graph, List<TableDraft> drafts, Dictionary<TableName,
        TableFacts> facts, TriggerFolding triggers)
    {
        var warnings = new List<string>();
        var faults = new List<PlanException>();
        var named = drafts.ToDictionary(d => d.Table.Name);
        var dates = new ParentDates(named, facts);
        foreach (var draft in drafts)
        {
            new ColumnPlanner(facts[draft.Table.Name], named, warnings, faults).Plan(draft);
            facts[draft.Table.Name].Ruled.Finish(draft, faults);
            BandPlanner.Fix(draft);
            dates.Apply(draft);
        }
        PlanFaults.Throw(faults);
        warnings.AddRange(schema.Drift);
        if (options.Profile is { } profile) warnings.AddRange(ProfileMatch.Describe(profile, schema, [.. drafts.Select(d => d.Table)]));
        warnings.AddRange(drafts.Select(d => d.Table.Name).Where(options.Unprofiled.ContainsKey)
            .Select(t => $"Rows of {schema.ShortName(t)} are made without the profile, since by it they could not be made: "
                + $"{options.Unprofiled[t]}."));
        warnings.AddRange(LearnedFacts.Describe(schema, drafts.Select(d => d.Table.Name), options));
        return ScenarioPlanner.Apply(new SeedPlan
        {
            Schema = schema,
            Seed = options.Seed,
            AsOf = options.AsOf,
            Locale = options.Locale,
            Tables = drafts.Select(d => Table(d, named, graph, facts[d.Table.Name], options) with
            {
                KeysMetByTriggers = (triggers.Met.GetValueOrDefault(d.Table.Name) ?? []).ToEquatableArray(),
            }).ToEquatableArray(),
            Warnings = warnings.ToEquatableArray(),
        }, options.Scenario);
    }

    // Of a column that only the first rows have, the others are no parents.
    static IEnumerable<ParentCondition> Valued(ReferenceDraft reference, Dictionary<TableName, TableDraft> named) =>
        reference.Principal is null || !named.TryGetValue(reference.Key.Principal, out var parent) || reference.Mechanism is NoReference ? []
        : reference.PrincipalColumns.Where(c => c >= 0 && parent.Nulls[c] is NullBeyond)
            .Select(c => new ParentCondition(reference.Key.Name, $"\"{parent.Table.Columns[c].Name.Replace("\"", "\"\"")}\" IS NOT NULL",
            "its key has few values"));

    static TablePlan Table(TableDraft draft, Dictionary<TableName, TableDraft> named, TableGraph graph, TableFacts facts, PlanOptions options) =>
        new()
        {
            Table = draft.Table,
            RequestedRows = draft.Requested,
            Rows = draft.Rows,
            ExistingRows = draft.ExistingRows,
            RowsReason = draft.RowsReason,
            Columns = draft.Table.Columns.Select((column, c) => new ColumnPlan
            {
                Column = column,
                Generator = draft.Generators[c]!,
                Nulls = draft.Nulls[c] ?? NullSpec.Never,
                Reason = draft.Reasons[c],
                IsRuled = facts.Ruled.IsRuled(c),
            }).ToEquatableArray(),
            References = draft.References.Select(r => new ReferencePlan
            {
                Key = r.Key,
                Mechanism = r.Mechanism!,
                Reason = r.Reason,
                Filters = r.Filters.ToEquatableArray(),
                Conditions = (options.Learned.GetValueOrDefault(draft.Table.Name)?.Parents ?? [])
                    .Concat(ModelFolding.Conditions(draft.Table, r.Principal)).Where(p => p.Key == r.Key.Name).Concat(Valued(r, named))
                    .ToEquatableArray(),
            }).ToEquatableArray(),
            RefusedDraws = options.Learned.GetValueOrDefault(draft.Table.Name)?.RefusedDraws ?? [],
            Sources = draft.Sources.ToEquatableArray(),
            Checks = draft.Sources.Count > 0 ? [] : facts.Constraints.Plan(draft).ToEquatableArray(),
            Profiled = draft.Profile?.Finish(facts),
            Arrangement = draft.Arrangement,
            Balance = draft.Balance,
            BackwardKeys = draft.Table.ForeignKeys.Where(k => graph.IsBackward(draft.Table, k)).Select(k => k.Name).ToEquatableArray(),
        };
}
