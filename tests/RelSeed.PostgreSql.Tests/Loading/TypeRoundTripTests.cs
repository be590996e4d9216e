using RelSeed.Loading;

namespace RelSeed.PostgreSql.Tests.Loading;

/// <summary>What is sent by COPY, binary and text, is what the server reads back.</summary>
public sealed class TypeRoundTripTests(PostgreSqlFixture server)
{
    const string Types = """
        create type mood as enum ('sad', 'it''s ok', 'naïve – 数値');
        create domain positive as integer check (value > 0);
        create domain tags as text[];
        create type pair as (number positive, words text, moods mood[]);
        """;

    const long Day = 86_400_000_000;

    // A type, then values with the text the server prints for each.
    static readonly (string Type, (object? Value, string? Text)[] Rows)[] Cases =
    [
        ("boolean", [(0L, "false"), (1L, "true"), (null, null)]),
        ("smallint", [(-32768L, "-32768"), (32767L, "32767"), (null, null)]),
        ("integer", [((long)int.MinValue, "-2147483648"), ((long)int.MaxValue, "2147483647"), (null, null)]),
        ("bigint", [(long.MinValue, "-9223372036854775808"), (long.MaxValue, "9223372036854775807"), (null, null)]),
        ("oid", [(0L, "0"), (4294967295L, "4294967295")]),
        ("real", [(0.1, "0.1"), (-1.5e30, "-1.5e+30"), (double.NaN, "NaN"), (double.NegativeInfinity, "-Infinity"), (null, null)]),
        ("double precision",
            [(0.1, "0.1"), (double.MaxValue, "1.7976931348623157e+308"), (double.Epsilon, "5e-324"), (double.PositiveInfinity, "Infinity")]),
        ("numeric(10,2)",
            [(0L, "0.00"), (1L, "0.01"), (-1L, "-0.01"), (100L, "1.00"), (9999999999L, "99999999.99"), (-9999999999L, "-99999999.99"), (null, null)]),
        ("numeric(5,0)", [(0L, "0"), (10000L, "10000"), (-99999L, "-99999")]),
        ("numeric(18,18)", [(999999999999999999L, "0.999999999999999999"), (1L, "0.000000000000000001")]),
        ("numeric(20,5)", [(long.MaxValue, "92233720368547.75807"), (long.MinValue, "-92233720368547.75808"), (123456L, "1.23456")]),
        ("numeric(38,0)", [(long.MaxValue, "9223372036854775807")]),
        ("numeric(3,3)", [(1L, "0.001"), (-999L, "-0.999")]),
        ("numeric", [(long.MaxValue, "92233720368547758.07"), (5L, "0.05"), (null, null)]),
        ("money", [(12345L, "$123.45"), (-1L, "-$0.01")]),
        ("text", [("", ""), ("a\tb\nc\rd\\e\"f'g", "a\tb\nc\rd\\e\"f'g"), ("\\N", "\\N"), ("naïve – 数値 🙂", "naïve – 数値 🙂"), (null, null)]),
        ("varchar(5)", [("数値数値数", "数値数値数"), ("NULL", "NULL")]),
        ("char(4)", [("ab", "ab"), ("abcd", "abcd")]),
        ("name", [("a name", "a name")]),
        ("\"char\"", [("x", "x")]),
        ("bytea", [(Array.Empty<byte>(), "\\x"), (new byte[] { 0, 9, 10, 92, 255 }, "\\x00090a5cff"), (null, null)]),
        ("uuid",
            [(UInt128.Zero, "00000000-0000-0000-0000-000000000000"), (UInt128.MaxValue, "ffffffff-ffff-ffff-ffff-ffffffffffff"),
            (new UInt128(0x0123456789ABCDEF, 0xFEDCBA9876543210), "01234567-89ab-cdef-fedc-ba9876543210")]),
        ("date",
            [(0L, "1970-01-01"), (10957L, "2000-01-01"), (19782L, "2024-02-29"), (-719162L, "0001-01-01"), (-719163L, "0001-12-31 BC"),
            (2145031948L, "5874868-01-01"), (null, null)]),
        ("time", [(0L, "00:00:00"), (Day - 1, "23:59:59.999999"), (Day, "24:00:00")]),
        ("time(0)", [(45_296_000_000L, "12:34:56")]),
        ("timetz", [(45_296_000_001L, "12:34:56.000001+00")]),
        ("timestamp",
            [(0L, "1970-01-01 00:00:00"), (-1L, "1969-12-31 23:59:59.999999"), (253402300799999999L, "9999-12-31 23:59:59.999999"),
            (-719163L * Day, "0001-12-31 00:00:00 BC")]),
        ("timestamptz", [(0L, "1970-01-01 00:00:00+00"), (-719163L * Day + 1, "0001-12-31 00:00:00.000001+00 BC"), (null, null)]),
        ("interval", [(0L, "00:00:00"), (-1L, "-00:00:00.000001"), (Day + 3_661_000_001L, "1 day 01:01:01.000001"), (-2 * Day, "-2 days")]),
        ("json", [("{\"a\" : [1, \"\\t\"]}", "{\"a\" : [1, \"\\t\"]}")]),
        ("jsonb", [("{\"b\":1,\"a\":null}", "{\"a\": null, \"b\": 1}"), (null, null)]),
        ("mood", [(0L, "sad"), (1L, "it's ok"), (2L, "naïve – 数値"), (null, null)]),
        ("inet", [(32L << 32 | 0x0A000001, "10.0.0.1/32"), (8L << 32 | 0xFFFFFFFF, "255.255.255.255/8")]),
        ("cidr", [(24L << 32 | 0xC0A80100, "192.168.1.0/24"), (0L, "0.0.0.0/0")]),
        ("macaddr", [(0x08002B010203L, "08:00:2b:01:02:03")]),
        ("macaddr8", [(0x08002B010203L, "08:00:2b:ff:fe:01:02:03")]),
        ("bit(5)", [("10110", "10110")]),
        ("bit varying(20)", [("", ""), ("1010101011", "1010101011"), ("11111111", "11111111")]),
        ("positive", [(7L, "7"), (null, null)]),
        ("integer[]", [(Array.Empty<object?>(), "{}"), (new object?[] { 1L, null, -3L }, "{1,NULL,-3}"), (null, null)]),
        ("text[]", [(new object?[] { "", "NULL", "a,b", "q\"u\\o", "{x}", "é\t" }, "{\"\",\"NULL\",\"a,b\",\"q\\\"u\\\\o\",\"{x}\",\"é\t\"}")]),
        ("numeric(6,2)[]", [(new object?[] { 1L, -999999L }, "{0.01,-9999.99}")]),
        ("mood[]", [(new object?[] { 0L, 1L }, "{sad,\"it's ok\"}")]),
        ("positive[]", [(new object?[] { 1L, 2L }, "{1,2}")]),
        ("tags", [(new object?[] { "a", "b c" }, "{a,\"b c\"}"), (null, null)]),
        ("uuid[]", [(new object?[] { UInt128.One }, "{00000000-0000-0000-0000-000000000001}")]),
        ("int4range",
            [(new object?[] { 1L, 5L }, "[1,5)"), (new object?[] { null, 5L }, "(,5)"), (new object?[] { 1L, null }, "[1,)"),
            (new object?[] { null, null }, "(,)"), (new object?[] { 3L, 3L }, "empty"), (null, null)]),
        ("numrange", [(new object?[] { 150L, 1L << 40 }, "[1.50,10995116277.76)")]),
        ("tstzrange", [(new object?[] { 0L, Day }, "[\"1970-01-01 00:00:00+00\",\"1970-01-02 00:00:00+00\")")]),
        ("daterange[]", [(new object?[] { new object?[] { 0L, 2L }, null }, "{\"[1970-01-01,1970-01-03)\",NULL}")]),
        ("int4multirange",
            [(new object?[] { new object?[] { 1L, 3L }, new object?[] { 5L, null } }, "{[1,3),[5,)}"), (Array.Empty<object?>(), "{}"), (null, null)]),
        ("pair",
            [(new object?[] { 1L, "a \"b\", c\\", new object?[] { 1L } }, "(1,\"a \"\"b\"\", c\\\\\",\"{\"\"it's ok\"\"}\")"),
            (new object?[] { null, null, null }, "(,,)"), (null, null)]),
        ("pair[]", [(new object?[] { new object?[] { 2L, "", null } }, "{\"(2,\\\"\\\",)\"}")]),
        ("tsvector", [("'a':1 'b':2", "'a':1 'b':2")]),
        ("point", [("(1,2)", "(1,2)"), (null, null)]),
        ("box[]", [(new object?[] { "(3,4),(1,2)", "(1,1),(0,0)" }, "{(3,4),(1,2);(1,1),(0,0)}")]),
        ("point[]", [(new object?[] { "(1,2)" }, "{\"(1,2)\"}")]),
    ];

