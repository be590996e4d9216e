using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Decides how each foreign key finds its parent, by the mechanisms of docs/architecture.md.</summary>
sealed class ReferencePlanner(TableGraph graph, GeneratorKeys keys, IReadOnlyDictionary<TableName, long> rows, PlanOptions options,
    IReadOnlyDictionary<TableName, List<RowSource>> made)
{
    const double OptionalShare = 0.15;
    const double OptionalSelfShare = 0;
    const int LookupRows = 12;
    const int LookupChildren = 8;

    readonly ReferenceReading _reading = new(graph, rows, options, made);
    readonly ReferenceSharing _sharing = new(graph);

    /// <summary>Lists the table's references and says which of them decides each column.</summary>
    public void Prepare(TableDraft draft)
    {
        var table = draft.Table;
        foreach (var key in table.ForeignKeys) draft.References.Add(_reading.Draft(table, key, draft.References.Count));
        draft.Profile = ProfileDraft.Of(draft, options, graph);
        foreach (var reference in draft.References.Where(r => !r.IsUsable && r.IsRequired))
            draft.Limit(0, $"no row can have a parent: {reference.Obstacle}");
        var order = draft.References.Where(r => r.IsUsable)
            .OrderBy(r => r.IsSelf).ThenByDescending(r => r.IsRequired).ThenByDescending(r => r.Columns.Length).ThenBy(r => r.Index).ToList();
        foreach (var reference in order) ReferenceSharing.Own(draft, reference);
        foreach (var reference in draft.References.Where(r => !r.IsUsable)) LeaveNull(draft, reference);
        foreach (var reference in order.Where(r => r.Shared.Count + r.Agreements.Count > 0)) _sharing.Share(draft, reference);
        foreach (var reference in order.Where(r => r.IsRequired && r.ComesBack.Length > 0))
            draft.Limit(reference.ParentRows, $"each needs a row of {reference.Key.Principal} that refers to it");
        if (order.Find(r => r is { MustCover: true, Mechanism: null }) is { } covering)
        {
            covering.Set(new FanOutReference(0, [1, 1]), "every parent has a row that refers to it");
            draft.Driving = covering;
        }
    }

    // A unique key would else give the column values that no parent has.
    static void LeaveNull(TableDraft draft, ReferenceDraft reference)
    {
        reference.Set(new NoReference(), reference.Obstacle);
        var keyed = draft.Table.AllKeys.SelectMany(k => k.ColumnNames).ToHashSet(StringComparer.Ordinal);
        foreach (var column in reference.Columns.Where(c => c >= 0 && draft.Generators[c] is null && draft.Owners[c] is null
            && !draft.NotNull.Contains(c) && draft.Table.Columns[c].IsNullable && keyed.Contains(draft.Table.Columns[c].Name)))
            draft.Set(column, new AllNullSpec(), reference.Obstacle);
    }

    /// <summary>Gives every reference that no key has decided a mechanism, and the optional ones their nulls.</summary>
    public void Finish(TableDraft draft)
    {
        foreach (var self in draft.References.Where(r => r is { Mechanism: null, IsSelf: true })) PlanSelf(draft, self);
        if (draft.Driving is null) ProfilePlanner.Begin(draft, this);
        ProfilePlanner.Pick(draft);
        if (draft.Driving is null && draft.References.Where(r => r is { Mechanism: null, IsSelf: false, IsRequired: true } && !IsLookup(draft, r))
            .MaxBy(r => OwningScore(draft.Table, r, draft.EveryParent.Contains(r.Key.Name))) is { } owning)
            Drive(draft, owning, long.MaxValue, "its owning parent");
        foreach (var reference in draft.References.Where(r => r.Mechanism is null))
            reference.Set(new ConcentratedReference(reference.ParentRows > 50 ? 2 : 1),
                reference.ParentRows > 50 ? "some parents are more popular" : "few parents");
        foreach (var reference in draft.References) PlanNulls(draft, reference);
        for (var column = 0; column < draft.Owners.Length; column++)
        {
            if (draft.Owners[column] is not { } owner || draft.Generators[column] is not null) continue;
            var principal = owner.PrincipalColumns[Array.IndexOf(owner.Columns, column)];
            draft.Set(column, new ReferenceColumnSpec(owner.Index, principal, $"{owner.Key.Principal}.{owner.Principal!.Columns[principal].Name}"),
                $"{owner.Mechanism!.Describe()}: {owner.Reason}");
        }
        foreach (var reference in draft.References.Where(r => !r.IsUsable))
            foreach (var column in reference.Columns.Where(c => draft.Generators[c] is null && draft.Table.Columns[c].IsNullable
                && !reference.IsRequired))
                draft.Set(column, new AllNullSpec(), reference.Obstacle);
    }

    // A handful of kinds own nothing: each has some of the rows, which come as they come.
    static bool IsLookup(TableDraft draft, ReferenceDraft reference) => reference is { Counts: null, ParentRows: <= LookupRows }
        && draft.Rows >= LookupChildren * reference.ParentRows && !draft.EveryParent.Contains(reference.Key.Name)
        && !IsNamedAfter(draft.Table, reference);

    static bool IsNamedAfter(Table table, ReferenceDraft reference)
    {
        var parent = reference.Key.Principal.Name;
        var stem = parent.EndsWith('s') ? parent[..^1] : parent;
        return stem.Length > 2 && table.Name.Name.StartsWith(stem, StringComparison.OrdinalIgnoreCase);
    }

    // The parent a person would name as the owner: the one whose name the table's begins with, else the one with most rows.
    static double OwningScore(Table table, ReferenceDraft reference, bool isNeeded)
    {
        if (isNeeded) return double.MaxValue;
        return (IsNamedAfter(table, reference) ? 1e16 : 0) + Math.Min(reference.ParentRows, 1e15);
    }

    /// <summary>Lets a reference's parents group the rows.</summary>
    /// <param name="largest">The most rows a group may have.</param>
    /// <returns>False when the groups cannot be kept that small.</returns>
    public bool Drive(TableDraft draft, ReferenceDraft reference, long largest, string reason)
    {
        // Keys met before count on their own bound.
        largest = Math.Min(largest, reference.LargestGroup);
        if (reference.Counts is null && ProfilePlanner.FanOut(draft, reference, largest) is { } learned)
        {
            reference.Set(learned, reason);
            (draft.Driving, reference.LargestGroup) = (reference, largest);
            return true;
        }
        var key = keys.Reference(draft.Table.Name, reference.Key);
        var spread = reference.Counts is { } counts ? ChildCounts.Spread(key, reference.ParentRows, draft.Rows, largest, counts)
            : draft.Balance is not null ? Pairs(draft, reference, key, largest)
            : FanOutShapes.Fitting(key, reference.ParentRows, draft.Rows, largest, LeastOf(draft, reference, 1));
        if (spread is not { } shape) return false;
        reference.Set(shape, reason);
        (draft.Driving, reference.LargestGroup) = (reference, Math.Min(largest, reference.Counts?.Max ?? largest));
        return true;
    }

    static FanOutReference? Pairs(TableDraft draft, ReferenceDraft reference, ulong key, long largest) =>
        FanOutShapes.Fitting(key, reference.ParentRows, draft.Rows / 2, largest == long.MaxValue ? largest : largest / 2, LeastOf(draft, reference, 2))
            is { } pairs ? pairs with { InPairs = true } : null;

    // With fewer rows than parents some go without, whatever is done.
    static long LeastOf(TableDraft draft, ReferenceDraft reference, int together) =>
        draft.EveryParent.Contains(reference.Key.Name) && draft.Rows / together >= reference.ParentRows ? 1 : 0;

    static void PlanSelf(TableDraft draft, ReferenceDraft self)
    {
        if (BandPlanner.Reference(draft, self) is { } banded)
        {
            self.Set(banded, "as its triggers demand");
            return;
        }
        if (!self.IsRequired && ModelFolding.IsBound(draft.Table, self.Key))
        {
            self.Set(new ConcentratedReference(1), "as the model tells their types");
            return;
        }
        if (!self.IsRequired && ProfilePlanner.Earlier(draft, self) is { } earlier)
        {
            self.Set(earlier, ProfilePlanner.Learned);
            return;
        }
        var (zero, weights) = FanOutShapes.Tree;
        var isFirst = !draft.References.Any(r => r.Mechanism is TreeReference);
        if (self.IsRequired && !isFirst) self.Set(new ConcentratedReference(1), "any row of the table");
        else
        {
            // Where a check wants parent and row to differ, the roots refer to one another, of which there are two at least.
            var differ = self.IsRequired && draft.Different.Any(d => self.Columns.Contains(d.Left) || self.Columns.Contains(d.Right));
            self.Set(new TreeReference(Math.Max(differ ? 2 : 1, draft.Rows / 20), zero, weights, self.IsRequired) { RootsReferToOneAnother = differ },
                differ ? "roots refer to one another" : self.IsRequired ? "roots refer to themselves" : "parents come first");
        }
    }

    static void PlanNulls(TableDraft draft, ReferenceDraft reference)
    {
        if (reference.IsRequired || reference.MustCover || draft.Balance?.Key == reference.Key.Name
            || reference.Mechanism is NoReference or TreeReference or ImpliedReference or BandedReference or LearnedReference)
            return;
        if (reference.Columns.Any(c => draft.Owners[c] == reference && (draft.NeverNull.Contains(c) || draft.NotNull.Contains(c)))) return;
        var nullable = reference.Columns.Where(c => draft.Table.Columns[c].IsNullable && draft.Owners[c] == reference && !draft.Referred.Contains(c))
            .ToList();
        if (nullable.Count == 0) return;
        var scope = nullable.Select(c => ModelFolding.Scope(draft.Table, draft.Table.Columns[c])).OfType<NullOutside>().FirstOrDefault();
        var share = scope?.Share ?? ProfilePlanner.NullShare(draft, reference) ?? (reference.IsSelf ? OptionalSelfShare : OptionalShare);
        var salt = string.Join(",", reference.Key.Columns);
        var all = reference.Columns.All(c => nullable.Contains(c));
        // All null or none: where only some may be null, none is.
        if (reference.Key.IsMatchFull && !all) return;
        if (reference.Mechanism is ArrangedReference && (all || draft.IsSearched)) return;
        if (all) reference.Set(reference.Mechanism! with { NullShare = share, Scope = scope }, reference.Reason);
        else
            foreach (var column in nullable)
                draft.Nulls[column] = scope is null ? new NullShare(share, salt) : scope with { Share = share, Salt = salt };
    }
}
