using System.Globalization;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Reads templates from the short form in which the catalogs are written.</summary>
/// <remarks>
/// Text stands for itself; in braces: <c>{product.noun}</c> a word of a list, <c>{last@person}</c> by a draw the row's columns share,
/// <c>{last@person:Ascii}</c> in a form, <c>{7..99}</c> a number, <c>{#4}</c> digits, <c>{hex 32}</c> characters of an alphabet,
/// <c>{hex 8-16}</c> some of them, <c>{(a|b)}</c> one of several templates, <c>{=sentence.review}</c> one of a list of templates,
/// <c>{%place.phone@place}</c> a pattern of a list, <c>{check Luhn}</c> check digits. A star before the end, <c>{#4*}</c>, reads the index;
/// <c>{n*}</c> is a number of the index up to
/// <paramref name="serial"/>. <c>&lt;&lt;</c> and <c>&gt;&gt;</c> are braces, <c>\n</c> a new line.
/// </remarks>
sealed class TemplateParser(string locale, string aspect, long serial = 0)
{
    static readonly Dictionary<string, string> Alphabets = new(StringComparer.Ordinal)
    {
        ["hex"] = "0123456789abcdef",
        ["HEX"] = "0123456789ABCDEF",
        ["az"] = "abcdefghijklmnopqrstuvwxyz",
        ["AZ"] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        ["az09"] = "abcdefghijklmnopqrstuvwxyz0123456789",
        ["AZ09"] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
        // Without letters and digits that look alike.
        ["code"] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789",
        ["id"] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
        ["url64"] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
        ["base64"] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
        ["bits"] = "01",
        ["digits"] = "0123456789",
    };

    // Those of the catalogs are asked for by most text columns of each plan, of which a rehearsal makes dozens.
    static readonly BoundedCache<(string Locale, string Aspect, long Serial, string Text), TextTemplate> Kept = new(capacity: 16_384);

    public string Locale { get; } = locale;

    public static string Alphabet(string name) => Alphabets[name];

    public TextTemplate Parse(string text) => Kept.Get((Locale, aspect, serial, text), key => Read(key.Text));

    TextTemplate Read(string text)
    {
        var parts = new List<TextPart>();
        var position = 0;
        while (position < text.Length)
        {
            var open = text.IndexOf('{', position);
            if (open < 0) open = text.Length;
            if (open > position) parts.Add(new LiteralPart(Literal(text[position..open])));
            if (open == text.Length) break;
            var close = Close(text, open);
            parts.Add(Part(text[(open + 1)..close]));
            position = close + 1;
        }
        return new TextTemplate(parts.ToEquatableArray());
    }

