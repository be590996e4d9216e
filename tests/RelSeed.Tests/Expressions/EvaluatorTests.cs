using RelSeed.Expressions;
using RelSeed.Schema;
using Xunit;

namespace RelSeed.Tests.Expressions;

public sealed class EvaluatorTests
{
    // Each expected text is what PostgreSQL 15 answers.
    [Theory]
    [InlineData("NULL AND false", "false")]
    [InlineData("NULL OR true", "true")]
    [InlineData("NOT NULL::boolean", "NULL")]
    [InlineData("NULL = NULL", "NULL")]
    [InlineData("1 IN (2, NULL)", "NULL")]
    [InlineData("1 IN (1, NULL)", "true")]
    [InlineData("1 NOT IN (1, NULL)", "false")]
    [InlineData("NULL IS NOT DISTINCT FROM NULL", "true")]
    [InlineData("1 IS DISTINCT FROM NULL", "true")]
    [InlineData("ROW(1, NULL) IS NULL", "false")]
    [InlineData("ROW(1, NULL) IS NOT NULL", "false")]
    [InlineData("ROW(NULL, NULL) IS NULL", "true")]
    [InlineData("ROW(1, 2) = ROW(1, NULL)", "NULL")]
    [InlineData("1 = ANY (ARRAY[2, NULL])", "NULL")]
    [InlineData("1 <> ALL (ARRAY[2, 3])", "true")]
    [InlineData("5 BETWEEN SYMMETRIC 9 AND 1", "true")]
    [InlineData("7 / 2", "3")]
    [InlineData("-7 / 2", "-3")]
    [InlineData("-7 % 3", "-1")]
    [InlineData("7.0 / 2", "3.5000000000000000")]
    [InlineData("1.0 / 3", "0.33333333333333333333")]
    [InlineData("10 / 4.0", "2.5000000000000000")]
    [InlineData("1.10 = 1.1", "true")]
    [InlineData("1.5 + 1", "2.5")]
    [InlineData("2 * 1.50", "3.00")]
    [InlineData("'NaN'::numeric > 1", "true")]
    [InlineData("round(2.5)", "3")]
    [InlineData("power(2::numeric, 3::numeric)", "8")]
    [InlineData("2::float ^ 4::float", "16")]
    [InlineData("round(-2.567, 2)", "-2.57")]
    [InlineData("trunc(2.99, 1)", "2.9")]
    [InlineData("trunc('08:00:2B:01:02:03'::macaddr)", "08:00:2b:00:00:00")]
    [InlineData("trunc('08:00:2b:01:02:03:04:05'::macaddr8)", "08:00:2b:00:00:00:00:00")]
    [InlineData("floor(-1.5)", "-2")]
    [InlineData("ceil(1.2)", "2")]
    [InlineData("sign(-3.0)", "-1")]
    [InlineData("mod(7, 3)", "1")]
    [InlineData("abs(-5)", "5")]
    [InlineData("'x'::text || NULL", "NULL")]
    [InlineData("concat('a', NULL, 1, true)", "a1t")]
    [InlineData("concat_ws('-', 'a', NULL, 'b')", "a-b")]
    [InlineData("coalesce(NULL, 2, 1 / 0)", "2")]
    [InlineData("nullif(1, 1)", "NULL")]
    [InlineData("greatest(1, NULL, 3)", "3")]
    [InlineData("least(2.5, 1)", "1")]
    [InlineData("num_nonnulls(1, NULL, 'x')", "2")]
    [InlineData("num_nulls(VARIADIC ARRAY[1, NULL])", "1")]
    [InlineData("CASE WHEN NULL THEN 1 ELSE 2 END", "2")]
    [InlineData("CASE 3 WHEN 1 THEN 'a' WHEN 3 THEN 'c' END", "c")]
    [InlineData("length('h\u00e9llo')", "5")]
    [InlineData("octet_length('h\u00e9llo')", "6")]
    [InlineData("bit_length('ab')", "16")]
    [InlineData("length('\\x00ff'::bytea)", "2")]
    [InlineData("length('\ud83d\ude00')", "1")]
    [InlineData("upper('abc')", "ABC")]
    [InlineData("btrim('  x ')", "x")]
    [InlineData("ltrim('xxyx', 'x')", "yx")]
    [InlineData("substr('alphabet', 3)", "phabet")]
    [InlineData("length(substr('\\x00ff01'::bytea, 2, 5))", "2")]
    [InlineData("substring('alphabet' from -1 for 4)", "al")]
    [InlineData("substring('foo.bar' from '[^.]*$')", "bar")]
    [InlineData("left('abcde', -2)", "abc")]
    [InlineData("right('abcde', 2)", "de")]
    [InlineData("position('c' in 'abcd')", "3")]
    [InlineData("strpos('abcd', 'x')", "0")]
    [InlineData("replace('aXbX', 'X', '-')", "a-b-")]
    [InlineData("starts_with('abc', 'ab')", "true")]
    [InlineData("split_part('a,b,c', ',', 2)", "b")]
    [InlineData("lpad('7', 3, '0')", "007")]
    [InlineData("translate('12345', '143', 'ax')", "a2x5")]
    [InlineData("reverse('abc')", "cba")]
    [InlineData("'abc' LIKE 'a%c'", "true")]
    [InlineData("'abc' LIKE '_b_'", "true")]
    [InlineData("'a%c' LIKE 'a\\%c'", "true")]
    [InlineData("'abc' LIKE 'a\\%c'", "false")]
    [InlineData("'ABC' ILIKE 'abc'", "true")]
    [InlineData("'ABC' LIKE 'abc'", "false")]
    [InlineData("'abc' ~ '^[[:alpha:]]+$'", "true")]
    [InlineData("'ab1' ~ '^[a-z]+$'", "false")]
    [InlineData("'AB' ~* 'ab'", "true")]
    [InlineData("E'a\\nb' ~ '^a.b$'", "true")]
    [InlineData("E'a\\n' ~ 'a$'", "false")]
    [InlineData("'a-b' ~ '^\\w+-\\w$'", "true")]
    [InlineData("'abc' SIMILAR TO '(a|x)b_'", "true")]
    [InlineData("'abcd' SIMILAR TO 'abc'", "false")]
    [InlineData("'ab' ~ '^(?!b)..$'", "true")]
    [InlineData("'12'::integer + 1", "13")]
    [InlineData("'1.50'::numeric(5,1)", "1.5")]
    [InlineData("2.5::integer", "3")]
    [InlineData("true::integer", "1")]
    [InlineData("'yes'::boolean", "true")]
    [InlineData("5::text || 'x'", "5x")]
    [InlineData("'abcdef'::varchar(3)", "abc")]
    [InlineData("'ab  '::char(4) = 'ab'", "true")]
    [InlineData("'A'::citext = 'a'", "true")]
    [InlineData("'x'::mood = 'x'::mood", "true")]
    [InlineData("'2020-02-29'::date + 1", "2020-03-01")]
    [InlineData("'2020-03-01'::date - '2020-02-01'::date", "29")]
    [InlineData("'2020-01-31'::date + '1 month'::interval", "2020-02-29 00:00:00")]
    [InlineData("'2024-05-17 10:00'::timestamp - '2024-05-16 09:00'::timestamp = '1 day 01:00'::interval", "true")]
    [InlineData("'1 mon'::interval = '30 days'::interval", "true")]
    [InlineData("'2020-01-01 00:00+02'::timestamptz", "2019-12-31 22:00:00+00")]
    [InlineData("extract(year from '2020-05-06'::date)", "2020")]
    [InlineData("extract(dow from '2024-05-19'::date)", "0")]
    [InlineData("extract(epoch from '1970-01-02'::date)", "86400")]
    [InlineData("date_part('month', '2020-05-06'::timestamp)", "5")]
    [InlineData("date_trunc('month', '2020-05-06 07:08:09'::timestamp)", "2020-05-01 00:00:00")]
    [InlineData("now()", "2024-05-17 12:30:00+00")]
    [InlineData("current_date - '2006-05-17'::date > 0", "true")]
    [InlineData("now() - '18 years'::interval", "2006-05-17 12:30:00+00")]
    [InlineData("age('2024-05-17'::date, '2000-02-29'::date) >= '24 years'::interval", "true")]
    [InlineData("'infinity'::timestamp > now()", "true")]
    [InlineData("cardinality(ARRAY[1, 2])", "2")]
    [InlineData("cardinality('{}'::text[])", "0")]
    [InlineData("array_length('{}'::int[], 1)", "NULL")]
    [InlineData("array_position(ARRAY['a', 'b'], 'b')", "2")]
    [InlineData("'b' = ANY ('{a,b}'::text[])", "true")]
    [InlineData("ARRAY[1, 2] @> ARRAY[2]", "true")]
    [InlineData("(ARRAY[5, 6])[2]", "6")]
    [InlineData("jsonb_typeof('{\"a\": 1}'::jsonb)", "object")]
    [InlineData("'{\"a\": {\"b\": \"c\"}}'::jsonb -> 'a' ->> 'b'", "c")]
    [InlineData("'{\"a\": {\"b\": \"c\"}}'::jsonb #>> '{a,b}'", "c")]
    [InlineData("'{\"a\": 1}'::jsonb ? 'a'", "true")]
    [InlineData("'{\"a\": null}'::jsonb ->> 'a'", "NULL")]
    [InlineData("'[1, 2]'::jsonb ->> -1", "2")]
    [InlineData("jsonb_array_length('[1, 2]'::jsonb)", "2")]
    [InlineData("lower('[3,7)'::int4range)", "3")]
    [InlineData("upper('[3,7]'::int4range)", "8")]
    [InlineData("isempty('(3,4)'::int4range)", "true")]
    [InlineData("lower_inc('(3,7)'::int4range)", "true")]
    [InlineData("upper_inf('[3,)'::int4range)", "true")]
    [InlineData("'[1,5)'::int4range @> 5", "false")]
    [InlineData("'[1,5)'::int4range && '[4,9)'::int4range", "true")]
    [InlineData("'[2,3)'::int4range <@ '[1,5)'::int4range", "true")]
    [InlineData("int4range(1, 3, '[]') = '[1,4)'::int4range", "true")]
    [InlineData("(5 & 3) = 1 AND (5 | 3) = 7 AND (5 # 3) = 6", "true")]
    [InlineData("'a9e1c0d2-0000-4000-8000-000000000001'::uuid = 'A9E1C0D2-0000-4000-8000-000000000001'", "true")]
    public void PostgreSQL_semantics_are_followed(string text, string expected) => Assert.Equal(expected, Sql.Evaluate(text).ToString());

