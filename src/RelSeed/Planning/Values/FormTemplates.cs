using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Templates of learned forms and lengths: fresh texts that look like those of the source, where the form says more than the
/// meaning.</summary>
static class FormTemplates
{
    // Of a column with fewer texts of code-like forms the meaning knows more.
    const double LeastForms = 0.1, LeastOfUnique = 0.3;
    const int LongestForm = 200, MostReadings = 16;
    const double IndexBits = 60;

    // Of version 4 they are all but surely.
    const string UuidForm = "x8-x4-x4-x4-x12", DistinctUuid = "{hex 8*}-{hex 4*}-4{hex 3*}-{(8|9|a|b)}{hex 3}-{hex 12}";

    // Characters of a word with the space behind it, about.
    const double WordChars = 6.5;

    // Their texts have an inner order that no form tells.
    static readonly HashSet<Meaning> Formed =
    [
        Meaning.Email, Meaning.Url, Meaning.ImageUrl, Meaning.Website, Meaning.SocialUrl, Meaning.Domain, Meaning.HostName, Meaning.IpAddress,
            Meaning.MacAddress, Meaning.UuidText,
        Meaning.UserAgent, Meaning.Iban, Meaning.CardNumber, Meaning.Isbn, Meaning.Barcode, Meaning.Slug, Meaning.Username, Meaning.PasswordHash,
        Meaning.Version, Meaning.Locale,
        Meaning.TimeZone, Meaning.FilePath, Meaning.FileName, Meaning.MimeType, Meaning.Json, Meaning.Xml, Meaning.Cron, Meaning.ColorHex,
        Meaning.Hash, Meaning.Certificate,
    ];

    // Letters alone mean something elsewhere: a state, a currency, a size.
    static readonly HashSet<Meaning> Lettered =
    [
        Meaning.Unknown, Meaning.Code, Meaning.Sku, Meaning.Key, Meaning.Abbreviation, Meaning.Reference, Meaning.SerialNumber, Meaning.ExternalId,
            Meaning.OrderNumber, Meaning.InvoiceNumber,
        Meaning.RegistrationNumber, Meaning.LicenceNumber, Meaning.Token,
    ];

    /// <summary>Distinct texts of the most frequent learned form; null when none has room for twice as many as are needed.</summary>
    public static TextTemplate? Unique(ValueRequest request, ColumnMeaning meaning, long needed)
    {
        if (request is not { Learned: { } learned, Domain.Case: null } || IsFormed(meaning, learned)) return null;
        var isCaseBlind = request.Domain.CaseInsensitive || request.Column.IsCaseInsensitive;
        return learned.Shapes.Where(s => s.Share >= LeastOfUnique && IsCode(s.Form, meaning)).OrderByDescending(s => s.Share)
            .Select(s => Spell(s.Form, learned.Lengths, Draw.Index))
            .FirstOrDefault(t => t is not null && t.Capacity / 2 >= needed && !(isCaseBlind && MixesCase(t)));
    }

    /// <summary>The usual template, in the place of which learned forms stand as often as they do in the source, or repeated to the learned
    /// lengths.</summary>
    public static TextTemplate Of(ValueRequest request, ColumnMeaning meaning, TextTemplate usual, int min, int max)
    {
        if (request is not { Learned: { } learned, Domain.Case: null } || IsFormed(meaning, learned)
            || usual.Parts.Any(p => p is CheckDigitPart or ColumnPart))
            return usual;
        var cases = learned.Shapes.Where(s => IsCode(s.Form, meaning)).Select(s => (Template: Spell(s.Form, learned.Lengths, Draw.Own), s.Share))
            .Where(c => c.Template is not null && c.Template.MinLength >= min && c.Template.MaxLength <= max).ToList();
        if (cases.Sum(c => c.Share) < LeastForms) return IsProse(meaning) ? Sized(usual, learned.Lengths, min, max) : usual;
        if (1 - cases.Sum(c => c.Share) is > 0 and var rest) cases.Add((usual, rest));
        return new TextTemplate(
            [new ChoicePart(cases.Select(c => c.Template!).ToEquatableArray(), Draw.Own, cases.Select(c => c.Share).ToEquatableArray())]);
    }

    // Of hashes and identifiers the tokens of the source are a kind of their own.
    static bool IsFormed(ColumnMeaning meaning, LearnedText learned) =>
        Formed.Contains(meaning.Kind) && !(meaning.Kind is Meaning.UuidText or Meaning.Hash && learned.Shapes.Any(s => IsToken(s.Form)));

    static bool IsToken(string form) => form.AsSpan().IndexOfAny(TextAlphabets.Tokens) >= 0;

    // Words are better made by what they mean.
    static bool IsCode(string form, ColumnMeaning meaning) =>
        IsToken(form) || form.Contains('9') || form.Contains('A') && !form.Contains('a') && Lettered.Contains(meaning.Kind);

