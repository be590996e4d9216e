using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Which codes of a codebook the target's type and constraints leave.</summary>
static class ProfileCodes
{
    // A tail that was guessed may reach past midnight.
    const double LastSecond = 86_399;

    // From the first day of the year 1 to the end of 9999: differences to moments at the calendar's edge lead beyond it.
    const double CalendarBegins = -62_135_596_800, CalendarEnds = 253_402_300_799;

    /// <returns>By code, NULL first (never among them); and the bounds on the axis.</returns>
    public static (bool[] Allowed, double Least, double Most) Of(ColumnProfile profile, Column column, ValueDomain domain, bool mayBeOther)
    {
        var (type, book) = (column.Type, profile.Codes);
        if (MomentForm.Find(profile.Form) is { } form && !Axis.Has(type.Kind)) return Written(book, form, type, domain);
        var scale = Axis.Has(type.Kind) ? Axis.ScaleOf(type) : 1;
        var (least, most) = type.Lane == Lane.Float64
            ? (domain.MinReal ?? double.NegativeInfinity, domain.MaxReal ?? double.PositiveInfinity)
            : (domain.Min * scale ?? Bound(type, -1), domain.Max * scale ?? Bound(type, 1));
        var allowed = new bool[book.Size];
        for (var code = 1; code < allowed.Length; code++)
            allowed[code] = book.Codes[code - 1] switch
            {
                OtherCode => mayBeOther,
                NumberCode number =>
                    Axis.Has(type.Kind) && number.Value >= least && number.Value <= most && Fits(number.Value, scale, column, domain),
                RangeCode range =>
                    Axis.Has(type.Kind) && range.High >= least && range.Low <= most && domain.Allowed.IsEmpty && domain.Excluded.IsEmpty,
                ValueCode value => !Axis.Has(type.Kind) && Fits(value.Value, type, domain),
                _ => false,
            };
        return (allowed, least, most);
    }

    // Moments that are kept as text.
    static (bool[] Allowed, double Least, double Most) Written(Codebook book, MomentForm form, ColumnType type, ValueDomain domain)
    {
        var fits = type.Kind is TypeKind.Text or TypeKind.FixedText && domain.Allowed.IsEmpty && domain.Excluded.IsEmpty && domain.Pattern is null
            && form.Length <= (type.Length ?? int.MaxValue) && form.Length <= (domain.MaxLength ?? int.MaxValue) && form.Length >= (domain.MinLength ?? 0);
        return ([.. Enumerable.Range(0, book.Size).Select(code => fits && code > 0)], form.Least, form.Most);
    }

    static double Bound(ColumnType type, int sign) =>
        type.Kind is TypeKind.Time or TypeKind.TimeTz ? (sign < 0 ? 0 : LastSecond)
        : type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz ? (sign < 0 ? CalendarBegins : CalendarEnds) : sign * type.Kind switch
        {
            TypeKind.Int16 => short.MaxValue,
            TypeKind.Int32 => int.MaxValue,
            TypeKind.Decimal when type.Precision is { } precision => (Numerics.StableMath.PowerOfTen(Math.Min(18, precision)) - 1) * Axis.ScaleOf(type),
            _ => double.PositiveInfinity,
        };

    static bool Fits(double value, double scale, Column column, ValueDomain domain)
    {
        if (domain.Allowed.IsEmpty && domain.Excluded.IsEmpty) return true;
        var text = column.Type.Lane == Lane.Float64 ? value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)
            : CanonicalText.Format((long)Math.Round(value / scale), column.Type);
        return (domain.Allowed.IsEmpty || domain.Allowed.Contains(text)) && !domain.Excluded.Contains(text);
    }

    static bool Fits(string text, ColumnType type, ValueDomain domain)
    {
        if (domain.Pattern is not null || (!domain.Allowed.IsEmpty && !domain.Allowed.Contains(text)) || domain.Excluded.Contains(text)) return false;
        if (type.Lane == Lane.Int64) return CanonicalText.ParseInt64(text, type) is not null;
        if (type.Lane == Lane.Uuid) return CanonicalText.ParseUuid(text) is not null;
        if (type.Lane != Lane.Bytes || text.Contains('\0', StringComparison.Ordinal)) return false;
        var length = text.EnumerateRunes().Count();
        return length <= (type.Length ?? int.MaxValue) && length <= (domain.MaxLength ?? int.MaxValue) && length >= (domain.MinLength ?? 0);
    }
}
