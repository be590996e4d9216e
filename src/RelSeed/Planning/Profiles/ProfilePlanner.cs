using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Lets a profile decide what constraints leave open: rows, references, values and nulls.</summary>
static class ProfilePlanner
{
    public const string Learned = "as learned";

    // Of more rows the order in time would take too much memory.
    const long MostOrdered = 4_000_000;

    /// <summary>Rows by the profile: a root table's own times the scale, of others the mean of their driving parent's children.</summary>
    public static void Count(DataProfile profile, TableGraph graph, PlanOptions options, Dictionary<TableName, (long Rows, string Reason)> counts,
        Func<TableName, bool> isAsked)
    {
        var counted = graph.Ordered.Select(t => t.Name).Where(t => isAsked(t) || profile.Find(t) is null).ToHashSet();
        foreach (var table in graph.Ordered)
        {
            // In a cycle the parents may come later: their number is not told before.
            if (!counted.Add(table.Name) || profile.Find(table.Name) is not { } found) continue;
            var driving = found.Driving < 0 ? null : found.References[found.Driving];
            counts[table.Name] = driving?.Children is { } children && counts.TryGetValue(driving.Principal, out var parents)
                && driving.Principal != table.Name && counted.Contains(driving.Principal)
                ? (options.Drawn.TryGetValue(table.Name, out var drawn) ? drawn : Hanging(profile, found, driving, children, parents.Rows),
                    $"about {Mean(children):0.##} for each of {driving.Principal}, as learned")
                : ((long)Math.Round(found.Rows * options.Scale), "as many as learned");
        }
    }

    static long Hanging(DataProfile profile, TableProfile table, ReferenceProfile driving, FanOutProfile children, long parents) => (long)Math.Round(
        profile.Find(driving.Principal) is { Rows: > 0 } principal ? parents * ((double)table.Rows / principal.Rows)
            : parents * Mean(children) / Math.Max(0.01, 1 - driving.NullShare));

    static double Mean(FanOutProfile children)
    {
        double weight = 0, sum = 0;
        foreach (var share in children.Tree.Nodes[0].Shares)
            for (var code = Math.Max(1, share.First); code <= share.Last && code <= children.Codes.Codes.Count; code++)
            {
                var count = children.Codes.Codes[code - 1] switch { NumberCode n => n.Value, RangeCode r => (r.Low + r.High) / 2, _ => 0 };
                weight += share.Weight / (share.Last - share.First + 1);
                sum += count * share.Weight / (share.Last - share.First + 1);
            }
        return weight > 0 ? sum / weight * Some(children.None) : 0;
    }

    // Share of the parents that have a child at all.
    static double Some(TreeModel? none)
    {
        if (none is null) return 1;
        var shares = none.Nodes[0].Shares;
        return shares.Where(s => s.First == 0).Sum(s => s.Weight) / shares.Sum(s => s.Weight);
    }

    /// <summary>Before keys: lets the learned driving reference group the rows, unless a key leaves each parent one of them.</summary>
    public static void Begin(TableDraft draft, ReferencePlanner references)
    {
        if (draft.Profile is not { Driving: >= 0 } profile || draft.Driving is not null) return;
        var driving = draft.References[profile.Driving];
        if (driving.Mechanism is not null || driving.Shared.Count > 0
            || draft.Table.AllKeys.Any(k => k.IsPlain && k.ColumnNames.All(c => driving.Key.Columns.Contains(c))))
            return;
        references.Drive(draft, driving, long.MaxValue, Learned);
    }

    /// <summary>The learned fan-out of a reference; null when none was learned.</summary>
    public static LearnedFanOutReference? FanOut(TableDraft draft, ReferenceDraft reference, long largest)
    {
        if (draft.Profile is not { } profile || draft.ExistingRows > 0 || reference.ExistingParents > 0) return null;
        var learned = Array.IndexOf(profile.ReferenceOf, reference.Index);
        return learned >= 0 && profile.Profile.References[learned].Children is not null && learned == profile.Profile.Driving
            && draft.Rows <= (Int128)largest * reference.ParentRows ? new LearnedFanOutReference(learned, largest) : null;
    }

