using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>A line costs what its product costs: a price is that of the row referred to, where that has a column of the same name.</summary>
static class CopiedPrices
{
    /// <param name="fresh">What the price would be of itself.</param>
    /// <returns>Null where it stays so.</returns>
    public static CopiedSpec? Find(
        TableDraft draft, int column, GeneratorSpec fresh, IReadOnlyDictionary<TableName, TableDraft> drafts,
        IReadOnlyDictionary<TableName, TableFacts> facts)
    {
        var own = facts[draft.Table.Name];
        if (own.MeaningOf(column) != Meaning.Price || draft.Profile is not null || draft.IsSearched || IsBound(draft, column, own)) return null;
        foreach (var reference in draft.References.Where(r => r is { IsUsable: true, IsSelf: false, Mechanism: not NoReference, ExistingParents: 0 }))
        {
            if (!drafts.TryGetValue(reference.Key.Principal, out var parent) || parent.Sources.Count > 0) continue;
            var from = NamedAlike(parent.Table, draft.Table.Columns[column]);
            if (from < 0 || facts[parent.Table.Name].MeaningOf(from) != Meaning.Price
                || parent.Generators[from] is null or OmittedSpec or AllNullSpec or CopiedSpec
                || !Takes(own.Constraints.Domains[column], facts[parent.Table.Name].Constraints.Domains[from]))
                continue;
            return new CopiedSpec(reference.Index, from, $"{parent.Table.Name}.{parent.Table.Columns[from].Name}", fresh);
        }
        return null;
    }

    // Keys, other tables, checks of several columns and such as no range stands for want something of it.
    static bool IsBound(TableDraft draft, int column, TableFacts facts) => draft.Referred.Contains(column) || draft.Related.Contains(column)
        || draft.Table.AllKeys.Any(k => k.ColumnNames.Contains(draft.Table.Columns[column].Name))
        || facts.Constraints.AloneOn(column).Any(c => !c.IsByConstruction);

    static int NamedAlike(Table parent, Column column)
    {
        var words = NameWords.Of(column.Name);
        return parent.Columns.ToList().FindIndex(c => !c.IsComputed && IsAsWide(column.Type, c.Type) && NameWords.Of(c.Name).SequenceEqual(words));
    }

    static bool IsAsWide(ColumnType type, ColumnType other) => type.Kind == other.Kind && type.Kind.IsNumeric() && type.TakesValuesOf(other)
        && (type.Precision is null || type.Precision >= other.Precision);

    static bool Takes(ValueDomain own, ValueDomain parent) => own == parent
        || (own with { Min = null, Max = null, MinReal = null, MaxReal = null } == ValueDomain.Any
            && (own.Min is null || own.Min <= parent.Min) && (own.Max is null || own.Max >= parent.Max)
            && (own.MinReal is null || own.MinReal <= parent.MinReal) && (own.MaxReal is null || own.MaxReal >= parent.MaxReal));
}
