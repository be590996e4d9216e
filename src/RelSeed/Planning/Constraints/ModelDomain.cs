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

    /// <summary>The same as a model would say it.</summary>
    public static ColumnModel ToModel(ValueDomain domain, ColumnType type) => new()
    {
        Values = [.. domain.Allowed.Where(v => !domain.Excluded.Contains(v)).Select(v => new ValueShare(v, 1))],
        Denied = domain.Excluded,
        MinLength = domain.MinLength,
        MaxLength = domain.MaxLength,
        Pattern = domain.Pattern,
        Minimum = type.Lane == Lane.Float64 ? domain.MinReal is { } low ? CanonicalText.Format(low) : null
            : domain.Min is { } least ? CanonicalText.Format(least, type) : null,
        Maximum = type.Lane == Lane.Float64 ? domain.MaxReal is { } high ? CanonicalText.Format(high) : null
            : domain.Max is { } most ? CanonicalText.Format(most, type) : null,
    };

    static long? Bound(string? text, ColumnType type) => text is null ? null : CanonicalText.ParseInt64(text, type);

    static double? Real(string? text) => text is null ? null : CanonicalText.ParseFloat64(text);
}
