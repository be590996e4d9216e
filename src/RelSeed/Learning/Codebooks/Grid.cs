using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Codebooks;

/// <summary>The common grid of a column's values, and round numbers on it.</summary>
static class Grid
{
    static readonly double[] Seconds = [86_400, 3600, 900, 60, 1, 1e-3, 1e-6];
    static readonly double[] Numbers = [1e6, 1e5, 1e4, 1e3, 500, 100, 50, 10, 5, 1, 0.5, 0.25, 0.1, 0.05, 0.01, 1e-3, 1e-4, 1e-5, 1e-6];

    // A few values beside the grid are errors of measurement or of arithmetic.
    const double MostBeside = 0.001;

    // So many moments beside midnights, which are too few to be told, make no times of days: a country's clocks change.
    const double MostBesideDays = 0.02;
    const int FewBesideDays = 10;

    const double MostSteps = 1e13;
    const double MostlyEnding = 0.95;

    /// <summary>The widest unit of which nearly all values are multiples; 0 when there is none.</summary>
    /// <param name="sorted">Ascending, not empty.</param>
    public static double UnitOf(TypeKind kind, ReadOnlySpan<double> sorted)
    {
        var units = kind.IsTemporal() || kind == TypeKind.Interval ? Seconds : Numbers;
        var step = Math.Max(1, sorted.Length / 5000);
        foreach (var unit in units)
        {
            // Numbers beside each other on so fine a grid would be cleaned into one.
            if (Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1])) > unit * MostSteps) return 0;
            if (kind.IsInteger() && unit <= 1) return 1;
            if (kind == TypeKind.Date && unit <= 86_400) return 86_400;
            var (beside, seen) = (0, 0);
            for (var i = 0; i < sorted.Length; i += step, seen++)
                if (!IsMultiple(sorted[i], unit)) beside++;
            if (beside <= seen * MostBeside) return unit;
            if (unit == Weekdays.SecondsADay && kind.IsTemporal() && beside * step <= Math.Min(FewBesideDays, seen * step * MostBesideDays))
                return unit;
        }
        return 0;
    }

    /// <summary>What nearly all amounts end with beside whole numbers: 0.99 of 4.99 and 19.99. 0 where they do not, or are whole.</summary>
    /// <param name="unit">Their grid.</param>
    /// <returns>Null where amounts end with this and that.</returns>
    public static double? EndingOf(TypeKind kind, ReadOnlySpan<double> sorted, double unit)
    {
        if (kind is not (TypeKind.Decimal or TypeKind.Money or TypeKind.Float32 or TypeKind.Float64) || unit is not (> 0 and < 1)) return null;
        var endings = new Dictionary<long, int>();
        foreach (var value in sorted)
        {
            var ending = (long)Math.Round((value - Math.Floor(value + unit / 2)) / unit);
            endings[ending] = endings.GetValueOrDefault(ending) + 1;
        }
        var most = endings.MaxBy(e => e.Value);
        return most.Value >= sorted.Length * MostlyEnding ? Clean(most.Key * unit) : null;
    }

    static bool IsMultiple(double value, double unit)
    {
        var tolerance = Math.Min(unit * 1e-3, Math.Abs(value) * 1e-6 + 1e-12);
        return Math.Abs(value - Math.Round(value / unit) * unit) <= tolerance;
    }

    /// <summary>The roundest number above <paramref name="low"/> and not above <paramref name="high"/>, on the grid where there is one.</summary>
    public static double RoundestBetween(double low, double high, double unit)
    {
        var gap = high - low;
        for (var step = StepBelow(gap, unit); ; step = StepBelow(step * 0.99, unit))
        {
            var candidate = Clean(Math.Floor(high / step) * step);
            if (candidate > low && candidate <= high) return candidate;
            if (step <= unit || step <= gap * 1e-3) return high;
        }
    }

    /// <summary>A round number not far below (or above) a value.</summary>
    public static double RoundDown(double value, double room, double unit) =>
        Clean(Math.Floor(value / StepBelow(room, unit)) * StepBelow(room, unit));

    public static double RoundUp(double value, double room, double unit) =>
        Clean(Math.Ceiling(value / StepBelow(room, unit)) * StepBelow(room, unit));

    /// <summary>A round number below a value, never the value; of the same sign.</summary>
    public static double Below(double value, double room, double unit)
    {
        var step = StepBelow(room, unit);
        var below = Clean(Math.Floor(value / step) * step);
        if (below >= value) below = Clean(below - step);
        return below < 0 && value > 0 ? 0 : below;
    }

    // 1, 2 or 5 times a power of ten of the unit.
    static double StepBelow(double room, double unit)
    {
        var scale = unit > 0 ? unit : 1;
        if (unit > 0 && room <= unit) return unit;
        if (room <= 0 || !double.IsFinite(room)) return scale;
        var power = double.Parse($"1e{Math.Floor(Math.Log10(room / scale))}") * scale;
        foreach (var factor in new[] { 5, 2, 1 })
            if (factor * power <= room) return factor * power;
        return power;
    }

    /// <summary>Without the last digits that arithmetic leaves: 0.30000000000000004 is 0.3.</summary>
    public static double Clean(double value) => double.Parse(value.ToString("G14"));
}
