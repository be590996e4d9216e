using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Domains of distinct values, for unique columns.</summary>
static class DomainPlanner
{
    public static DomainSpec? Plan(ValueRequest request, long needed)
    {
        var (type, meaning, domain) = (request.Type, request.Meaning, request.Domain);
        if (!domain.Allowed.IsEmpty) return Listed(request, domain.Allowed);
        if (!domain.Included.IsEmpty)
            return Plan(request with { Domain = domain with { Included = [] } }, needed) is { } rest
                ? new IncludingDomain(domain.Included, rest, Math.Min(rest.Size, needed)) : null;
        return type.Kind switch
        {
            TypeKind.Enum => Listed(request, type.Labels),
            TypeKind.Boolean => Listed(request, ["true", "false"]),
            TypeKind.Uuid => new UuidDomain(),
            TypeKind.Bytes => Bytes(request, needed),
            TypeKind.Time or TypeKind.TimeTz => Clock(request, needed),
            TypeKind.Interval => Clipped(request, new IntegerDomain(Unit(needed), needed * Unit(needed), Unit(needed))),
            TypeKind.Inet => Inet(request, needed),
            TypeKind.Cidr or TypeKind.MacAddr or TypeKind.MacAddr8 => OtherPlanner.Network(request),
            TypeKind.Array when Plan(NestedPlanner.Inner(request, type.Element!), needed) is { } item => new NestedDomain(item, 0, null),
            TypeKind.Range => Range(request, needed),
            TypeKind.MultiRange when Range(request, needed) is { } range => new NestedDomain(range, 0, null),
            TypeKind.Composite => Composite(request, needed),
            TypeKind.Array or TypeKind.MultiRange => null,
            TypeKind.Other => Serial(request, needed),
            _ when TimePlanner.FormOf(request.Column, meaning) is { } form => Instants(request, meaning, form, needed),
            _ when type.Kind.IsNumeric() => NumberPlanner.UniqueDomain(request, meaning, needed),
            _ when type.Kind.IsText() => EntityPlanner.Tagged(TextPlanner.UniqueDomain(request, meaning, needed)) is var usual && usual.Size < needed
                && Letters(request, needed) is { } letters
                && letters.Size > usual.Size ? letters : usual,
            _ => Serial(request, needed),
        };
    }

    static TextDomain? Serial(ValueRequest request, long needed) =>
        OtherPlanner.Text(request, Draw.Index, needed) is { } template ? new TextDomain(template) : null;

    // A single character: when the keyboard has no more, letters of other scripts.
    static ListDomain? Letters(ValueRequest request, long needed)
    {
        if (request.Type.Length != 1 || request.Domain is not { Pattern: null, CaseInsensitive: false }) return null;
        var all = Enumerable.Range(' ' + 1, 0xD7A3).Select(c => (char)c).Where(c => c is >= '0' and <= '9' || char.IsLetter(c))
            .Select(c => c.ToString());
        return Listed(request, all.Take((int)Math.Min(needed, int.MaxValue)).ToEquatableArray());
    }

    static ListDomain Listed(ValueRequest request, EquatableArray<string> values) => new(values.Where(v => !request.Domain.Excluded.Contains(v)
        && (request.Type.Lane != Lane.Int64 || CanonicalText.ParseInt64(v, request.Type) is not { } n
        || !(n < request.Domain.Min) && !(n > request.Domain.Max))).ToEquatableArray());

    static BytesDomain Bytes(ValueRequest request, long needed)
    {
        var (min, max) = OtherPlanner.Lengths(request);
        var usual = OtherPlanner.LengthOf(request.Column.Name, request.Meaning.Kind) is > 0 and var length ? length : 16;
        var least = 1;
        while (least < 8 && new BytesDomain(least).Size < needed) least++;
        return new BytesDomain(Math.Clamp(Math.Max(usual, least), Math.Max(1, min), Math.Max(1, max)));
    }

    // Seconds of the day while they last, then microseconds.
    static IntegerDomain Clock(ValueRequest request, long needed) =>
        Clipped(request, new IntegerDomain(0, TemporalForms.Day - 1, needed <= TemporalForms.Day / TemporalForms.Second ? TemporalForms.Second : 1));

    static long Unit(long needed) => needed < 1_000_000 ? TemporalForms.Minute : 1;

    static IntegerDomain Clipped(ValueRequest request, IntegerDomain domain)
    {
        var (low, high) = NumberPlanner.Bounds(request, 0);
        return domain with { Min = Math.Max(domain.Min, low), Max = Math.Min(Math.Max(domain.Max, low), high) };
    }

    static IntegerDomain Inet(ValueRequest request, long needed)
    {
        var own = OtherPlanner.Network(request);
        // The private network holds 16 million; more take whatever addresses there are.
        return own.Size >= needed || request.Domain.Min is not null ? own : own with { Min = 32L << 32 | 1L << 24, Max = 32L << 32 | 0xDFFFFFFF };
    }

    static DomainSpec Instants(ValueRequest request, ColumnMeaning meaning, TemporalForm form, long needed)
    {
        var domain = TimePlanner.UniqueDomain(request, meaning, form, needed);
        if (form.IsText()) return domain;
        var unit = form.UnitOf();
        return new IntegerDomain(CanonicalText.FloorDiv(domain.Min, unit), CanonicalText.FloorDiv(domain.Max, unit), domain.Step / unit);
    }

    static RangeDomain? Range(ValueRequest request, long needed)
    {
        var bound = NestedPlanner.Inner(request, request.Type.Element!);
        if (bound.Type.Lane != Lane.Int64) return null;
        var (width, _, _) = NestedPlanner.Widths(bound.Type);
        // Ranges side by side: any two are distinct, and none overlaps another.
        if (bound.Type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz)
        {
            var unit = bound.Type.Kind == TypeKind.Date ? TemporalForms.Day : 1;
            var start = CanonicalText.FloorDiv(request.AsOf.ToMicros(), unit) - needed * width;
            return new RangeDomain(new IntegerDomain(start, start + (needed - 1) * width, width), width);
        }
        return new RangeDomain(new IntegerDomain(width, needed * width, width), width);
    }

    // The first field that can tell the rows apart does.
    static NestedDomain? Composite(ValueRequest request, long needed)
    {
        var fields = request.Type.Fields;
        var others = new CompositeSpec(fields.Select(f => NestedPlanner.Field(request, f)).ToEquatableArray());
        NestedDomain? best = null;
        for (var f = 0; f < fields.Count; f++)
        {
            var inner = NestedPlanner.Inner(request, fields[f].Type, fields[f].Name);
            if (Plan(inner with { Meaning = Meanings.Of(request.Table, inner.Column) }, needed) is { } domain
                && (best is null || domain.Size > best.Size))
                best = new NestedDomain(domain, f, others);
            if (best?.Size >= needed) return best;
        }
        return best;
    }
}
