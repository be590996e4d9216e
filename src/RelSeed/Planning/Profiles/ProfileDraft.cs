using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>How a table's profile fits the table while it is planned.</summary>
sealed class ProfileDraft
{
    readonly TableDraft _draft;
    readonly PlanOptions _options;
    readonly Lazy<HashSet<string>> _keys;

    ProfileDraft(TableDraft draft, TableProfile profile, PlanOptions options, TableGraph graph)
    {
        (_draft, Profile, _options) = (draft, profile, options);
        ColumnOf = [.. profile.Columns.Select(c => draft.Table.IndexOf(c.Name))];
        ReferenceOf =
            [.. profile.References.Select(r =>
            draft.References.FindIndex(d => d.Key.Columns.SequenceEqual(r.Columns) && d.Key.Principal == r.Principal))];
        for (var r = 0; r < ReferenceOf.Length; r++)
            if (ReferenceOf[r] >= 0 && draft.References[ReferenceOf[r]] is var found
                && (found.IsSelf || !found.IsUsable || graph.IsBackward(draft.Table, found.Key) || IsConditional(found)))
                ReferenceOf[r] = -1;
        // Once references own their columns.
        _keys = new(() => [.. draft.Table.AllKeys.Where(MayDraw).Select(k => k.Name)]);
    }

    // Only some parents will do, and nothing was learned of these alone.
    bool IsConditional(ReferenceDraft reference) =>
        (_options.Learned.GetValueOrDefault(_draft.Table.Name)?.Parents ?? []).Concat(ModelFolding.Conditions(_draft.Table, reference.Principal))
            .Any(p => p.Key == reference.Key.Name);

    public TableProfile Profile { get; }

    /// <summary>Columns that follow from others exactly, and are null where those are.</summary>
    public HashSet<int> Following { get; } = [];

    /// <summary>By column of the profile: position in the table, -1 when it is gone.</summary>
    public int[] ColumnOf { get; }

    /// <summary>By reference of the profile: position in the draft, -1 when it cannot be learned.</summary>
    public int[] ReferenceOf { get; }

    /// <summary>Position in the draft of the reference that groups the rows in the profile; -1 for none.</summary>
    public int Driving => Profile.Driving < 0 ? -1 : ReferenceOf[Profile.Driving];

    public static ProfileDraft? Of(TableDraft draft, PlanOptions options, TableGraph graph) =>
        options.Profile?.Find(draft.Table.Name) is { } profile && draft.Banding is null && draft.Sources.Count == 0
        && !options.Unprofiled.ContainsKey(draft.Table.Name) ? new ProfileDraft(draft, profile, options, graph) : null;

    /// <summary>References that lead to the parent which the profile says follows from another one; null where the tables have them no
    /// more.</summary>
    public EquatableArray<int>? PathOf(int reference)
    {
        if (Profile.References[reference].Follows is not [var via, var of] || ReferenceOf[via] is not (>= 0 and var first)) return null;
        var (own, through) = (_draft.References[ReferenceOf[reference]], _draft.References[first]);
        if (through is not { Mechanism: not null and not NoReference, Principal: { } principal }
            || _options.Profile!.Find(principal.Name)?.References[of] is not { } above)
            return null;
        // Where there is a parent there must be its parent.
        if (own.IsRequired && (!through.IsRequired && Profile.References[via].NullShare > 0 || above.NullShare > 0)) return null;
        var next = principal.ForeignKeys.ToList().FindIndex(k => k.Columns.SequenceEqual(above.Columns) && k.Principal == above.Principal);
        return next >= 0 && principal.ForeignKeys[next].Principal == own.Key.Principal
            && !(own.IsRequired && !TableGraph.IsRequired(principal, principal.ForeignKeys[next])) ? [first, next] : null;
    }

    /// <summary>The reference takes the parents that learned draws call for.</summary>
    public bool Picks(ReferenceDraft reference) => Array.IndexOf(ReferenceOf, reference.Index) is >= 0 and var r && r != Profile.Driving;

