using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Instants, days and times of day, later ones of a row after the earlier ones.</summary>
static class TimePlanner
{
    const long FarthestYears = 400;

    /// <summary>How the column writes instants down; null when it holds none.</summary>
    public static TemporalForm? FormOf(Column column, ColumnMeaning meaning) => column.Type.Kind switch
    {
        TypeKind.Date => TemporalForm.Days,
        TypeKind.Timestamp or TypeKind.TimestampTz => TemporalForm.Micros,
        _ when TimeCatalog.Find(meaning.Kind) is null || meaning.Kind == Meaning.Unknown => null,
        TypeKind.Int32 => TemporalForm.EpochSeconds,
        TypeKind.Int64 => TemporalForm.EpochMillis,
        TypeKind.Text or TypeKind.FixedText when column.Type.Length is null or >= 19 && !IsDayOnly(column, meaning) => TemporalForm.InstantText,
        TypeKind.Text or TypeKind.FixedText when column.Type.Length is null or >= 10 => TemporalForm.DateText,
        _ => null,
    };

    static bool IsDayOnly(Column column, ColumnMeaning meaning) =>
        meaning.Kind is Meaning.BirthDate or Meaning.HiredAt or Meaning.DeathDate or Meaning.Date or Meaning.ReleasedAt
        || NameWords.Of(column.Name) is [.., "date"];

    public static GeneratorSpec Plan(ValueRequest request, ColumnMeaning meaning, TemporalForm form)
    {
        var profile = TimeCatalog.Find(meaning.Kind) ?? TimeCatalog.Find(Meaning.Unknown)!;
        var otherwise = Span(request, profile, form);
        // A moment of some event of the row, whatever it is, does not come before the row.
        if (meaning.Kind == Meaning.Unknown && NameWords.Of(request.Column.Name) is [_, .., "at" or "on"]) profile = TimeCatalog.Find(Meaning.CompletedAt)!;
        // Whatever it is the end of, it follows the beginning.
        if (profile.Phase < 0 && !profile.IsFuture && Opposite(request) is not null)
            profile = TimeCatalog.Find(NameWords.Of(request.Column.Name).Exists(Bounds.Contains) ? Meaning.ValidTo : Meaning.EndAt)!;
        var sources = Sources(request, meaning, profile);
        if (sources.Count == 0) return otherwise;
        var cap = profile.IsFuture ? request.AsOf.ToMicros() + 20 * TemporalForms.Year : request.AsOf.ToMicros() - TemporalForms.Second;
        if (request.Domain.Max is { } max && !form.IsText()) cap = Math.Min(cap, InMicros(max, form));
        var floor = request.Domain.Min is { } min && !form.IsText() ? InMicros(min, form) : long.MinValue;
        return new AfterSpec(sources.ToEquatableArray(), Gap(profile, form, sources), cap, otherwise, floor);
    }

    /// <summary>The same instants, but after another too: a parent's.</summary>
    public static GeneratorSpec After(GeneratorSpec spec, TemporalSource source, DateTimeOffset asOf) => spec switch
    {
        AfterSpec after => after with { Sources = [.. after.Sources, source] },
        InstantSpec instant => new AfterSpec([source], new GapShape(0, 60 * TemporalForms.Day, 1.4, 1_500 * TemporalForms.Day),
            Math.Max(instant.Max, asOf.ToMicros() - TemporalForms.Second), instant),
        _ => spec,
    };

    public static InstantDomain UniqueDomain(ValueRequest request, ColumnMeaning meaning, TemporalForm form, long needed)
    {
        var span = Span(request, TimeCatalog.Find(meaning.Kind) ?? TimeCatalog.Find(Meaning.Unknown)!, form);
        var (low, high) = Limits(request, form);
        var step = Math.Max(form.UnitOf(), form.UnitOf() == 1 ? TemporalForms.Minute : form.UnitOf());
        while (step > form.UnitOf() && (span.Max - span.Min) / step < needed) step = Math.Max(form.UnitOf(), step / 60);
        var min = span.Min;
        if ((span.Max - min) / step + 1 < needed) min = (long)Int128.Max(low, span.Max - (Int128)needed * step);
        var max = (span.Max - min) / step + 1 >= needed ? span.Max : (long)Int128.Min(high, min + (Int128)needed * step);
        return new InstantDomain(CanonicalText.FloorDiv(min + step - 1, step) * step, max, step, form);
    }

    static InstantSpec Span(ValueRequest request, TimeProfile profile, TemporalForm form)
    {
        var now = request.AsOf.ToMicros();
        var min = now - (long)(profile.FromYears * TemporalForms.Year);
        var max = Math.Max(min, now - (long)(profile.ToYears * TemporalForms.Year) - TemporalForms.Second);
        // A date written on the day of as-of would lie before it; days end the day before.
        if (form.UnitOf() >= TemporalForms.Day && !profile.IsFuture) max = Math.Max(min, max - TemporalForms.Day);
        var (low, high) = Limits(request, form);
        if (min > high || max < low)
            (min, max) = min > high ? (Math.Max(low, high - 3 * TemporalForms.Year), high) : (low, Math.Min(high, low + 3 * TemporalForms.Year));
        (min, max) = (Math.Max(min, low), Math.Min(max, high));
        return new InstantSpec(min, max, form, profile.Hours, profile.Phase >= 0 && profile.FromYears <= 3 ? 2 : 1,
            form.UnitOf() == 1 ? TemporalForms.Second : form.UnitOf());
    }

