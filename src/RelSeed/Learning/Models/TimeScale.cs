using RelSeed.Schema;

namespace RelSeed.Learning.Models;

/// <summary>What a step's values are of time: only those of one scale come before one another.</summary>
enum TimeScale
{
    None,

    /// <summary>Seconds since 1970: dates and timestamps.</summary>
    Moment,

    /// <summary>Seconds since midnight.</summary>
    Day,
}

static class TimeScales
{
    public static TimeScale ScaleOfTime(this TypeKind kind) => !kind.IsTemporal() ? TimeScale.None
        : kind is TypeKind.Time or TypeKind.TimeTz ? TimeScale.Day : TimeScale.Moment;
}
