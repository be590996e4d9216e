using RelSeed.Expressions;
using RelSeed.Numerics;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

public sealed record LiteralPart(string Text) : TextPart
{
    public override int MinLength => Text.Length;
    public override int MaxLength => Text.Length;
    public override string Describe() => Text.Replace("\n", "\\n");
}

/// <summary>A word of a list.</summary>
/// <param name="List">Name for <see cref="WordLists.Get"/>: <c>last:de</c>.</param>
/// <param name="MaxChars">Longer words are left out; 0 for no bound.</param>
public sealed record WordsPart(string List, Draw Draw, WordForm Form = WordForm.Plain, int MaxChars = 0) : TextPart
{
    internal WordList Words => WordLists.Get(List, Form, MaxChars);
    public override long Choices => Draw.IsIndex ? Words.Count : 1;
    public override int MinLength => Words.MinChars;
    public override int MaxLength => Words.MaxChars;
    public override string Describe() => $"[{List.Split(':')[0].Replace('.', ' ')}]";
}

/// <summary>A word of a list in which # stands for a digit and ~ for a capital letter, drawn by the part itself.</summary>
/// <param name="MaxChars">Longer patterns are cut; 0 for no bound.</param>
public sealed record PatternPart(string List, Draw Draw, int MaxChars = 0) : TextPart
{
    internal WordList Words => WordLists.Get(List, WordForm.Plain, MaxChars);
    public override int MinLength => Words.MinChars;
    public override int MaxLength => Words.MaxChars;
    public override string Describe() => $"[{List.Split(':')[0].Replace('.', ' ')}]";
}

/// <summary>A number as text, without leading zeros unless <paramref name="Width"/> asks for them.</summary>
/// <param name="Decimals">The number is an integer of 10^-Decimals; a point stands before the last digits.</param>
/// <param name="Width">Digits at least, filled up with zeros.</param>
public sealed record NumberPart(long Min, long Max, Draw Draw, int Decimals = 0, int Width = 0, long Step = 1) : TextPart
{
    public override long Choices => Draw.IsIndex ? (long)UInt128.Min((UInt128)((Int128)Max - Min) / (ulong)Step + 1, long.MaxValue) : 1;
    public override int MinLength => Min < 0 && Max >= 0 ? Length(0) : Math.Min(Length(Min), Length(Max));
    public override int MaxLength => Math.Max(Length(Min), Length(Max));
    public override string Describe() =>
        Width > 0 ? new string('0', Width) : $"[{CanonicalText.Number(Min, Decimals)}..{CanonicalText.Number(Max, Decimals)}]";

    int Length(long value)
    {
        var digits = Math.Max(Math.Max(1, Width), Decimals + 1);
        var rest = (UInt128)Int128.Abs(value);
        var own = 1;
        while (rest >= 10)
        {
            rest /= 10;
            own++;
        }
        return Math.Max(digits, own) + (Decimals > 0 ? 1 : 0) + (value < 0 ? 1 : 0);
    }
}

/// <summary>Characters of an alphabet, each drawn alike. From the index only when the count is fixed.</summary>
/// <param name="Alphabet">Distinct characters of ASCII.</param>
public sealed record CharsPart(string Alphabet, int MinCount, int MaxCount, Draw Draw) : TextPart
{
    public override long Choices
    {
        get
        {
            if (!Draw.IsIndex) return 1;
            UInt128 product = 1;
            for (var i = 0; i < MaxCount && product <= long.MaxValue; i++) product *= (UInt128)Alphabet.Length;
            return (long)UInt128.Min(product, long.MaxValue);
        }
    }

    public override int MinLength => MinCount;
    public override int MaxLength => MaxCount;
    public override string Describe() => $"{{{(MinCount == MaxCount ? $"{MaxCount}" : $"{MinCount}-{MaxCount}")} of {Short}}}";
    string Short => Alphabet.Length <= 8 ? Alphabet : $"{Alphabet[0]}…{Alphabet[^1]}";
}

/// <summary>One of several templates.</summary>
/// <param name="Weights">As many as cases; empty for equal shares.</param>
public sealed record ChoicePart(EquatableArray<TextTemplate> Cases, Draw Draw, EquatableArray<double> Weights = default) : TextPart
{
    public override int MinLength => Cases.Min(c => c.MinLength);
    public override int MaxLength => Cases.Max(c => c.MaxLength);
    public override string Describe() =>
        Cases is [{ Parts: [WordsPart a] }, { Parts: [WordsPart b] }] && a.List.Split('.')[0] == b.List.Split('.')[0] ? $"[{a.List.Split('.')[0]}]"
        : MaxLength > 40 && Cases.Count > 3 ? "[sentence]" : Cases.Count <= 3 ? $"({string.Join(" | ", Cases.Select(c => c.Describe()))})"
        : $"(one of {Cases.Count} forms)";
}

