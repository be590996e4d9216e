namespace RelSeed.Profiling;

/// <summary>Hours of the day on the axis of moments.</summary>
static class DayHours
{
    public const int Count = 24;
    public const double Seconds = 3_600;

    /// <summary>Behind the hours: midnight itself, where days without a time stand.</summary>
    public const int Midnight = Count;

    public static bool IsMidnight(double moment) => moment == Weekdays.DayOf(moment);

    /// <param name="moment">Seconds from the beginning of 1970.</param>
    public static int Of(double moment) => Math.Clamp((int)((moment - Weekdays.DayOf(moment)) / Seconds), 0, Count - 1);
}
