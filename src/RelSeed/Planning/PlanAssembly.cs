using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Gives the columns that no key decides their values, and makes the plan of the drafts.</summary>
static class PlanAssembly
{
    /// <exception cref="PlanException">RS20xx: constraints that no rows can meet; all of them at once.</exception>
    public static SeedPlan Make(PlanGround known, List<TableDraft> drafts)
    {
        var named = drafts.ToDictionary(d => d.Table.Name);
        var warnings = FillColumns(known, drafts, named);
        warnings.AddRange(Warnings(known, drafts));
        var options = known.Options;
        return ScenarioPlanner.Apply(new SeedPlan
        {
            Schema = known.Schema,
            Seed = options.Seed,
            AsOf = options.AsOf,
            Locale = options.Locale,
            Tables = drafts.Select(d => Table(known, d, named)).ToEquatableArray(),
            Warnings = warnings.ToEquatableArray(),
        }, options.Scenario);
    }

    static List<string> FillColumns(PlanGround known, List<TableDraft> drafts, Dictionary<TableName, TableDraft> named)
    {
        var (warnings, faults) = (new List<string>(), new List<PlanException>());
        var dates = new ParentDates(named, known.Facts);
        foreach (var draft in drafts)
        {
            var facts = known.Facts[draft.Table.Name];
            new ColumnPlanner(facts, known.Facts, named, warnings, faults).Plan(draft);
            facts.Ruled.Finish(draft, faults);
            BandPlanner.Fix(draft);
            dates.Apply(draft);
        }
        PlanFaults.Throw(faults);
        return warnings;
    }

    static IEnumerable<string> Warnings(PlanGround known, List<TableDraft> drafts)
    {
        var (schema, options) = (known.Schema, known.Options);
        var profile = options.Profile is { } fit ? ProfileMatch.Describe(fit, schema, [.. drafts.Select(d => d.Table)]) : [];
        var unprofiled = drafts.Select(d => d.Table.Name).Where(options.Unprofiled.ContainsKey)
            .Select(t => $"Rows of {schema.ShortName(t)} are made without the profile, since by it they could not be made: {options.Unprofiled[t]}.");
        return [.. schema.Drift, .. profile, .. unprofiled, .. LearnedFacts.Describe(schema, drafts.Select(d => d.Table.Name), options)];
    }

    static TablePlan Table(PlanGround known, TableDraft draft, Dictionary<TableName, TableDraft> named)
    {
        var (table, facts, learned) = (draft.Table, known.Facts[draft.Table.Name], known.Options.Learned.GetValueOrDefault(draft.Table.Name));
        return new()
        {
            Table = table,
            RequestedRows = draft.Requested,
            Rows = draft.Rows,
            ExistingRows = draft.ExistingRows,
            RowsReason = draft.RowsReason,
            Columns = table.Columns.Select((column, c) => Column(draft, facts, column, c)).ToEquatableArray(),
            References = draft.References.Select(r => Reference(draft, r, learned, named)).ToEquatableArray(),
            RefusedDraws = learned?.RefusedDraws ?? [],
            Sources = draft.Sources.ToEquatableArray(),
            Checks = draft.Sources.Count > 0 ? [] : facts.Constraints.Plan(draft).ToEquatableArray(),
            Profiled = draft.Profile?.Finish(facts),
            Arrangement = draft.Arrangement,
            Balance = draft.Balance,
            BackwardKeys = table.ForeignKeys.Where(k => known.Graph.IsBackward(table, k)).Select(k => k.Name).ToEquatableArray(),
            KeysMetByTriggers = (known.Triggers.Met.GetValueOrDefault(table.Name) ?? []).ToEquatableArray(),
        };
    }

    static ColumnPlan Column(TableDraft draft, TableFacts facts, Column column, int index) => new()
    {
        Column = column,
        Generator = draft.Generators[index]!,
        Nulls = draft.Nulls[index] ?? NullSpec.Never,
        Reason = draft.Reasons[index],
        IsRuled = facts.Ruled.IsRuled(index),
    };

    static ReferencePlan Reference(TableDraft draft, ReferenceDraft reference, LearnedTable? learned, Dictionary<TableName, TableDraft> named) => new()
    {
        Key = reference.Key,
        Mechanism = reference.Mechanism!,
        Reason = reference.Reason,
        Filters = reference.Filters.ToEquatableArray(),
        Conditions = (learned?.Parents ?? []).Concat(ModelFolding.Conditions(draft.Table, reference.Principal))
            .Where(p => p.Key == reference.Key.Name).Concat(Valued(reference, named)).ToEquatableArray(),
    };

    // Of a column that only the first rows have, the others are no parents.
    static IEnumerable<ParentCondition> Valued(ReferenceDraft reference, Dictionary<TableName, TableDraft> named) =>
        reference.Principal is null || !named.TryGetValue(reference.Key.Principal, out var parent) || reference.Mechanism is NoReference ? []
        : reference.PrincipalColumns.Where(c => c >= 0 && parent.Nulls[c] is NullBeyond)
            .Select(c => new ParentCondition(reference.Key.Name, $"\"{parent.Table.Columns[c].Name.Replace("\"", "\"\"")}\" IS NOT NULL",
            "its key has few values"));
}
