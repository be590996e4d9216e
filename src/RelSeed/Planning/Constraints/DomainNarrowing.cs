using System.Text.RegularExpressions;
using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Narrows a column's values by conditions on that column alone.</summary>
static class DomainNarrowing
{
    /// <returns>True when every value of the narrowed domain meets the condition.</returns>
    public static bool Apply(Condition condition, Column column, ref ValueDomain domain)
    {
        switch (condition)
        {
            case Condition.InSet { Negated: false } set: return Allow(set, column.Type, ref domain);
            case Condition.InSet set:
                domain = domain with { Excluded = [.. domain.Excluded, .. set.Values.Select(v => v.ToString())] };
                return false;
            case Condition.Range range: return Bound(range, column.Type, ref domain);
            case Condition.Length length: return Measure(length, column.Type, ref domain);
            case Condition.Pattern { Negated: false, Kind: LikeKind.Regex } pattern:
                domain = domain.Pattern is null ? domain with { Pattern = pattern.Text }
                    : pattern.Text == domain.Pattern || domain.OtherPatterns.Contains(pattern.Text) ? domain
                    : domain with { OtherPatterns = [.. domain.OtherPatterns, pattern.Text] };
                return false;
            case Condition.JsonShape shape when column.Type.Kind == TypeKind.Json:
                var types = domain.JsonTypes.IsEmpty ? shape.Types : [.. domain.JsonTypes.Intersect(shape.Types)];
                if (!types.IsEmpty) domain = domain with { JsonTypes = types };
                return false;
            default: return false;
        }
    }

    /// <summary>A list of values without those that the bounds shut out, if any is left.</summary>
    public static ValueDomain Within(ValueDomain domain, ColumnType type)
    {
        if (domain.Allowed.Count == 0 || type.Lane != Lane.Int64 || (domain.Min is null && domain.Max is null)) return domain;
        var within = domain.Allowed.Where(v => CanonicalText.ParseInt64(v, type) is { } number && !(number < domain.Min) && !(number > domain.Max))
            .ToEquatableArray();
        return within.Count == 0 || within.Count == domain.Allowed.Count ? domain : domain with { Allowed = within };
    }

    /// <summary>Narrows a column that keys decide, whose values cannot be drawn again, to texts of a LIKE pattern: each gap is filled with letters
    /// and digits.</summary>
    public static void Spell(Condition.Pattern pattern, Column column, ref ValueDomain domain)
    {
        if (pattern is not { Negated: false, Kind: LikeKind.Like } || domain.Pattern is not null || !column.Type.Kind.IsText()) return;
        var text = new System.Text.StringBuilder("^");
        var gaps = 0;
        for (var i = 0; i < pattern.Text.Length; i++)
        {
            var sign = pattern.Text[i];
            if (sign == '%') text.Append(gaps++ == 0 ? "[a-z0-9]+" : "");
            else if (sign == '_') text.Append("[a-z0-9]");
            else text.Append(Regex.Escape((sign == pattern.Escape && i + 1 < pattern.Text.Length ? pattern.Text[++i] : sign).ToString()));
        }
        if (gaps > 0) domain = domain with { Pattern = text.Append('$').ToString() };
    }

    static bool Allow(Condition.InSet set, ColumnType type, ref ValueDomain domain)
    {
        if (type.Lane is not (Lane.Int64 or Lane.Float64 or Lane.Uuid) && !type.Kind.IsText()) return false;
        var values = set.Values.Select(v => Canonical(v, type)).OfType<string>().ToList();
        if (values.Count < set.Values.Count) return false;
        if (domain.Allowed.Count > 0) values = [.. domain.Allowed.Intersect(values)];
        if (values.Count == 0) return false;
        domain = domain with { Allowed = values.ToEquatableArray() };
        return true;
    }

    // Null when the type cannot hold the value.
    static string? Canonical(SqlValue value, ColumnType type)
    {
        var text = value.ToString();
        return type.Lane switch
        {
            Lane.Int64 => CanonicalText.ParseInt64(text, type) is { } number ? CanonicalText.Format(number, type) : null,
            Lane.Float64 => CanonicalText.ParseFloat64(text) is null ? null : text,
            Lane.Uuid => CanonicalText.ParseUuid(text) is null ? null : text,
            _ => type.Length is { } length && text.Length > length ? null : text,
        };
    }

