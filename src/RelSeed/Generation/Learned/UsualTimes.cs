using RelSeed.Numerics;
using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>Which of the moments that a beginning and a difference lead to may stand, so that they fall on the days and hours they should.</summary>
sealed class UsualTimes(Codebook differences)
{
    readonly double[] _weekdays = [.. differences.Weekdays];
    readonly double[] _hours = [.. differences.Hours];

    public static UsualTimes? Of(Codebook? differences) =>
        differences is null || differences.Weekdays.IsEmpty && differences.Hours.IsEmpty ? null : new(differences);

    public bool Allow(double moment, ulong word)
    {
        var odds = _weekdays.Length == 0 ? 1 : _weekdays[Weekdays.Of(moment)];
        if (_hours.Length > 0) odds *= _hours[DayHours.Of(moment)];
        return CounterRandom.ToUnit(CounterRandom.Mix(~word)) < odds;
    }
}
