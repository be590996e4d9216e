using RelSeed.Expressions;
using RelSeed.Schema;
using Xunit;

namespace RelSeed.Tests.Expressions;

public sealed class ConjunctsTests
{
    static readonly EvaluationContext Context = Sql.Context(Dialect.PostgreSql,
    [
        Sql.Column("status", TypeKind.Text), Sql.Column("name", TypeKind.Text), Sql.Column("VALUE", TypeKind.Text), Sql.Column("mood", TypeKind.Enum),
        Sql.Column("a", TypeKind.Int32), Sql.Column("b", TypeKind.Int32), Sql.Column("c", TypeKind.Int32),
        Sql.Column("n", TypeKind.Int32, isNullable: false),
        Sql.Column("price", TypeKind.Decimal), Sql.Column("born", TypeKind.Date), Sql.Column("began", TypeKind.TimestampTz),
        Sql.Column("ended", TypeKind.TimestampTz),
        Sql.Column("active", TypeKind.Boolean), Sql.Column("deleted", TypeKind.Boolean), Sql.Column("hash", TypeKind.Bytes),
        Sql.Column("tags", TypeKind.Array),
        Sql.Column("data", TypeKind.Json), Sql.Column("during", TypeKind.Range), Sql.Column("email", TypeKind.Text, isCaseInsensitive: true),
    ]);

    static string Describe(IEnumerable<Conjunct> conjuncts) => string.Join("; ", conjuncts.Select(c => c.Condition));

    [Theory]
    [InlineData("((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))", "status in {a, b}")]
    [InlineData("status IN ('a', 'b')", "status in {a, b}")]
    [InlineData("status = 'a' OR status = 'b' OR status IN ('c')", "status in {a, b, c}")]
    [InlineData("'a' = status", "status in {a}")]
    [InlineData("status <> ALL (ARRAY['a', 'b'])", "status not in {a, b}")]
    [InlineData("status IS NULL OR status = 'a'", "status in {a}")]
    [InlineData("mood = 'sad'::mood_type", "mood in {sad}")]
    [InlineData("active", "active in {true}")]
    [InlineData("NOT active", "active in {false}")]
    [InlineData("active = true", "active in {true}")]
    [InlineData("active IS NOT TRUE", "active in {false}")]
    [InlineData("active IS TRUE", "active in {true}; active not null")]
    [InlineData("status IS DISTINCT FROM 'x'", "status not in {x}")]
    [InlineData("upper(status) = ANY (ARRAY['M', 'F'])", "status in {M, F}")]
    [InlineData("a IN (1, NULL)", "")]
    [InlineData("a NOT IN (1, NULL)", "a not in {1}")]
    public void Sets_are_recognised(string text, string expected) => Assert.Equal(expected, Describe(Conjuncts.OfCheck(Sql.Parse(text), Context)));

    [Theory]
    [InlineData("a >= 1 AND a <= 5", "a in [1, 5]")]
    [InlineData("a BETWEEN 1 AND 5", "a in [1, 5]")]
    [InlineData("NOT (a < 1 OR a > 5)", "a in [1, 5]")]
    [InlineData("0 < a", "a in (0, )")]
    [InlineData("a > '-1'::integer", "a in (-1, )")]
    [InlineData("(price)::numeric >= (0)::numeric", "price in [0, )")]
    [InlineData("price > 2 * 3.5", "price in (7.0, )")]
    [InlineData("a + 5 <= 8", "a in (, 3]")]
    [InlineData("- a < 3", "a in (-3, )")]
    [InlineData("a > 5 AND a < 3", "never")]
    [InlineData("born <= now() - '18 years'::interval", "born in (, 2006-05-17 12:30:00+00]")]
    [InlineData("born >= '1996-07-01'::date", "born in [1996-07-01, )")]
    [InlineData("a > 0 OR a IS NULL", "a in (0, )")]
    [InlineData("a > 0 OR a = '-1'::integer", "any of (a in (0, )) | (a in {-1})")]
    public void Ranges_are_recognised(string text, string expected) => Assert.Equal(expected, Describe(Conjuncts.OfCheck(Sql.Parse(text), Context)));

