using RelSeed.Numerics;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Numbers within the type, the constraints and what the meaning suggests.</summary>
static class NumberPlanner
{
    const int FloatDecimals = 2;

    public static GeneratorSpec Plan(ValueRequest request, ColumnMeaning meaning)
    {
        if (Place(request, meaning) is { } place) return place;
        var profile = Fitted(NumberCatalog.Find(meaning.Kind) ?? NumberCatalog.Find(Meaning.Unknown)!, request);
        var decimals = Decimals(request.Type, profile);
        var (low, high) = Bounds(request, decimals);
        double unit = StableMath.PowerOfTen(decimals);
        var min = Clamp(profile.Min * unit, low, high);
        var max = Clamp(profile.Max * unit, low, high);
        // Constraints that leave nothing of what is usual leave the interval next to it.
        if (profile.Max * unit < low) (min, max) = (low, Clamp(low + Math.Max(100, profile.Max * unit), low, high));
        if (profile.Min * unit > high) (min, max) = (Clamp(high - Math.Max(100, profile.Max * unit), low, high), high);
        (min, max) = WithoutExcluded(request, min, max);
        var center = profile.Center * unit;
        if (profile.Shape == NumberShape.LogNormal && center > max * 0.6) center = Math.Max(1, max * 0.35);
        if (profile.Shape == NumberShape.Normal && (center > max || center < min)) center = (min + (double)max) / 2;
        var spread = profile.Shape == NumberShape.Normal ? profile.Spread * unit : profile.Spread;
        return new NumberSpec(profile.Shape, min, max, center, spread, decimals, Math.Max(1, (long)(profile.Step * unit)),
            profile.IsPrice && decimals >= 2);
    }

    /// <summary>Distinct numbers from where the meaning begins.</summary>
    public static DomainSpec UniqueDomain(ValueRequest request, ColumnMeaning meaning, long needed)
    {
        var profile = Fitted(NumberCatalog.Find(meaning.Kind) ?? new NumberProfile(NumberShape.Uniform, 1, double.MaxValue, Decimals: 2), request);
        var decimals = request.Type.Lane == Lane.Float64 ? Math.Min(6, Math.Max(profile.Decimals, FloatDecimals)) : request.Type.ScaleOf();
        var (low, high) = Bounds(request, decimals);
        double unit = StableMath.PowerOfTen(decimals);
        var min = Clamp(profile.Min * unit, low, high);
        var max = Clamp(profile.Max * unit, low, high);
        // Whole numbers are more pleasant than fractions, as long as they last.
        if (request.Type.Lane == Lane.Int64 && decimals > 0 && (max - (Int128)min) / (Int128)unit >= needed)
            return new IntegerDomain((min + (long)unit - 1) / (long)unit * (long)unit, max, (long)unit);
        if ((max - (Int128)min) + 1 < needed) (min, max) = Widened(min, max, low, high, needed);
        return request.Type.Lane == Lane.Float64 ? new ScaledDomain(min, max, decimals) : new IntegerDomain(min, max);
    }

    static (long, long) Widened(long min, long max, long low, long high, long needed)
    {
        max = (long)Int128.Min(high, (Int128)min + needed - 1);
        return (max - (Int128)min) + 1 >= needed ? (min, max) : (Math.Max(low, (long)Int128.Max(low, (Int128)max - needed + 1)), max);
    }

    /// <summary>Least and greatest integer of 10^-decimals that type and constraints admit.</summary>
    public static (long Low, long High) Bounds(ValueRequest request, int decimals)
    {
        var (low, high) = TypeBounds(request.Type, decimals);
        var domain = request.Domain;
        if (request.Type.Lane == Lane.Float64)
        {
            double unit = StableMath.PowerOfTen(decimals);
            if (domain.MinReal is { } least) low = Math.Max(low, Clamp(Math.Ceiling(least * unit), low, high));
            if (domain.MaxReal is { } most) high = Math.Min(high, Clamp(Math.Floor(most * unit), low, high));
        }
        if (domain.Min is { } min) low = Math.Max(low, min);
        if (domain.Max is { } max) high = Math.Min(high, max);
        return low <= high ? (low, high) : (low, low);
    }

    static (long, long) TypeBounds(ColumnType type, int decimals) => type.Kind switch
    {
        TypeKind.Int16 when type.BaseName == "tinyint" => (0, 255),
        TypeKind.Int16 => (short.MinValue, short.MaxValue),
        TypeKind.Int32 => (int.MinValue, int.MaxValue),
        TypeKind.Decimal when type.Precision is { } precision && precision <= 18 =>
            (1 - StableMath.PowerOfTen(precision), StableMath.PowerOfTen(precision) - 1),
        TypeKind.Decimal => (-999_999_999_999_999_999, 999_999_999_999_999_999),
        TypeKind.Float32 => (-10_000_000 * StableMath.PowerOfTen(decimals), 10_000_000 * StableMath.PowerOfTen(decimals)),
        TypeKind.Float64 => (-1_000_000_000_000, 1_000_000_000_000),
        _ => (long.MinValue + 1, long.MaxValue),
    };

    static int Decimals(ColumnType type, NumberProfile profile) =>
        type.Lane == Lane.Float64 ? Math.Max(profile.Decimals, profile.Max <= 10 ? FloatDecimals : 0) : type.ScaleOf();

    // Shares and rates are fractions where the type leaves no room for more, and percents where it has no decimals.
    static NumberProfile Fitted(NumberProfile profile, ValueRequest request)
    {
        var type = request.Type;
        var isFraction = type.Kind == TypeKind.Decimal && type.Precision is { } p && p - (type.Scale ?? 0) <= 1;
        if (profile == NumberCatalog.Find(Meaning.Percentage) && isFraction) return profile with { Max = 1, Decimals = 4 };
        if (profile == NumberCatalog.Find(Meaning.Rate) && type.Kind is not (TypeKind.Float32 or TypeKind.Float64) && !isFraction)
            return profile with { Max = 35, Center = 9, Spread = 6 };
        if (type.Kind.IsInteger() && profile == NumberCatalog.Find(Meaning.Rating)) return profile with { Center = 4.7, Spread = 1.1 };
        return profile;
    }

    static PlaceNumberSpec? Place(ValueRequest request, ColumnMeaning meaning)
    {
        if (meaning.Kind is not (Meaning.Latitude or Meaning.Longitude)) return null;
        var decimals = request.Type.Lane == Lane.Float64 ? 6 : request.Type.ScaleOf();
        var limit = (meaning.Kind == Meaning.Latitude ? 90 : 180) * StableMath.PowerOfTen(decimals);
        var (low, high) = Bounds(request, decimals);
        var parser = new TemplateParser(request.Locale, meaning.Aspect);
        var field = meaning.Kind == Meaning.Latitude ? "place.latitude" : "place.longitude";
        // Within some five kilometres of the middle of the place.
        return new PlaceNumberSpec(parser.List(field), parser.Shared(field, "place").Stream, decimals,
            StableMath.PowerOfTen(decimals) / 20, Math.Max(low, -limit), Math.Min(high, limit));
    }

    // Of the two sides of a value that must not be, the wider one.
    static (long Min, long Max) WithoutExcluded(ValueRequest request, long min, long max)
    {
        foreach (var text in request.Domain.Excluded)
        {
            if (CanonicalText.ParseInt64(text, request.Type) is not { } value || value < min || value > max || min == max) continue;
            if ((Int128)value - min > (Int128)max - value) max = value - 1;
            else min = value + 1;
        }
        return (min, max);
    }

    internal static long Clamp(double value, long low, long high) => value <= low ? low : value >= high ? high : (long)value;
}
