using RelSeed.Generation;
using RelSeed.Loading;

namespace RelSeed.PostgreSql.Tests.Loading;

public sealed class RowReaderTests(PostgreSqlFixture server)
{
    const string Sql = """
        create type mood as enum ('sad', 'glad');
        create table v (id int primary key, b boolean, s smallint, l bigint, n numeric(12, 3), u numeric, m money, f real, d double precision, t text, c char(5), a date,
            ts timestamp, tz timestamptz, ti time, iv interval, g uuid, e mood, x bytea, net inet, arr int[], j jsonb);
        insert into v values
            (1, true, -3, 9000000000000, -1234.567, 0.005, 12.34, 1.5, -0.25, 'héllo', 'ab', '2024-02-29', '2024-02-29 12:34:56.789', '2024-02-29 12:00:00+02', '23:59:59.5', '1 mon 2 days 03:00:00',
                '00112233-4455-6677-8899-aabbccddeeff', 'glad', '\x00ff', '10.1.2.3', '{1,2}', '{"a": 1}'),
            (2, null, null, null, null, 'NaN', null, 'NaN', 'Infinity', null, null, 'infinity', '-infinity', null, null, null, null, null, null, null, null, null),
            (3, false, 0, 0, 0, 99999999999999999999999, 0, 0, 0, '', '', '0001-01-01', '9999-12-31 00:00', '1970-01-01 00:00+00', '00:00', '-1 day', '00000000-0000-0000-0000-000000000000', 'sad', '', '::1', '{}', '1');
        """;

    [Fact]
    public async Task Values_are_read_as_the_lanes_carry_them()
    {
        await using var database = await server.CreateDatabaseAsync(Sql);
        await using var target = PostgreSqlTarget.Open(database.ConnectionString);
        var token = TestContext.Current.CancellationToken;
        var table = (await target.ReadSchemaAsync(new(), token)).Tables.Single();
        await using var reader = await target.OpenReaderAsync(new RowReaderOptions(), token);
        Assert.Equal(3, await reader.CountAsync(table, token));
        await foreach (var (rows, columns) in reader.ReadAsync(table, [.. Enumerable.Range(0, table.Columns.Count)], token))
        {
            Assert.Equal(3, rows);
            long?[] Longs(string name) =>
                [.. Enumerable.Range(0, 3).Select(r => columns[table.IndexOf(name)] is Int64Vector v && !v.IsNull(r) ? v.Values[r] : (long?)null)];
            Assert.Equal([1, null, 0], Longs("b"));
            Assert.Equal([-3, null, 0], Longs("s"));
            Assert.Equal([9_000_000_000_000, null, 0], Longs("l"));
            Assert.Equal([-1_234_567, null, 0], Longs("n"));
            Assert.Equal([1, null, null], Longs("u"));
            Assert.Equal([1234, null, 0], Longs("m"));
            Assert.Equal([19_782, null, -719_162], Longs("a"));
            Assert.Equal([1_709_210_096_789_000, null, 253_402_214_400_000_000], Longs("ts"));
            Assert.Equal([1_709_200_800_000_000, null, 0], Longs("tz"));
            Assert.Equal([86_399_500_000, null, 0], Longs("ti"));
            Assert.Equal([32L * 86_400_000_000 + 3L * 3_600_000_000, null, -86_400_000_000], Longs("iv"));
            Assert.Equal([1, null, 0], Longs("e"));
            Assert.Equal([(32L << 32) | 0x0A010203, null, (1L << 62) | (128L << 48)], Longs("net"));
            Assert.Equal([1.5, double.NaN, 0], ((Float64Vector)columns[table.IndexOf("f")]).Values[..3].ToArray());
            Assert.Equal("héllo"u8, ((BytesVector)columns[table.IndexOf("t")])[0]);
            Assert.Equal("ab"u8, ((BytesVector)columns[table.IndexOf("c")])[0]);
            Assert.Equal([0, 255], ((BytesVector)columns[table.IndexOf("x")])[0].ToArray());
            Assert.Equal(new UInt128(0x0011223344556677, 0x8899AABBCCDDEEFF), ((UuidVector)columns[table.IndexOf("g")]).Values[0]);
            Assert.Equal([false, true, false], columns[table.IndexOf("arr")].Nulls.ToArray()[..3]);
        }
    }

    [Fact]
    public async Task Rows_written_meanwhile_are_not_seen()
    {
        await using var database =
            await server.CreateDatabaseAsync("create table t (id int primary key); insert into t select generate_series(1, 10000)");
        await using var target = PostgreSqlTarget.Open(database.ConnectionString);
        var token = TestContext.Current.CancellationToken;
        var table = (await target.ReadSchemaAsync(new(), token)).Tables.Single();
        await using var reader = await target.OpenReaderAsync(new RowReaderOptions(), token);
        Assert.Equal(10_000, await reader.CountAsync(table, token));
        await database.ExecuteAsync("insert into t select generate_series(10001, 20000)");
        var rows = 0;
        await foreach (var slice in reader.ReadAsync(table, [0], token)) rows += slice.Rows;
        Assert.Equal(10_000, rows);
    }

    [Fact]
    public async Task A_table_that_may_not_be_read_is_told_without_values()
    {
        await using var database = await server.CreateDatabaseAsync("create table t (id int primary key)");
        await using var target = PostgreSqlTarget.Open(database.ConnectionString);
        var token = TestContext.Current.CancellationToken;
        var table = (await target.ReadSchemaAsync(new(), token)).Tables.Single();
        await database.ExecuteAsync("drop table t");
        await using var reader = await target.OpenReaderAsync(new RowReaderOptions(), token);
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => reader.CountAsync(table, token));
        Assert.Equal("RS3005", fault.Id);
    }
}
