using System.Text.RegularExpressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Holds a value of a rule against what an application's model says of its column.</summary>
static class RuleAnnotations
{
    /// <returns>Null when the model takes the value.</returns>
    public static string? Refusal(Column column, string value)
    {
        if (column.Model is not { } model) return null;
        var domain = ModelDomain.Of(model, column.Type);
        var refused = model.Denied.Contains(value) || (model.IsBalanced && !domain.Allowed.Contains(value)) || IsOutside(domain, column.Type, value)
            || IsMisshapen(domain, column.Type, value);
        return refused ? $"the annotations of {(model.Property.Length > 0 ? model.Property : column.Name)} in the model do not allow" : null;
    }

    static bool IsOutside(ValueDomain domain, ColumnType type, string value) => type.Lane switch
    {
        Lane.Int64 => CanonicalText.ParseInt64(value, type) is { } number && (number < domain.Min || number > domain.Max),
        Lane.Float64 => CanonicalText.ParseFloat64(value) is { } number && (number < domain.MinReal || number > domain.MaxReal),
        _ => false,
    };

    static bool IsMisshapen(ValueDomain domain, ColumnType type, string value)
    {
        if (!type.Kind.IsText()) return false;
        var length = value.EnumerateRunes().Count();
        return length < domain.MinLength || length > domain.MaxLength
            || (domain.Pattern is { } pattern && !Regex.IsMatch(value, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
    }
}
