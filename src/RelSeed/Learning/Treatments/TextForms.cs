using System.Globalization;
using System.Text;
using RelSeed.Learning.Codebooks;
using RelSeed.Learning.Sampling;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Treatments;

/// <summary>What may be told of texts that are made anew: how long they are, and forms that enough entities share.</summary>
static class TextForms
{
    const int Knots = 11, MostForms = 40, LongestForm = 40;
    const double LeastShare = 0.005;

    /// <summary>Lengths at equally spaced shares of the rows; the ends are those of the k-th shortest and longest.</summary>
    public static EquatableArray<int> Lengths(TextSample column, int k)
    {
        var lengths = new List<int>();
        foreach (var id in column.Ids)
            if (id >= 0) lengths.Add(column.Lengths[id]);
        if (lengths.Count < 2 * k) return [];
        lengths.Sort();
        return Enumerable.Range(0, Knots)
            .Select(i => lengths[Math.Clamp((int)((long)i * (lengths.Count - 1) / (Knots - 1)), k - 1, lengths.Count - k)]).ToEquatableArray();
    }

    public static EquatableArray<TextShape> Shapes(TextSample column, int[]? entities, PrivacyRule rule)
    {
        var forms = column.Texts.Select((t, id) => column.Lengths[id] <= LongestForm ? FormOf(t) : null).ToArray();
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        var seen = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        var ids = column.Ids;
        var all = 0;
        for (var row = 0; row < ids.Length; row++)
        {
            if (ids[row] < 0) continue;
            all++;
            if (forms[ids[row]] is not { } form) continue;
            rows[form] = rows.GetValueOrDefault(form) + 1;
            if (!seen.TryGetValue(form, out var whose)) seen[form] = whose = [];
            if (whose.Count <= rule.Enough) whose.Add(entities is null ? row : entities[row]);
        }
        var told =
            rows.Where(r => seen[r.Key].Count >= rule.ThresholdOf(KeyHash.OfBytes(Encoding.UTF8.GetBytes(r.Key))) && r.Value >= all * LeastShare)
            .OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal).Take(MostForms);
        return told.Select(r => new TextShape(r.Key, Math.Round((double)r.Value / all, 3))).ToEquatableArray();
    }

    /// <summary>Classes of characters with the lengths of their runs: <c>A3-94</c> for ABC-1234.</summary>
    public static string FormOf(string text)
    {
        var form = new StringBuilder();
        for (int start = 0, end; start < text.Length; start = end)
        {
            var kind = ClassOf(text[start]);
            for (end = start + 1; end < text.Length && kind is 'A' or 'a' or '9' && end < text.Length && ClassOf(text[end]) == kind; end++) { }
            form.Append(kind);
            if (end - start > 1) form.Append(CultureInfo.InvariantCulture, $"{end - start}");
        }
        return form.ToString();
    }

    static char ClassOf(char c) => char.IsDigit(c) ? '9' : char.IsUpper(c) ? 'A' : char.IsLetter(c) ? 'a' : c;
}
