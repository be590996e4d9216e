namespace RelSeed.Profiling;

/// <summary>Calendar years on the axis of moments.</summary>
static class Years
{
    const int DaysAnEra = 146_097, YearsAnEra = 400;

    // From the first of March of the year 0, so that a leap day ends its year, to the first of January 1970.
    const int FirstDay = 719_468;

    // Days that have passed when a year, that began in March, is in January.
    const int DaysToJanuary = 306;

    /// <param name="year">Of the Gregorian calendar.</param>
    /// <returns>Its first moment, in seconds from the beginning of 1970.</returns>
    public static double BeginningOf(double year)
    {
        if (double.IsNaN(year)) return year;
        // January belongs to the year that began in the March before.
        var before = (long)year - 1;
        var era = (long)Math.Floor((double)before / YearsAnEra);
        var ofEra = before - era * YearsAnEra;
        return (era * DaysAnEra + ofEra * 365 + ofEra / 4 - ofEra / 100 + DaysToJanuary - FirstDay) * Weekdays.SecondsADay;
    }

    /// <param name="moment">Seconds from the beginning of 1970.</param>
    /// <returns>The year of the Gregorian calendar; NaN of NaN.</returns>
    /// <remarks>Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, 2013.</remarks>
    public static double Of(double moment)
    {
        if (double.IsNaN(moment)) return moment;
        var days = (long)Math.Floor(moment / Weekdays.SecondsADay) + FirstDay;
        var era = (long)Math.Floor((double)days / DaysAnEra);
        var day = days - era * DaysAnEra;
        var year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        var ofYear = day - (365 * year + year / 4 - year / 100);
        return year + era * YearsAnEra + (ofYear >= DaysToJanuary ? 1 : 0);
    }
}
