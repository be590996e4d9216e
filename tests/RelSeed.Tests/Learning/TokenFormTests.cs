using System.Text;
using System.Text.RegularExpressions;
using RelSeed.Learning.Treatments;
using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using RelSeed.Tests.Values;
using static RelSeed.Tests.Learning.LearnedPlans;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>Random keys of the source are random keys of its kind in what is made.</summary>
public sealed class TokenFormTests
{
    const int Rows = 3_000;

    static string Random(int row, char alphabet, params int[] runs)
    {
        var (letters, at, text) = (TextAlphabets.Of(alphabet)!, 0, new StringBuilder());
        foreach (var run in runs)
        {
            if (text.Length > 0) text.Append('-');
            for (var i = 0; i < run; i++) text.Append(letters[(int)CounterRandom.Below(CounterRandom.At(CounterRandom.Derive(77, (ulong)at++), row), (ulong)letters.Length)]);
        }
        return text.ToString();
    }

    static DatabaseSchema Shop(int length) => Database(
        Table("goods", [$"code varchar({length})!", "colour varchar(9)!"], pk: ["code"]),
        Table("sales", ["id int!", $"code varchar({length})!", "pieces int!"], pk: ["id"], fks: [(["code"], "goods", ["code"])]));

    static Task<(DataProfile Profile, SeedPlan Plan)> LearnAsync(int length, Func<int, string> code)
    {
        var rows = Empty(Shop(length));
        for (var row = 0; row < Rows; row++)
        {
            rows["goods"].Add([code(row), row % 3 == 0 ? "red" : "green"]);
            rows["sales"].Add([$"{row}", code(row * 7 % Rows), $"{row % 5}"]);
        }
        return LearnedAsync(Shop(length), rows);
    }

    static string FormOf(DataProfile profile) => Assert.Single(profile.Find(new("public", "goods"))!.Columns[0].Shapes).Form;

    [Theory]
    [InlineData('x', "x32", "^[0-9a-f]{32}$", 32)]
    [InlineData('X', "X16", "^[0-9A-F]{16}$", 16)]
    [InlineData('n', "n10-n6", "^[0-9a-z]{10}-[0-9a-z]{6}$", 10, 6)]
    [InlineData('N', "N12", "^[0-9A-Z]{12}$", 12)]
    [InlineData('w', "w20", "^[0-9A-Za-z]{20}$", 20)]
    [InlineData('x', "x8-x4-x4-x4-x12", "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", 8, 4, 4, 4, 12)]
    public async Task Keys_are_tokens_of_the_sources_alphabet_and_length(char alphabet, string form, string pattern, params int[] runs)
    {
        var (profile, plan) = await LearnAsync(runs.Sum() + runs.Length - 1, row => Random(row, alphabet, runs));
        Assert.Equal(form, FormOf(profile));
        var codes = new KeyRows(plan, "goods")["code"].ToList();
        Assert.Equal(Rows, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches(pattern, code));
        // As random as theirs, from the first character to the last.
        foreach (var at in new[] { 0, runs[0] / 2, runs[0] - 1 }) Assert.InRange(codes.GroupBy(c => c![at]).Max(g => g.Count()), 1, Rows / 5);
    }

    [Theory, InlineData("Part number {0}"), InlineData("Blue{0}"), InlineData("20{0}"), InlineData("abcdefgh")]
    public async Task Words_and_numbers_are_no_tokens(string format)
    {
        var (profile, _) = await LearnAsync(30, row => format.Contains('{') ? string.Format(format, row) : $"{(char)('a' + row % 26)}{(char)('a' + row / 26 % 26)}{(char)('a' + row / 676)}lemon");
        Assert.All(profile.Find(new("public", "goods"))!.Columns[0].Shapes, s => Assert.DoesNotContain(s.Form, c => TextAlphabets.Tokens.Contains(c)));
    }

    [Theory]
    [InlineData("0f3e91aa-7b02", 'x', "x8-x4")]
    [InlineData("0f3E91aa", 'x', null)]
    [InlineData("0f3e91aa 7b02", 'x', null)]
    [InlineData("x.7", 'n', "n.n")]
    [InlineData("é7", 'w', null)]
    [InlineData("", 'w', "")]
    public void A_token_is_runs_over_its_alphabet(string text, char alphabet, string? form) => Assert.Equal(form, TokenForms.FormOf(text, alphabet));

    [Fact]
    public void An_unknown_class_stands_for_itself() =>
        Assert.Equal([null, null, null], "-é#".Select(TextAlphabets.Of));

    [Theory, InlineData("x32"), InlineData("w40000"), InlineData("x0"), InlineData("x99999999999999999999")]
    public void A_form_that_a_hand_has_spoilt_makes_no_text_beyond_the_column(string form)
    {
        var template = FormTemplates.Spell(form, [32, 32], Draw.Index);
        Assert.True(template is null || Regex.IsMatch(TemplateRows.Read(new TextDomain(template), 1).Single(), "^[0-9a-f]{32}$"));
    }
}