    [Theory]
    [InlineData("char_length(name) > 0 AND char_length(name) < 128", "length of name in [1, 127] characters")]
    [InlineData("length(TRIM(BOTH FROM (VALUE)::text)) > 0", "length of VALUE in [1, ] characters, trimmed")]
    [InlineData("name <> ''::text", "length of name in [1, ] characters")]
    [InlineData("TRIM(BOTH FROM name) <> ''", "length of name in [1, ] characters, trimmed")]
    [InlineData("octet_length(hash) = 20", "length of hash in [20, 20] bytes")]
    [InlineData("length(hash) = 20", "length of hash in [20, 20] bytes")]
    [InlineData("length(name) IN (32, 64)", "any of (length of name in [32, 32] characters) | (length of name in [64, 64] characters)")]
    [InlineData("cardinality(tags) > 0", "length of tags in [1, ] items")]
    [InlineData("length(name) < 0", "never")]
    public void Lengths_are_recognised(string text, string expected) => Assert.Equal(expected, Describe(Conjuncts.OfCheck(Sql.Parse(text), Context)));

    [Theory]
    [InlineData("(name)::text ~ '^[a-z0-9_]{1,100}$'::text", "name regex ^[a-z0-9_]{1,100}$")]
    [InlineData("name !~ '[^[:print:]]'", "name not regex [^[:print:]]")]
    [InlineData("(email)::citext ~* '^x'::citext", "email regex ignoring case ^x")]
    [InlineData("name LIKE 'a_%'", "name like a_%")]
    [InlineData("\"left\"(name, 4) = 'dns:'", "name like dns:%")]
    [InlineData("POSITION(('|'::text) IN (name)) = 0", "name not like %|%")]
    [InlineData("starts_with(name, 'a%')", "name like a\\%%")]
    [InlineData("lower(name) = name", "name unchanged by lower(name)")]
    [InlineData("name = lower(TRIM(BOTH FROM name))", "name unchanged by lower(btrim(name))")]
    [InlineData("length(TRIM(BOTH FROM name)) = length(name)", "name unchanged by btrim(name)")]
    [InlineData("jsonb_typeof(data) = 'object'::text", "data is JSON object")]
    [InlineData("jsonb_typeof(data) = ANY (ARRAY['object', 'array'])", "data is JSON object or array")]
    public void Patterns_and_shapes_are_recognised(string text, string expected) =>
        Assert.Equal(expected, Describe(Conjuncts.OfCheck(Sql.Parse(text), Context)));

    [Theory]
    [InlineData("a < b", "a < b")]
    [InlineData("a <= b + 10", "a <= b + 10")]
    [InlineData("a - b > 3", "a > b + 3")]
    [InlineData("b - a >= 0", "b >= a")]
    [InlineData("ended >= began OR ended IS NULL", "ended >= began")]
    [InlineData("ended <= began + '7 days'::interval", "ended <= began + 7 days")]
    [InlineData("ended - began < '1 day'::interval", "ended < began + 1 days")]
    [InlineData("(ended)::timestamp with time zone > began", "ended > began")]
    [InlineData("a = b * 2", "a = (b * 2)")]
    [InlineData("lower(during) = began", "began = lower(during)")]
    [InlineData("a * b > 3", "opaque ((a * b) > 3)")]
    [InlineData("a = my_function(b)", "opaque (a = my_function(b))")]
    public void Comparisons_of_columns_are_recognised(string text, string expected) =>
        Assert.Equal(expected, Describe(Conjuncts.OfCheck(Sql.Parse(text), Context)));

    [Theory]
    [InlineData("(a IS NULL) = (b IS NULL)", "all or none of a, b null")]
    [InlineData("(a IS NULL) <> (b IS NULL)", "1 to 1 of a, b not null")]
    [InlineData("(a IS NOT NULL) = (b IS NULL)", "1 to 1 of a, b not null")]
    [InlineData("num_nonnulls(a, b, c) = 1", "1 to 1 of a, b, c not null")]
    [InlineData("num_nulls(a, b, c) <= 1", "2 to 3 of a, b, c not null")]
    [InlineData("((a IS NOT NULL)::int + (b IS NOT NULL)::int + (c IS NOT NULL)::int) = 1", "1 to 1 of a, b, c not null")]
    [InlineData("CASE WHEN a IS NULL THEN 0 ELSE 1 END + CASE WHEN b IS NULL THEN 0 ELSE 1 END >= 1", "1 to 2 of a, b not null")]
    [InlineData("(a IS NULL AND b IS NULL) OR (a IS NOT NULL AND b IS NOT NULL)", "all or none of a, b null")]
    [InlineData("(a IS NOT NULL AND b IS NULL) OR (a IS NULL AND b IS NOT NULL)", "1 to 1 of a, b not null")]
    [InlineData("a IS NOT NULL OR b IS NOT NULL", "1 to 2 of a, b not null")]
    [InlineData("coalesce(a, b) IS NOT NULL", "1 to 2 of a, b not null")]
    [InlineData("NOT (ROW(a, b, c) IS NULL)", "1 to 3 of a, b, c not null")]
    [InlineData("a IS NOT NULL", "a not null")]
    [InlineData("num_nonnulls(a, b) IN (0, 2)", "all or none of a, b null")]
    public void Counts_of_NULLs_are_recognised(string text, string expected) =>
        Assert.Equal(expected, Describe(Conjuncts.OfCheck(Sql.Parse(text), Context)));

