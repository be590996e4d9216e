using FsCheck;
using FsCheck.Fluent;
using RelSeed.Sqlite.Schema;
using RelSeed.Sqlite.Schema.CreateText;

namespace RelSeed.Sqlite.Tests.Schema;

public class CreateTextFuzzTests
{
    static readonly string[] Pieces =
    [
        "CREATE", "TABLE", "INDEX", "TRIGGER", "t", "(", ")", ",", ";", "x", "INTEGER", "PRIMARY", "KEY", "UNIQUE", "CHECK", "CONSTRAINT", "FOREIGN",
        "REFERENCES", "DEFERRABLE", "NOT", "INITIALLY", "DEFERRED", "DEFAULT", "COLLATE", "GENERATED", "ALWAYS", "AS", "ON", "DELETE", "SET", "NULL",
        "WHERE", "AFTER", "INSERT", "'", "\"", "`", "[", "]", "--", "\n", "/*", "*/", "''", "x'", "1e+", "0x", ".", ".5", "||", "->>", "?1",
        "é", " ", "\0",
    ];

    static readonly Gen<string> Texts = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""),
        Gen.Elements(Pieces).ListOf().Select(pieces => string.Join(' ', pieces)),
        Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)));

    static void ForAnyText(Func<string, bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Texts.ToArbitrary(), holds));

    [Fact]
    public void Any_text_is_parsed_without_an_error() => ForAnyText(text =>
    {
        var table = CreateTableParser.Parse(text);
        var index = CreateIndexParser.Parse(text);
        var print = new ExpressionText([]);
        foreach (var check in table.Checks) print.Print(check.Condition);
        foreach (var part in index.Parts) print.Print(part);
        CreateTriggerParser.Parse(text);
        SqliteTypeMap.Map(text);
        return true;
    });

    [Fact]
    public void Tokens_lie_in_order_and_never_overlap() => ForAnyText(text =>
    {
        var end = 0;
        foreach (var token in SqlTokenizer.Tokenize(text))
        {
            if (token.Start < end || token.Length <= 0) return false;
            end = token.End;
        }
        return end <= text.Length;
    });

    [Fact]
    public void A_printed_expression_prints_as_itself() => ForAnyText(text =>
    {
        var tokens = new SqlTokens(text);
        var print = new ExpressionText(Enumerable.Range(0, tokens.Count).Select(i => tokens.NameAt(i)).OfType<string>());
        var once = print.Print(tokens);
        return print.Print(new SqlTokens(once)) == once;
    });

    [Fact]
    public void A_quoted_name_comes_back() => ForAnyText(name => SqlName.Unquote(SqlName.Quote(name)) == name);
}
