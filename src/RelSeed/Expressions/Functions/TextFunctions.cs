using System.Text;
using static RelSeed.Expressions.ScalarFunction;

namespace RelSeed.Expressions;

/// <summary>PostgreSQL's functions on text, bytes and bits. Positions and lengths are of characters, surrogate pairs counting once.</summary>
static class TextFunctions
{
    const int LongestResult = 1_000_000;

    static readonly SqlValue TooLong = SqlValue.NotEvaluable("a text that is too long");
    static readonly SqlValue LocaleCase = SqlValue.NotEvaluable("the case of letters beyond ASCII depends on the locale");

    public static readonly KeyValuePair<string, ScalarFunction>[] PostgreSql =
    [
        Strict("length", 1, static (a, _) => Length(a[0])),
        Strict("char_length", 1, static (a, _) => OnText(a[0], t => SqlValue.Integer(CharacterCount(t)))),
        Strict("character_length", 1, static (a, _) => OnText(a[0], t => SqlValue.Integer(CharacterCount(t)))),
        Strict("octet_length", 1, static (a, _) => Bytes(a[0], 1)),
        Strict("bit_length", 1, static (a, _) => Bytes(a[0], 8)),
        Strict("lower", 1, static (a, _) => a[0].Kind == SqlKind.Range ? RangeFunctions.Bound(a[0].AsRange, isLower: true)
            : ChangeCase(a[0], t => t.ToLowerInvariant())),
        Strict("upper", 1, static (a, _) => a[0].Kind == SqlKind.Range ? RangeFunctions.Bound(a[0].AsRange, isLower: false)
            : ChangeCase(a[0], t => t.ToUpperInvariant())),
        Strict("initcap", 1, static (a, _) => ChangeCase(a[0], InitialCapitals)),
        Strict("btrim", 1, 2, static (a, _) => Trim(a, t => (t.Text.Trim(t.Set)))),
        Strict("trim", 1, 2, static (a, _) => Trim(a, t => t.Text.Trim(t.Set))),
        Strict("ltrim", 1, 2, static (a, _) => Trim(a, t => t.Text.TrimStart(t.Set))),
        Strict("rtrim", 1, 2, static (a, _) => Trim(a, t => t.Text.TrimEnd(t.Set))),
        Strict("substr", 2, 3, static (a, _) => Substring(a)),
        Strict("substring", 2, 3, static (a, _) => a[1].IsText ? RegexSubstring(a) : Substring(a)),
        Strict("left", 2, static (a, _) => OnText(a[0], a[1], static (t, n) => SqlValue.Text(Left(t, n)))),
        Strict("right", 2, static (a, _) => OnText(a[0], a[1], static (t, n) => SqlValue.Text(Right(t, n)))),
        Strict("position", 2, static (a, _) => Position(a[1], a[0])),
        Strict("strpos", 2, static (a, _) => Position(a[0], a[1])),
        Strict("starts_with", 2,
            static (a, _) => a[0].IsText && a[1].IsText ? SqlValue.Boolean(a[0].AsText.StartsWith(a[1].AsText, StringComparison.Ordinal)) : NoText),
        Strict("replace", 3, static (a, _) => Replace(a)),
        Strict("translate", 3, static (a, _) => Translate(a)),
        Strict("repeat", 2,
            static (a, _) =>
            OnText(a[0], a[1], static (t, n) => n <= 0 ? SqlValue.Text("") : t.Length * n > LongestResult ? TooLong
                : SqlValue.Text(string.Concat(Enumerable.Repeat(t, (int)n))))),
        Strict("reverse", 1,
            static (a, _) => OnText(a[0], static t => SqlValue.Text(string.Concat(t.EnumerateRunes().Reverse().Select(r => r.ToString()))))),
        Strict("lpad", 2, 3, static (a, _) => Pad(a, isLeft: true)),
        Strict("rpad", 2, 3, static (a, _) => Pad(a, isLeft: false)),
        Strict("split_part", 3, static (a, _) => SplitPart(a)),
        Strict("ascii", 1, static (a, _) => OnText(a[0], static t => SqlValue.Integer(t.EnumerateRunes().FirstOrDefault().Value))),
        Strict("chr", 1, static (a, _) => a[0].AsInteger is > 0 and <= int.MaxValue && Rune.TryCreate((int)a[0].AsInteger, out var rune)
            ? SqlValue.Text(rune.ToString()) : SqlValue.Error("no character")),
        Strict("similar_to_escape", 1, 2,
            static (a, _) => SqlValue.Text(SimilarPattern.ToRegex(a[0].AsText, a.Length == 2 && a[1].AsText.Length == 1 ? a[1].AsText[0] : '\\'))),
        Strict("regexp_like", 2,
            static (a, _) => a[0].IsText && a[1].IsText ? RegexMatcher.Create(a[1].AsText, ignoreCase: false).IsMatch(a[0].AsText) : NoText),
        Lenient("similar_escape", 2, 2, static (a, _) => a[0].IsNull ? a[0]
            : SqlValue.Text(SimilarPattern.ToRegex(a[0].AsText, a[1].IsNull ? '\\' : a[1].AsText is [var e] ? e : '\0'))),
        Lenient("concat", 1, 100, static (a, _) => Concat(a, 0, "")),
        Lenient("concat_ws", 2, 100, static (a, _) => a[0].IsNull ? a[0] : Concat(a[1..], 0, a[0].AsText)),
    ];

