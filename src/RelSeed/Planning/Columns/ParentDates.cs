using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Lets what happens to a row happen after its parents came to be: an order after its customer, a payment after its order.</summary>
sealed class ParentDates(IReadOnlyDictionary<TableName, TableDraft> drafts, IReadOnlyDictionary<TableName, TableFacts> facts)
{
    const int MostSources = 2;

    /// <summary>How long after its parent a row follows.</summary>
    static readonly GapShape Gap = new(0, 45 * TemporalForms.Day, 1.4, 4 * TemporalForms.Year);

    /// <summary>The moment a row came to be, the surest first.</summary>
    static readonly Meaning[] Births =
    [
        Meaning.CreatedAt, Meaning.OrderedAt, Meaning.RegisteredAt, Meaning.OpenedAt, Meaning.OccurredAt, Meaning.SentAt, Meaning.HiredAt,
            Meaning.StartAt, Meaning.ValidFrom,
    ];

    static readonly HashSet<Meaning> Events =
    [
        Meaning.CreatedAt, Meaning.OrderedAt, Meaning.OccurredAt, Meaning.OpenedAt, Meaning.SentAt, Meaning.PaidAt, Meaning.StartAt, Meaning.Date,
            Meaning.ShippedAt,
        Meaning.ReturnedAt, Meaning.CancelledAt, Meaning.CompletedAt, Meaning.VerifiedAt, Meaning.LastSeenAt, Meaning.ReadAt, Meaning.ApprovedAt,
        Meaning.ValidFrom, Meaning.RegisteredAt, Meaning.DueAt, Meaning.RequiredAt, Meaning.DeliveredAt,
    ];

    readonly HashSet<TableName> _done = [];

    /// <summary>Tables must come in the plan's order: only parents that have come already are looked at, so that no cycle arises.</summary>
    public void Apply(TableDraft draft)
    {
        var sources = draft.References.Where(IsParent).OrderByDescending(r => r == draft.Driving).ThenByDescending(r => r.IsRequired)
            .Select(Source).OfType<TemporalSource>().Take(MostSources).ToList();
        for (var column = 0; column < draft.Table.Columns.Count && sources.Count > 0; column++)
            if (draft.Generators[column] is InstantSpec instant && IsEvent(draft, column, instant))
                draft.Set(column, new AfterSpec(sources.ToEquatableArray(), Gap, instant.Max, instant),
                    $"{draft.Reasons[column]}; after its parents");
        _done.Add(draft.Table.Name);
    }

    bool IsParent(ReferenceDraft reference) =>
        reference is { IsSelf: false, IsUsable: true, Mechanism: not NoReference } && _done.Contains(reference.Key.Principal);

    TemporalSource? Source(ReferenceDraft reference)
    {
        var parent = drafts[reference.Key.Principal];
        var known = facts[reference.Key.Principal];
        foreach (var birth in Births)
        {
            for (var column = 0; column < parent.Table.Columns.Count; column++)
                if (known.MeaningOf(column) == birth && FormOf(parent.Generators[column]) is { } form)
                    return new TemporalSource(reference.Index, column, form, $"{parent.Table.Name.Name}.{parent.Table.Columns[column].Name}");
        }
        return null;
    }

    static TemporalForm? FormOf(GeneratorSpec? generator) => generator switch
    {
        InstantSpec instant => instant.Form,
        AfterSpec after => after.Otherwise.Form,
        _ => null,
    };

    bool IsEvent(TableDraft draft, int column, InstantSpec instant)
    {
        var known = facts[draft.Table.Name];
        var domain = known.Constraints.Domains[column];
        return Events.Contains(known.MeaningOf(column)) && domain is { Min: null, Max: null, Allowed.IsEmpty: true }
            && instant.Form.UnitOf() <= TemporalForms.Day;
    }
}
