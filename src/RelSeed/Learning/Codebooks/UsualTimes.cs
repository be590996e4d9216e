using RelSeed.Learning.Sampling;
using RelSeed.Numerics.Trees;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Codebooks;

/// <summary>How much more often moments fall on a day of the week, or in an hour of the day, than where they begin and how far they lie from there
/// would have it: parcels leave on working days, however many days after the order.</summary>
static class UsualTimes
{
    // Of fewer rows chance alone may be the cause.
    const int LeastRows = 100;

    // What is preferred so much more is drawn often enough.
    const double MostPreferred = 8;

    // Each moment's beginning with the distances of so many other rows.
    const int Pairings = 3;
    const double Golden = 0.618033988749895;

    /// <summary>The differences' codebook with what makes moments usual; the same where they are that anyway.</summary>
    /// <param name="coded">The differences.</param>
    /// <param name="isPrevious">They begin at the sibling before, which stands on a usual day.</param>
    public static Codebook With(CodedColumn coded, TypeKind kind, double[] values, double[] from, int[] rows, RowEntities? entities, PrivacyRule rule,
        bool isPrevious)
    {
        var differences = coded.Codebook;
        if (kind is not (TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz) || rows.Length < LeastRows) return differences;
        return differences with
        {
            Weekdays = isPrevious ? [] : Factors(Weekdays.Of, Weekdays.Count),
            Hours = kind == TypeKind.Date || IsOfDays(values, rows) ? [] : Factors(DayHours.Of, DayHours.Count),
        };

        EquatableArray<double> Factors(Func<double, int> partOf, int parts)
        {
            var (own, blind) = (new double[parts], new double[parts]);
            var people = new HashSet<int>[parts];
            for (var i = 0; i < rows.Length; i++)
            {
                var part = partOf(values[rows[i]]);
                own[part] += Pairings;
                if ((people[part] ??= []).Count < rule.Enough) people[part].Add(entities?.Of[rows[i]] ?? rows[i]);
                for (var p = 1; p <= Pairings; p++)
                {
                    var other = rows[(i + (int)(rows.Length * ((p * Golden) % 1))) % rows.Length];
                    blind[partOf(from[rows[i]] + Drawn(coded, other, (i + p) * Golden % 1))]++;
                }
            }
            double all = rows.Length * Pairings;
            if (own.Zip(blind, (o, b) => Math.Abs(o - b)).Sum() / 2 / all < PartShares.LeastOff(parts, rows.Length)) return [];
            var factors = own.Select((o, part) => people[part]?.Count >= rule.Enough ? Math.Min(MostPreferred, (o + 1) / (blind[part] + 1)) : 0).ToArray();
            var most = factors.Max();
            return most > 0 ? [.. factors.Select(f => Math.Round(f / most, 2))] : [];
        }
    }

    // As it is drawn: anywhere in its range.
    static double Drawn(CodedColumn coded, int row, double share)
    {
        if (coded.Codebook.Codes[coded.Codes[row] - 1] is not RangeCode range) return coded.Values![row];
        var unit = coded.Codebook.Unit;
        return unit > 0 ? range.Low + Math.Floor(share * ((range.High - range.Low) / unit + 1)) * unit : range.Low + share * (range.High - range.Low);
    }

    static bool IsOfDays(double[] values, int[] rows) => rows.Count(r => values[r] == Weekdays.DayOf(values[r])) * 2 > rows.Length;
}
