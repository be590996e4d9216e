using RelSeed.Generation;
using RelSeed.Planning;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

/// <summary>Texts under checks that are neither a pattern to spell nor a length.</summary>
public class TextCheckTests
{
    const int Rows = 2_000;

    [Theory]
    [InlineData("name", @"name !~ '\s'")]
    [InlineData("name", "name NOT LIKE '% %'")]
    [InlineData("title", "position(' ' in title) = 0")]
    [InlineData("description", "description = replace(description, ' ', '')")]
    public void Unique_texts_without_spaces_are_words_all_the_same(string column, string check)
    {
        var texts = Made(column, check, isUnique: true);
        Assert.Equal(Rows, texts.Count);
        KeyRows.AssertDistinct(texts);
        Assert.DoesNotContain(texts, t => t!.Contains(' '));
        Assert.All(texts, t => Assert.InRange(t!.Split('-').Length, 2, 4));
    }

    [Theory]
    [InlineData("first_name", "first_name !~ '[0-9]'", "[0-9]")]
    [InlineData("comment", "comment NOT LIKE '% %'", " ")]
    [InlineData("title", @"title !~ '[\s,;]'", @"[\s,;]")]
    public void Texts_that_may_repeat_keep_words_that_the_check_takes(string column, string check, string refused)
    {
        var texts = Made(column, check, isUnique: false);
        Assert.Equal(Rows, texts.Count);
        Assert.DoesNotContain(texts, t => System.Text.RegularExpressions.Regex.IsMatch(t!, refused));
        Assert.All(texts.Take(50), t => Assert.Matches("^[A-Za-z]+(-[A-Za-z]+)*$", t!));
    }

    [Fact]
    public void A_check_that_no_template_meets_leaves_codes_of_a_sober_length()
    {
        var schema = Database(Table("items", ["id int!", "name text!"], pk: ["id"], unique: [["name"]], checks: ["name LIKE '%~~%~~%'  AND position('@' in name) > 40"]));
        var plan = FittedPlan.Make(schema, new PlanOptions { RowsPerTable = 20 });
        Assert.Equal(0, plan.Find(new("public", "items"))!.Rows);
    }

    static List<string?> Made(string column, string check, bool isUnique)
    {
        var table = Table("items", ["id int!", $"{column} text!"], pk: ["id"], unique: isUnique ? [[column]] : [], checks: [check]);
        return [.. new KeyRows(FittedPlan.Make(Database(table), new PlanOptions { RowsPerTable = Rows }), "items")[column]];
    }
}