    [Theory]
    [InlineData("status <> 'x' OR a IS NOT NULL", "if (status in {x} and status not null) then (a not null)")]
    [InlineData("lower(status) <> 'x' OR a IS NOT NULL", "if (opaque (lower(status) = 'x') and status not null) then (a not null)")]
    [InlineData("a IS NULL OR b IS NOT NULL", "if (a not null) then (b not null)")]
    [InlineData("n <> 1 OR b > 0", "if (n in {1}) then (b in (0, ))")]
    [InlineData("(status = 'voided') = (a IS NOT NULL AND b IS NOT NULL)",
        "(status in {voided} and status not null) exactly if (a not null and b not null)")]
    [InlineData("CASE WHEN active THEN a > 0 ELSE a IS NULL END",
        "any of (active in {true} and active not null and a in (0, )) | (active in {false} and a null)")]
    [InlineData("deleted IS NOT TRUE OR active IS NOT TRUE", "any of (deleted in {false}) | (active in {false})")]
    [InlineData("(status = 'g' AND a IS NULL) OR (status = 'o' AND a = 1)", "any of (status in {g} and a null) | (status in {o} and a in {1})")]
    [InlineData("my_function(a)", "opaque my_function(a)")]
    [InlineData("true", "")]
    [InlineData("false", "never")]
    public void Choices_are_recognised(string text, string expected) => Assert.Equal(expected, Describe(Conjuncts.OfCheck(Sql.Parse(text), Context)));

    [Theory]
    [InlineData("a > 0", "a in (0, ); a not null")]
    [InlineData("n > 0", "n in (0, )")]
    [InlineData("deleted IS NULL AND status = 'x'", "deleted null; status in {x}; status not null")]
    [InlineData("a IS NULL OR a > 0", "if (a not null) then (a in (0, ) and a not null)")]
    public void A_filter_does_not_let_NULL_pass(string text, string expected) =>
        Assert.Equal(expected, Describe(Conjuncts.OfFilter(Sql.Parse(text), Context)));

    [Theory]
    [InlineData("deleted IS NULL", "deleted not null")]
    [InlineData("a > 0", "if (a not null) then (a in (, 0] and a not null)")]
    public void The_outside_of_a_filter_is_told_too(string text, string expected) =>
        Assert.Equal(expected, Describe(Conjuncts.OfNegatedFilter(Sql.Parse(text), Context)));

    [Theory]
    [InlineData("[Quantity]>(0)", "Quantity in (0, )")]
    [InlineData("active IN (0, 1)", "active in {0, 1}")]
    [InlineData("json_valid(data)", "data is JSON")]
    [InlineData("(a IS NULL) + (b IS NULL) = 1", "1 to 1 of a, b not null")]
    [InlineData("(a IS NULL) != (b IS NULL)", "1 to 1 of a, b not null")]
    [InlineData("name GLOB '[a-z]*'", "name glob [a-z]*")]
    [InlineData("name LIKE 'x%'", "name like ignoring case x%")]
    [InlineData("typeof(a) = 'integer'", "opaque (typeof(a) = 'integer')")]
    [InlineData("length(name) <= 40", "length of name in [0, 40] characters")]
    [InlineData("date(born) = born", "born unchanged by date(born)")]
    public void SQLites_forms_are_recognised(string text, string expected) =>
        Assert.Equal(expected, Describe(Conjuncts.OfCheck(Sql.Parse(text, Dialect.Sqlite), Sql.Context(Dialect.Sqlite))));

    [Fact]
    public void Nests_of_tests_that_could_double_without_end_are_bounded()
    {
        var tests = "a > b";
        for (var i = 0; i < 60; i++) tests = $"(({tests}) IS TRUE AND c > {i})";
        var equal = "a IS NULL";
        for (var i = 0; i < 60; i++) equal = $"(({equal}) = (c > {i}))";
        var cases = "a > b";
        for (var i = 0; i < 60; i++) cases = $"CASE WHEN {cases} THEN c > {i} ELSE a > {i} END";
        foreach (var text in new[] { tests, equal, cases }) Assert.NotEmpty(Conjuncts.OfCheck(Sql.Parse(text), Context));
    }
}
