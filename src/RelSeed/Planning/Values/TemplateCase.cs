using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Writes a template's texts in one case.</summary>
static class TemplateCase
{
    /// <returns>Null when a part cannot be written so, or texts that differ would become equal.</returns>
    public static TextTemplate? Fold(TextTemplate template, LetterCase? letters)
    {
        if (letters is not { } @case) return template;
        var parts = template.Parts.Select(p => Fold(p, @case)).ToList();
        return parts.TrueForAll(p => p is not null) ? new TextTemplate(parts.OfType<TextPart>().ToEquatableArray()) : null;
    }

    static TextPart? Fold(TextPart part, LetterCase letters) => part switch
    {
        LiteralPart literal => new LiteralPart(Fold(literal.Text, letters)),
        WordsPart { Form: WordForm.Plain or WordForm.Lower or WordForm.Upper or WordForm.Capital } words when !words.Draw.IsIndex
            || words.Words.IsDistinct =>
            words with { Form = letters == LetterCase.Lower ? WordForm.Lower : WordForm.Upper },
        WordsPart { Form: WordForm.Slug } slug when letters == LetterCase.Lower => slug,
        CharsPart chars when Fold(chars.Alphabet, letters) is var folded && folded.Distinct().Count() == folded.Length =>
            chars with { Alphabet = folded },
        NumberPart or InstantPart { Form: TemporalForm.DateText } => part,
        _ => null,
    };

    static string Fold(string text, LetterCase letters) => letters == LetterCase.Lower ? LetterFold.Lower(text) : LetterFold.Upper(text);
}
