using RelSeed.Generation;
using RelSeed.Learning.Codebooks;
using RelSeed.Learning.Models;
using RelSeed.Learning.Sampling;
using RelSeed.Learning.Treatments;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Auditing;

/// <summary>Counts in the source what a profile tells: every value, range and form must be shared by enough entities.</summary>
public static class SourceAudit
{
    const int MostRows = 2_000_000;

    /// <summary>Reads the source as learning does.</summary>
    /// <param name="now">Any time; nothing is written.</param>
    public static async Task<IReadOnlyList<AuditFinding>> CheckAsync(
        DataProfile profile, RowReader source, DatabaseSchema schema, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var options = new LearnOptions { Now = now, K = profile.Origin.K, SampleRows = MostRows, Secret = 0 };
        var samples = await new Sampler(source, schema, options, progress: null).ReadAsync(cancellationToken);
        List<AuditFinding> findings = [];
        foreach (var sample in samples)
        {
            if (profile.Find(sample.Table.Name) is not { } table) continue;
            var weights = new ColumnLearner(options, new PrivacyRule(profile.Origin.K, 0))
                .WeightsOf(sample, table.LeafRows > 0, [.. samples.SelectMany(s => s.References).Where(r => r.Principal == sample)]);
            foreach (var column in table.Columns)
                if (sample.Table.IndexOf(column.Name) is >= 0 and var c) findings.AddRange(Check(column, sample.Columns[c], sample.Entities, weights, profile.Origin.K).Select(rule => new AuditFinding($"{table.Name.Name}.{column.Name}", rule)));
        }
        return findings;
    }

    static IEnumerable<string> Check(ColumnProfile column, SampleColumn values, int[]? entities, int[]? weights, int k)
    {
        if (values is AxisSample axis && column.Codes.IsOrdinal) return Ordinal(column.Codes, axis, entities, weights, k);
        return values is TextSample text ? Names(column, text, entities, weights, k) : [];
    }

    static IEnumerable<string> Ordinal(Codebook book, AxisSample axis, int[]? entities, int[]? weights, int k)
    {
        var codes = OrdinalCoder.Encode(book, axis.Values);
        var numbers = axis.Values.ToArray();
        var exact = new Dictionary<double, Support>();
        var byCode = new Support[book.Size];
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] == 0) continue;
            (byCode[codes[row]] ??= new()).Add(row, entities, weights);
            if (!exact.TryGetValue(numbers[row], out var support)) exact[numbers[row]] = support = new();
            support.Add(row, entities, weights);
        }
        var (least, most) = exact.Count == 0 ? (0, 0) : (exact.Keys.Min(), exact.Keys.Max());
        for (var code = 1; code < book.Size; code++)
        {
            switch (book.Codes[code - 1])
            {
                case NumberCode number when Of(number.Value) < k: yield return $"a told number is shared by fewer than {k}"; break;
                case RangeCode when (byCode[code]?.Count ?? 0) < k: yield return $"a told range is shared by fewer than {k}"; break;
                case RangeCode range when range.Low == least && Of(least) < k || range.High == most && Of(most) < k: yield return "a range ends at the smallest or largest value"; break;
            }
        }

        int Of(double value) => exact.TryGetValue(value, out var found) ? found.Count : 0;
    }

    static IEnumerable<string> Names(ColumnProfile column, TextSample text, int[]? entities, int[]? weights, int k)
    {
        var values = new Dictionary<string, Support>(StringComparer.Ordinal);
        var forms = new Dictionary<string, Support>(StringComparer.Ordinal);
        for (var row = 0; row < text.Count; row++)
        {
            if (text.IsNull(row)) continue;
            var value = text.Texts[text.Ids[row]];
            Take(values, value, row, weights);
            if (column.Shapes.Count > 0) Take(forms, TextForms.FormOf(value), row, weights: null);
        }
        foreach (var code in column.Codes.Codes.OfType<ValueCode>())
            if ((values.GetValueOrDefault(code.Value)?.Count ?? 0) < k) yield return $"a told value is shared by fewer than {k}";
        foreach (var shape in column.Shapes)
            if ((forms.GetValueOrDefault(shape.Form)?.Count ?? 0) < k) yield return $"a told form is shared by fewer than {k}";

        void Take(Dictionary<string, Support> into, string key, int row, int[]? weights)
        {
            if (!into.TryGetValue(key, out var support)) into[key] = support = new();
            support.Add(row, entities, weights);
        }
    }

    /// <summary>Those who share something.</summary>
    sealed class Support
    {
        readonly HashSet<int> _entities = [];
        long _weight;

        public int Count => (int)Math.Min(int.MaxValue, Math.Max(_entities.Count, _weight));

        public void Add(int row, int[]? entities, int[]? weights)
        {
            _entities.Add(entities is null ? row : entities[row]);
            _weight += weights is null ? 0 : weights[row];
        }
    }
}
