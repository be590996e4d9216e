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

    /// <summary>Lists the table's references and says which of them decides each column.</summary>
    public void Prepare(TableDraft draft)
    {
        var table = draft.Table;
        foreach (var key in table.ForeignKeys) draft.References.Add(Draft(table, key, draft.References.Count));
        draft.Profile = ProfileDraft.Of(draft, options, graph);
        foreach (var reference in draft.References.Where(r => !r.IsUsable && r.IsRequired))
            draft.Limit(0, $"no row can have a parent: {reference.Obstacle}");
        var order = draft.References.Where(r => r.IsUsable)
            .OrderBy(r => r.IsSelf).ThenByDescending(r => r.IsRequired).ThenByDescending(r => r.Columns.Length).ThenBy(r => r.Index).ToList();
        foreach (var reference in order) Own(draft, reference);
        foreach (var reference in draft.References.Where(r => !r.IsUsable)) LeaveNull(draft, reference);
        foreach (var reference in order.Where(r => r.Shared.Count + r.Agreements.Count > 0)) Share(draft, reference);
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

    ReferenceDraft Draft(Table table, ForeignKey key, int index)
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

    // Servers compare 1 with 1.00; rows are copied as they are.
    static string? Incompatible(Table table, ForeignKey key, Table principal) =>
        (from pair in key.Columns.Zip(key.PrincipalColumns)
         let type = table[pair.First].Type
         let other = principal[pair.Second].Type
         where !type.TakesValuesOf(other)
         select $"{pair.First}, {type}, cannot be given the values of {principal.Name}.{pair.Second}, {other}").FirstOrDefault();

    // The key of a table that its triggers fill, in which each parent must have a row.
    bool CoversThroughTrigger(Table table, ForeignKey key) =>
        made.Where(m => graph.Contains(m.Key) && m.Value.Exists(s => s.Table == table.Name)).Select(m => graph.Find(m.Key))
        .Any(t => t.ForeignKeys.Any(k => k.Name == key.Name && k.Principal == key.Principal && RoundTrips.Covering(graph, t, k) is not null));

    static void Own(TableDraft draft, ReferenceDraft reference)
    {
        for (var i = 0; i < reference.Columns.Length; i++)
        {
            var column = reference.Columns[i];
            // A self-reference through the very same column says no more than that parent and child agree on it.
            var isOwnColumn = reference.IsSelf && reference.PrincipalColumns[i] == column;
            if (draft.Owners[column] is not null || isOwnColumn || draft.Banding?.Column == column || reference.ComesBack.Contains(i)
                || draft.Table.Columns[column].IsComputed
                || (draft.Profile?.Picks(reference) != true && IsNeededWithout(draft.Table, reference, column))) reference.Shared.Add(i);
            else
            {
                draft.Owners[column] = reference;
                if (EqualTo(draft, reference, column) is { } other) reference.Agreements.Add((i, other));
            }
        }
    }

    // A check wants the column equal to one that an earlier reference decides.
    static int? EqualTo(TableDraft draft, ReferenceDraft reference, int column)
    {
        foreach (var (left, right) in draft.Equal)
        {
            var other = left == column ? right : right == column ? left : -1;
            if (other >= 0 && draft.Owners[other] is { } owner && owner != reference) return other;
        }
        return null;
    }

    // A key's column that must have a value though the reference may be absent is made without it.
    static bool IsNeededWithout(Table table, ReferenceDraft reference, int column) =>
        !reference.IsRequired && !table.Columns[column].IsNullable && table.AllKeys.Any(k => k.ColumnNames.Contains(table.Columns[column].Name));

    // Columns that another reference decides: the parent follows from that one, or is chosen among those that agree.
    void Share(TableDraft draft, ReferenceDraft reference)
    {
        if (!reference.OwnsColumns && Path(draft, reference) is { } path)
        {
            reference.Set(new ImpliedReference(path.ToEquatableArray()), $"the same row as that of {draft.References[path[0]].Key}");
            return;
        }
        var shared = reference.Agreed.Select(a => a.Column).ToArray();
        reference.Set(new GroupedReference(shared.ToEquatableArray(), reference.Agreed.Select(a => a.Principal).ToEquatableArray(), null, 2),
            $"agrees on {string.Join(", ", shared.Select(c => draft.Table.Columns[c].Name))}; its parents are grouped in memory, 8 bytes each");
        // An optional reference is absent where no parent agrees.
        if (!reference.IsRequired) return;
        foreach (var owner in shared.Select(c => draft.Owners[c]).OfType<ReferenceDraft>().Where(o => o != reference).Distinct())
            Restrict(owner, reference);
    }

    // The deciding reference may only take parents whose values the other's parents have too.
    static void Restrict(ReferenceDraft owner, ReferenceDraft reference)
    {
        if (reference.IsSelf || reference.ComesBack.Length > 0) return;
        var pairs = reference.Agreed.Where(a => owner.Columns.Contains(a.Column))
            .Select(a => (Own: owner.PrincipalColumns[Array.IndexOf(owner.Columns, a.Column)], Other: a.Principal)).ToList();
        if (owner.Key.Principal == reference.Key.Principal && pairs.All(p => p.Own == p.Other)) return;
        owner.Filters.Add(new ParentFilter(
            pairs.Select(p => p.Own).ToEquatableArray(), reference.Key.Principal, pairs.Select(p => p.Other).ToEquatableArray()));
    }

    // Follows each shared column through its owner's parents until the principal of this reference is met by the right columns.
    int[]? Path(TableDraft draft, ReferenceDraft reference)
    {
        var owner = draft.Owners[reference.Columns[0]];
        if (owner is null || owner.Mechanism is NoReference || !reference.Columns.All(c => draft.Owners[c] == owner)) return null;
        if (!owner.IsRequired && reference.IsRequired) return null;
        var columns = reference.Columns.Select(c => owner.PrincipalColumns[Array.IndexOf(owner.Columns, c)]).ToArray();
        List<int> path = [owner.Index];
        var at = owner.Principal!;
        for (var step = 0; step < 8; step++)
        {
            if (at.Name == reference.Key.Principal && columns.SequenceEqual(reference.PrincipalColumns)) return [.. path];
            var next = NextStep(at, columns);
            if (next < 0) return null;
            var key = at.ForeignKeys[next];
            columns =
                [.. columns.Select(c => graph.Ordered.First(t => t.Name == key.Principal)
                .IndexOf(key.PrincipalColumns[IndexOf(key.Columns, at.Columns[c].Name)]))];
            path.Add(next);
            at = graph.Ordered.First(t => t.Name == key.Principal);
        }
        return null;
    }

    int NextStep(Table at, int[] columns)
    {
        for (var k = 0; k < at.ForeignKeys.Count; k++)
        {
            var key = at.ForeignKeys[k];
            if (graph.Contains(key.Principal) && key.Principal != at.Name && TableGraph.IsRequired(at, key)
                && columns.All(c => IndexOf(key.Columns, at.Columns[c].Name) >= 0)) return k;
        }
        return -1;
    }

    static int IndexOf(EquatableArray<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
            if (names[i] == name) return i;
        return -1;
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
