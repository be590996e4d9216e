using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Decides how a column's values are made: from what constraints allow, then its meaning, then its type.</summary>
public static class ValuePlanner
{
    // Below this, a name says less than the type.
    const double LeastConfidence = 0.2;

    /// <summary>The plan, or null when nothing can make values of the type.</summary>
    public static ValuePlan? Plan(ValueRequest request)
    {
        var meaning = request.Meaning.Confidence < LeastConfidence ? request.Meaning with { Kind = Flagless(request.Meaning.Kind) } : request.Meaning;
        if (request.Unique)
            return UniqueDomain(request, request.Rows) is { } domain
                ? new ValuePlan(new IndexedSpec(domain, new RowIndexSpec(domain.Size, domain.Aspect ?? request.Column.Name, 1, domain.Size)),
                Reason(request, meaning), domain.Size)
                : null;
        return Spec(request, meaning) is { } spec ? new ValuePlan(spec, Reason(request, meaning), long.MaxValue) : null;
    }

    /// <summary>Distinct values for a unique column or a part of a key: at least as many as needed, or as many as there are.</summary>
    /// <returns>Null when nothing can make distinct values of the type.</returns>
    /// <remarks>Domains of the same <see cref="DomainSpec.Aspect"/> and size name the same thing at the same index (a country's code and name):
    /// give them the same <see cref="IndexSpec"/>.</remarks>
    public static DomainSpec? UniqueDomain(ValueRequest request, long needed) => DomainPlanner.Plan(request, needed);

    /// <summary>The same instants, but after another column's too, a parent's say; any other specification as it is.</summary>
    public static GeneratorSpec After(GeneratorSpec spec, TemporalSource source, DateTimeOffset asOf) => TimePlanner.After(spec, source, asOf);

    /// <summary>The source that a column's instants are for <see cref="After"/>, or null when it holds none.</summary>
    /// <param name="reference">0-based position of the reference by which the rows see the table, -1 for the table itself.</param>
    public static TemporalSource? SourceOf(Table table, int column, int reference)
    {
        var meaning = Meanings.Of(table, table.Columns[column]);
        return TimePlanner.FormOf(table.Columns[column], meaning) is { } form
            ? new TemporalSource(reference, column, form,
            reference < 0 ? table.Columns[column].Name : $"{table.Name.Name}.{table.Columns[column].Name}") : null;
    }

    static Meaning Flagless(Meaning kind) => kind == Meaning.EvenFlag ? kind : Meaning.Unknown;

    static string Reason(ValueRequest request, ColumnMeaning meaning) =>
        request.Column.Model is { Json: not null } model ? model.Property.Length > 0 ? "as its model reads it" : "as it is read by its table"
        : request.Column.Model is { Values.IsEmpty: false } ? "the values of its model"
        : !request.Domain.Allowed.IsEmpty ? "its constraint lists the values"
        : request.Type.Kind == TypeKind.Enum ? $"the labels of {request.Type.Name}"
        : meaning.Kind is Meaning.Unknown ? $"by its type, {request.Type.Name}"
        : $"{Words(meaning.Kind)}, by {meaning.Reason}";

    static string Words(Meaning kind) => string.Join(' ', NameWords.Split(kind.ToString()));

    // Constraints that leave none contradict each other: which they are is told where the rows are tried.
    static List<string> Left(ValueDomain domain, EquatableArray<string> values) =>
        [.. values.Where(v => !domain.Excluded.Contains(v)) is var left && left.Any() ? left : values];

    internal static GeneratorSpec? Spec(ValueRequest request, ColumnMeaning meaning)
    {
        var type = request.Type;
        if (request.Column.Model is { Json: { } shape }) return JsonPlanner.Plan(request, shape);
        if (request.Column.Model is { Values.IsEmpty: false } model) return ChoicePlanner.Of(request, model.Values);
        if (!request.Domain.Allowed.IsEmpty)
            return ChoicePlanner.Of(request, meaning, Left(request.Domain, request.Domain.Allowed));
        if (type is { Kind: TypeKind.Enum, Labels.IsEmpty: true }) return null;
        if (type.Kind == TypeKind.Enum) return ChoicePlanner.Of(request, meaning, Left(request.Domain, type.Labels));
        if (type.Kind is TypeKind.Array or TypeKind.Range or TypeKind.MultiRange or TypeKind.Composite) return NestedPlanner.Plan(request, meaning);
        if (EntityPlanner.Find(request, meaning) is { } entity) return entity;
        if (TimePlanner.FormOf(request.Column, meaning) is { } form) return TimePlanner.Plan(request, meaning, form);
        if (ChoicePlanner.Flag(request, meaning) is { } flag) return flag;
        if (request.Domain.Pattern is null && ChoicePlanner.Find(request, meaning) is { } choice) return choice;
        return type.Kind switch
        {
            TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 or TypeKind.Decimal or TypeKind.Money or TypeKind.Float32 or TypeKind.Float64 =>
                Number(request, meaning),
            TypeKind.Text or TypeKind.FixedText => Text(request, meaning),
            _ => OtherPlanner.Plan(request, meaning),
        };
    }

    static GeneratorSpec Number(ValueRequest request, ColumnMeaning meaning)
    {
        if (meaning.Kind == Meaning.Year) return Year(request);
        return FormulaPlanner.Find(request, meaning) ?? NumberPlanner.Plan(request, meaning);
    }

    static NumberSpec Year(ValueRequest request)
    {
        var words = NameWords.Of(request.Column.Name);
        long year = request.AsOf.Year;
        var (min, max) = words.Contains("expires") ? (year, year + 5) : words.Contains("birth") ? (year - 70, year - 19) : (year - 30, year);
        var unit = Numerics.StableMath.PowerOfTen(request.Type.ScaleOf());
        var (low, high) = NumberPlanner.Bounds(request, request.Type.ScaleOf());
        (min, max) = (Math.Clamp(min * unit, low, high), Math.Clamp(max * unit, low, high));
        return new NumberSpec(NumberShape.Uniform, min, max, 0, 0, request.Type.ScaleOf(), unit);
    }

    // Numbers that are kept as text.
    static GeneratorSpec Text(ValueRequest request, ColumnMeaning meaning)
    {
        if (request.Domain.Pattern is not null || TextCatalog.Of(meaning, request.Locale).Count > 0 || meaning.Kind == Meaning.Unknown)
            return TextPlanner.Plan(request, meaning);
        if (meaning.Kind == Meaning.Year)
            return Fitting(request, new NumberPart(request.AsOf.Year - 30, request.AsOf.Year, Draw.Own)) ?? TextPlanner.Plan(request, meaning);
        if (NumberCatalog.Find(meaning.Kind) is not { } profile) return TextPlanner.Plan(request, meaning);
        var unit = Numerics.StableMath.PowerOfTen(profile.Decimals);
        var max = profile.Center > 0 ? Math.Min(profile.Max, profile.Min + profile.Center * 2.5) : profile.Max;
        return Fitting(request, new NumberPart((long)(profile.Min * unit), (long)(max * unit), Draw.Own, profile.Decimals))
            ?? TextPlanner.Plan(request, meaning);
    }

    static TextSpec? Fitting(ValueRequest request, NumberPart part)
    {
        var (min, max) = TextPlanner.Lengths(request);
        return part.MaxLength <= max && part.MinLength >= min ? new TextSpec(new TextTemplate([part])) : null;
    }
}
