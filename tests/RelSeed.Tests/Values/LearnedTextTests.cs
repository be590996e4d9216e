using System.Text.RegularExpressions;
using RelSeed.Learning.Treatments;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Tests.Values;

/// <summary>Fresh texts take the forms and lengths that a profile tells.</summary>
public sealed partial class LearnedTextTests
{
    static readonly int[] NoLengths = [];

    static string[] Made(string column, LearnedText learned, Func<ValueRequest, ValueRequest>? adjust = null) =>
        [.. new TestRows(TestTypes.Table("things", column), 2000,
            adjust: r => (adjust ?? (x => x))(r with { Learned = learned, Meaning = learned.Narrow(r.Meaning) })).Column(column.Split(' ')[0], 2000)
            .OfType<string>()];

    static LearnedText Learned(int[] lengths, params (string Form, double Share)[] shapes) =>
        new([.. shapes.Select(s => new TextShape(s.Form, s.Share))], [.. lengths]);

    [GeneratedRegex("^[A-Z]{2}-[0-9]{4}$")]
    static partial Regex Code { get; }

    [GeneratedRegex("^[0-9]{5}$")]
    static partial Regex Five { get; }

    [Theory]
    [InlineData("AB-1234")]
    [InlineData("X9")]
    [InlineData("(030) 12345678")]
    [InlineData("SKU123456789")]
    [InlineData("a1b2c3")]
    [InlineData("123456789")]
    [InlineData("12 - 350 g pkg.")]
    public void What_is_spelt_by_a_texts_form_has_that_form(string text)
    {
        var template = FormTemplates.Spell(TextForms.FormOf(text), [text.Length, text.Length], Draw.Index)!;
        Assert.All(TemplateRows.Read(new TextDomain(template), 200), made => Assert.Equal(TextForms.FormOf(text), TextForms.FormOf(made)));
    }

    [Theory]
    [InlineData("A0")]
    [InlineData("A999999999")]
    [InlineData("A2000")]
    public void A_form_that_a_hand_has_spoilt_is_left_alone(string form) => Assert.Null(FormTemplates.Spell(form, [.. NoLengths], Draw.Own));

    [Fact]
    public void Forms_stand_as_often_as_in_the_source()
    {
        var made = Made("article text", Learned([7, 7, 7], ("A2-94", 0.7), ("95", 0.2)) with { Lengths = [] });
        Assert.InRange(made.Count(t => Code.IsMatch(t)), 1300, 1500);
        Assert.InRange(made.Count(t => Five.IsMatch(t)), 330, 470);
    }

    [Fact]
    public void A_form_that_does_not_fit_the_column_gives_way() =>
        Assert.All(Made("article varchar(6)", Learned([7, 7, 7], ("A2-94", 1))), t => Assert.InRange(t.Length, 1, 6));

    [Fact]
    public void Distinct_texts_have_the_most_frequent_form()
    {
        var table = TestTypes.Table("things", "sku text");
        var request = TestRows.Request(table, table.Columns[0]) with { Unique = true, Learned = Learned([7, 7, 7], ("A2-94", 0.9)) };
        var made = TemplateRows.Read((TextDomain)ValuePlanner.UniqueDomain(request, 5000)!, 5000);
        Assert.Equal(5000, made.Distinct().Count());
        Assert.All(made, t => Assert.Matches(Code, t));
        // Of a form without room for all rows none is taken.
        var narrow =
            TemplateRows.Read((TextDomain)ValuePlanner.UniqueDomain(request with { Learned = Learned([3, 3, 3], ("A-9", 0.9)) }, 5000)!, 5000);
        Assert.Equal(5000, narrow.Distinct().Count());
    }

    [Theory]
    [InlineData("email text", "a4@a7.a3")]
    [InlineData("isbn text", "993")]
    [InlineData("currency_code text", "A3")]
    public void What_has_an_inner_order_keeps_it(string column, string form)
    {
        var usual = new TestRows(TestTypes.Table("things", column), 2000).Column(column.Split(' ')[0], 2000);
        Assert.Equal(usual, Made(column, Learned([3, 5, 30], (form, 1))));
    }

    [Theory]
    [InlineData("arrival_time text", 7, 8, "9:92:92", "92:92:92")]
    [InlineData("created_at text", 8, 8, "92:92:92")]
    [InlineData("note text", 5, 5, "92:92")]
    public void Hours_and_minutes_are_no_dates_and_those_of_a_day(string column, int shortest, int longest, params string[] forms)
    {
        var made = Made(column, Learned([shortest, longest, longest], [.. forms.Select(f => (f, 1.0 / forms.Length))]));
        Assert.All(made, t => Assert.True(TimeOnly.TryParse(t, System.Globalization.CultureInfo.InvariantCulture, out _), t));
        Assert.Equal(forms.Order(), made.Select(TextForms.FormOf).Distinct().Order());
        Assert.Equal(24, made.Select(t => int.Parse(t.Split(':')[0], null)).Distinct().Count());
    }

    [Fact]
    public void Regions_of_two_letters_are_codes() =>
        Assert.All(Made("state text", Learned([2, 2, 2], ("A2", 0.9))), t => Assert.InRange(t.Length, 1, 3));

    [Fact]
    public void Prose_is_as_long_as_in_the_source()
    {
        int[] lengths = [2, 10, 20, 30, 45, 60, 90, 130, 200, 300, 600];
        var made = Made("remark text", Learned(lengths)).Select(t => t.Length).Order().ToArray();
        for (var tenth = 2; tenth < 10; tenth++) Assert.InRange(made[tenth * made.Length / 10], lengths[tenth] * 0.55, lengths[tenth] * 1.6);
    }
}