    /// <summary>The key is met by drawing rows that repeat it again.</summary>
    public bool Draws(UniqueKey key) => _keys.Value.Contains(key.Name);

    // Of several columns, all of which learned draws decide, with the driving parent or without.
    bool MayDraw(UniqueKey key)
    {
        if (!key.IsPlain || key.Parts.Count < 2 || key.Predicate is not null || _draft.ExistingRows > 0
            || key.ColumnNames.Any(c => _draft.Table.IndexOf(c) < 0))
            return false;
        var isDrawn = false;
        foreach (var column in key.ColumnNames.Select(_draft.Table.IndexOf))
        {
            var owner = _draft.Owners[column];
            if (owner is null)
            {
                if (StepOf(column) < 0 || !IsTold(column)) return false;
                isDrawn = true;
            }
            else if (Array.IndexOf(ReferenceOf, owner.Index) is not (>= 0 and var reference)
                || owner.Mechanism is not (null or LearnedFanOutReference) || owner.Shared.Count > 0)
                return false;
            else if (!IsWhole(key, owner) && reference != Profile.Driving && PrincipalStep(owner, column) < 0) return false;
            else isDrawn |= reference != Profile.Driving;
        }
        return isDrawn;
    }

    bool IsWhole(UniqueKey key, ReferenceDraft owner) => owner.Columns.All(c => key.ColumnNames.Contains(_draft.Table.Columns[c].Name));

    bool IsDriving(ReferenceDraft owner) => Array.IndexOf(ReferenceOf, owner.Index) == Profile.Driving;

    // The principal's step of a column that a reference decides; -1 for none.
    int PrincipalStep(ReferenceDraft owner, int column)
    {
        if (_options.Profile!.Find(owner.Key.Principal) is not { } principal) return -1;
        var name = owner.Principal!.Columns[owner.PrincipalColumns[Array.IndexOf(owner.Columns, column)]].Name;
        return principal.Steps.ToList()
            .FindIndex(s => s.Kind == StepKind.Column && principal.Columns[s.Target] is { Treatment: ColumnTreatment.Told } told
            && told.Name == name);
    }

    bool IsTold(int column) => Profile.Columns[Array.IndexOf(ColumnOf, column)] is { Treatment: ColumnTreatment.Told } found
        && found.Codes.Codes.Any(c => c is not OtherCode);

    /// <summary>The step that draws a column; -1 for none.</summary>
    public int StepOf(int column)
    {
        for (var s = 0; s < Profile.Steps.Count; s++)
            if (Profile.Steps[s] is { Kind: StepKind.Column } step && ColumnOf[step.Target] == column) return s;
        return -1;
    }

    public ColumnProfile? Find(int column) => Array.IndexOf(ColumnOf, column) is >= 0 and var found ? Profile.Columns[found] : null;

    public RuleProfile? RuleOf(int column) => Profile.Rules.FirstOrDefault(r => ColumnOf[r.Column] == column);

    /// <summary>Columns of keys that are drawn: only told values will do.</summary>
    public bool IsInDrawnKey(int column) => _draft.Table.AllKeys.Any(k => Draws(k) && k.ColumnNames.Contains(_draft.Table.Columns[column].Name));

    /// <summary>What the plan takes from the profile, once every column and reference is decided.</summary>
    public ProfiledTable Finish(TableFacts facts)
    {
        var steps = Profile.Steps.Select((step, s) => Step(step, s, facts)).ToEquatableArray();
        return new ProfiledTable(Profile)
        {
            Steps = steps,
            IsCounted = _draft.Rows == _draft.Requested && _draft.RowsReason.EndsWith(ProfilePlanner.Learned, StringComparison.Ordinal),
            Driving = Driving >= 0 && _draft.References[Driving].Mechanism is FanOutReference or LearnedFanOutReference or InjectiveReference
                or ConcentratedReference ? Driving : -1,
            Picked = ReferenceOf.Select(r => r >= 0 && _draft.References[r].Mechanism is LearnedReference ? r : -1).ToEquatableArray(),
            Keys = _draft.Table.AllKeys.Where(Draws).Select(Key).ToEquatableArray(),
        };
    }

