using RelSeed.Learning.Sampling;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Models;

/// <summary>Finds moments made anew before which no told moment of the row and its children lies: hired before the first order. Nothing is told
/// but that it is so, and the end that is told anyway.</summary>
static class OrderFinder
{
    // So many rows are proof; so few among them may be errors.
    const int LeastRows = 20;
    const double MostBroken = 0.01;

    public static void Find(LearnedTable table, IEnumerable<LearnedTable> others)
    {
        var sample = table.Sample;
        var itself = Enumerable.Range(0, sample.Count).ToArray();
        var children = others.SelectMany(o => o.Sample.References.Where(r => r.Principal == sample && o != table).Select(r => (Table: o, r.Parents)))
            .Append((Table: table, Parents: itself)).ToList();
        for (var c = 0; c < sample.Columns.Length; c++)
            if (table.Columns[c].Treatment == ColumnTreatment.Fresh && sample.Columns[c] is AxisSample moments && IsMoment(moments))
                table.Columns[c] = table.Columns[c] with
                {
                    Latest = children.Select(child => Latest(moments, child.Table, child.Parents))
                    .Where(l => l is not null).Min()
                };
    }

    static bool IsMoment(SampleColumn column) => column.Column.Type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz;

    // The earliest told moment of columns none of which lies before.
    static double? Latest(AxisSample moments, LearnedTable child, int[] parents)
    {
        double? latest = null;
        for (var c = 0; c < child.Sample.Columns.Length; c++)
            if (child.Coded[c]?.Codebook is { IsOrdinal: true } book && child.Sample.Columns[c] is AxisSample follows && IsMoment(follows)
                && Follows(moments.Values, follows.Values, parents))
                latest = Math.Min(latest ?? double.MaxValue, book.Codes[0] is RangeCode range ? range.Low : ((NumberCode)book.Codes[0]).Value);
        return latest;
    }

    static bool Follows(ReadOnlySpan<double> moments, ReadOnlySpan<double> follows, int[] parents)
    {
        int seen = 0, broken = 0;
        for (var row = 0; row < parents.Length; row++)
        {
            if (parents[row] < 0 || double.IsNaN(moments[parents[row]]) || double.IsNaN(follows[row])) continue;
            seen++;
            if (follows[row] < moments[parents[row]]) broken++;
        }
        return seen >= LeastRows && broken <= MostBroken * seen;
    }
}
