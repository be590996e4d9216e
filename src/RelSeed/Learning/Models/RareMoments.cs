using RelSeed.Learning.Codebooks;
using RelSeed.Learning.Sampling;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Models;

/// <summary>Moments that a few rows have, enough to be told of but too few to say where they lie (a death, a refund): they lie as far as another moment
/// of their rows does, so that what holds between the two can be told and kept.</summary>
sealed class RareMoments(LearnedTable table)
{
    // So many rows are proof that one comes after the other.
    const int LeastRows = 20;

    /// <summary>One range for all values; null where too few entities have them, or no moment that is told stands in those rows.</summary>
    public CodedColumn? Find(int column)
    {
        var sample = table.Sample;
        if (sample.Columns[column] is not AxisSample moments || !IsMoment(sample, column)) return null;
        var values = moments.Values.ToArray();
        var rows = Enumerable.Range(0, values.Length).Where(r => !double.IsNaN(values[r])).ToArray();
        if (EntitiesOf(rows) < table.Rule.Enough) return null;
        var (least, most) = (rows.Min(r => values[r]), rows.Max(r => values[r]));
        for (var c = 0; c < sample.Columns.Length; c++)
        {
            if (table.Coded[c]?.Codebook is not { IsOrdinal: true } book || !IsMoment(sample, c)) continue;
            var others = ((AxisSample)sample.Columns[c]).Values;
            var (low, high) = EndsOf(book);
            if (low > least || high < most || low >= high || CountBoth(rows, others) < LeastRows) continue;
            var told = new Codebook(true, Grid.UnitOf(sample.Table.Columns[column].Type.Kind, [.. rows.Select(r => values[r]).Order()]), [new RangeCode(low, high)]);
            return new CodedColumn(told, OrdinalCoder.Encode(told, values), values);
        }
        return null;
    }

    static bool IsMoment(SampleTable sample, int column) => sample.Table.Columns[column].Type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz;

    int EntitiesOf(int[] rows) => table.Sample.Entities is { } entities ? rows.Select(r => entities[r]).Distinct().Count() : rows.Length;

    static (double Low, double High) EndsOf(Codebook book) =>
        (book.Codes[0] is RangeCode first ? first.Low : ((NumberCode)book.Codes[0]).Value,
            book.Codes[^1] is RangeCode last ? last.High : ((NumberCode)book.Codes[^1]).Value);

    static int CountBoth(int[] rows, ReadOnlySpan<double> others)
    {
        var both = 0;
        foreach (var row in rows)
            if (!double.IsNaN(others[row])) both++;
        return both;
    }
}
