using RelSeed.Learning.Sampling;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Codebooks;

/// <summary>In which hours of the day a column's moments fall: few orders at night, most flights by day. Ranges of days do not tell.</summary>
static class HourShares
{
    // Of fewer rows chance alone may be the cause.
    const int LeastRows = 200;

    // Hours that too few have may hold so much of the rows.
    const double LeastTold = 0.9;

    /// <returns>From midnight on, to a thousandth, none that fewer entities have than must; empty where there is nothing to tell.</returns>
    public static EquatableArray<double> Of(TypeKind kind, ReadOnlySpan<double> moments, int[]? entities, PrivacyRule rule)
    {
        if (kind is not (TypeKind.Timestamp or TypeKind.TimestampTz)) return [];
        var rows = new int[DayHours.Count];
        var people = new HashSet<int>[DayHours.Count];
        var midnights = 0;
        for (var row = 0; row < moments.Length; row++)
        {
            if (double.IsNaN(moments[row])) continue;
            if (moments[row] == Weekdays.DayOf(moments[row])) midnights++;
            var hour = DayHours.Of(moments[row]);
            rows[hour]++;
            if ((people[hour] ??= []).Count < rule.Enough) people[hour].Add(entities?[row] ?? row);
        }
        double all = rows.Sum();
        // Days, whatever the type.
        if (all < LeastRows || midnights * 2 > all) return [];
        var shares = rows.Select((r, hour) => people[hour]?.Count >= rule.Enough ? Math.Round(r / all, 3) : 0).ToArray();
        return shares.Sum() >= LeastTold && shares.Sum(s => Math.Abs(s - 1.0 / DayHours.Count)) / 2 >= PartShares.LeastOff(shares.Length, all) ? [.. shares] : [];
    }
}