    static bool Bound(Condition.Range range, ColumnType type, ref ValueDomain domain)
    {
        if (type.Lane == Lane.Float64) return BoundReal(range, ref domain);
        if (type.Lane != Lane.Int64 || type.Kind is TypeKind.Enum or TypeKind.Boolean) return false;
        if (!Limit(range.Minimum, range.MinimumInclusive, type, isMinimum: true, out var min)
            || !Limit(range.Maximum, range.MaximumInclusive, type, isMinimum: false, out var max))
            return false;
        domain = domain with
        {
            Min = min is null ? domain.Min : Math.Max(min.Value, domain.Min ?? long.MinValue),
            Max = max is null ? domain.Max : Math.Min(max.Value, domain.Max ?? long.MaxValue),
        };
        return !(domain.Min > domain.Max);
    }

    static bool Limit(SqlValue bound, bool inclusive, ColumnType type, bool isMinimum, out long? limit)
    {
        limit = null;
        if (bound.IsNull) return true;
        if (type.Kind.IsNumeric()) return LimitNumber(bound, inclusive, type.ScaleOf(), isMinimum, out limit);
        if (CanonicalText.ParseInt64(bound.ToString(), type) is not { } value) return false;
        // A date next to a bound with a time of day is one day further in.
        limit = inclusive ? value : isMinimum ? value + 1 : value - 1;
        return true;
    }

    static bool LimitNumber(SqlValue bound, bool inclusive, int scale, bool isMinimum, out long? limit)
    {
        limit = null;
        if (!decimal.TryParse(bound.ToString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture,
            out var number))
            return false;
        decimal unit = 1;
        for (var i = 0; i < scale; i++) unit *= 10;
        // A bound no 64-bit value reaches binds nothing, unless it shuts everything out.
        if (Math.Abs(number) > 9e18m / unit) return isMinimum == number < 0;
        var scaled = number * unit;
        var whole = isMinimum ? decimal.Ceiling(scaled) : decimal.Floor(scaled);
        limit = (long)whole + (inclusive || whole != scaled ? 0 : isMinimum ? 1 : -1);
        return true;
    }

    static bool BoundReal(Condition.Range range, ref ValueDomain domain)
    {
        if (!Real(range.Minimum, out var min) || !Real(range.Maximum, out var max)) return false;
        if (min is { } low && !range.MinimumInclusive) min = Math.BitIncrement(low);
        if (max is { } high && !range.MaximumInclusive) max = Math.BitDecrement(high);
        domain = domain with
        {
            MinReal = min is null ? domain.MinReal : Math.Max(min.Value, domain.MinReal ?? double.MinValue),
            MaxReal = max is null ? domain.MaxReal : Math.Min(max.Value, domain.MaxReal ?? double.MaxValue),
        };
        return !(domain.MinReal > domain.MaxReal);
    }

    static bool Real(SqlValue bound, out double? limit)
    {
        limit = bound.IsNull ? null : CanonicalText.ParseFloat64(bound.ToString());
        return bound.IsNull || limit is not null;
    }

    static bool Measure(Condition.Length length, ColumnType type, ref ValueDomain domain)
    {
        var isText = type.Kind.IsText() && (length.Unit == LengthUnit.Characters || length.Unit == LengthUnit.Bytes);
        if (!isText && !(type.Kind == TypeKind.Bytes && length.Unit == LengthUnit.Bytes)) return false;
        domain = domain with
        {
            MinLength = Math.Max(length.Minimum, domain.MinLength ?? 0),
            MaxLength = length.Maximum is { } most ? Math.Min(most, domain.MaxLength ?? int.MaxValue) : domain.MaxLength,
        };
        // A bound in bytes holds for certain only where characters are single bytes.
        return !(domain.MinLength > domain.MaxLength) && !(isText && length.Unit == LengthUnit.Bytes && length.Maximum is not null);
    }
}
