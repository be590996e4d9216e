using RelSeed.Learning.Sampling;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Codebooks;

/// <summary>On which days of the week a column's moments fall: races on Sundays, orders on working days. Ranges of many days do not tell.</summary>
static class WeekdayShares
{
    // Of fewer rows chance alone may be the cause.
    const int LeastRows = 100;

    /// <returns>Monday first, to a hundredth, none that fewer entities have than must; empty where there is nothing to tell.</returns>
    public static EquatableArray<double> Of(TypeKind kind, ReadOnlySpan<double> moments, int[]? entities, PrivacyRule rule)
    {
        if (kind is not (TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz)) return [];
        var rows = new int[Weekdays.Count];
        var people = new HashSet<int>[Weekdays.Count];
        for (var row = 0; row < moments.Length; row++)
        {
            if (double.IsNaN(moments[row])) continue;
            var day = Weekdays.Of(moments[row]);
            rows[day]++;
            if ((people[day] ??= []).Count < rule.Enough) people[day].Add(entities?[row] ?? row);
        }
        double all = rows.Sum();
        var shares = rows.Select((r, day) => all > 0 && people[day]?.Count >= rule.Enough ? Math.Round(r / all, 2) : 0).ToArray();
        return all >= LeastRows && shares.Sum(s => Math.Abs(s - 1.0 / Weekdays.Count)) / 2 >= PartShares.LeastOff(shares.Length, all) && shares.Sum() >= 0.5 ? [.. shares] : [];
    }
}
