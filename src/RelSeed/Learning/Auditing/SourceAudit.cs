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
        WrittenMoments.Read(samples);
        List<AuditFinding> findings = [];
        foreach (var sample in samples)
        {
            if (profile.Find(sample.Table.Name) is not { } table) continue;
            var weights = new ColumnLearner(options, new PrivacyRule(profile.Origin.K, 0))
                .WeightsOf(sample, table.LeafRows > 0, [.. samples.SelectMany(s => s.References).Where(r => r.Principal == sample)]);
            foreach (var column in table.Columns)
                if (sample.Table.IndexOf(column.Name) is >= 0 and var c)
                    findings.AddRange(new ColumnAudit(table, column, sample.Entities, weights, profile.Origin.K).Check(sample.Columns[c])
                        .Select(rule => new AuditFinding($"{table.Name.Name}.{column.Name}", rule)));
        }
        return findings;
    }
}

/// <summary>One told column beside the rows it was learned of.</summary>
/// <param name="entities">Whose rows they are; null when each is its own.</param>
/// <param name="weights">By row of a lookup: those who refer to it.</param>
/// <param name="referring">How many must refer to what is told of a lookup.</param>
sealed class ColumnAudit(TableProfile table, ColumnProfile column, int[]? entities, int[]? weights, int referring)
{
    readonly int _k = table.K > 0 ? table.K : referring;

    /// <returns>What breaks a rule, without any value.</returns>
    public IEnumerable<string> Check(SampleColumn values)
    {
        if (values is AxisSample axis && column.Codes.IsOrdinal) return Ordinal(column.Codes, axis);
        return values is TextSample text ? Names(text) : [];
    }

    IEnumerable<string> Ordinal(Codebook book, AxisSample axis)
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
                case NumberCode number when table.IsToldWhole || IsShared(exact.GetValueOrDefault(number.Value)): break;
                case NumberCode: yield return $"a told number is shared by fewer than {_k}"; break;
                case RangeCode when !IsShared(byCode[code]): yield return $"a told range is shared by fewer than {_k}"; break;
                case RangeCode range when range.Low == least && !IsShared(exact[least]) || range.High == most && !IsShared(exact[most]):
                    yield return "a range ends at the smallest or largest value"; break;
            }
        }
    }

    bool IsShared(Support? support) => support is not null && (support.Entities >= _k || support.Weight >= referring);

    IEnumerable<string> Names(TextSample text)
    {
        var values = new Dictionary<string, Support>(StringComparer.Ordinal);
        var forms = new Dictionary<string, Support>(StringComparer.Ordinal);
        var tokens = column.Shapes.SelectMany(s => s.Form.Intersect(TextAlphabets.Tokens)).Distinct().ToList();
        for (var row = 0; row < text.Count; row++)
        {
            if (text.IsNull(row)) continue;
            var value = text.Texts[text.Ids[row]];
            foreach (var alphabet in tokens)
                if (TokenForms.FormOf(value, alphabet) is { } form) Take(forms, form, row, weights: null);
            Take(values, value, row, weights);
            if (column.Shapes.Count > 0) Take(forms, TextForms.FormOf(value), row, weights: null);
        }
        foreach (var code in column.Codes.Codes.OfType<ValueCode>())
            if (!table.IsToldWhole && !table.IsToldByRow && !IsShared(values.GetValueOrDefault(code.Value))) yield return $"a told value is shared by fewer than {_k}";
        foreach (var shape in column.Shapes)
            if (!IsShared(forms.GetValueOrDefault(shape.Form))) yield return $"a told form is shared by fewer than {_k}";

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

        public int Entities => _entities.Count;
        public long Weight { get; private set; }

        public void Add(int row, int[]? entities, int[]? weights)
        {
            _entities.Add(entities is null ? row : entities[row]);
            Weight += weights is null ? 0 : weights[row];
        }
    }
}
