using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Says which reference decides a column of several, and what the others do about it.</summary>
sealed class ReferenceSharing(TableGraph graph)
{
    /// <summary>Gives the reference its columns that no earlier one decides.</summary>
    public static void Own(TableDraft draft, ReferenceDraft reference)
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

    /// <summary>Columns that another reference decides: the parent follows from that one, or is chosen among those that agree.</summary>
    public void Share(TableDraft draft, ReferenceDraft reference)
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
}
