using RelSeed.Learning.Codebooks;
using RelSeed.Learning.Sampling;
using RelSeed.Learning.Treatments;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Models;

/// <summary>Decides what of each column is told, and makes its codebook.</summary>
sealed class ColumnLearner(LearnOptions options, PrivacyRule rule)
{
    // Smaller tables without persons, to whose rows many others refer, are lookups: a value counts by the rows that refer to it.
    const int MostLookupRows = 500, LeastReferring = 10;

    /// <summary>Of catalogues up to so many rows every short text is told.</summary>
    public const int MostWholeRows = 300, LongestWhole = 60;

    // So few names stand twice that each row has its own.
    const double LeastDistinct = 0.8;
    const int LeastNames = 3;

    readonly ColumnTreatments _treatments = new(options);

    public void Learn(LearnedTable table, IReadOnlyList<SampleReference> referring)
    {
        var sample = table.Sample;
        var weights = WeightsOf(sample, table.IsCatalogue, referring);
        table.IsToldWhole = table.IsCatalogue && !options.IsStrict && sample.TotalRows is > 0 and <= MostWholeRows;
        table.IsLookup = table.IsToldWhole || weights is not null;
        (table.Columns, table.Coded) = (new ColumnProfile[sample.Columns.Length], new CodedColumn?[sample.Columns.Length]);
        for (var c = 0; c < sample.Columns.Length; c++)
        {
            var treatment = _treatments.Of(sample, c, table.IsLookup || table.IsToldByRow);
            if (treatment.Kind == ColumnTreatment.Told && table is { IsToldWhole: true, IsToldByRow: false } && IsLong(sample.Columns[c]))
                treatment = new(ColumnTreatment.Fresh, "its texts are long");
            var coded = treatment.Kind == ColumnTreatment.Told ? Told(table, c, weights) : null;
            if (treatment.Kind == ColumnTreatment.Told && coded is null) treatment = new(ColumnTreatment.Fresh, $"too few share its values");
            if (treatment.Kind == ColumnTreatment.Fresh) coded = Fresh(sample.Columns[c]);
            table.Columns[c] = Profile(table, c, treatment, coded);
            table.Coded[c] = coded;
        }
        for (var c = 0; c < sample.Columns.Length; c++)
            if (_treatments.Of(sample, c, table.IsLookup || table.IsToldByRow).Kind == ColumnTreatment.Told && table.Columns[c].Treatment == ColumnTreatment.Fresh
                && new RareMoments(table).Find(c) is { } rare)
                (table.Columns[c], table.Coded[c]) = (Profile(table, c, new(ColumnTreatment.Told, null), rare), rare);
        if (table.IsToldWhole && !table.Columns.Any(c => c.IsDistinct) && referring.Any(r => r.Dependent.DrivingReference != r)) Number(table);
    }

    // Rows of a small dimension that no column names are told apart by a number, so that each comes with all that stands in it. Those of one that
    // other tables only belong to are drawn as any others: they may be what was split.
    static void Number(LearnedTable table)
    {
        var unnamed = Array.FindIndex(table.Columns, c => c.Treatment != ColumnTreatment.Told);
        if (unnamed < 0 || table.Coded[unnamed] is not null || table.Sample.Count < LeastNames) return;
        var codes = Enumerable.Range(1, table.Sample.Count).ToArray();
        var book = new Codebook(false, 0, [.. codes.Select(n => new ValueCode(NumberedRows.NameOf(n)))]);
        table.Columns[unnamed] = table.Columns[unnamed] with { IsDistinct = true, Codes = book };
        table.Coded[unnamed] = new CodedColumn(book, Array.ConvertAll(codes, n => (ushort)n), Values: null);
    }