    [Theory, InlineData(false), InlineData(true)]
    public async Task Every_type_arrives_as_it_was_sent(bool asText)
    {
        // A column of a type without a binary form makes the whole table travel as text.
        var extra = asText ? ", forces_text point" : "";
        var tables = Cases.Select((c, i) => $"create table t{i} (id integer, v {c.Type}{extra});");
        await using var database = await server.CreateDatabaseAsync(Types + string.Concat(tables));
        await using var target = PostgreSqlTarget.Open(database.Url);
        var load = await HandMade.ReadAsync(target);
        for (var i = 0; i < Cases.Length; i++)
        {
            var rows = Cases[i].Rows;
            (string, Func<long, object?>)[] columns =
                [("id", r => r), ("v", r => rows[r].Value), .. asText ? [("forces_text", Nothing)] : Array.Empty<(string, Func<long, object?>)>()];
            load.Add($"t{i}", rows.Length, columns);
        }
        await load.LoadAsync();
        for (var i = 0; i < Cases.Length; i++)
        {
            var read = await database.QueryAsync($"set timezone to 'UTC'; set lc_monetary to 'C'; select v::text from t{i} order by id");
            var expected = Cases[i].Rows.Select(r => (Cases[i].Type, r.Text));
            Assert.Equal(expected, read.Select(r => (Cases[i].Type, (string?)r[0])));
        }

        static object? Nothing(long row) => null;
    }
}