/// <summary>The template that belongs to the drawn word of a list: the street names of a place's language.</summary>
/// <param name="Keys">Words of the list, one a case; a word that is none of them takes the first case.</param>
public sealed record MatchPart(string List, Draw Draw, EquatableArray<string> Keys, EquatableArray<TextTemplate> Cases) : TextPart
{
    public override int MinLength => Cases.Min(c => c.MinLength);
    public override int MaxLength => Cases.Max(c => c.MaxLength);
    public override string Describe() => "[street]";
}

/// <summary>A template several times, drawn anew each time.</summary>
public sealed record RepeatPart(TextTemplate Item, int MinCount, int MaxCount, string Separator) : TextPart
{
    public override int MinLength => Length(MinCount, Item.MinLength);
    public override int MaxLength => Length(MaxCount, Item.MaxLength);
    public override string Describe() => $"{MinCount}-{MaxCount} times {Item.Describe()}";
    int Length(int count, int item) => count == 0 ? 0 : (int)Math.Min((long)count * item + (long)(count - 1) * Separator.Length, int.MaxValue / 2);
}

/// <summary>Another text column of the row; the fallback where that is null.</summary>
/// <param name="Column">0-based position.</param>
/// <param name="MaxChars">Cut off after so many; at least 1.</param>
public sealed record ColumnPart(int Column, string ColumnName, TextTransform Transform, int MaxChars, TextTemplate Fallback) : TextPart
{
    public override int MinLength => Math.Min(1, Fallback.MinLength);
    public override int MaxLength => Math.Max(MaxChars, Fallback.MaxLength);
    public override string Describe() => $"[own {ColumnName}]";
}

public enum TextTransform
{
    None,

    /// <summary>Lower-case letters and digits of ASCII, hyphens between the words.</summary>
    Slug,
}

/// <summary>An instant as text.</summary>
public sealed record InstantPart(long MinMicros, long MaxMicros, long StepMicros, TemporalForm Form, Draw Draw) : TextPart
{
    public override long Choices => Draw.IsIndex ? (MaxMicros - MinMicros) / StepMicros + 1 : 1;
    public override int MinLength => MaxLength;
    public override int MaxLength => Form == TemporalForm.DateText ? 10 : 19;
    public override string Describe() => "[instant]";
}

/// <summary>Sets check digits in the value written so far.</summary>
public sealed record CheckDigitPart(CheckDigit Kind) : TextPart
{
    public override int MinLength => Kind == CheckDigit.Mod97 ? 0 : 1;
    public override int MaxLength => MinLength;
    public override string Describe() => Kind == CheckDigit.Mod97 ? "" : "[check digit]";
}

public enum CheckDigit
{
    /// <summary>Luhn's over all digits so far, appended: cards, IMEI.</summary>
    Luhn,

    /// <summary>Weights 1 and 3 from the right over all digits so far, appended: EAN, GTIN, ISBN-13.</summary>
    Ean,

    /// <summary>Weights 10 to 2, X for ten, appended: ISBN-10.</summary>
    Isbn10,

    /// <summary>ISO 7064 mod 97-10, put in the 3rd and 4th characters: IBAN.</summary>
    Mod97,
}

/// <summary>A text that regular expressions match, where no template spells it: by the automaton of them all.</summary>
public sealed record SampledPart(string Pattern, EquatableArray<string> OtherPatterns, int LeastChars, int MostChars, Draw Draw) : TextPart
{
    /// <summary>Null when no text can be made, or not all that are made would match.</summary>
    internal PatternSampler? Sampler { get; } =
        PatternSampler.TryCreate([.. OtherPatterns.Prepend(Pattern).Select(p => new Condition.Pattern("", LikeKind.Regex, p, '\\'))],
            LeastChars, MostChars, out _) is { IsExact: true } sampler ? sampler : null;

    public override long Choices => Draw.IsIndex ? Sampler!.Count : 1;
    public override int MinLength => Sampler!.Lengths.Shortest;
    public override int MaxLength => Sampler!.Lengths.Longest;
    public override string Describe() => "[text of its pattern]";

    // The automaton follows from the rest.
    public bool Equals(SampledPart? other) =>
        other is not null && (Pattern, OtherPatterns, LeastChars, MostChars, Draw)
            == (other.Pattern, other.OtherPatterns, other.LeastChars, other.MostChars, other.Draw);
    public override int GetHashCode() => HashCode.Combine(Pattern, OtherPatterns, LeastChars, MostChars, Draw);
}
