namespace RelSeed.Profiling;

/// <summary>Calendar years on the axis of moments.</summary>
static class Years
{
    const int DaysAnEra = 146_097, YearsAnEra = 400;

    // From the first of March of the year 0, so that a leap day ends its year, to the first of January 1970.
    const int FirstDay = 719_468;

    // Days that have passed when a year, that began in March, is in January.
    const int DaysToJanuary = 306;

    /// <param name="moment">Seconds from the beginning of 1970.</param>
    /// <returns>The year of the Gregorian calendar.</returns>
    /// <remarks>Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, 2013.</remarks>
    public static double Of(double moment)
    {
        var days = (long)Math.Floor(moment / Weekdays.SecondsADay) + FirstDay;
        var era = (long)Math.Floor((double)days / DaysAnEra);
        var day = days - era * DaysAnEra;
        var year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        var ofYear = day - (365 * year + year / 4 - year / 100);
        return year + era * YearsAnEra + (ofYear >= DaysToJanuary ? 1 : 0);
    }
}