    ProfiledKey Key(UniqueKey key)
    {
        var columns = key.ColumnNames.Select(_draft.Table.IndexOf).ToList();
        var owners = columns.Select(c => _draft.Owners[c]).OfType<ReferenceDraft>().Distinct().ToList();
        var references = owners.Where(o => IsWhole(key, o)).Select(o => Array.IndexOf(ReferenceOf, o.Index)).ToList();
        return new ProfiledKey(key.Name, columns.Where(c => _draft.Owners[c] is null).Select(StepOf).ToEquatableArray(),
            references.Where(r => r != Profile.Driving).ToEquatableArray(), references.Contains(Profile.Driving))
        {
            OfParent = columns.Where(c => _draft.Owners[c] is { } o && !IsWhole(key, o) && IsDriving(o)).ToEquatableArray(),
            Values = columns.Where(c => _draft.Owners[c] is { } o && !IsWhole(key, o) && !IsDriving(o))
                .Select(c => new PickedValue(Array.IndexOf(ReferenceOf, _draft.Owners[c]!.Index), PrincipalStep(_draft.Owners[c]!, c)))
                .ToEquatableArray(),
        };
    }

    ProfiledStep Step(StepProfile step, int index, TableFacts facts)
    {
        if (step.Kind == StepKind.Column)
        {
            var column = ColumnOf[step.Target];
            var isDrawn = column >= 0
                && (_draft.Generators[column] is LearnedSpec s && s.Step == index || _draft.Nulls[column] is LearnedNulls n && n.Step == index);
            if (!isDrawn) return new ProfiledStep(-1, MayBeNull: true, []);
            var codes = ProfileCodes.Of(Profile.Columns[step.Target], _draft.Table.Columns[column], facts.Constraints.Domains[column],
                MayBeOther(column));
            return new ProfiledStep(column, MayBeNull(column), codes.Allowed.ToEquatableArray(), codes.Least, codes.Most);
        }
        if (step.Kind == StepKind.Kind) return new ProfiledStep(-1, MayBeNull: false, []) { Attribute = KindsOf(step) };
        var reference = ReferenceOf[step.Reference] is >= 0 and var found ? _draft.References[found] : null;
        return new ProfiledStep(-1,
            step.Kind == StepKind.Attribute || reference is null || (!reference.IsRequired && reference.Columns.All(MayBeNull)), [])
        {
            Attribute = step.Kind == StepKind.Attribute ? AttributeOf(step) : null
        };
    }

    Codebook? AttributeOf(StepProfile step) => _options.Profile!.Find(Profile.References[step.Reference].Principal) is not { } principal ? null
        : principal.Steps[step.Target] is { Kind: StepKind.Kind } kind ? KindsOf(kind) : principal.Columns[principal.Steps[step.Target].Target].Codes;

    static Codebook KindsOf(StepProfile step) => Codebook.OfKinds(step.Kinds);

    /// <summary>NULL may stand in the column.</summary>
    public bool MayBeNull(int column) =>
        _draft.Table.Columns[column].IsNullable && !_draft.NotNull.Contains(column) && !_draft.NeverNull.Contains(column)
        && !_draft.Referred.Contains(column) && !(_draft.Table.PrimaryKey?.ColumnNames.Contains(_draft.Table.Columns[column].Name) ?? false);

    bool MayBeOther(int column) =>
        !IsInDrawnKey(column) && (_draft.Generators[column] is not LearnedSpec || _draft.Generators[column] is LearnedSpec { Fresh: not null });

    /// <summary>Some value of the profile is left for the column.</summary>
    public bool HasValues(int column, TableFacts facts) =>
        ProfileCodes.Of(Find(column)!, _draft.Table.Columns[column], facts.Constraints.Domains[column],
            mayBeOther: false).Allowed.Contains(true);
}
