using FsCheck;
using FsCheck.Fluent;
using RelSeed.Expressions;

namespace RelSeed.Tests.Expressions;

public sealed class RegexMatcherTests
{
    // Each answer is PostgreSQL 15's, of text ~ pattern.
    [Theory]
    [InlineData("a.c", "abc", true)]
    [InlineData("^$", "", true)]
    [InlineData("a|", "zzz", true)]
    [InlineData("^(a|b)*$", "abba", true)]
    [InlineData("^a{2,3}$", "aaaa", false)]
    [InlineData("^a{2}$", "aa", true)]
    [InlineData("^[]a]+$", "]a", true)]
    [InlineData("^[^]a]$", "b", true)]
    [InlineData("^[a\\]b]+$", "]", true)]
    [InlineData("^[[:digit:][:upper:]_-]+$", "A1_-", true)]
    [InlineData("^\\d{3}-\\d{4}$", "555-1234", true)]
    [InlineData("^[\\w.]+@[\\w.]+$", "a.b@c.d", true)]
    [InlineData("\\ycat\\y", "a cat sat", true)]
    [InlineData("\\mcat\\M", "concat", false)]
    [InlineData("[[:<:]]cat[[:>:]]", "cat", true)]
    [InlineData("^(?=.*\\d)(?=.*[a-z]).{4,}$", "ab12", true)]
    [InlineData("^(?!-)[a-z-]+$", "-a", false)]
    [InlineData("^(a)\\1$", "aa", true)]
    [InlineData("(?i)^abc$", "ABC", true)]
    [InlineData("^\\u0041$", "A", true)]
    [InlineData("^\\x41\\x42$", "AB", true)]
    [InlineData("a{,3}", "a{,3}", true)]
    [InlineData("^a*?b$", "aab", true)]
    [InlineData("^.$", "\ud83d\ude00", true)]
    [InlineData("^[^a]{2}$", "\ud83d\ude00", false)]
    [InlineData("^[\ud83d\ude00-\ud83d\ude05]$", "\ud83d\ude03", true)]
    [InlineData("a$", "a\n", false)]
    [InlineData("^b", "a\nb", false)]
    public void A_pattern_matches_what_PostgreSQL_matches(string pattern, string text, bool expected) =>
        Assert.Equal(SqlValue.Boolean(expected), RegexMatcher.Create(pattern, ignoreCase: false).IsMatch(text));

    // A group takes the expression to the automaton, without one it is compared place by place.
    [Fact]
    public void An_expression_without_repeats_matches_as_its_automaton_does() => Prop.ForAll(
        Arb.From(Sequences), Arb.From(Gen.Elements("a", "b", "A", ".", "^", "$", "x").ListOf().Select(string.Concat)), (pattern, text) =>
        {
            var expected = RegexMatcher.Create($"({pattern})", ignoreCase: false).IsMatch(text);
            return expected.IsEvaluable && RegexMatcher.Create(pattern, ignoreCase: false).IsMatch(text) == expected;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    static Gen<string> Sequences =>
        from start in Gen.Elements("", "", "^")
        from middle in Gen.Elements("a", "b", "[ab]", "[^a]", ".", "\\.", "\\^", "$").ListOf()
        from end in Gen.Elements("", "", "$")
        select start + string.Concat(middle.Take(5)) + end;

    [Theory]
    [InlineData("a**")]
    [InlineData("*a")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("[z-a]")]
    [InlineData("a{3,2}")]
    [InlineData("a{1,300}")]
    [InlineData("\\")]
    [InlineData("[[:nope:]]")]
    [InlineData("***=x")]
    [InlineData("^*")]
    public void A_wrong_pattern_is_not_evaluable(string pattern) =>
        Assert.False(RegexMatcher.Create(pattern, ignoreCase: false).IsMatch("a").IsEvaluable);

    [Fact]
    public void A_pattern_that_could_run_for_ever_is_linear() =>
        Assert.True(RegexMatcher.Create("^(a+)+$", ignoreCase: false).IsMatch(new string('a', 5_000) + "b").IsFalse);

    [Theory]
    [InlineData("[[:alpha:]]", "\u00e9", null)]
    [InlineData("[[:alpha:]]", "e\u00e9", true)]
    [InlineData("^[^[:cntrl:]]+$", "\u00e9", true)]
    [InlineData("^\\d+$", "\u00e9", false)]
    public void Letters_beyond_ASCII_are_told_only_where_every_locale_agrees(string pattern, string text, bool? expected)
    {
        var result = RegexMatcher.Create(pattern, ignoreCase: false).IsMatch(text);
        Assert.Equal(expected is { } known ? SqlValue.Boolean(known).Kind : SqlKind.NotEvaluable, result.Kind);
        Assert.True(expected is null || result.IsTrue == expected);
    }
}
