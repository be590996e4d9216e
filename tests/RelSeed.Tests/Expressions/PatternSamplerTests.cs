using FsCheck;
using FsCheck.Fluent;
using RelSeed.Expressions;
using Xunit;

namespace RelSeed.Tests.Expressions;

public sealed class PatternSamplerTests
{
    static Condition.Pattern Regex(string text, bool negated = false) => new("x", LikeKind.Regex, text, '\\', negated);

    static PatternSampler Sampler(int minimum, int maximum, params Condition.Pattern[] patterns) =>
        PatternSampler.TryCreate(patterns, minimum, maximum, out var reason) ?? throw new InvalidOperationException(reason);

    static Func<ulong> Words(ulong seed) => () => seed = seed * 6364136223846793005 + 1442695040888963407;

    [Theory]
    [InlineData("^[a-z0-9_]{1,100}$")]
    [InlineData("^[A-Z]{2}[0-9]{6}$")]
    [InlineData("^(?:[^;=]+=[^;=]+)(?:;[^;=]+=[^;=]+)*?$")]
    [InlineData("https?:\\/\\/*")]
    [InlineData("^[a-zA-Z0-9\\-~\\._]+$")]
    [InlineData("^(?!-)[a-z0-9-]{0,62}[a-z0-9](\\.((?!-)[a-z0-9-]{0,62}[a-z0-9]))*$")]
    [InlineData("[[:alnum:]_]")]
    [InlineData("^[[:alpha:]][[:alnum:] ]*$")]
    [InlineData("^\\d{3}-\\d{4}$|^none$")]
    [InlineData("^[^[:space:]]{8,}$")]
    [InlineData("^#([0-9a-fA-F]{3}){1,2}$")]
    [InlineData("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    [InlineData("^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$")]
    [InlineData("^\u00e9+$")]
    [InlineData("^(a|ab)(c|bcd)*$")]
    [InlineData("^.*[A-Z].*$")]
    [InlineData("^[\ud83d\ude00-\ud83d\ude05]{2}$")]
    public void What_is_made_matches_the_pattern(string pattern)
    {
        var sampler = Sampler(0, 200, Regex(pattern));
        var matcher = RegexMatcher.Create(pattern, ignoreCase: false);
        var words = Words(7);
        for (var i = 0; i < 200; i++) Assert.True(matcher.IsMatch(sampler.Sample(words)!).IsTrue);
        for (var i = 0L; i < Math.Min(200, sampler.Count); i++) Assert.True(matcher.IsMatch(sampler.At(i)).IsTrue);
    }

    [Theory]
    [InlineData("^[ab]{2}$", 4)]
    [InlineData("^[ab]{1,3}$", 14)]
    [InlineData("^(yes|no)$", 2)]
    [InlineData("^(a|a|ab|ab?)$", 2)]
    [InlineData("^[0-9]{3}-[A-F]$", 6_000)]
    [InlineData("^x$", 1)]
    public void The_count_is_exact_and_every_index_has_a_text_of_its_own(string pattern, long count)
    {
        var sampler = Sampler(0, 50, Regex(pattern));
        Assert.Equal(count, sampler.Count);
        Assert.Equal(count, Enumerable.Range(0, (int)count).Select(i => sampler.At(i)).Distinct().Count());
    }

    [Fact]
    public void Large_spaces_give_distinct_texts_that_do_not_begin_alike()
    {
        var sampler = Sampler(20, 40, Regex("^[a-z]+$"));
        Assert.Equal(PatternSampler.MostCounted, sampler.Count);
        var texts = Enumerable.Range(0, 20_000).Select(i => sampler.At(i)).ToArray();
        Assert.Equal(texts.Length, texts.Distinct().Count());
        Assert.True(texts.Select(t => t[..3]).Distinct().Count() > 5_000);
        Assert.All(texts, t => Assert.InRange(t.Length, 20, 40));
    }

    [Fact]
    public void Any_two_indices_give_different_texts_and_the_same_index_the_same()
    {
        var samplers = new[] { "^[a-z]{12,13}$", "^[0-9a-f]{16}$", "^.{11,}$", "^[A-Z]{3}-?[0-9a-z]{9,20}$" }.Select(p => Sampler(0, 60, Regex(p)))
            .ToArray();
        var pairs = Arb.From(from s in Gen.Choose(0, samplers.Length - 1)
                             from i in Gen.Choose(0, int.MaxValue)
                             from j in Gen.Choose(0, int.MaxValue)
                             select (samplers[s], (long)i * 31_000_001, (long)j * 31_000_001));
        Prop.ForAll(pairs, p =>
        {
            var (i, j) = (p.Item2 % p.Item1.Count, p.Item3 % p.Item1.Count);
            return i == j == (p.Item1.At(i, 5) == p.Item1.At(j, 5));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Several_patterns_and_a_length_are_met_together()
    {
        Condition.Pattern[] patterns =
            [Regex("[a-z]"), Regex("[0-9]"), Regex("[^[:alnum:]]", negated: true), new("x", LikeKind.Like, "%aa%", '\\', Negated: true)];
        var sampler = Sampler(8, 12, patterns);
        var words = Words(3);
        for (var i = 0; i < 500; i++)
        {
            var text = sampler.Sample(words)!;
            Assert.Matches("^(?=.*[a-z])(?=.*[0-9])(?!.*aa)[A-Za-z0-9]{8,12}$", text);
        }
    }

    [Theory]
    [InlineData("a_c%", "^a.c")]
    [InlineData("100\\%", "^100%$")]
    public void LIKE_masks_are_met(string mask, string expected) =>
        Assert.Matches(expected, Sampler(0, 20, new Condition.Pattern("x", LikeKind.Like, mask, '\\')).At(0));

    [Theory]
    [InlineData("[a-c]??", "^[a-c]..$")]
    [InlineData("*.txt", "\\.txt$")]
    public void GLOB_masks_are_met(string mask, string expected) =>
        Assert.Matches(expected, Sampler(0, 20, new Condition.Pattern("x", LikeKind.Glob, mask, '\0')).At(0));

    [Fact]
    public void A_pattern_too_short_for_the_length_gets_something_around_it()
    {
        var text = Sampler(20, 30, Regex("https?://")).At(5);
        Assert.StartsWith("http", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 20, 30);
    }

    [Theory]
    [InlineData("^a$", "^b$", "nothing of 0 to 50 characters satisfies the patterns")]
    [InlineData("(", "x", "a regular expression with a parenthesis too few")]
    [InlineData("(a)\\1", "x", "a pattern is too large, or refers back")]
    [InlineData("((a{200}){200}){200}", "x", "a pattern is too large, or refers back")]
    public void What_cannot_be_met_is_said(string first, string second, string expected)
    {
        Assert.Null(PatternSampler.TryCreate([Regex(first), Regex(second)], 0, 50, out var reason));
        Assert.Equal(expected, reason);
    }

    [Fact]
    public void Without_patterns_any_text_of_the_length_is_made() => Assert.Equal(7, Sampler(7, 7).At(3).Length);
}
