using RelSeed.Expressions;
using Xunit;

namespace RelSeed.Tests.Expressions;

public sealed class ExpressionParserTests
{
    [Theory]
    [InlineData("a + b * c", "(a + (b * c))")]
    [InlineData("a - b - c", "((a - b) - c)")]
    [InlineData("NOT a = b AND c OR d", "(((NOT (a = b)) AND c) OR d)")]
    [InlineData("a = 1 OR b = 2 OR c = 3", "((a = 1) OR (b = 2) OR (c = 3))")]
    [InlineData("-1", "-1")]
    [InlineData("- a", "(- a)")]
    [InlineData("2 - -1", "(2 - -1)")]
    [InlineData("a != b", "(a <> b)")]
    [InlineData("a || b = c", "((a || b) = c)")]
    [InlineData("a IS NOT NULL", "(a IS NOT NULL)")]
    [InlineData("a ISNULL", "(a IS NULL)")]
    [InlineData("a IS NOT DISTINCT FROM b", "(a IS NOT DISTINCT FROM b)")]
    [InlineData("a BETWEEN 1 AND 2 AND b", "((a BETWEEN 1 AND 2) AND b)")]
    [InlineData("a NOT IN (1, 2)", "(a NOT IN (1, 2))")]
    [InlineData("x ~~* 'a%'::text", "(x ILIKE CAST('a%' AS text))")]
    [InlineData("x !~ '[^[:print:]]'::text", "(x !~ CAST('[^[:print:]]' AS text))")]
    [InlineData("x LIKE 'a!%' ESCAPE '!'", "(x LIKE 'a!%' ESCAPE '!')")]
    [InlineData("((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
        "(CAST(status AS text) = ANY (CAST(ARRAY[CAST('a' AS character varying), CAST('b' AS character varying)] AS text[])))")]
    [InlineData("(x)::numeric(10,2)", "CAST(x AS numeric(10, 2))")]
    [InlineData("x::timestamp(3) with time zone", "CAST(x AS timestamp(3) with time zone)")]
    [InlineData("'-1'::integer", "CAST('-1' AS integer)")]
    [InlineData("kind = 'x'::\"applicationStatus\"", "(kind = CAST('x' AS \"applicationStatus\"))")]
    [InlineData("DATE '2020-02-02'", "CAST('2020-02-02' AS date)")]
    [InlineData("INTERVAL '1' DAY", "CAST('1 day' AS interval)")]
    [InlineData("TRIM(BOTH FROM name)", "btrim(name)")]
    [InlineData("TRIM(LEADING 'x' FROM name)", "ltrim(name, 'x')")]
    [InlineData("POSITION(('|'::text) IN (name))", "position(CAST('|' AS text), name)")]
    [InlineData("EXTRACT(year FROM d)", "extract('year', d)")]
    [InlineData("SUBSTRING(a FROM 2 FOR 3)", "substring(a, 2, 3)")]
    [InlineData("\"left\"(a, 4)", "left(a, 4)")]
    [InlineData("pg_catalog.lower(a)", "lower(a)")]
    [InlineData("public.f(a, VARIADIC b)", "public.f(a, (VARIADIC b))")]
    [InlineData("(data ->> 'k'::text) = 'v'::text", "((data ->> CAST('k' AS text)) = CAST('v' AS text))")]
    [InlineData("ROW(a, b) IS NULL", "(ROW(a, b) IS NULL)")]
    [InlineData("(a, b) = (1, 2)", "(ROW(a, b) = ROW(1, 2))")]
    [InlineData("CASE WHEN a THEN 1 ELSE 2 END", "CASE WHEN a THEN 1 ELSE 2 END")]
    [InlineData("CASE a WHEN 1 THEN 'x' END", "CASE a WHEN 1 THEN 'x' END")]
    [InlineData("a[1]", "((a)[1])")]
    [InlineData("(c).field", "((c).field)")]
    [InlineData("a COLLATE \"C\" < b", "((a COLLATE \"C\") < b)")]
    [InlineData("t AT TIME ZONE 'UTC'::text", "(t AT TIME ZONE CAST('UTC' AS text))")]
    [InlineData("VALUE > 0", "(VALUE > 0)")]
    [InlineData("value > 0", "(value > 0)")]
    [InlineData("\"Mixed Case\" > 0", "(\"Mixed Case\" > 0)")]
    [InlineData("a OPERATOR(public.=) b", "(a = b)")]
    [InlineData("E'a\\nb'", "'a\nb'")]
    [InlineData("U&'d\\0061t\\+000061 \\\\'", "'data \\'")]
    [InlineData("u&'\\D83D\\DE00' = '😀'", "('😀' = '😀')")]
    [InlineData("$$it's$$", "'it''s'")]
    [InlineData("a /* why */ > -- so\n 1", "(a > 1)")]
    [InlineData("now() + '1 day'::interval", "(now() + CAST('1 day' AS interval))")]
    public void A_PostgreSQL_expression_is_read_as_its_catalog_prints_it(string text, string expected) =>
        Assert.Equal(expected, Sql.Parse(text).ToString());