    /// <summary>After keys: references that nothing has decided pick their parents as learned, or follow from those that do.</summary>
    public static void Pick(TableDraft draft)
    {
        if (draft.Profile is not { } profile) return;
        for (var pass = 0; pass < 2; pass++)
            for (var r = 0; r < profile.ReferenceOf.Length; r++)
            {
                if (profile.ReferenceOf[r] is not (>= 0 and var at) || draft.References[at] is not { Mechanism: null } reference
                    || reference.Filters.Count > 0)
                    continue;
                if (pass == 0 && !profile.Profile.References[r].Follows.IsEmpty) continue;
                ReferenceSpec mechanism = pass == 1 && profile.PathOf(r) is { } path ? new ImpliedReference(path) : new LearnedReference(r);
                reference.Set(mechanism, Learned);
            }
    }

    /// <summary>Which earlier rows of the table itself a row may refer to; null when nothing was learned of their order.</summary>
    public static EarlierReference? Earlier(TableDraft draft, ReferenceDraft reference)
    {
        if (draft.Profile is not { } profile || draft.ExistingRows > 0 || draft.Rows > MostOrdered) return null;
        var at = profile.Profile.References.ToList()
            .FindIndex(r => reference.Key.Columns.SequenceEqual(r.Columns) && reference.Key.Principal == r.Principal);
        var step = profile.Profile.Steps.ToList()
            .FindIndex(s => s.Kind == StepKind.Column && profile.ColumnOf[s.Target] >= 0
            && s.Bounds.Any(b => IsOfParent(b, at) && b.IsLeast && profile.Profile.Steps[b.Feature.Step] == s));
        return at >= 0 && step >= 0 ? new EarlierReference(at, step) : null;
    }

    static bool IsOfParent(OrderBound bound, int reference) => bound.Feature.Kind == FeatureKind.Parent && bound.Feature.Reference == reference;

    /// <summary>The learned share of rows without a parent; null when it was not learned.</summary>
    public static double? NullShare(TableDraft draft, ReferenceDraft reference) =>
        draft.Profile?.Profile.References.FirstOrDefault(r => reference.Key.Columns.SequenceEqual(r.Columns)
            && reference.Key.Principal == r.Principal)?.NullShare;

    /// <summary>Values and nulls of a column that nothing has decided.</summary>
    /// <param name="fresh">What it would be without a profile.</param>
    /// <param name="mayBeNull">By the table's keys and constraints.</param>
    /// <returns>False when the profile says nothing of it that could be used.</returns>
    public static bool Values(
        TableDraft draft, int column, TableFacts facts, ValuePlan? fresh, bool mayBeNull, IReadOnlyDictionary<TableName, TableDraft> drafts)
    {
        if (draft.Profile is not { } profile || profile.Find(column) is not { } found) return false;
        if (profile.RuleOf(column) is { } rule && ProfileRules.Spec(draft, column, rule, mayBeNull, drafts) is { } spec)
        {
            profile.Following.Add(column);
            draft.Set(column, spec, $"follows exactly in the profile: {spec.Describe()}");
            return true;
        }
        var step = profile.StepOf(column);
        if (found.Treatment != ColumnTreatment.Told || step < 0 || !profile.HasValues(column, facts)) return false;
        draft.Set(column, new LearnedSpec(step, fresh?.Spec), $"learned from {draft.Table.Name.Name}.{found.Name}: {found.Codes.Codes.Count} codes");
        draft.Nulls[column] = new LearnedNulls(step);
        return true;
    }

    /// <summary>Moments made anew stay before what follows them.</summary>
    public static void Bound(TableDraft draft, int column, ValueDomain[] domains)
    {
        if (draft.Profile?.Find(column) is not { Treatment: ColumnTreatment.Fresh, Latest: { } latest }
            || draft.Table.Columns[column].Type is not { Lane: Lane.Int64 } type || !type.Kind.IsTemporal())
            return;
        var (domain, most) = (domains[column], Math.Floor(latest / Axis.ScaleOf(type)));
        if (most < (domain.Min ?? long.MinValue) || most >= (domain.Max ?? long.MaxValue)) return;
        domains[column] = domain with { Max = (long)most };
    }

    /// <summary>Nulls of a column whose values are made anew; null when the profile does not tell.</summary>
    public static NullSpec? Nulls(TableDraft draft, int column)
    {
        if (draft.Profile is not { } profile || profile.Find(column) is not { } found || draft.Generators[column] is LearnedSpec) return null;
        if (profile.Following.Contains(column)) return NullSpec.Never;
        if (profile.StepOf(column) is >= 0 and var step && profile.Profile.Steps[step].First.Nulls is not null
            && found.Treatment == ColumnTreatment.Fresh)
            return new LearnedNulls(step);
        return found.NullShare > 0 ? new NullShare(found.NullShare, draft.Table.Columns[column].Name) : NullSpec.Never;
    }
}
