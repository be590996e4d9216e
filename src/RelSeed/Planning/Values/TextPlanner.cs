using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Chooses templates that fit a column's length and pattern.</summary>
static class TextPlanner
{
    const int Unbounded = 1 << 20;

    // A list of which fewer words than this fit a narrow column is not used for it.
    const int FewestWords = 5;

    const int LongestCode = 32;

    // Characters of ASCII that need no quoting anywhere.
    const string Printable = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%()*+,-./:;<=>?@[]^_{|}~";

    public static GeneratorSpec Plan(ValueRequest request, ColumnMeaning meaning) => new TextSpec(Template(request, meaning));

    public static TextTemplate Template(ValueRequest request, ColumnMeaning meaning)
    {
        var (min, max) = Lengths(request);
        var parser = new TemplateParser(request.Locale, meaning.Aspect);
        var candidates = Fixed(request, meaning, max)
            .Concat(TextCatalog.Of(meaning, request.Locale).Select(parser.Parse))
            .Concat(meaning.Kind == Meaning.Unknown ? [] : TextCatalog.Of(ColumnMeaning.Unknown, request.Locale).Select(parser.Parse))
            .Append(Letters(Math.Min(max, 8)))
            .Select(t => Squeeze(t, max))
            .Where(t => t.MaxLength <= max)
            .ToList();
        // Tried against a check only as far as one is wanted.
        var best = request.Filter is { } filter ? filter.TakingEnough(candidates.SelectMany(t => new[] { t, Joined(t) })).Concat(candidates) : candidates;
        var fitting = best.FirstOrDefault(t => t.MinLength >= min) ?? Pad(best.First(), min, max);
        if (request.Domain.Pattern is null) return FormTemplates.Of(request, meaning, Slugged(request, meaning, fitting, max), min, max);
        return best.Append(fitting).FirstOrDefault(t => t.MinLength >= min && Matches(t, request.Domain))
            ?? Spelt(request.Domain, min, max, Draw.Own) ?? fitting;
    }

    /// <summary>Distinct texts: the first template with room for as many as needed, else the roomiest.</summary>
    public static TextDomain UniqueDomain(ValueRequest request, ColumnMeaning meaning, long needed)
    {
        var (min, max) = Lengths(request);
        TextTemplate? roomiest = null;
        foreach (var candidate in UniqueCandidates(request, meaning, needed, min, max))
        {
            if (TemplateCase.Fold(candidate, request.Domain.Case) is not { } template) continue;
            if (template.MaxLength > max || template.MinLength < min || !Matches(template, request.Domain)) continue;
            if (request.Filter?.TakesAll(template) == false) continue;
            if (template.Capacity >= needed) return new TextDomain(template);
            if (roomiest is null || template.Capacity > roomiest.Capacity) roomiest = template;
        }
        return new TextDomain(roomiest ?? Codes(Math.Min(max, Math.Max(min, LongestCode)), request.Domain.Case == LetterCase.Lower ? "az09" : "AZ09"));
    }

    /// <summary>Distinct texts made of words alone, without a number that tells them apart; null where the meaning has fewer than needed.</summary>
    public static TextDomain? Words(ValueRequest request, ColumnMeaning meaning, long needed)
    {
        var (min, max) = Lengths(request);
        var parser = new TemplateParser(request.Locale, meaning.Aspect);
        return TextCatalog.UniqueOf(meaning, request.Locale).Select(parser.Parse)
            .Where(t => t.Parts.All(p => p is LiteralPart or WordsPart) && t.Capacity >= needed && t.MaxLength <= max && t.MinLength >= min
                && Matches(t, request.Domain) && request.Filter?.TakesAll(t) != false)
            .Select(t => new TextDomain(t)).FirstOrDefault();
    }

    static bool Matches(TextTemplate template, ValueDomain domain) => (domain.Pattern is null || TemplateSample.AllMatch(template, domain.Pattern))
        && domain.OtherPatterns.All(p => TemplateSample.AllMatch(template, p));

    static TextTemplate? Spelt(ValueDomain domain, int min, int max, Draw draw) => domain.Pattern is not { } pattern ? null
        : (domain.OtherPatterns.IsEmpty ? PatternTemplate.Parse(pattern, min, max, draw) : null)
            ?? (new SampledPart(pattern, domain.OtherPatterns, min, max, draw) is { Sampler: not null } sampled ? new TextTemplate([sampled]) : null);