    static SqlValue NoText => SqlValue.NotEvaluable("a text function on no text");

    static SqlValue OnText(SqlValue value, Func<string, SqlValue> apply) =>
        value.Kind is SqlKind.Text or SqlKind.CaseInsensitiveText ? apply(value.AsText) : NoText;

    static SqlValue OnText(SqlValue value, SqlValue number, Func<string, long, SqlValue> apply) =>
        value.Kind is SqlKind.Text or SqlKind.CaseInsensitiveText && number.Kind == SqlKind.Integer && Math.Abs(number.AsInteger) <= int.MaxValue
            ? apply(value.AsText, number.AsInteger) : NoText;

    public static long CharacterCount(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
            if (char.IsSurrogatePair(text[i - 1], text[i])) count--;
        return count;
    }

    static SqlValue Length(SqlValue value) => value.Kind switch
    {
        SqlKind.Bytes => SqlValue.Integer(value.AsBytes.Length),
        SqlKind.Bits => SqlValue.Integer(value.AsText.Length),
        _ => OnText(value, static t => SqlValue.Integer(CharacterCount(t))),
    };

    static SqlValue Bytes(SqlValue value, int factor) => value.Kind switch
    {
        SqlKind.Bytes => SqlValue.Integer(value.AsBytes.LongLength * factor),
        SqlKind.Bits => SqlValue.Integer(factor == 8 ? value.AsText.Length : (value.AsText.Length + 7) / 8),
        _ => OnText(value, t => SqlValue.Integer(Encoding.UTF8.GetByteCount(t) * (long)factor)),
    };

    static SqlValue ChangeCase(SqlValue value, Func<string, string> change) => OnText(value, text =>
    {
        var changed = change(text);
        return Ascii.IsValid(text) || changed == text ? SqlValue.Text(changed) : OnlyAsciiChanged(text, changed) ? SqlValue.Text(changed)
            : LocaleCase;
    });

    static bool OnlyAsciiChanged(string text, string changed)
    {
        if (text.Length != changed.Length) return false;
        for (var i = 0; i < text.Length; i++)
            if (text[i] != changed[i] && text[i] >= 128) return false;
        return true;
    }