    [Theory]
    [InlineData("[UnitPrice]>=(0) AND `Discount`<=1", "((\"UnitPrice\" >= 0) AND (\"Discount\" <= 1))")]
    [InlineData("a == b", "(a = b)")]
    [InlineData("a IS 'x'", "(a IS NOT DISTINCT FROM 'x')")]
    [InlineData("a IS NOT b", "(a IS DISTINCT FROM b)")]
    [InlineData("a NOT NULL", "(a IS NOT NULL)")]
    [InlineData("name GLOB 'a*'", "(name GLOB 'a*')")]
    [InlineData("a || b * c", "((a || b) * c)")]
    [InlineData("x = 1 < 2", "(x = (1 < 2))")]
    [InlineData("typeof(a) IN ('integer', 'null')", "(typeof(a) IN ('integer', 'null'))")]
    [InlineData("CAST(a AS UNSIGNED BIG INT)", "CAST(a AS \"unsigned big int\")")]
    [InlineData("X'00ff'", "X'00FF'")]
    [InlineData("LENGTH(Name) > 0", "(length(\"Name\") > 0)")]
    public void A_SQLite_expression_is_read_as_it_was_written(string text, string expected) =>
        Assert.Equal(expected, Sql.Parse(text, Dialect.Sqlite).ToString());

    [Theory]
    [InlineData("[a] > N'x' AND b IS NOT NULL", "((a > 'x') AND (b IS NOT NULL))")]
    [InlineData("CONVERT(int, a) = 1", "(CAST(a AS integer) = 1)")]
    public void A_SQL_Server_expression_is_read_too(string text, string expected) =>
        Assert.Equal(expected, Sql.Parse(text, Dialect.SqlServer).ToString());

    [Fact]
    public void SQLite_takes_a_double_quoted_word_that_names_no_column_for_a_string_and_columns_in_the_catalogs_spelling()
    {
        Assert.True(ExpressionParser.TryParse("\"status\" IN (\"new\", \"old\")", Dialect.Sqlite, out var expression, out _, ["Status"]));
        Assert.Equal("(\"Status\" IN ('new', 'old'))", expression.ToString());
    }

    [Theory]
    [InlineData("", "it ends too early")]
    [InlineData("a +", "it ends too early")]
    [InlineData("(a", "it ends too early")]
    [InlineData("a)", "\")\" at character 2 is not expected")]
    [InlineData("a b", "\"b\" at character 3 is not expected")]
    [InlineData("'abc", "the quote at character 1 does not end")]
    [InlineData("U&'\\00'", "a wrong escape in the literal at character 1")]
    [InlineData("U&'\\+110000'", "a wrong escape in the literal at character 1")]
    [InlineData("U&\"a\"", "Unicode escapes (U&) are not read")]
    [InlineData("a /* b", "the comment at character 3 does not end")]
    [InlineData("a IN (SELECT 1)", "it holds a subquery")]
    [InlineData("EXISTS (SELECT 1)", "it holds a subquery")]
    [InlineData("sum(a) OVER ()", "it holds an aggregate")]
    [InlineData("a = \\", "a wrong character at 5: \\")]
    [InlineData("1abc", "a wrong number at character 1")]
    [InlineData("a SIMILAR b", "\"b\" at character 11 is not expected")]
    public void What_is_no_expression_is_refused_with_a_reason(string text, string reason)
    {
        Assert.False(ExpressionParser.TryParse(text, Dialect.PostgreSql, out _, out var found));
        Assert.Equal(reason, found);
    }

    [Fact]
    public void Hostile_texts_are_refused_quickly()
    {
        string[] texts =
        [
            new('(', 50_000), new('-', 90_000), new('+', 90_000), string.Concat(Enumerable.Repeat("NOT ", 20_000)),
                string.Concat(Enumerable.Repeat("ARRAY[", 10_000)),
            "a" + string.Concat(Enumerable.Repeat("::int", 10_000)), "a" + string.Concat(Enumerable.Repeat(" + a", 20_000)),
            "a" + string.Concat(Enumerable.Repeat("[1]", 20_000)),
            string.Concat(Enumerable.Repeat("CASE WHEN ", 9_000)), new('1', 200_000), "'" + new string('x', 200_000) + "'",
        ];
        foreach (var text in texts)
            foreach (var dialect in Enum.GetValues<Dialect>())
            {
                var isRead = ExpressionParser.TryParse(text, dialect, out _, out var reason);
                Assert.True(isRead ? reason.Length == 0 : reason.Length > 0);
                Assert.False(isRead && text[0] is '(' or 'a');
            }
    }

    [Fact]
    public void A_chain_of_thousands_of_alternatives_is_read()
    {
        var expression = Sql.Parse(string.Join(" OR ", Enumerable.Range(0, 5_000).Select(i => $"a = {i}")));
        Assert.Equal(5_000, Assert.IsType<Expression.Logical>(expression).Operands.Count);
        Assert.Equal(["a"], expression.ColumnNames());
    }
}