    static IEnumerable<TextTemplate> UniqueCandidates(ValueRequest request, ColumnMeaning meaning, long needed, int min, int max)
    {
        var isCaseBlind = request.Domain.CaseInsensitive || request.Column.IsCaseInsensitive;
        if (FormTemplates.Unique(request, meaning, needed) is { } learned) yield return learned;
        foreach (var text in TextCatalog.UniqueOf(meaning, request.Locale).Concat(TextCatalog.UniqueOf(ColumnMeaning.Unknown, request.Locale)))
        {
            yield return Parse(text, needed);
            if (request.Filter is not null) yield return Joined(Parse(text, needed));
        }
        if (Spelt(request.Domain, min, max, Draw.Index) is { } spelt) yield return spelt;
        // A short column is filled, as codes are; a long one takes as many characters as the rows need.
        var shortest = Math.Max(Math.Max(1, min), Math.Min(max, 6));
        foreach (var alphabet in request.Domain.Case == LetterCase.Lower ? ["az", "az09"] : new[] { "AZ", "AZ09", "id" })
            for (var length = shortest; length <= Math.Min(max, shortest + 13) && (alphabet != "id" || !isCaseBlind); length++)
                yield return Codes(length, alphabet);
        if (!isCaseBlind) yield return new TextTemplate([new CharsPart(Printable, shortest, shortest, Draw.Index)]);

        TextTemplate Parse(string text, long serial)
        {
            var template = new TemplateParser(request.Locale, meaning.Aspect, serial).Parse(text);
            return template.Parts is [WordsPart { Draw.IsIndex: true } only] && only.MaxLength > max && Fits(only, max)
                ? new TextTemplate([only with { MaxChars = max }]) : template;
        }
    }

    /// <summary>Least and greatest length in characters.</summary>
    public static (int Min, int Max) Lengths(ValueRequest request)
    {
        var type = request.Type;
        var max = Math.Min(type.Length ?? (type.BaseName == "name" ? 63 : Unbounded), request.Domain.MaxLength ?? Unbounded);
        return (Math.Min(request.Domain.MinLength ?? 0, max), Math.Max(0, max));
    }

    // Lengths at which an unknown text is most likely a code of a well-known form.
    static IEnumerable<TextTemplate> Fixed(ValueRequest request, ColumnMeaning meaning, int max)
    {
        if (meaning.Kind != Meaning.Unknown) return [];
        var parser = new TemplateParser(request.Locale, meaning.Aspect);
        if (request.Type.Kind == TypeKind.FixedText && max is 36)
            return TextCatalog.Of(ColumnMeaning.Unknown with { Kind = Meaning.UuidText }, request.Locale).Select(parser.Parse);
        if (request.Type.Kind == TypeKind.FixedText && max is 32 or 40 or 64) return [parser.Parse($"{{hex {max}}}")];
        return max <= 3 || request.Type.Kind == TypeKind.FixedText && max <= 12 ? [Letters(max)] : [];
    }

    // A check may want a text without spaces.
    static TextTemplate Joined(TextTemplate template) =>
        new(template.Parts.Select(p => p is LiteralPart literal ? new LiteralPart(literal.Text.Replace(' ', '-')) : p).ToEquatableArray());

    static TextTemplate Letters(int count) => new([new CharsPart(TemplateParser.Alphabet("AZ"), count, count, Draw.Own)]);

    static TextTemplate Codes(int length, string alphabet) => new([new CharsPart(TemplateParser.Alphabet(alphabet), length, length, Draw.Index)]);

    // A code becomes shorter, a list loses its long words.
    static TextTemplate Squeeze(TextTemplate template, int max) => template.Parts switch
    {
        [WordsPart words] when words.MaxLength > max && Fits(words, max) => new TextTemplate([words with { MaxChars = max }]),
        [PatternPart { List: var list } pattern] when list.StartsWith("place.postcode", StringComparison.Ordinal) && pattern.MaxLength > max
            && max > 1 =>
            new TextTemplate([pattern with { MaxChars = max }]),
        [CharsPart chars] when chars.MaxLength > max && max > 0 =>
            new TextTemplate([chars with { MinCount = Math.Min(chars.MinCount, max), MaxCount = max }]),
        _ => template,
    };

    static bool Fits(WordsPart part, int max)
    {
        if (max < 1) return false;
        if (!part.Draw.IsIndex && Gazetteer.Owns(part.List)) return true;
        return part.Words.Words.Count(w => w.Length <= max) >= FewestWords && !OwnWords.IsParallel(part.List);
    }

    static TextTemplate Pad(TextTemplate template, int min, int max)
    {
        var missing = min - template.MinLength;
        if (template.MaxLength + missing > max) return Letters(min);
        return new TextTemplate([.. template.Parts, new CharsPart(TemplateParser.Alphabet("az09"), missing, missing, Draw.Own)]);
    }

    // A slug follows the row's own title or name.
    static TextTemplate Slugged(ValueRequest request, ColumnMeaning meaning, TextTemplate template, int max)
    {
        if (meaning.Kind != Meaning.Slug) return template;
        var source = SlugSource(request);
        if (source < 0) return template;
        return new TextTemplate([new ColumnPart(source, request.Table.Columns[source].Name, TextTransform.Slug, Math.Min(max, 80), template)]);
    }

    static int SlugSource(ValueRequest request)
    {
        for (var c = 0; c < request.Table.Columns.Count; c++)
        {
            var column = request.Table.Columns[c];
            if (column == request.Column || request.Forbidden.Contains(c) || !column.Type.Kind.IsText() || column.IsComputed) continue;
            if (NameWords.Of(column.Name) is [.., "name"] or [.., "title"] or ["headline"] or ["label"]) return c;
        }
        return -1;
    }
}
