using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>How a column writes an instant down.</summary>
public enum TemporalForm
{
    /// <summary>Microseconds since 1970-01-01T00:00:00Z, the lane of timestamps.</summary>
    Micros,

    /// <summary>Days since 1970-01-01, the lane of dates.</summary>
    Days,
    EpochSeconds,
    EpochMillis,

    /// <summary>Text: 2024-05-17.</summary>
    DateText,

    /// <summary>Text: 2024-05-17 13:45:10.</summary>
    InstantText,
}

public static class TemporalForms
{
    public const long Second = 1_000_000, Minute = 60 * Second, Hour = 60 * Minute, Day = 24 * Hour, Year = 365 * Day + Day / 4;

    /// <summary>Microseconds of the smallest step the form can tell.</summary>
    public static long UnitOf(this TemporalForm form) => form switch
    {
        TemporalForm.Micros => 1,
        TemporalForm.EpochMillis => 1_000,
        TemporalForm.Days or TemporalForm.DateText => Day,
        _ => Second,
    };

    public static bool IsText(this TemporalForm form) => form is TemporalForm.DateText or TemporalForm.InstantText;

    public static long ToMicros(this DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10;
}

/// <summary>Instants between two bounds.</summary>
/// <param name="Min">Microseconds since 1970, included.</param>
/// <param name="Max">Microseconds since 1970, included.</param>
/// <param name="Growth">1: all days alike; 2 and more: later days hold more rows, as a growing business has.</param>
/// <param name="Step">Microseconds between possible values; at least the form's unit.</param>
public sealed record InstantSpec(long Min, long Max, TemporalForm Form, TimeOfDay Hours, int Growth, long Step) : GeneratorSpec
{
    public override string Describe() =>
        $"between {CanonicalText.Date(CanonicalText.FloorDiv(Min, TemporalForms.Day))} and {CanonicalText.Date(CanonicalText.FloorDiv(Max, TemporalForms.Day))}"
        + (Form.UnitOf() >= TemporalForms.Day ? ""
        : Hours switch { TimeOfDay.Business => ", office hours", TimeOfDay.Waking => ", mostly by day", _ => "" });
}

public enum TimeOfDay
{
    Any,

    /// <summary>Mostly from 7 to 23 o'clock.</summary>
    Waking,

    /// <summary>From 8 to 18 o'clock.</summary>
    Business,
    Midnight,
}

/// <summary>Later than other instants of the row or of its parents: the latest source that is not null, plus a gap.</summary>
/// <param name="Sources">At least one.</param>
/// <param name="Gap">How long after, in microseconds, above or equal 0.</param>
/// <param name="Cap">No value passes it, in microseconds, unless a source does: the gap shrinks to what is left.</param>
/// <param name="Floor">No value is below it, in microseconds.</param>
/// <param name="Otherwise">For rows whose sources are all null; also gives the form and the step.</param>
public sealed record AfterSpec(EquatableArray<TemporalSource> Sources, GapShape Gap, long Cap, InstantSpec Otherwise, long Floor = long.MinValue)
    : GeneratorSpec
{
    public override string Describe() => $"after {string.Join(" and ", Sources.Select(s => s.Describe()))}, typically {Gap.Describe()}";
}

/// <summary>Where a bound comes from.</summary>
/// <param name="Reference">0-based position among the table's references, -1 for the row itself.</param>
/// <param name="Column">0-based position among the columns of the row or of the parent.</param>
/// <param name="Name">For the plan: <c>created_at</c>, <c>customers.created_at</c>.</param>
public sealed record TemporalSource(int Reference, int Column, TemporalForm Form, string Name)
{
    public string Describe() => Name;
}

/// <summary>Gaps are log-normal: most near the median, some far longer.</summary>
/// <param name="Min">Microseconds.</param>
/// <param name="Median">Microseconds, above 0.</param>
/// <param name="Sigma">Deviation of the logarithm.</param>
/// <param name="Max">Microseconds.</param>
/// <param name="ZeroShare">Share of rows with no gap: rows never updated.</param>
public sealed record GapShape(long Min, long Median, double Sigma, long Max, double ZeroShare = 0)
{
    public string Describe() => Median switch
    {
        < TemporalForms.Minute => $"{Median / TemporalForms.Second} s",
        < TemporalForms.Hour => $"{Median / TemporalForms.Minute} min",
        < TemporalForms.Day => $"{Median / TemporalForms.Hour} h",
        _ => $"{Median / TemporalForms.Day} days",
    };
}