    static int Close(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == '{') depth++;
            else if (text[i] == '}' && --depth == 0) return i;
        }
        throw new FormatException($"A brace is open in the template: {text}");
    }

    TextPart Part(string body)
    {
        if (body[0] == '(') return Choice(Split(body[1..^1]));
        if (body[0] == '=') return Choice(OwnWords.Find(body[1..], Locale) ?? OwnWords.Find(body[1..], Locales.Default)
            ?? throw new FormatException($"There is no list of templates {body[1..]}."));
        if (body.StartsWith("check ", StringComparison.Ordinal)) return new CheckDigitPart(Enum.Parse<CheckDigit>(body[6..]));
        var isIndex = body[^1] == '*';
        if (isIndex) body = body[..^1];
        var draw = isIndex ? Draw.Index : Draw.Own;
        if (body[0] == '#') return Digits(int.Parse(body[1..], CultureInfo.InvariantCulture), draw);
        var dots = body.IndexOf("..", StringComparison.Ordinal);
        if (dots > 0) return Number(body[..dots], body[(dots + 2)..], draw);
        if (body == "n") return Serial();
        var space = body.IndexOf(' ');
        return space > 0 ? Chars(body[..space], body[(space + 1)..], draw) : Word(body, draw);
    }

    static NumberPart Digits(int count, Draw draw) => new(0, Numerics.StableMath.PowerOfTen(count) - 1, draw, Width: count);

    NumberPart Number(string min, string max, Draw draw)
    {
        if (max.IndexOf('@') is >= 0 and var at) (max, draw) = (max[..at], Shared("number", max[(at + 1)..]));
        var point = max.IndexOf('.');
        var decimals = point < 0 ? 0 : max.Length - point - 1;
        long Scaled(string text) => (long)(decimal.Parse(text, CultureInfo.InvariantCulture) * Numerics.StableMath.PowerOfTen(decimals));
        return new NumberPart(Scaled(min), Scaled(max), draw, decimals);
    }

    static CharsPart Chars(string alphabet, string count, Draw draw)
    {
        var bounds = count.Split('-');
        return new CharsPart(Alphabets[alphabet], int.Parse(bounds[0], CultureInfo.InvariantCulture),
            int.Parse(bounds[^1], CultureInfo.InvariantCulture), draw);
    }

    TextPart Word(string body, Draw draw)
    {
        var isPattern = body[0] == '%';
        if (isPattern) body = body[1..];
        var form = WordForm.Plain;
        if (body.IndexOf(':') is >= 0 and var colon) (body, form) = (body[..colon], Enum.Parse<WordForm>(body[(colon + 1)..]));
        if (body.IndexOf('@') is >= 0 and var at) (body, draw) = (body[..at], Shared(body[..at], body[(at + 1)..]));
        if (body == "first") return BySex("first.male", "first.female", draw, form);
        if (body == "salutation") return BySex("salutation.male", "salutation.female", Shared("first", "person"), form);
        if (body is "address" or "street") return Street(isAddress: body == "address");
        return isPattern ? new PatternPart(List(body), draw) : new WordsPart(List(body), draw, form);
    }

    public string List(string field) => $"{field}:{Locale}";

    /// <summary>The stream of a list's draw within an aspect: fields of one thing share it.</summary>
    public Draw Shared(string field, string of) =>
        Draw.Shared(
            $"{(aspect.Length > 0 ? aspect + " " : "")}{of}/{(Gazetteer.Owns(field) || OwnWords.IsParallel(field) ? field.Split('.')[0] : field)}");

    // A man's or a woman's, by the draw that also decides a column of the person's sex.
    ChoicePart BySex(string male, string female, Draw draw, WordForm form) => new(
        [new TextTemplate([new WordsPart(List(male), draw, form)]), new TextTemplate([new WordsPart(List(female), draw, form)])],
        draw.Stream.Length > 0 ? Shared("sex", "person") : Draw.Own);

    // Number and street as the country writes them.
    MatchPart Street(bool isAddress)
    {
        var languages = isAddress ? Addresses : Addresses.ToDictionary(a => a.Key, a => $"{{street.{a.Key}@place}}");
        return new MatchPart(List("place.street"), Shared("place.street", "place"), languages.Keys.ToEquatableArray(),
            languages.Values.Select(Parse).ToEquatableArray());
    }

    static readonly Dictionary<string, string> Addresses = new(StringComparer.Ordinal)
    {
        ["en"] = "{1..999@place} {street.en@place}",
        ["uk"] = "{1..199@place} {street.uk@place}",
        ["de"] = "{street.de@place} {1..149@place}",
        ["fr"] = "{1..149@place} {street.fr@place}",
        ["es"] = "{street.es@place}, {1..149@place}",
        ["it"] = "{street.it@place} {1..149@place}",
        ["pt"] = "{street.pt@place}, {1..999@place}",
        ["nl"] = "{street.nl@place} {1..199@place}",
        ["sv"] = "{street.sv@place} {1..99@place}",
        ["no"] = "{street.no@place} {1..99@place}",
        ["fi"] = "{street.fi@place} {1..99@place}",
        ["pl"] = "{street.pl@place} {1..149@place}",
        ["cz"] = "{street.cz@place} {1..149@place}",
        ["tr"] = "{street.tr@place} No:{1..149@place}",
        ["jp"] = "{1..9@place}-{1..29} {street.jp@place}",
    };

    NumberPart Serial() => new(1, Math.Max(9, serial), Draw.Index);

    static string Literal(string text) => text.Replace("\\n", "\n").Replace("<<", "{").Replace(">>", "}");

    ChoicePart Choice(IEnumerable<string> cases) => new(cases.Select(Parse).ToEquatableArray(), Draw.Own);

    static IEnumerable<string> Split(string text)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '{') depth++;
            else if (text[i] == '}') depth--;
            else if (text[i] == '|' && depth == 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }
        yield return text[start..];
    }
}
