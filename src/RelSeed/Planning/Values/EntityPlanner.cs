using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Tables of well-known things, countries or currencies: all columns of a row name the same one, and each row another.</summary>
static class EntityPlanner
{
    static readonly Dictionary<string, Dictionary<Meaning, string>> Fields = new(StringComparer.Ordinal)
    {
        ["country"] = new()
        {
            [Meaning.Country] = "name",
            [Meaning.Name] = "name",
            [Meaning.CountryCode] = "code2",
            [Meaning.Code] = "code2",
            [Meaning.CountryCode3] = "code3",
            [Meaning.CountryNumber] = "number",
            [Meaning.Continent] = "continent",
            [Meaning.CurrencyCode] = "currency",
            [Meaning.DialCode] = "prefix",
            [Meaning.LanguageCode] = "language",
            [Meaning.City] = "capital",
        },
        ["currency"] = new()
        {
            [Meaning.CurrencyName] = "name",
            [Meaning.Name] = "name",
            [Meaning.CurrencyCode] = "code",
            [Meaning.Code] = "code",
            [Meaning.CurrencySymbol] = "symbol"
        },
        ["language"] = new() { [Meaning.Language] = "name", [Meaning.Name] = "name", [Meaning.LanguageCode] = "code", [Meaning.Code] = "code" },
        ["color"] = new() { [Meaning.Color] = "name", [Meaning.Name] = "name", [Meaning.ColorHex] = "hex" },
    };

    /// <summary>The column of such a table, or null when it is none.</summary>
    public static GeneratorSpec? Find(ValueRequest request, ColumnMeaning meaning)
    {
        if (!request.Type.Kind.IsText() || request.Domain.Pattern is not null || meaning.Aspect.Length > 0) return null;
        var subject = Meanings.SubjectOf(request.Table);
        if (subject is null || !Fields.TryGetValue(subject, out var fields) || !fields.TryGetValue(meaning.Kind, out var field)) return null;
        var (min, max) = TextPlanner.Lengths(request);
        var part = new WordsPart(new TemplateParser(request.Locale, "").List($"{subject}.{field}"), Draw.Index, MaxChars: Math.Min(max, 200));
        if (part.MinLength < min || part.MaxLength > max) return null;
        var domain = new TextDomain(new TextTemplate([part])) { Aspect = subject };
        return new IndexedSpec(domain, new RowIndexSpec(domain.Size, subject, 1, domain.Size));
    }

    /// <summary>A domain that is one list of a theme is marked with it.</summary>
    public static TextDomain Tagged(TextDomain domain) =>
        domain.Template.Parts is [WordsPart part] && Fields.ContainsKey(part.List.Split('.')[0])
            ? domain with { Aspect = part.List.Split('.')[0] } : domain;
}
