using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Gives references the share without a parent that a rule says.</summary>
static class RuledNulls
{
    public static void Apply(TableDraft draft, RuledTable rules)
    {
        foreach (var reference in draft.References.Where(r => r is { Counts: not null, Mechanism: { NullShare: > 0 } }))
            reference.Set(reference.Mechanism! with { NullShare = 0 }, reference.Reason);
        foreach (var (column, rule) in rules.Columns)
            if (rule.NullShare is { } share && draft.Owners[column] is { IsRequired: false, IsUsable: true } owner)
                Apply(draft, owner, column, share);
    }

    static void Apply(TableDraft draft, ReferenceDraft reference, int column, double share)
    {
        if (draft.Nulls[column] is NullShare partly) draft.Nulls[column] = partly with { Share = share };
        else if (reference.Mechanism is TreeReference tree)
            reference.Set(tree with { Roots = Math.Clamp((long)Math.Round(draft.Rows * share), 1, Math.Max(1, draft.Rows)) },
                "rule: the share of rows without a parent");
        else if (reference.Mechanism is ArrangedReference or ImpliedReference or BandedReference or NoReference
            || (share > 0 && reference.Counts is { Min: > 0 }))
            throw PlanFaults.Of(draft.Table.Name, new PlanException("RS2404",
                $"A rule makes {share:P0} of {draft.Table.Name}.{draft.Table.Columns[column].Name} NULL, and {(reference.Counts is null ? $"other keys decide where {reference.Key.Name} leads" : $"another gives each parent {reference.Counts}")}. Change one of the two."));
        else reference.Set(reference.Mechanism! with { NullShare = share }, reference.Reason);
    }
}
