using System.Globalization;
using System.Text;
using RelSeed.Expressions;
using RelSeed.Numerics;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Reads templates slowly, as strings: for planning, and to check the fast programs against.</summary>
sealed class TemplateSample(ulong key)
{
    const int Samples = 400;

    // A schema is planned many times while it is rehearsed.
    static readonly BoundedCache<(TextTemplate Template, string Pattern), bool> Matched = new(capacity: 4096);

    readonly StringBuilder _text = new();
    long _index;
    ulong _draws;

    /// <summary>Sampled texts all match the expression.</summary>
    public static bool AllMatch(TextTemplate template, string pattern) => Matched.Get((template, pattern), Try);

    static bool Try((TextTemplate Template, string Pattern) tried)
    {
        var (template, pattern) = tried;
        var expression = RegexMatcher.Create(pattern, ignoreCase: false);
        for (var i = 0; i < Samples; i++)
        {
            var index = (long)CounterRandom.Below(CounterRandom.At(1, i), (ulong)template.Capacity);
            if (!expression.IsMatch(Text(template, (ulong)i, index)).IsTrue) return false;
        }
        return true;
    }

    /// <summary>A text of the template: drawn parts by a key, the others by the index.</summary>
    public static string Text(TextTemplate template, ulong key, long index)
    {
        var sample = new TemplateSample(key) { _index = index };
        sample.Write(template);
        return sample._text.ToString();
    }

    void Write(TextTemplate template)
    {
        foreach (var part in template.Parts) Write(part);
    }

    void Write(TextPart part)
    {
        switch (part)
        {
            case LiteralPart p: _text.Append(p.Text); break;
            case WordsPart p: _text.Append(p.Words.Words[(int)Choose(p.Draw, p.Words.Count)]); break;
            case PatternPart p: WritePattern(p.Words.Words[(int)Choose(Draw.Own, p.Words.Count)]); break;
            case NumberPart p: WriteNumber(p); break;
            case CharsPart p:
                var count = p.MinCount + Choose(Draw.Own, p.MaxCount - p.MinCount + 1);
                for (var i = 0; i < count; i++) _text.Append(p.Alphabet[(int)Choose(p.Draw, p.Alphabet.Length)]);
                break;
            case ChoicePart p: Write(p.Cases[(int)Choose(Draw.Own, p.Cases.Count)]); break;
            case MatchPart p: Write(p.Cases[(int)Choose(Draw.Own, p.Cases.Count)]); break;
            case RepeatPart p:
                var times = p.MinCount + Choose(Draw.Own, p.MaxCount - p.MinCount + 1);
                for (var i = 0; i < times; i++)
                {
                    if (i > 0) _text.Append(p.Separator);
                    Write(p.Item);
                }
                break;
            case ColumnPart p: Write(p.Fallback); break;
            case InstantPart p:
                var instant = CanonicalText.Instant(p.MinMicros + Choose(p.Draw, (p.MaxMicros - p.MinMicros) / p.StepMicros + 1) * p.StepMicros);
                _text.Append(instant.AsSpan(0, p.MaxLength));
                break;
            case SampledPart p: _text.Append(p.Sampler!.At(Choose(p.Draw, p.Sampler.Count))); break;
            default: _text.Append('0', part.MaxLength); break;
        }
    }

    void WriteNumber(NumberPart part)
    {
        var value = part.Min + Choose(part.Draw, (long)((part.Max - (Int128)part.Min) / part.Step + 1)) * part.Step;
        _text.Append(part.Decimals > 0 ? CanonicalText.Number(value, part.Decimals)
            : value.ToString(CultureInfo.InvariantCulture).PadLeft(part.Width, '0'));
    }

    void WritePattern(string pattern)
    {
        foreach (var c in pattern)
            _text.Append(c switch { '#' => (char)('0' + Choose(Draw.Own, 10)), '~' => (char)('A' + Choose(Draw.Own, 26)), _ => c });
    }

    long Choose(Draw draw, long count)
    {
        if (!draw.IsIndex) return (long)CounterRandom.Below(CounterRandom.At(key, (long)_draws++), (ulong)count);
        (_index, var digit) = Math.DivRem(_index, count);
        return digit;
    }
}
