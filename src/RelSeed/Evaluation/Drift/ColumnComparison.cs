using RelSeed.Learning.Sampling;
using RelSeed.Numerics;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Evaluation.Drift;

/// <summary>Compares two samples of one column.</summary>
static class ColumnComparison
{
    const int Ranges = 10, MostValues = 20;

    /// <param name="told">Of a column whose values are made anew only whether there is one is compared.</param>
    public static ColumnDrift Compare(TableName table, SampleColumn expected, SampleColumn actual, ColumnProfile told, DriftOptions options)
    {
        var (was, now) = (Nulls(expected), Nulls(actual));
        var nullsOnly = told.Treatment == ColumnTreatment.Fresh;
        var (psi, ks, isBeyond) = (expected, actual) switch
        {
            (AxisSample left, AxisSample right) when !nullsOnly => OfAxis(left, right, was, now, options),
            (TextSample left, TextSample right) when !nullsOnly => (OfTexts(left, right, was, now, told), null, false),
            _ => (DistributionShift.Psi([was, expected.Count - was], [now, actual.Count - now]), (double?)null, false),
        };
        return new ColumnDrift(table, actual.Column.Name, psi, ks, (double)was / expected.Count, (double)now / actual.Count,
            psi > options.MostPsi || isBeyond);
    }

    /// <summary>The distance is above the threshold, and not by chance.</summary>
    public static bool IsBeyond(double ks, int left, int right, DriftOptions options) =>
        ks > Math.Max(options.MostKs, DistributionShift.KolmogorovSmirnovOfChance(left, right));

    static int Nulls(SampleColumn column)
    {
        var nulls = 0;
        for (var row = 0; row < column.Count; row++) nulls += column.IsNull(row) ? 1 : 0;
        return nulls;
    }

    static (double Psi, double? Ks, bool IsBeyond) OfAxis(AxisSample expected, AxisSample actual, int was, int now, DriftOptions options)
    {
        var (left, right) = (Sorted(expected), Sorted(actual));
        var ends = Ends(left);
        var ks = DistributionShift.KolmogorovSmirnov(left, right);
        return (DistributionShift.Psi([was, .. Binned(left, ends)], [now, .. Binned(right, ends)]), ks,
            IsBeyond(ks, left.Length, right.Length, options));
    }

    static double[] Sorted(AxisSample sample)
    {
        var values = sample.Values.ToArray().Where(v => !double.IsNaN(v)).ToArray();
        Array.Sort(values);
        return values;
    }

    // Upper ends of ranges that hold about equally many of the expected values.
    static double[] Ends(double[] sorted) =>
        sorted.Length == 0 ? [] : [.. Enumerable.Range(1, Ranges - 1).Select(i => sorted[(int)((long)i * sorted.Length / Ranges)]).Distinct()];

    static long[] Binned(double[] sorted, double[] ends)
    {
        var counts = new long[ends.Length + 1];
        foreach (var value in sorted)
        {
            var at = Array.BinarySearch(ends, value);
            counts[at < 0 ? ~at : at]++;
        }
        return counts;
    }

    // The most frequent values that are told; all others together, for those are not drawn as they were.
    static double OfTexts(TextSample expected, TextSample actual, int was, int now, ColumnProfile told)
    {
        var (left, right) = (Counted(expected), Counted(actual));
        var values = told.Codes.Codes.OfType<ValueCode>().Select(c => c.Value).OrderByDescending(v => left.GetValueOrDefault(v))
            .ThenBy(v => v, StringComparer.Ordinal).Take(MostValues).ToList();
        return DistributionShift.Psi(Bins(left, was), Bins(right, now));

        long[] Bins(Dictionary<string, long> counts, int nulls)
        {
            var bins = values.ConvertAll(v => counts.GetValueOrDefault(v));
            return [nulls, .. bins, counts.Values.Sum() - bins.Sum()];
        }
    }

    static Dictionary<string, long> Counted(TextSample sample)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var id in sample.Ids)
            if (id >= 0) counts[sample.Texts[id]] = counts.GetValueOrDefault(sample.Texts[id]) + 1;
        return counts;
    }
}