    static bool IsProse(ColumnMeaning meaning) =>
        meaning.Kind is Meaning.Unknown or Meaning.Comment or Meaning.Review or Meaning.Note or Meaning.Body or Meaning.Message or Meaning.Description
        or Meaning.Biography or Meaning.Question or Meaning.Answer;

    static bool MixesCase(TextTemplate template) =>
        template.Parts.OfType<CharsPart>().Any(p => p.Alphabet.Any(char.IsAsciiLetterUpper))
            && template.Parts.OfType<CharsPart>().Any(p => p.Alphabet.Any(char.IsAsciiLetterLower));

    /// <summary>Hours and minutes, and seconds maybe.</summary>
    internal static bool IsClock(string form) => form is "92:92" or "92:92:92" or "9:92" or "9:92:92";

    // An hour of one digit is one before ten; of two, where some have one, one from ten on.
    static TextTemplate Clock(string form, EquatableArray<int> lengths, Draw draw)
    {
        var isPadded = lengths.IsEmpty || lengths[0] == lengths[^1];
        List<TextPart> parts = [form[1] == ':' ? new NumberPart(0, 9, draw) : new NumberPart(isPadded ? 0 : 10, 23, draw, Width: 2)];
        for (var colons = form.Count(c => c == ':'); colons > 0; colons--) parts.AddRange([new LiteralPart(":"), new NumberPart(0, 59, draw, Width: 2)]);
        return new TextTemplate([.. parts]);
    }

    /// <returns>Null for a form that is none, too long, or longer or shorter than all texts.</returns>
    internal static TextTemplate? Spell(string form, EquatableArray<int> lengths, Draw draw)
    {
        if (IsClock(form)) return Clock(form, lengths, draw);
        if (form == UuidForm) return new TemplateParser("en", "").Parse(draw.IsIndex ? DistinctUuid : DistinctUuid.Replace("*", ""));
        // Three letters before nine digits are written as 399 letters are: the shortest reading that has a text's length is meant.
        var (least, most) = lengths.IsEmpty ? (1, LongestForm) : (lengths[0], Math.Min(lengths[^1], LongestForm));
        return form.Length > LongestForm ? null
            : Readings(form, 0, most, new Stack<(char, int)>(), draw).Take(MostReadings).Where(t => t.MinLength >= least).MinBy(t => t.MinLength);
    }

    static IEnumerable<TextTemplate> Readings(string form, int at, int left, Stack<(char Kind, int Count)> runs, Draw draw)
    {
        if (at == form.Length) return [new TextTemplate(runs.Reverse().SelectMany(r => Parts(r.Kind, r.Count, draw)).ToEquatableArray())];
        var kind = form[at++];
        var end = at;
        while (TextAlphabets.Of(kind) is not null && end < form.Length && char.IsAsciiDigit(form[end])) end++;
        return Enumerable.Range(at, end - at + 1).Where(stop => stop == end || kind != '9' && form[stop] == '9').SelectMany(stop =>
        {
            var count = stop == at ? 1 : int.TryParse(form.AsSpan(at, stop - at), out var n) && n > 1 && form[at] != '0' ? n : int.MaxValue;
            if (count > left) return [];
            runs.Push((kind, count));
            var read = Readings(form, stop, left - count, runs, draw).Take(MostReadings).ToList();
            runs.Pop();
            return read;
        });
    }

    // Of a long run so many characters tell the rows apart as an index of 60 bits can.
    static IEnumerable<TextPart> Parts(char kind, int count, Draw draw)
    {
        if (TextAlphabets.Of(kind) is not { } alphabet) return [new LiteralPart(kind.ToString())];
        var most = draw.IsIndex && TextAlphabets.Tokens.Contains(kind) ? (int)(IndexBits / Math.Log2(alphabet.Length)) : count;
        return count <= most ? [new CharsPart(alphabet, count, count, draw)]
            : [new CharsPart(alphabet, most, most, draw), new CharsPart(alphabet, count - most, count - most, Draw.Own)];
    }

    // A case for each tenth of the rows: few words, or the usual text once or more.
    static TextTemplate Sized(TextTemplate usual, EquatableArray<int> lengths, int min, int max)
    {
        if (lengths.Count < 2 || usual.MaxLength == 0) return usual;
        var typical = (usual.MinLength + usual.MaxLength) / 2.0;
        var words = new TextTemplate([new WordsPart("word", Draw.Own)]);
        var cases = new List<TextTemplate>();
        for (var i = 1; i < lengths.Count; i++)
        {
            var item = lengths[i] < 0.8 * typical ? words : usual;
            var each = item == words ? WordChars : typical + 1;
            var most = Math.Min((int)Math.Max(1, Math.Round((lengths[i] + 1) / each)), (max + 1) / (item.MaxLength + 1));
            var least = Math.Clamp((int)Math.Round((lengths[i - 1] + 1) / each), 1, Math.Max(1, most));
            if (most < 1 || item.MinLength * least < min) return usual;
            cases.Add(new TextTemplate([new RepeatPart(item, least, most, " ")]));
        }
        return new TextTemplate([new ChoicePart(cases.ToEquatableArray(), Draw.Own)]);
    }
}
