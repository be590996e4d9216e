using RelSeed.Numerics;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Types made of others: arrays, ranges, composites.</summary>
static class NestedPlanner
{
    const int MostItems = 4;

    // Enough different items that rows do not look alike.
    const long ItemChoices = 40;

    public static GeneratorSpec? Plan(ValueRequest request, ColumnMeaning meaning) => request.Type.Kind switch
    {
        TypeKind.Array => Array(Inner(request, request.Type.Element!, model: request.Column.Model?.Item), meaning),
        TypeKind.Range => Range(request, meaning),
        TypeKind.MultiRange => Inner(request, request.Type.Element!).Type.Lane == Lane.Int64 && Range(request, meaning) is { } range
            ? new MultiRangeSpec(range with { OpenShare = 0 }) : null,
        _ => Composite(request),
    };

    /// <summary>The column as if it held one item, cut off from the rest of its row.</summary>
    public static ValueRequest Inner(ValueRequest request, ColumnType type, string? name = null, ColumnModel? model = null) => request with
    {
        Column = request.Column with { Type = type, Name = name ?? request.Column.Name, Model = model },
        Domain = ItemDomains.Narrow(request, type, ModelDomain.Of(model, type)),
        Forbidden = Enumerable.Range(0, request.Table.Columns.Count).ToEquatableArray(),
    };

    static ArraySpec? Array(ValueRequest item, ColumnMeaning meaning)
    {
        if (item.Column.Model is { Values.IsEmpty: false })
            return ValuePlanner.Spec(item, meaning) is { } choice ? new ArraySpec(choice, null, 1, MostItems) : null;
        if (item.Domain.Allowed is { IsEmpty: false } allowed)
            return new ArraySpec(null, new ListDomain(allowed), 1, Math.Min(MostItems, allowed.Count));
        if (item.Type.Kind.IsText())
        {
            // Items of a list are single words rather than lists themselves.
            if (meaning.Kind is Meaning.Keywords or Meaning.Unknown) meaning = meaning with { Kind = Meaning.Tag };
            return new ArraySpec(null, TextPlanner.UniqueDomain(item, meaning, ItemChoices), 1, MostItems);
        }
        if (item.Type.Kind == TypeKind.Enum)
            return new ArraySpec(null, new ListDomain(item.Type.Labels), 1, Math.Min(MostItems, item.Type.Labels.Count));
        return ValuePlanner.Spec(item, meaning) is { } spec ? new ArraySpec(spec, null, 1, MostItems) : null;
    }

    static RangeSpec? Range(ValueRequest request, ColumnMeaning meaning)
    {
        var bound = Inner(request, request.Type.Element!);
        if (ValuePlanner.Spec(bound, meaning with { Kind = Meaning.Unknown }) is not { } lower || bound.Type.Lane is Lane.List or Lane.Struct)
            return null;
        // Of bounds that cannot be added to, all ranges go on without end.
        if (bound.Type.Lane != Lane.Int64) return new RangeSpec(lower, 0, 0, 1, 1);
        var (min, max, step) = Widths(bound.Type);
        return new RangeSpec(lower, min, max, step, bound.Type.Kind.IsTemporal() ? 0.1 : 0);
    }

    /// <summary>Least and greatest width of a range over the type, and the step between widths, in lane units.</summary>
    public static (long Min, long Max, long Step) Widths(ColumnType bound) => bound.Kind switch
    {
        TypeKind.Date => (1, 30, 1),
        TypeKind.Timestamp or TypeKind.TimestampTz => (TemporalForms.Hour, 72 * TemporalForms.Hour, 15 * TemporalForms.Minute),
        TypeKind.Decimal =>
            (StableMath.PowerOfTen(bound.ScaleOf()), 50 * StableMath.PowerOfTen(bound.ScaleOf()), StableMath.PowerOfTen(bound.ScaleOf())),
        _ => (1, 100, 1),
    };

    static CompositeSpec Composite(ValueRequest request) =>
        new(request.Type.Fields.Select(f => Field(request, f)).ToEquatableArray());

    public static GeneratorSpec Field(ValueRequest request, CompositeField field)
    {
        var inner = Inner(request, field.Type, field.Name);
        return ValuePlanner.Spec(inner, Meanings.Of(request.Table, inner.Column)) ?? new AllNullSpec();
    }
}
