using RelSeed.Expressions;

namespace RelSeed.Tests.Expressions;

public class FunctionInlinerTests
{
    static SqlFunction Sql(string name, string body, params string[] parameters) => new("app", name, new([.. parameters]), false, false, body);

    static SqlFunction Procedure(string name, string body, params string[] parameters) => new("app", name, new([.. parameters]), false, true, body);

    [Theory]
    [InlineData("SELECT $1 > 3", "x > 3")]
    [InlineData("select value > 3 -- enough\n;", "x > 3")]
    [InlineData("RETURN value > 3", "x > 3")]
    [InlineData("select length(trim(both from value)) /* ; */ between 1 and 4", "length(btrim(x)) BETWEEN 1 AND 4")]
    public void One_statement_is_written_out(string body, string expected) =>
        Assert.Equal(Read(expected), Read(new FunctionInliner([Sql("f", body, "value")]).WriteOut("app.f(x)")));

    [Theory]
    [InlineData("BEGIN RETURN value > 3; END;", "x > 3")]
    [InlineData("BEGIN IF value IS NULL THEN RETURN true; END IF; RETURN value > 3; END", "x IS NULL OR x > 3")]
    [InlineData("BEGIN IF value > 9 THEN RETURN false; ELSE RETURN value > 3; END IF; END", "x > 9 IS NOT TRUE AND x > 3")]
    [InlineData("BEGIN IF value > 9 THEN RETURN value < 20; ELSIF value = 2 THEN RETURN true; END IF; RETURN value = 5; END",
        "CASE WHEN x > 9 THEN x < 20 ELSE x = 2 IS TRUE OR x = 5 END")]
    [InlineData("BEGIN RETURN CASE WHEN value = 1 THEN true ELSE false END; END", "CASE WHEN x = 1 THEN true ELSE false END")]
    public void A_block_of_choices_is_written_out(string body, string expected) =>
        Assert.Equal(Read(expected), Read(new FunctionInliner([Procedure("f", body, "value")]).WriteOut("f(x)")));

    [Theory]
    [InlineData("DECLARE x float; BEGIN x = value::float; RETURN true; EXCEPTION WHEN others THEN RETURN FALSE; END;", "x::float = x::float")]
    [InlineData("BEGIN PERFORM $1::timestamp with time zone; RETURN TRUE; EXCEPTION WHEN others THEN RETURN false; END",
        "x::timestamptz = x::timestamptz")]
    public void A_block_that_tries_a_cast_is_written_out(string body, string expected) =>
        Assert.Equal(Read(expected), Read(new FunctionInliner([Procedure("f", body, "value")]).WriteOut("f(x)")));

    [Theory]
    [InlineData("BEGIN x = value::float; RETURN x > 3; EXCEPTION WHEN others THEN RETURN false; END")]
    [InlineData("BEGIN x = value::float; RETURN true; EXCEPTION WHEN others THEN RETURN true; END")]
    [InlineData("BEGIN x = value::float; x = value::date; RETURN true; EXCEPTION WHEN others THEN RETURN false; END")]
    [InlineData("BEGIN RETURN true; EXCEPTION WHEN others THEN RETURN false; END")]
    [InlineData("BEGIN x = value::; RETURN true; EXCEPTION RETURN false")]
    [InlineData("BEGIN x = value::float; RETURN true; EXCEPTION RETURN")]
    [InlineData("BEGIN RETURN true; x = value::float EXCEPTION")]
    public void A_block_that_catches_something_else_stays_a_call(string body) =>
        Assert.Null(new FunctionInliner([Procedure("f", body, "value")]).WriteOut("f(x)"));

    [Fact]
    public void Of_overloads_by_type_those_that_do_the_same_are_written_out()
    {
        SqlFunction number = Sql("one", "select case when number is null then 0 else 1 end", "number"), text = Sql("one",
            "SELECT CASE WHEN words IS NULL THEN 0 ELSE 1 END;", "words");
        Assert.Equal(Read("CASE WHEN x IS NULL THEN 0 ELSE 1 END + CASE WHEN y IS NULL THEN 0 ELSE 1 END = 1"),
            Read(new FunctionInliner([number, text]).WriteOut("one(x) + one(y) = 1")));
        Assert.Null(new FunctionInliner([number, Sql("one", "select 1", "words")]).WriteOut("one(x) = 1"));
        Assert.Null(new FunctionInliner([number, text with { IsStrict = true }]).WriteOut("one(x) = 1"));
    }