    [Theory]
    [InlineData("1 / 0", true)]
    [InlineData("'x'::integer", true)]
    [InlineData("9223372036854775807 + 1", true)]
    [InlineData("my_function(1)", false)]
    [InlineData("'a' < 'b'", false)]
    [InlineData("lower('\u00c9')", false)]
    [InlineData("'\u00e9' ~ '^[[:alpha:]]$'", false)]
    [InlineData("'abc' ~ '('", false)]
    [InlineData("random() > 0", false)]
    [InlineData("1.2345678901234567890123456789012345 > 0", false)]
    public void What_cannot_be_told_is_said_to_be_so_and_an_error_is_an_error(string text, bool isError)
    {
        var value = Sql.Evaluate(text);
        Assert.Equal(SqlKind.NotEvaluable, value.Kind);
        Assert.Equal(isError, value.IsError);
        Assert.NotEmpty(value.Reason);
    }

    [Fact]
    public void An_unknown_function_does_not_hide_what_is_decided_anyway()
    {
        Assert.True(Sql.Evaluate("false AND my_function(1)").IsFalse);
        Assert.True(Sql.Evaluate("true OR my_function(1)").IsTrue);
        Assert.Equal(SqlKind.NotEvaluable, Sql.Evaluate("true AND my_function(1)").Kind);
    }

