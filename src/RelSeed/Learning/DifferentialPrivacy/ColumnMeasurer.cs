using RelSeed.Learning.Codebooks;
using RelSeed.Learning.Sampling;
using RelSeed.Learning.Treatments;
using RelSeed.Numerics;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.DifferentialPrivacy;

/// <summary>Makes the codebook of a column and counts its codes, all with noise.</summary>
/// <param name="namingDelta">How likely a value that one entity alone has is told.</param>
sealed class ColumnMeasurer(SampleTable table, int[] chosen, PrivacyBudget budget, DiscreteGaussian noise, double namingDelta)
{
    /// <summary>Weight of a column's measurement.</summary>
    public const double Weight = 1;

    const double FindingShare = 0.4;
    const int MostNames = 64, MostRanges = 48;

    // Less than so many deviations of the noise is taken for none.
    const double Significant = 4;

    readonly TableName _name = table.Table.Name;

    /// <returns>Null where nothing rises above the noise.</returns>
    public MeasuredStep? Told(int column) => table.Columns[column] switch
    {
        TextSample text => Names(column, text),
        AxisSample axis => Ranges(column, axis),
        _ => null,
    };

    /// <summary>Whether a row has a value.</summary>
    public MeasuredStep Presence(StepKind kind, int target, int reference, Func<int, bool> isNull, double weight = Weight)
    {
        var codes = new ushort[table.Count];
        // A reference that is there has the code 1, as a value that is made anew.
        for (var row = 0; row < codes.Length; row++) codes[row] = (ushort)(isNull(row) ? 0 : 1);
        var what = kind == StepKind.Column ? $"nulls of {table.Table.Columns[target].Name}"
            : $"rows without {string.Join(", ", table.References[reference].Key.Columns)}";
        return new(kind, target, reference, Codebook.Fresh, codes, Count(codes, 2, budget.Spend(_name, what, weight)), HasNulls: true);
    }

    // A value that nobody else has counts one at most: with noise it passes the threshold as seldom as delta says.
    MeasuredStep? Names(int column, TextSample text)
    {
        var variance = budget.Spend(_name, $"names of {Of(column)}", Weight * (1 - FindingShare));
        var threshold = 1 + Math.Sqrt(variance) * Math.Sqrt(2 * StableMath.Ln(1 / namingDelta));
        var counts = new int[text.Texts.Count];
        foreach (var row in chosen)
            if (text.Ids[row] is >= 0 and var id) counts[id]++;
        var told = Enumerable.Range(0, counts.Length).Where(id => counts[id] > 0 && IsTellable(text, id))
            .Select(id => (Id: id, Count: counts[id] + noise.Next(variance)))
            .Where(v => v.Count > threshold).OrderByDescending(v => v.Count).Take(MostNames)
            .OrderBy(v => text.Texts[v.Id], StringComparer.Ordinal).ToList();
        var restVariance = budget.Spend(_name, $"nulls and other values of {Of(column)}", Weight * FindingShare);
        if (told.Count == 0) return null;
        var codeOf = new ushort[counts.Length];
        for (var i = 0; i < told.Count; i++) codeOf[told[i].Id] = (ushort)(i + 1);
        var (nulls, others) = (noise.Next(restVariance), noise.Next(restVariance));
        foreach (var row in chosen)
            if (text.Ids[row] < 0) nulls++;
            else if (codeOf[text.Ids[row]] == 0) others++;
        var hasOther = others > Significant * Math.Sqrt(restVariance);
        var codes = Encode(text.Ids, codeOf, [.. told.Select(t => (double)t.Count)], hasOther);
        IEnumerable<Code> names = told.Select(t => new ValueCode(text.Texts[t.Id]));
        var book = new Codebook(false, 0, (hasOther ? names.Append(new OtherCode(0)) : names).ToEquatableArray());
        long[] all = [IsNullable(column) ? nulls : 0, .. told.Select(t => t.Count), .. hasOther ? [others] : Array.Empty<long>()];
        return new(StepKind.Column, column, -1, book, codes, Positive(all), IsNullable(column));
    }

    static bool IsTellable(TextSample text, int id) =>
        text.Lengths[id] <= TextSample.KeptChars && !text.Texts[id].Contains('\0') && ValueRecogniser.Recognise(text.Texts[id]) is null;

    // What is neither told nor made anew is spread over the told ones.
    static ushort[] Encode(ReadOnlySpan<int> ids, ushort[] codeOf, double[] weights, bool hasOther)
    {
        var codes = new ushort[ids.Length];
        var spread = new AliasTable(weights);
        for (var row = 0; row < codes.Length; row++)
            codes[row] = ids[row] < 0 ? (ushort)0 : codeOf[ids[row]] > 0 ? codeOf[ids[row]]
                : (ushort)(1 + (hasOther ? weights.Length : spread.Draw(CounterRandom.Mix((ulong)row))));
        return codes;
    }

    // Where the values lie is found in cells that are known before; those with many are parted, twice.
    MeasuredStep? Ranges(int column, AxisSample axis)
    {
        var unit = CoarseAxis.UnitOf(table.Table.Columns[column].Type);
        var cells = CoarseAxis.Cells(table.Table.Columns[column].Type);
        foreach (var what in new[] { "span", "ranges" })
        {
            var variance = budget.Spend(_name, $"{what} of {Of(column)}", Weight * FindingShare / 2);
            if (cells.Count == 0) continue;
            var counts = Count(OrdinalCoder.Encode(new Codebook(true, unit, cells.ToEquatableArray()), axis.Values), cells.Count + 1, variance);
            cells = CoarseAxis.Part(cells, counts.AsSpan(1), Significant * Math.Sqrt(variance), MostRanges, unit);
        }
        var fineVariance = budget.Spend(_name, $"values of {Of(column)}", Weight * (1 - FindingShare));
        if (cells.Count == 0) return null;
        var book = new Codebook(true, unit, cells.ToEquatableArray());
        var encoded = OrdinalCoder.Encode(book, axis.Values);
        var fine = Count(encoded, book.Size, fineVariance);
        if (!IsNullable(column)) fine[0] = 0;
        return new(StepKind.Column, column, -1, book, encoded, fine, IsNullable(column));
    }

    string Of(int column) => table.Table.Columns[column].Name;

    bool IsNullable(int column) => table.Table.Columns[column].IsNullable;

    long[] Count(ushort[] codes, int size, long variance)
    {
        var counts = new long[size];
        foreach (var row in chosen) counts[codes[row]]++;
        for (var code = 0; code < size; code++) counts[code] += noise.Next(variance);
        return Positive(counts);
    }

    static long[] Positive(long[] counts) => Array.ConvertAll(counts, c => Math.Max(0, c));
}