    [Theory]
    [InlineData("SELECT count(*) > 3 FROM t")]
    [InlineData("SELECT value > 3; SELECT true")]
    [InlineData("SELECT other > 3")]
    [InlineData("SELECT $2 > 3")]
    [InlineData("SELECT f(value)")]
    [InlineData("")]
    [InlineData("SELECT (((")]
    public void What_does_more_stays_a_call(string body) => Assert.Null(new FunctionInliner([Sql("f", body, "value")]).WriteOut("f(x) AND y"));

    [Theory]
    [InlineData("BEGIN PERFORM 1; RETURN true; END")]
    [InlineData("DECLARE n integer; BEGIN RETURN true; END")]
    [InlineData("BEGIN IF value > 3 THEN RETURN true; END IF; END")]
    [InlineData("BEGIN RAISE EXCEPTION 'no'; END")]
    [InlineData("BEGIN IF value")]
    public void A_block_that_does_more_stays_a_call(string body) => Assert.Null(new FunctionInliner([Procedure("f", body, "value")]).WriteOut("f(x)"));

    [Fact]
    public void A_strict_function_is_null_for_a_null_argument_or_true_where_that_is_the_same()
    {
        var strict = Sql("f", "SELECT coalesce($1, 1) > 3", "") with { IsStrict = true };
        Assert.Equal(Read("x IS NULL OR coalesce(x, 1) > 3"), Read(new FunctionInliner([strict]).WriteOut("f(x)")));
        Assert.Equal(Read("NOT CASE WHEN x IS NULL THEN NULL ELSE coalesce(x, 1) > 3 END"), Read(new FunctionInliner([strict]).WriteOut("NOT f(x)")));
        var plain = Sql("f", "SELECT $1 > 3", "") with { IsStrict = true };
        Assert.Equal(Read("x > 3"), Read(new FunctionInliner([plain]).WriteOut("f(x)")));
    }

    [Fact]
    public void Arguments_take_their_places_and_functions_call_others()
    {
        var inliner = new FunctionInliner([Sql("less", "SELECT $1 < b", "a", "b"), Sql("ordered", "SELECT less(a, b) AND app.less(b, c)", "a", "b", "c")]);
        Assert.Equal(Read("b < a + 1 AND a + 1 < c"), Read(inliner.WriteOut("ordered(b, a + 1, c)")));
    }

    [Fact]
    public void A_name_of_two_functions_is_nobodys_without_its_schema()
    {
        var inliner = new FunctionInliner([Sql("f", "SELECT $1 > 3", ""), Sql("f", "SELECT $1 > 4", "") with { Schema = "other" }]);
        Assert.Null(inliner.WriteOut("f(x)"));
        Assert.Equal(Read("x > 4"), Read(inliner.WriteOut("other.f(x)")));
    }

    [Fact]
    public void Functions_that_multiply_stay_calls()
    {
        var doubled = Enumerable.Range(0, 8).Select(i => Sql($"f{i}", $"SELECT f{i + 1}(v) AND f{i + 1}(v) AND f{i + 1}(v) AND f{i + 1}(v)", "v"));
        Assert.Null(new FunctionInliner([.. doubled, Sql("f8", "SELECT v > 3", "v")]).WriteOut("f0(x)"));
        var nested = string.Concat(Enumerable.Repeat("g(", 90)) + "x" + new string(')', 90);
        Assert.Null(new FunctionInliner([Sql("g", "SELECT $1 AND $1 AND $1", "v")]).WriteOut(nested));
    }

    static Expression Read(string? text)
    {
        Assert.NotNull(text);
        Assert.True(ExpressionParser.TryParse(text, Dialect.PostgreSql, out var expression, out var reason), reason);
        return expression;
    }
}