    // Each expected text is what SQLite answers.
    [Theory]
    [InlineData("1 = 1.0", "true")]
    [InlineData("'1' = 1", "false")]
    [InlineData("1 < 'a'", "true")]
    [InlineData("'a' < X'00'", "true")]
    [InlineData("7 / 2", "3")]
    [InlineData("7 / 0", "NULL")]
    [InlineData("7 / 2.0", "3.5")]
    [InlineData("'3abc' + 1", "4")]
    [InlineData("true + true", "2")]
    [InlineData("(2 > 1) + 1", "2")]
    [InlineData("'ABC' LIKE 'abc'", "true")]
    [InlineData("'ABC' GLOB 'abc'", "false")]
    [InlineData("'abc' GLOB '[a-c]b?'", "true")]
    [InlineData("'abc' GLOB '*[^0-9]*'", "true")]
    [InlineData("typeof(1)", "integer")]
    [InlineData("typeof(NULL)", "null")]
    [InlineData("typeof(1.0)", "real")]
    [InlineData("length(123)", "3")]
    [InlineData("substr('hello', -3, 2)", "ll")]
    [InlineData("substr('hello', 0, 3)", "he")]
    [InlineData("hex(substr(x'010203', -2, 1))", "02")]
    [InlineData("hex(substr(x'010203', 1, 2))", "0102")]
    [InlineData("instr('hello', 'l')", "3")]
    [InlineData("trim('xxaxx', 'x')", "a")]
    [InlineData("upper('ab\u00e9')", "AB\u00e9")]
    [InlineData("ifnull(NULL, 5)", "5")]
    [InlineData("iif(0, 'a', 'b')", "b")]
    [InlineData("max(1, 3, 2)", "3")]
    [InlineData("json_valid('{\"a\":1}')", "1")]
    [InlineData("json_valid('{a}')", "0")]
    [InlineData("json_type('[1]')", "array")]
    [InlineData("json_extract('{\"a\":[1,2]}', '$.a[1]')", "2")]
    [InlineData("CAST('12abc' AS INTEGER)", "12")]
    [InlineData("CAST(3.9 AS INTEGER)", "3")]
    [InlineData("CAST(5 AS TEXT) = '5'", "true")]
    [InlineData("date('2024-02-29')", "2024-02-29")]
    [InlineData("date('nonsense')", "NULL")]
    [InlineData("date('now')", "2024-05-17")]
    [InlineData("strftime('%Y', '2024-02-03')", "2024")]
    [InlineData("datetime('2024-02-03T04:05')", "2024-02-03 04:05:00")]
    [InlineData("'a' COLLATE NOCASE = 'A'", "true")]
    [InlineData("NOT 'abc'", "true")]
    [InlineData("NULL IS NULL", "true")]
    [InlineData("1 IS NOT 2", "true")]
    [InlineData("round(2.5)", "3")]
    [InlineData("1 << 3", "8")]
    [InlineData("'1' || 2", "12")]
    public void SQLite_semantics_are_followed(string text, string expected) => Assert.Equal(expected, Sql.Evaluate(text, Dialect.Sqlite).ToString());

