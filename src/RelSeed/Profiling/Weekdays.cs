namespace RelSeed.Profiling;

/// <summary>Days of the week on the axis of moments.</summary>
static class Weekdays
{
    public const int Count = 7;
    public const double SecondsADay = 86_400;

    // The first of January 1970 was a Thursday.
    const int FirstDay = 3;

    /// <param name="moment">Seconds from the beginning of 1970.</param>
    /// <returns>0 for Monday.</returns>
    public static int Of(double moment) => OfDay((long)Math.Floor(moment / SecondsADay));

    /// <summary>The beginning of a moment's day.</summary>
    public static double DayOf(double moment) => Math.Floor(moment / SecondsADay) * SecondsADay;

    /// <param name="day">From the first of January 1970 on.</param>
    public static int OfDay(long day) => (int)(((day + FirstDay) % Count + Count) % Count);
}
