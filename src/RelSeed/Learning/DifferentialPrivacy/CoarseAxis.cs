using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.DifferentialPrivacy;

/// <summary>Cells of an axis that are known before any value is: years, hours, powers of two.</summary>
static class CoarseAxis
{
    const int FirstYear = 1850, LastYear = 2150, LeastPower = -14, MostPower = 62;

    /// <summary>Values are multiples of it; 0 for any.</summary>
    public static double UnitOf(ColumnType type) => type.Kind switch
    {
        TypeKind.Date => 86_400,
        TypeKind.Float32 or TypeKind.Float64 => 0,
        _ when type.Kind.IsTemporal() || type.Kind == TypeKind.Interval => 1,
        _ => Axis.ScaleOf(type),
    };

    /// <returns>Ascending, none overlapping; what lies beyond counts to the ends.</returns>
    public static List<Code> Cells(ColumnType type)
    {
        var unit = UnitOf(type);
        if (type.Kind is TypeKind.Time or TypeKind.TimeTz)
            return [.. Enumerable.Range(0, 24).Select(h => new RangeCode(3600 * h, 3600 * (h + 1) - unit))];
        if (type.Kind.IsTemporal())
            return [.. Enumerable.Range(FirstYear, LastYear - FirstYear).Select(y => new RangeCode(SecondsAt(y), SecondsAt(y + 1) - unit))];
        var positive = Powers(unit);
        return [.. positive.AsEnumerable().Reverse().Select(c => new RangeCode(-c.High, -c.Low)), new NumberCode(0), .. positive];
    }

    static double SecondsAt(int year) => new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    static List<RangeCode> Powers(double unit)
    {
        var cells = new List<RangeCode>();
        for (var power = LeastPower; power <= MostPower; power++)
        {
            var (low, high) = (Math.ScaleB(1, power), Math.ScaleB(1, power + 1));
            if (unit > 0) (low, high) = (Math.Ceiling(low / unit) * unit, (Math.Ceiling(high / unit) - 1) * unit);
            else high = Math.BitDecrement(high);
            if (low <= high && (cells.Count == 0 || low > cells[^1].High)) cells.Add(new RangeCode(low, high));
        }
        return cells;
    }

    /// <summary>Leaves out cells with few rows, and parts the others the more the more rows they have.</summary>
    /// <param name="counts">By cell.</param>
    /// <param name="least">Of a cell that is kept.</param>
    /// <param name="parts">In all, about.</param>
    public static List<Code> Part(IReadOnlyList<Code> cells, ReadOnlySpan<long> counts, double least, int parts, double unit)
    {
        double all = 0;
        foreach (var count in counts)
            if (count > least) all += count;
        var (parted, last) = (new List<Code>(), double.NegativeInfinity);
        for (var cell = 0; cell < cells.Count; cell++)
        {
            if (counts[cell] <= least) continue;
            foreach (var code in Split(cells[cell], Math.Max(1, (int)Math.Round(counts[cell] / all * parts)), unit))
            {
                var (low, high) = code is RangeCode range ? (range.Low, range.High) : (((NumberCode)code).Value, ((NumberCode)code).Value);
                // Beyond the numbers that stand apart on the axis neighbours fall into one.
                if (low < last || low == last && unit > 0) continue;
                parted.Add(code);
                last = high;
            }
        }
        return parted;
    }

    // Of equal width, as far as the values are on a grid.
    static IEnumerable<Code> Split(Code code, int parts, double unit)
    {
        if (code is not RangeCode cell)
        {
            yield return code;
            yield break;
        }
        var points = unit > 0 ? Math.Round((cell.High - cell.Low) / unit) + 1 : double.PositiveInfinity;
        parts = (int)Math.Min(parts, points);
        for (var i = 0; i < parts; i++)
        {
            if (unit <= 0)
            {
                yield return new RangeCode(cell.Low + (cell.High - cell.Low) * i / parts, cell.Low + (cell.High - cell.Low) * (i + 1) / parts);
                continue;
            }
            var (low, high) =
                (Clean(cell.Low + Math.Floor(points * i / parts) * unit), Clean(cell.Low + (Math.Floor(points * (i + 1) / parts) - 1) * unit));
            yield return low == high ? new NumberCode(low) : new RangeCode(low, high);
        }
    }

    static double Clean(double value) =>
        double.Parse(value.ToString("G15", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
