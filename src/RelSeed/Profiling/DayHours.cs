namespace RelSeed.Profiling;

/// <summary>Hours of the day on the axis of moments.</summary>
static class DayHours
{
    public const int Count = 24;
    public const double Seconds = 3_600;

    /// <param name="moment">Seconds from the beginning of 1970.</param>
    public static int Of(double moment) => Math.Clamp((int)((moment - Weekdays.DayOf(moment)) / Seconds), 0, Count - 1);
}
