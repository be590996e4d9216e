using RelSeed.Learning.Sampling;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Codebooks;

/// <summary>In which hours of the day a column's moments fall: few orders at night, most flights by day. Ranges of days do not tell.</summary>
static class HourShares
{
    // Of fewer rows chance alone may be the cause.
    const int LeastRows = 200;

    // Fewer at midnight are moments like others; more of them are days without a time.
    const double LeastMidnights = 0.02;

    // Hours that too few have may hold so much of the rows.
    const double LeastTold = 0.9;

    /// <returns>From midnight on, to a thousandth, none that fewer entities have than must, and behind them that of midnight itself where more lie
    /// there than in the hour; empty where there is nothing to tell.</returns>
    public static EquatableArray<double> Of(TypeKind kind, ReadOnlySpan<double> moments, int[]? entities, PrivacyRule rule)
    {
        if (kind is not (TypeKind.Timestamp or TypeKind.TimestampTz)) return [];
        var rows = new int[DayHours.Count + 1];
        var people = new HashSet<int>[rows.Length];
        for (var row = 0; row < moments.Length; row++)
        {
            if (double.IsNaN(moments[row])) continue;
            var hour = DayHours.IsMidnight(moments[row]) ? DayHours.Midnight : DayHours.Of(moments[row]);
            rows[hour]++;
            if ((people[hour] ??= []).Count < rule.Enough) people[hour].Add(entities?[row] ?? row);
        }
        double all = rows.Sum();
        // Days, whatever the type.
        if (all < LeastRows || rows[DayHours.Midnight] == (int)all) return [];
        var hasDays = rows[DayHours.Midnight] > Math.Max(rows[0], LeastMidnights * all) && people[DayHours.Midnight].Count >= rule.Enough;
        if (!hasDays && rows[DayHours.Midnight] > 0)
        {
            rows[0] += rows[DayHours.Midnight];
            (people[0] ??= []).UnionWith(people[DayHours.Midnight]);
        }
        var shares = rows[..(hasDays ? DayHours.Count + 1 : DayHours.Count)]
            .Select((r, hour) => people[hour]?.Count >= rule.Enough ? Math.Round(r / all, 3) : 0).ToArray();
        return shares.Sum() >= LeastTold && shares.Sum(s => Math.Abs(s - 1.0 / DayHours.Count)) / 2 >= PartShares.LeastOff(shares.Length, all) ? [.. shares] : [];
    }
}
