using RelSeed.Learning.Sampling;
using RelSeed.Learning.Treatments;
using RelSeed.Numerics;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Codebooks;

/// <summary>Makes the codebook of values without an axis: those that enough entities share, by name; the rest made anew.</summary>
sealed class CategoryCoder(PrivacyRule rule, int[]? entities, int[]? weights)
{
    public const int MostCodes = 500;

    public int MostTold { get; init; } = MostCodes - 1;

    /// <summary>In characters.</summary>
    public int LongestTold { get; init; } = TextSample.KeptChars;

    /// <summary>What is not told is made anew, however little it is.</summary>
    public bool KeepsOthers { get; init; }

    // In a small vocabulary an invented value is an error to whoever reads the rows; its rare values give way to the told ones.
    const int SmallVocabulary = 200;
    const double LeastTold = 0.5, NearlyAllTold = 0.9;

    /// <param name="distinct">Different values of all rows, sampled or not.</param>
    /// <param name="isDistinct">No value stands twice, and none is to.</param>
    /// <returns>Null when nothing may be told.</returns>
    public CodedColumn? Make(TextSample column, long distinct, bool isDistinct = false)
    {
        var ids = column.Ids;
        var rows = new int[column.Texts.Count];
        foreach (var id in ids)
            if (id >= 0) rows[id]++;
        var support = Support(ids, rows, isDistinct);
        var told = Enumerable.Range(0, rows.Length).Where(id => IsTold(column, id, support[id]))
            .OrderByDescending(id => rows[id]).ThenBy(id => column.Texts[id], StringComparer.Ordinal).Take(MostTold)
            .OrderBy(id => column.Texts[id], StringComparer.Ordinal).ToArray();
        if (told.Length == 0) return null;
        long all = rows.Sum(r => (long)r), shown = told.Sum(id => (long)rows[id]);
        var hasOther = isDistinct ? shown < all || rows.Any(r => r > 1)
            : shown < all && (KeepsOthers || shown < all * (distinct <= SmallVocabulary ? LeastTold : NearlyAllTold));
        IEnumerable<Code> codes = told.Select(id => new ValueCode(column.Texts[id]));
        if (hasOther) codes = codes.Append(new OtherCode(Rounding.Count(Math.Max(distinct - told.Length, 1))));
        var book = new Codebook(false, 0, codes.ToEquatableArray());
        var (encoded, strays) = Encode(ids, told, rows, hasOther);
        if (isDistinct) KeepHeaviest(encoded, (ushort)(told.Length + 1));
        return new CodedColumn(book, encoded, Values: null) { Strays = strays };
    }

    // Of rows of one name that which most refer to has it.
    void KeepHeaviest(ushort[] codes, ushort other)
    {
        var heaviest = new Dictionary<ushort, int>();
        for (var row = 0; row < codes.Length; row++)
            if (codes[row] > 0 && codes[row] < other
                && (!heaviest.TryGetValue(codes[row], out var best) || weights is not null && weights[row] > weights[best]))
                heaviest[codes[row]] = row;
        for (var row = 0; row < codes.Length; row++)
            if (codes[row] > 0 && codes[row] < other && heaviest[codes[row]] != row) codes[row] = other;
    }

    // A barcode may pass for a card number: whatever could be a person's is made anew.
    bool IsTold(TextSample column, int id, int support) =>
        support >= rule.ThresholdOf(KeyHash.OfBytes(System.Text.Encoding.UTF8.GetBytes(column.Texts[id])))
            && column.Lengths[id] <= LongestTold && !column.Texts[id].Contains('\u0000')
        && ValueRecogniser.Recognise(column.Texts[id]) is null;

    int[] Support(ReadOnlySpan<int> ids, int[] rows, bool isDistinct)
    {
        if (entities is null && weights is null) return rows;
        var support = new int[rows.Length];
        if (weights is not null)
        {
            for (var row = 0; row < ids.Length; row++)
                if (ids[row] >= 0)
                    support[ids[row]] = isDistinct ? Math.Max(support[ids[row]], weights[row])
                        : (int)Math.Min((long)support[ids[row]] + weights[row], int.MaxValue);
            return support;
        }
        var seen = new HashSet<long>();
        for (var row = 0; row < ids.Length; row++)
            if (ids[row] >= 0 && seen.Add((long)ids[row] << 32 | (uint)entities![row])) support[ids[row]]++;
        return support;
    }

    // Rows of values that are neither told nor made anew are spread over the told ones as those are spread themselves.
    static (ushort[] Codes, bool[]? Strays) Encode(ReadOnlySpan<int> ids, int[] told, int[] rows, bool hasOther)
    {
        var codeOf = new ushort[rows.Length];
        for (var i = 0; i < told.Length; i++) codeOf[told[i]] = (ushort)(i + 1);
        var spread = new AliasTable([.. told.Select(id => (double)rows[id])]);
        var codes = new ushort[ids.Length];
        bool[]? strays = null;
        for (var row = 0; row < ids.Length; row++)
        {
            if (ids[row] < 0) continue;
            var code = codeOf[ids[row]];
            codes[row] = code > 0 ? code : hasOther ? (ushort)(told.Length + 1) : (ushort)(spread.Draw(CounterRandom.Mix((ulong)row)) + 1);
            if (code == 0 && !hasOther) (strays ??= new bool[ids.Length])[row] = true;
        }
        return (codes, strays);
    }
}

/// <summary>Numbers as they may be told.</summary>
static class Rounding
{
    /// <summary>To two significant digits above a hundred.</summary>
    public static long Count(long count)
    {
        long unit = 1;
        while (count / unit >= 100) unit *= 10;
        return (count + unit / 2) / unit * unit;
    }

    /// <summary>To four digits after the point.</summary>
    public static double Share(double share) => Math.Round(share, 4);
}
