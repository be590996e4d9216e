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

    // Of texts of which fewer have a form that many share, tokens maybe have one.
    const double FewForms = 0.3;

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
        var shapes = Shared(column, NumberForms(column), entities, rule);
        return shapes.Sum(s => s.Share) < FewForms && TokenForms.AlphabetOf(column) is { } alphabet
            && Shared(column, NumberTokens(column, alphabet), entities, rule) is var tokens && tokens.Sum(s => s.Share) >= FewForms ? tokens : shapes;
    }

    static EquatableArray<TextShape> Shared(TextSample column, (IReadOnlyList<string> Forms, int[] Numbers) numbered, int[]? entities,
        PrivacyRule rule)
    {
        var (forms, numbers) = numbered;
        var rows = new int[forms.Count];
        var all = 0;
        foreach (var id in column.Ids)
        {
            if (id < 0) continue;
            all++;
            if (numbers[id] >= 0) rows[numbers[id]]++;
        }
        // Most forms are rare, and rare ones are never told.
        var seen = Array.ConvertAll(rows, r => r >= all * LeastShare ? new HashSet<int>() : null);
        for (var row = 0; row < column.Count; row++)
            if (column.Ids[row] is >= 0 and var id && numbers[id] >= 0 && seen[numbers[id]] is { } whose && whose.Count <= rule.Enough)
                whose.Add(entities is null ? row : entities[row]);
        var told = Enumerable.Range(0, forms.Count)
            .Where(f => seen[f] is { } whose && whose.Count >= rule.ThresholdOf(KeyHash.OfBytes(Encoding.UTF8.GetBytes(forms[f]))))
            .OrderByDescending(f => rows[f]).ThenBy(f => forms[f], StringComparer.Ordinal).Take(MostForms);
        return told.Select(f => new TextShape(forms[f], Math.Round((double)rows[f] / all, 3))).ToEquatableArray();
    }

    // Different forms, and by number of a text its form's; -1 for long texts.
    static (IReadOnlyList<string> Forms, int[] Numbers) NumberForms(TextSample column)
    {
        var (known, numbers) = (new TextNumbers(), new int[column.Texts.Count]);
        Span<char> form = stackalloc char[TextSample.KeptChars];
        for (var id = 0; id < numbers.Length; id++)
            numbers[id] = column.Lengths[id] <= LongestForm && column.Texts[id].Length <= form.Length
                ? known.NumberOf(form[..Write(column.Texts[id], form)]) : -1;
        return (known.Texts, numbers);
    }

    static (IReadOnlyList<string> Forms, int[] Numbers) NumberTokens(TextSample column, char alphabet)
    {
        var known = new TextNumbers();
        var numbers = Enumerable.Range(0, column.Texts.Count).Select(id => column.Lengths[id] <= TextSample.KeptChars
            && TokenForms.FormOf(column.Texts[id], alphabet) is { Length: <= LongestForm } form ? known.NumberOf(form) : -1).ToArray();
        return (known.Texts, numbers);
    }

    /// <summary>Classes of characters with the lengths of their runs: <c>A3-94</c> for ABC-1234.</summary>
    public static string FormOf(string text)
    {
        var form = new char[text.Length];
        return new string(form, 0, Write(text, form));
    }

    // A form is no longer than its text.
    static int Write(string text, Span<char> form)
    {
        var length = 0;
        for (int start = 0, end; start < text.Length; start = end)
        {
            var kind = ClassOf(text[start]);
            for (end = start + 1; kind is 'A' or 'a' or '9' && end < text.Length && ClassOf(text[end]) == kind; end++) { }
            form[length++] = kind;
            if (end - start == 1) continue;
            (end - start).TryFormat(form[length..], out var digits, provider: CultureInfo.InvariantCulture);
            length += digits;
        }
        return length;
    }

    static char ClassOf(char c) => char.IsDigit(c) ? '9' : char.IsUpper(c) ? 'A' : char.IsLetter(c) ? 'a' : c;
}
