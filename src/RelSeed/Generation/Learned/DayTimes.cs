using RelSeed.Numerics;
using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>Times of day as a column's moments prefer its hours.</summary>
sealed class DayTimes
{
    const double Microsecond = 1e-6;
    const ulong Hour = 0x9E3779B97F4A7C15, Time = 0xC2B2AE3D27D4EB4F;

    readonly double[] _shares;
    readonly AliasTable _hours;
    readonly double _unit;

    /// <param name="shares">Of 24 hours, and of midnight itself maybe; not all 0.</param>
    /// <param name="unit">Seconds; moments are multiples of it; 0 for any.</param>
    public DayTimes(IEnumerable<double> shares, double unit)
    {
        (_shares, _unit) = ([.. shares], unit > 0 ? unit : Microsecond);
        _hours = new AliasTable(_shares);
    }

    /// <summary>A moment of the same day, or of one beside it where no hour of that which has a share lies between the ends; else the same
    /// one.</summary>
    public double Of(double moment, double least, double most, ulong word)
    {
        if (least > moment || most < moment) return moment;
        var day = Weekdays.DayOf(moment);
        return OnDay(day, least, most, word) ?? OnDay(day + Weekdays.SecondsADay, least, most, word)
            ?? OnDay(day - Weekdays.SecondsADay, least, most, word) ?? moment;
    }

    public bool IsUnused(double moment) => _shares[DayHours.Of(moment)] == 0 && !(_shares.Length > DayHours.Midnight && DayHours.IsMidnight(moment));

    double? OnDay(double day, double least, double most, ulong word)
    {
        var isWholeDay = least <= day && most >= day + Weekdays.SecondsADay - _unit;
        var hour = isWholeDay ? _hours.Draw(CounterRandom.Mix(word + Hour)) : Within(day, least, most, word);
        if (hour < 0) return null;
        if (hour == DayHours.Midnight) return day;
        var (first, times) = Times(day, hour, least, most);
        return times <= 0 ? null : first + Math.Floor(CounterRandom.ToUnit(CounterRandom.Mix(word + Time)) * times) * _unit;
    }

    // The first moment of an hour between the ends, and how many there are.
    (double First, double Count) Times(double day, int hour, double least, double most)
    {
        var begin = day + hour * DayHours.Seconds;
        var first = Math.Ceiling(Math.Max(least, begin) / _unit - 1e-6) * _unit;
        var last = Math.Floor(Math.Min(most, begin + DayHours.Seconds - _unit) / _unit + 1e-6) * _unit;
        return (first, Math.Max(0, Math.Round((last - first) / _unit) + 1));
    }

    int Within(double day, double least, double most, ulong word)
    {
        Span<double> weights = stackalloc double[_shares.Length];
        double sum = 0;
        for (var hour = 0; hour < weights.Length; hour++)
            sum += weights[hour] = _shares[hour] > 0 ? _shares[hour] * Count(hour) : 0;
        if (sum <= 0) return -1;
        var left = CounterRandom.ToUnit(CounterRandom.Mix(word + Hour)) * sum;
        var last = -1;
        for (var hour = 0; hour < weights.Length; hour++)
        {
            if (weights[hour] <= 0) continue;
            last = hour;
            if ((left -= weights[hour]) < 0) break;
        }
        return last;

        double Count(int hour) => hour < DayHours.Midnight ? Times(day, hour, least, most).Count
            : least <= day && most >= day ? DayHours.Seconds / _unit : 0;
    }
}