    static string InitialCapitals(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < source.Length; i++)
            span[i] = i > 0 && char.IsLetterOrDigit(source[i - 1]) ? char.ToLowerInvariant(source[i]) : char.ToUpperInvariant(source[i]);
    });

    static SqlValue Trim(ReadOnlySpan<SqlValue> arguments, Func<(string Text, char[] Set), string> trim)
    {
        if (arguments[0].Kind is not (SqlKind.Text or SqlKind.CaseInsensitiveText) || arguments.Length > 1 && !arguments[1].IsText) return NoText;
        var set = arguments.Length > 1 ? arguments[1].AsText.ToCharArray() : [' '];
        return set.Length == 0 ? SqlValue.Text(arguments[0].AsText)
            : set.Any(char.IsSurrogate) ? SqlValue.NotEvaluable("characters beyond the basic plane are not trimmed")
            : SqlValue.Text(trim((arguments[0].AsText, set)));
    }

    /// <summary>UTF-16 index of the n-th character, n from 0; the text's end when it has fewer.</summary>
    static int IndexOf(string text, long character)
    {
        var index = 0;
        for (; character > 0 && index < text.Length; character--) index += index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]) ? 2 : 1;
        return index;
    }

    /// <summary>The first characters; all but the last -n when n is negative.</summary>
    public static string Left(string text, long count) => text[..IndexOf(text, count >= 0 ? count : Math.Max(0, CharacterCount(text) + count))];

    static string Right(string text, long count) => text[IndexOf(text, count >= 0 ? Math.Max(0, CharacterCount(text) - count) : -count)..];

    /// <summary>Positions below 1 count towards the length, as in the standard.</summary>
    static SqlValue Substring(ReadOnlySpan<SqlValue> arguments)
    {
        if (arguments[1].Kind != SqlKind.Integer || arguments.Length > 2 && arguments[2].Kind != SqlKind.Integer) return NoText;
        var start = arguments[1].AsInteger;
        var length = arguments.Length > 2 ? arguments[2].AsInteger : long.MaxValue;
        if (length < 0) return SqlValue.Error("a negative length");
        var end = length > long.MaxValue - Math.Max(start, 0) ? long.MaxValue : start + length;
        if (arguments[0].Kind == SqlKind.Bytes) return SqlValue.Bytes(Part(arguments[0].AsBytes, Math.Max(start, 1) - 1, end - 1));
        return OnText(arguments[0], text =>
        {
            var from = IndexOf(text, Math.Max(start, 1) - 1);
            return SqlValue.Text(end <= Math.Max(start, 1) ? "" : text[from..Math.Max(from, IndexOf(text, end - 1))]);
        });
    }

    static ReadOnlyMemory<byte> Part(byte[] bytes, long from, long end) =>
        from >= end || from >= bytes.Length ? default : bytes.AsMemory((int)from..(int)Math.Min(end, bytes.Length));

    static SqlValue RegexSubstring(ReadOnlySpan<SqlValue> arguments) => arguments.Length == 2 && arguments[0].IsText
        ? RegexMatcher.Create(arguments[1].AsText, arguments[0].Kind == SqlKind.CaseInsensitiveText).Substring(arguments[0].AsText)
        : NoText;

    static SqlValue Position(SqlValue text, SqlValue part)
    {
        if (text.Kind != SqlKind.Text || part.Kind != SqlKind.Text) return NoText;
        var index = text.AsText.IndexOf(part.AsText, StringComparison.Ordinal);
        return SqlValue.Integer(index < 0 ? 0 : CharacterCount(text.AsText[..index]) + 1);
    }

    static SqlValue Replace(ReadOnlySpan<SqlValue> arguments)
    {
        if (arguments[0].Kind != SqlKind.Text || !arguments[1].IsText || !arguments[2].IsText) return NoText;
        var (text, from, to) = (arguments[0].AsText, arguments[1].AsText, arguments[2].AsText);
        if (from.Length == 0) return arguments[0];
        return (long)text.Length / from.Length * to.Length > LongestResult ? TooLong : SqlValue.Text(text.Replace(from, to));
    }

    static SqlValue Translate(ReadOnlySpan<SqlValue> arguments)
    {
        if (arguments[0].Kind != SqlKind.Text || !arguments[1].IsText || !arguments[2].IsText) return NoText;
        var (from, to) = (arguments[1].AsText, arguments[2].AsText);
        if (from.Any(char.IsSurrogate) || to.Any(char.IsSurrogate)) return NoText;
        var result = new StringBuilder();
        foreach (var c in arguments[0].AsText)
        {
            var at = from.IndexOf(c, StringComparison.Ordinal);
            if (at < 0) result.Append(c);
            else if (at < to.Length) result.Append(to[at]);
        }
        return SqlValue.Text(result.ToString());
    }

    static SqlValue Pad(ReadOnlySpan<SqlValue> arguments, bool isLeft)
    {
        var fill = arguments.Length > 2 ? arguments[2] : SqlValue.Text(" ");
        if (!fill.IsText || fill.AsText.Any(char.IsSurrogate)) return NoText;
        return OnText(arguments[0], arguments[1], (text, length) =>
        {
            if (length > LongestResult) return TooLong;
            var missing = length - CharacterCount(text);
            if (missing <= 0 || fill.AsText.Length == 0) return SqlValue.Text(Left(text, Math.Max(0, length)));
            var padding = string.Concat(Enumerable.Range(0, (int)missing).Select(i => fill.AsText[i % fill.AsText.Length]));
            return SqlValue.Text(isLeft ? padding + text : text + padding);
        });
    }

    static SqlValue SplitPart(ReadOnlySpan<SqlValue> arguments)
    {
        if (!arguments[1].IsText) return NoText;
        var separator = arguments[1].AsText;
        return OnText(arguments[0], arguments[2], (text, number) =>
        {
            if (number <= 0) return SqlValue.NotEvaluable("split_part from the end");
            var parts = separator.Length == 0 ? [text] : text.Split(separator);
            return SqlValue.Text(number <= parts.Length ? parts[number - 1] : "");
        });
    }

    static SqlValue Concat(ReadOnlySpan<SqlValue> arguments, int start, string separator)
    {
        var texts = new List<string>();
        foreach (var argument in arguments[start..])
        {
            if (argument.IsNull) continue;
            if (argument.Kind == SqlKind.Boolean) texts.Add(argument.IsTrue ? "t" : "f");
            else if (SqlCast.ToText(argument) is { IsEvaluable: true } text) texts.Add(text.AsText);
            else return NoText;
        }
        return SqlValue.Text(string.Join(separator, texts));
    }
}
