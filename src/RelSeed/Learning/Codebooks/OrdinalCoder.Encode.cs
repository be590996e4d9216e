using RelSeed.Profiling;

namespace RelSeed.Learning.Codebooks;

/// <summary>Turns values into the codes of a codebook that was made.</summary>
sealed partial class OrdinalCoder
{
    /// <summary>The codes of values, 0 for NaN; what lies between codes goes to the nearer one.</summary>
    public static ushort[] Encode(Codebook book, ReadOnlySpan<double> values)
    {
        var lows = book.Codes.Select(c => c is RangeCode r ? r.Low : ((NumberCode)c).Value).ToArray();
        var highs = book.Codes.Select(c => c is RangeCode r ? r.High : ((NumberCode)c).Value).ToArray();
        var codes = new ushort[values.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            if (double.IsNaN(values[row])) continue;
            codes[row] = (ushort)(PlaceOf(lows, highs, values[row]) + 1);
        }
        return codes;
    }

    static int PlaceOf(double[] lows, double[] highs, double value)
    {
        var at = Array.BinarySearch(lows, value);
        if (at >= 0) return at;
        at = ~at - 1;
        if (at < 0) return 0;
        return value > highs[at] && at + 1 < lows.Length && lows[at + 1] - value < value - highs[at] ? at + 1 : at;
    }
}
