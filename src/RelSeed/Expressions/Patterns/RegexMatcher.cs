using System.Text;
using System.Text.RegularExpressions;

namespace RelSeed.Expressions;

/// <summary>Matches PostgreSQL's regular expressions by way of .NET's, in linear time unless the expression looks around or back.</summary>
sealed class RegexMatcher
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    // A plan is made dozens of times in a rehearsal, and its expressions are compiled anew each time: an automaton costs more than all else.
    static readonly BoundedCache<(string Pattern, bool IgnoreCase), RegexMatcher> Kept = new(capacity: 4096);

    readonly string _fault;
    readonly RegexNode _node = RegexNode.Empty;
    readonly Lazy<Regex>? _plain;
    readonly Lazy<Regex>? _withSurrogates;
    readonly RegexMatcher? _cLocale;
    readonly SetSequence? _sequence;

    RegexMatcher(string fault) => _fault = fault;

    RegexMatcher(RegexNode node, bool unicode, RegexMatcher? cLocale)
    {
        (_fault, _node, _cLocale, _sequence) = ("", node, cLocale, SetSequence.Of(node));
        var word = CharSet.Class("word", unicode)!;
        _plain = new(() => Build(node, withSurrogates: false, word));
        _withSurrogates = new(() => Build(node, withSurrogates: true, word));
    }

    /// <summary>A matcher for any text: one for an expression that is wrong or not read evaluates to that reason.</summary>
    public static RegexMatcher Create(string pattern, bool ignoreCase) =>
        Kept.Get((pattern, ignoreCase), static key => Make(key.Pattern, key.IgnoreCase));

    static RegexMatcher Make(string pattern, bool ignoreCase)
    {
        if (RegexParser.TryParse(pattern, ignoreCase, unicode: false, out var isLocaleDependent, out var reason) is not { } ascii) return new(reason);
        if (ignoreCase && ascii.All().Any(n => n is RegexNode.BackReference)) return new("a reference that ignores case");
        var cLocale = new RegexMatcher(ascii, unicode: false, null);
        if (!isLocaleDependent) return cLocale;
        return new(RegexParser.TryParse(pattern, ignoreCase, unicode: true, out _, out _)!, unicode: true, cLocale);
    }

    static Regex Build(RegexNode node, bool withSurrogates, CharSet word)
    {
        var translator = new RegexTranslator(withSurrogates, word);
        var text = translator.Translate(node);
        const RegexOptions options = RegexOptions.CultureInvariant;
        if (translator.NeedsBacktracking) return new(text, options, Limit);
        try
        {
            return new(text, options | RegexOptions.NonBacktracking, Limit);
        }
        catch (NotSupportedException)
        {
            return new(text, options, Limit);
        }
    }

    /// <summary>TRUE or FALSE; not evaluable where the locale decides, or the expression is not read.</summary>
    public SqlValue IsMatch(string text) =>
        _sequence is not null && Ascii.IsValid(text) && !text.Contains('\0', StringComparison.Ordinal)
            ? SqlValue.Boolean(_sequence.IsMatch(text))
            : Try(text, static (regex, subject) => SqlValue.Boolean(regex.IsMatch(subject)));

    /// <summary>The matched text, or its one group's; NULL for no match. Only for expressions whose longest and greediest match are the
    /// same.</summary>
    public SqlValue Substring(string text)
    {
        if (_fault.Length == 0 && !HasOneMatch(_node)) return SqlValue.NotEvaluable("a match that depends on the rules of the longest");
        return Try(text, static (regex, subject) => regex.Match(subject) is { Success: true } match
            ? match.Groups.Count == 1 ? SqlValue.Text(match.Value) : match.Groups[1].Success ? SqlValue.Text(match.Groups[1].Value) : SqlValue.Null
            : SqlValue.Null);
    }

    static bool HasOneMatch(RegexNode node)
    {
        var all = node.All().ToList();
        return !all.Exists(n => n is RegexNode.Alternate or RegexNode.Look or RegexNode.BackReference or RegexNode.Repeat { IsLazy: true })
            && all.Count(n => n is RegexNode.Repeat repeat && repeat.Minimum != repeat.Maximum) <= 1
            && all.Count(n => n is RegexNode.Group) <= 1;
    }

    SqlValue Try(string text, Func<Regex, string, SqlValue> apply)
    {
        if (_fault.Length > 0) return SqlValue.NotEvaluable(_fault);
        if (text.Contains('\0', StringComparison.Ordinal)) return SqlValue.Error("a text with a zero character");
        try
        {
            var result = apply((text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? _withSurrogates! : _plain!).Value, text);
            if (_cLocale is null || Ascii.IsValid(text)) return result;
            return _cLocale.Try(text, apply) == result ? result : SqlValue.NotEvaluable("the classes of letters beyond ASCII depend on the locale");
        }
        catch (RegexMatchTimeoutException)
        {
            return SqlValue.NotEvaluable("a regular expression that takes too long");
        }
    }
}
