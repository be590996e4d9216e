using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>The values that an application's model leaves of a column.</summary>
static class ModelDomain
{
    public static ValueDomain Of(ColumnModel? model, ColumnType type)
    {
        if (model is null) return ValueDomain.Any;
        var domain = new ValueDomain
        {
            Allowed = model.Values.Select(v => v.Value).ToEquatableArray(),
            Excluded = model.Denied,
            MinLength = model.MinLength,
            MaxLength = model.MaxLength,
            Pattern = model.Pattern,
        };
        return type.Lane switch
        {
            Lane.Int64 => domain with { Min = Bound(model.Minimum, type), Max = Bound(model.Maximum, type) },
            Lane.Float64 => domain with { MinReal = Real(model.Minimum), MaxReal = Real(model.Maximum) },
            _ => domain,
        };
    }

    static long? Bound(string? text, ColumnType type) => text is null ? null : CanonicalText.ParseInt64(text, type);

    static double? Real(string? text) => text is null ? null : CanonicalText.ParseFloat64(text);
}