    // Implied columns too: a reference's attributes are told by the principal's.
    CodedColumn? Told(LearnedTable table, int c, int[]? weights)
    {
        var sample = table.Sample;
        // By those who refer to a row as many must share it as elsewhere.
        var shared = weights is null ? table.Rule : rule;
        if (sample.Columns[c] is TextSample text)
            return (table.IsToldByRow ? new CategoryCoder(PrivacyRule.None, entities: null, weights: null) { MostTold = ToldRows.MostRows, LongestTold = LongestWhole, KeepsOthers = true }
                : table.IsToldWhole ? new CategoryCoder(PrivacyRule.None, entities: null, weights: null)
                : new CategoryCoder(shared, sample.Entities, weights))
                .Make(text, sample.IsWhole ? text.Texts.Count : sample.Distinct[c].Estimate, IsDistinct(table, c));
        var values = ((AxisSample)sample.Columns[c]).Values;
        var kind = sample.Table.Columns[c].Type.Kind;
        var coder = table.IsToldWhole ? new OrdinalCoder(kind, table.Rule, entities: null, weights: null) { IsWhole = true, ReachesEnds = true }
            : new OrdinalCoder(kind, shared, sample.Entities, weights) { ReachesEnds = table.Rule.IsPlain };
        return coder.Make(values) is { } made
            && (made with
            {
                Weekdays = WeekdayShares.Of(kind, values, sample.Entities, table.Rule),
                Hours = HourShares.Of(kind, values, sample.Entities, table.Rule),
            }) is var book
            ? new CodedColumn(book, OrdinalCoder.Encode(book, values), values.ToArray()) : null;
    }

    // Names of the rows of a lookup.
    static bool IsDistinct(LearnedTable table, int c) => table.IsLookup && table.Sample.Columns[c] is TextSample text
        && text.Texts.Count >= LeastNames && text.Texts.Count >= LeastDistinct * text.Count;

    static bool IsLong(SampleColumn column) => column is TextSample text && text.Lengths.Any(l => l > LongestWhole);

    // Where some are null, whether a row is.
    static CodedColumn? Fresh(SampleColumn column)
    {
        var codes = new ushort[column.Count];
        var hasNulls = false;
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = (ushort)(column.IsNull(row) ? 0 : 1);
            hasNulls |= codes[row] == 0;
        }
        return hasNulls ? new CodedColumn(Codebook.Fresh, codes, Values: null) : null;
    }

    static ColumnProfile Profile(LearnedTable table, int c, Treatment treatment, CodedColumn? coded)
    {
        var sample = table.Sample;
        var profile = new ColumnProfile
        {
            Name = sample.Table.Columns[c].Name,
            Kind = sample.Table.Columns[c].Type.Kind,
            NullShare = sample.TotalRows == 0 ? 0 : Rounding.Share((double)sample.Nulls[c] / sample.TotalRows),
            Treatment = treatment.Kind,
            Reason = treatment.Reason,
            IsDistinct = treatment.Kind == ColumnTreatment.Told && IsDistinct(table, c),
            Codes = coded?.Codebook ?? Codebook.Fresh,
            Form = treatment.Kind == ColumnTreatment.Told ? (sample.Columns[c] as AxisSample)?.Form?.Text : null,
        };
        var isText = treatment.Kind == ColumnTreatment.Fresh || profile.Codes.Codes.Any(code => code is OtherCode);
        return isText && sample.Columns[c] is TextSample text && profile.Kind is not TypeKind.Uuid
            ? profile with
            {
                Lengths = TextForms.Lengths(text, table.Rule.Enough),
                Shapes = profile.Kind == TypeKind.Bytes ? [] : TextForms.Shapes(text, sample.Entities, table.Rule)
            } : profile;
    }

    // Those whose rows lead to a row.
    static int[] EntitiesOf(SampleReference reference)
    {
        if (reference.Dependent.Entities is not { } entities) return reference.Degrees;
        var (degrees, seen) = (new int[reference.Principal.Count], new HashSet<long>());
        for (var row = 0; row < reference.Parents.Length; row++)
            if (reference.Parents[row] is >= 0 and var parent && seen.Add((long)parent << 32 | (uint)entities[row])) degrees[parent]++;
        return degrees;
    }

    /// <summary>What a row of a lookup counts by those that refer to it; null where the table is none.</summary>
    public int[]? WeightsOf(SampleTable sample, bool isCatalogue, IReadOnlyList<SampleReference> referring)
    {
        if (options.IsStrict || sample.Count > MostLookupRows || sample.Count == 0 || !isCatalogue) return null;
        var weights = new int[sample.Count];
        foreach (var reference in referring)
        {
            var degrees = EntitiesOf(reference);
            for (var row = 0; row < weights.Length; row++) weights[row] = Math.Max(weights[row], degrees[row]);
        }
        return weights.Sum(w => (long)w) >= (long)LeastReferring * sample.Count ? weights : null;
    }
}