    [Fact]
    public void A_SQLite_columns_affinity_bends_what_it_is_compared_with()
    {
        var context =
            Sql.Context(Dialect.Sqlite, Sql.Column("n", TypeKind.Int64, typeName: "INTEGER"), Sql.Column("t", TypeKind.Text, typeName: "VARCHAR(9)"));
        SqlValue With(string text, SqlValue n, SqlValue t) =>
            Evaluator.Evaluate(Sql.Parse(text, Dialect.Sqlite), name => name == "n" ? n : t, context);
        Assert.True(With("n = '5'", SqlValue.Integer(5), default).IsTrue);
        Assert.True(With("t = 5", default, SqlValue.Text("5")).IsTrue);
        Assert.True(With("t > 10", default, SqlValue.Text("9")).IsTrue);
    }

    [Fact]
    public void A_check_holds_for_NULL_and_a_filter_does_not()
    {
        var context = Sql.Context();
        var row = new OneColumn(SqlValue.Null);
        Assert.Equal(Verdict.Holds, CompiledPredicate.Check(Sql.Parse("a > 0"), context, _ => 0).Test(row));
        Assert.Equal(Verdict.Fails, CompiledPredicate.Filter(Sql.Parse("a > 0"), context, _ => 0).Test(row));
        Assert.Equal(Verdict.Unknown, CompiledPredicate.Check(Sql.Parse("f(a)"), context, _ => 0).Test(row));
        Assert.Equal(Verdict.Fails, CompiledPredicate.Check(Sql.Parse("1 / 0 > a"), context, _ => 0).Test(row));
    }

    [Fact]
    public void A_predicate_over_numbers_and_texts_allocates_nothing_a_row()
    {
        var predicate = CompiledPredicate.Check(Sql.Parse("a > 0 AND (a < 10 OR a IN (11, 12)) AND num_nonnulls(a, a) = 2 AND a IS NOT NULL"),
            Sql.Context(), _ => 0);
        var row = new OneColumn(SqlValue.Integer(11));
        for (var i = 0; i < 1_000; i++) predicate.Test(row);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) predicate.Test(row);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    sealed class OneColumn(SqlValue value) : IRow
    {
        public SqlValue this[int column] => value;
    }

    [Theory]
    [InlineData("'10.0.0.1'::inet << '10.0.0.0/8'::inet", true)]
    [InlineData("'10.0.0.0/8'::inet << '10.0.0.0/8'::inet", false)]
    [InlineData("'10.0.0.0/8'::cidr <<= '10.0.0.0/8'::cidr", true)]
    [InlineData("'ff00::/8'::inet >> 'ff04::/16'::inet", true)]
    [InlineData("'ff00::/8'::inet >>= '10.0.0.0/8'::inet", false)]
    [InlineData("'10.0.0.0/8'::inet && '10.4.0.0/16'::inet", true)]
    [InlineData("family('fd00::1'::inet) = 6", true)]
    [InlineData("'10.0.0.1'::inet < 'fd00::1'::inet", true)]
    public void Networks_hold_each_other_as_in_the_server(string text, bool holds) => Assert.Equal(SqlValue.Boolean(holds), Sql.Evaluate(text));
}
