using RelSeed.Learning.Codebooks;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Models;

/// <summary>Moments of a database end where it was read: what is guessed of where those of few rows end must not lie beyond where those of many
/// do.</summary>
static class SnapshotEnds
{
    // Of so many times as many rows the end is known so much better.
    const int ManyTimes = 10;

    sealed record Moments(LearnedTable Table, int Column, double[] Sorted, Codebook Book)
    {
        // Shared by as many as must share it.
        public double Nearly(bool isHigh) =>
            Sorted[Math.Clamp(isHigh ? Sorted.Length - Table.Rule.Enough : Table.Rule.Enough - 1, 0, Sorted.Length - 1)];

        public double End(bool isHigh) => (isHigh ? Book.Codes[^1] : Book.Codes[0]) switch
        {
            RangeCode range => isHigh ? range.High : range.Low,
            NumberCode number => number.Value,
            _ => double.NaN,
        };
    }

    public static void Apply(IEnumerable<LearnedTable> tables)
    {
        var all = tables.SelectMany(Of).ToList();
        foreach (var few in all)
        {
            if (few.Table.IsToldWhole || few.Table.IsToldByRow) continue;
            var book = few.Book;
            foreach (var isHigh in new[] { true, false })
            {
                var ends = all.Where(m => m.Sorted.Length >= ManyTimes * few.Sorted.Length).Select(m => m.End(isHigh))
                    .Where(e => IsNearer(few, e, isHigh)).ToList();
                if (ends.Count > 0) book = Cut(few, book, isHigh ? ends.Min() : ends.Max(), isHigh);
            }
            if (book != few.Book) few.Table.Retell(few.Column, book);
        }
    }

    static IEnumerable<Moments> Of(LearnedTable table) => Enumerable.Range(0, table.Coded.Length)
        .Where(c => table.Sample.Table.Columns[c].Type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz)
        .Where(c => table.Coded[c] is { Codebook.IsOrdinal: true, Values: not null })
        .Select(c => new Moments(table, c, [.. table.Coded[c]!.Values!.Where(v => !double.IsNaN(v)).Order()], table.Coded[c]!.Codebook))
        .Where(m => m.Sorted.Length > 0);

    // Between where values surely lie and where they are guessed to end.
    static bool IsNearer(Moments few, double end, bool isHigh) =>
        isHigh ? end >= few.Nearly(isHigh) && end < few.End(isHigh) : end <= few.Nearly(isHigh) && end > few.End(isHigh);

    static Codebook Cut(Moments few, Codebook book, double end, bool isHigh)
    {
        var at = isHigh ? book.Codes.Count - 1 : 0;
        if (book.Codes[at] is not RangeCode range) return book;
        if (few.Book.Unit > 0) end = isHigh ? Math.Ceiling(end / few.Book.Unit) * few.Book.Unit : Math.Floor(end / few.Book.Unit) * few.Book.Unit;
        // The smallest or largest value itself is not told of it.
        if (end == (isHigh ? few.Sorted[^1] : few.Sorted[0])) end += isHigh ? Math.Max(few.Book.Unit, 1) : -Math.Max(few.Book.Unit, 1);
        var cut = isHigh ? range with { High = Math.Clamp(end, range.Low, range.High) } : range with { Low = Math.Clamp(end, range.Low, range.High) };
        return book with { Codes = [.. book.Codes.Select((c, i) => i == at ? cut : c)] };
    }
}