    static (long Low, long High) Limits(ValueRequest request, TemporalForm form)
    {
        var now = request.AsOf.ToMicros();
        var (low, high) = (now - FarthestYears * TemporalForms.Year, now + FarthestYears * TemporalForms.Year);
        if (form == TemporalForm.EpochSeconds && request.Type.Kind == TypeKind.Int32) (low, high) = (0, int.MaxValue * TemporalForms.Second);
        if (form.IsText()) return (low, high);
        if (request.Domain.Min is { } min) low = Math.Max(low, InMicros(min, form));
        if (request.Domain.Max is { } max) high = Math.Min(high, InMicros(max, form) + form.UnitOf() - 1);
        return low <= high ? (low, high) : (low, low);
    }

    static long InMicros(long value, TemporalForm form) =>
        (long)Int128.Clamp((Int128)value * form.UnitOf(), -FarthestYears * 10 * TemporalForms.Year, FarthestYears * 10 * TemporalForms.Year);

    static GapShape Gap(TimeProfile profile, TemporalForm form, List<TemporalSource> sources)
    {
        var gap = form.UnitOf() >= TemporalForms.Day ? profile.DayGap : profile.Gap;
        // What follows a birth follows it by a working life.
        return sources is [{ Name: var name }] && IsBirth(name)
            ? new GapShape(18 * TemporalForms.Year, 27 * TemporalForms.Year, 0.28, 60 * TemporalForms.Year) : gap;
    }

    static bool IsBirth(string name) => NameWords.Of(name).Contains("birth");

    static List<TemporalSource> Sources(ValueRequest request, ColumnMeaning meaning, TimeProfile profile)
    {
        var sources = new List<TemporalSource>();
        if (profile.Phase is < TimeCatalog.FirstPhase and not 1 && !profile.IsFuture) return sources;
        var births = new List<TemporalSource>();
        var own = NameWords.Of(request.Column.Name);
        for (var c = 0; c < request.Table.Columns.Count; c++)
        {
            var column = request.Table.Columns[c];
            if (column.Name == request.Column.Name || request.Forbidden.Contains(c) || column.IsComputed) continue;
            // What ends is no reason to begin later.
            if (Begins(NameWords.Of(column.Name), own)) continue;
            var other = Meanings.Of(request.Table, column);
            if (FormOf(column, other) is not { } form || TimeCatalog.Find(other.Kind) is not { } earlier || other.Kind == Meaning.Unknown) continue;
            var source = new TemporalSource(-1, c, form, column.Name);
            if (other.Kind == Meaning.BirthDate) births.Add(source);
            else if (Precedes(earlier, profile, meaning, other)) sources.Add(source);
        }
        if (Opposite(request) is { } start && !sources.Contains(start)) sources.Add(start);
        return sources.Count > 0 || meaning.Kind is not (Meaning.HiredAt or Meaning.DeathDate or Meaning.RegisteredAt) ? sources : births;
    }

    static readonly string[] Makings = ["created", "inserted", "insert", "added", "registered"];

    static readonly Dictionary<string, string[]> Starts = new(StringComparer.Ordinal)
    {
        ["end"] = ["start", "begin"],
        ["ends"] = ["starts", "begins"],
        ["ended"] = ["started", "began"],
        ["ending"] = ["starting", "beginning"],
        ["to"] = ["from"],
        ["until"] = ["from", "since"],
        ["till"] = ["from"],
        ["through"] = ["from"],
        ["thru"] = ["from"],
        ["finish"] = ["start", "begin"],
        ["finished"] = ["started"],
        ["arrival"] = ["departure"],
        ["out"] = ["in"],
        ["in"] = ["into"],
        ["updated"] = Makings,
        ["modified"] = Makings,
        ["changed"] = Makings,
        ["deleted"] = Makings,
        ["revoked"] = ["issued", "granted", "created"],
        ["completed"] = ["started", "created"],
        ["archived"] = ["created", "started"],
        ["closed"] = ["opened"],
        ["close"] = ["open"],
        ["stop"] = ["start"],
        ["stopped"] = ["started"],
        ["last"] = ["first"],
        ["latest"] = ["earliest", "first"],
    };

    static readonly HashSet<string> Bounds = ["to", "until", "till", "through", "thru"];

    // The column of the same name but for end and start, to and from.
    static TemporalSource? Opposite(ValueRequest request)
    {
        var own = NameWords.Of(request.Column.Name);
        if (!own.Exists(Starts.ContainsKey)) return null;
        for (var c = 0; c < request.Table.Columns.Count; c++)
        {
            var column = request.Table.Columns[c];
            if (!request.Forbidden.Contains(c) && !column.IsComputed && Begins(own, NameWords.Of(column.Name))
                && FormOf(column, Meanings.Of(request.Table, column)) is { } form) return new TemporalSource(-1, c, form, column.Name);
        }
        return null;
    }

    static bool Begins(List<string> end, List<string> start) => end.Count == start.Count && !end.SequenceEqual(start)
        && end.Zip(start).All(w => w.First == w.Second || Starts.GetValueOrDefault(w.First)?.Contains(w.Second) == true);

    // The future begins after what a row begins with; the past goes phase by phase.
    static bool Precedes(TimeProfile earlier, TimeProfile later, ColumnMeaning meaning, ColumnMeaning other)
    {
        if (earlier.Phase < TimeCatalog.FirstPhase) return false;
        if (later.IsFuture) return earlier.Phase <= (meaning.Kind == Meaning.ValidTo ? 14 : 18);
        return earlier.Phase < later.Phase && (other.Aspect.Length == 0 || other.Aspect == meaning.Aspect);
    }
}
