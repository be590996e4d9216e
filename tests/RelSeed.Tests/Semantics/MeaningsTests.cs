using RelSeed.Schema;
using RelSeed.Semantics;
using RelSeed.Tests.Values;

namespace RelSeed.Tests.Semantics;

public sealed class MeaningsTests
{
    public static TheoryData<string, string, string> Names => new(Rows());

    static IEnumerable<(string, string, string)> Rows()
    {
        foreach (var line in TestFiles.Lines("Semantics/ColumnNames.txt").Where(l => l.Length > 0 && l[0] != '#'))
        {
            // The type may hold spaces; the meaning is the last word that is one.
            var words = line.Split(' ').ToList();
            var meaning = words.FindLastIndex(w => Enum.TryParse<Meaning>(w, out _));
            yield return (string.Join(' ', words[..meaning]), words[meaning], string.Join(' ', words[(meaning + 1)..]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_column_of_a_real_schema_is_understood(string column, string meaning, string aspect)
    {
        var dot = column.IndexOf('.');
        var table = TestTypes.Table(column[..dot], column[(dot + 1)..]);
        var found = Meanings.Of(table, table.Columns[0]);
        Assert.Equal((meaning, aspect), (found.Kind.ToString(), found.Aspect));
        Assert.InRange(found.Confidence, 0.2, 1);
        Assert.NotEqual("", found.Reason);
    }

    [Theory]
    [InlineData("customer_id int")]
    [InlineData("foo int")]
    [InlineData("qwrtz text")]
    [InlineData("order_id bigint")]
    public void A_name_that_says_nothing_leaves_the_type(string column)
    {
        var table = TestTypes.Table("things", column);
        Assert.Equal(ColumnMeaning.Unknown, Meanings.Of(table, table.Columns[0]));
    }

    [Fact]
    public void A_comment_helps_where_the_name_does_not()
    {
        var table = TestTypes.Table("things", "c17 text");
        var column = table.Columns[0] with { Comment = "E-mail address of the person" };
        var found = Meanings.Of(table, column);
        Assert.Equal(Meaning.Email, found.Kind);
        Assert.Equal("the column's comment", found.Reason);
    }

    [Fact]
    public void A_table_with_first_and_last_names_is_about_people()
    {
        var table = TestTypes.Table("t1", "first_name text; last_name text; title varchar(40)");
        Assert.Equal(Meaning.JobTitle, Meanings.Of(table, table.Columns[2]).Kind);
    }

    [Fact]
    public void An_unknown_locale_is_refused_with_the_nearest_named()
    {
        var fault = Assert.Throws<UsageException>(() => Locales.Resolve("dee"));
        Assert.StartsWith("RS1203 There is no locale 'dee'. Near it: de, ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de", "de")]
    [InlineData("de-DE", "de")]
    [InlineData("pt-br", "pt_BR")]
    [InlineData("EN", "en")]
    public void A_locale_is_found_however_it_is_spelt(string given, string found) => Assert.Equal(found, Locales.Resolve(given));

    [Theory]
    [InlineData("BillingPostalCode", "billing postal code")]
    [InlineData("HTTPStatus", "http status")]
    [InlineData("createdat", "created at")]
    [InlineData("adresse_ligne2", "address ligne 2")]
    [InlineData("Größe m²", "groesse m")]
    public void A_name_is_split_into_English_words(string name, string words) => Assert.Equal(words, string.Join(' ', NameWords.Of(name)));
}
