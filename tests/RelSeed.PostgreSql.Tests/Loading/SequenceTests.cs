namespace RelSeed.PostgreSql.Tests.Loading;

/// <summary>After a load the next value of each sequence is free.</summary>
public sealed class SequenceTests(PostgreSqlFixture server)
{
    [Fact]
    public async Task Sequences_stand_behind_the_rows()
    {
        await using var database = await server.CreateDatabaseAsync(
            """
            create sequence shared;
            create sequence "down Ward" increment -2 maxvalue 1000 start 1000;
            create table a (id serial primary key, up bigint generated always as identity (increment 10), s integer default nextval('shared'), note text);
            create table b (id integer primary key default nextval('shared'), d integer default nextval('"down Ward"'));
            create table ahead (id serial primary key);
            select setval('ahead_id_seq', 500);
            create table untouched (id serial primary key);
            create table no_rows (id serial primary key);
            """);
        await using var target = PostgreSqlTarget.Open(database.Url);
        var load = (await HandMade.ReadAsync(target))
            .Add("a", 20, ("id", r => r + 1), ("up", r => r * 5), ("s", r => r), ("note", r => "x"))
            .Add("b", 30, ("id", r => r + 1), ("d", r => 1000 - r))
            .Add("ahead", 5, ("id", r => r + 1))
            .Add("no_rows", 0, ("id", r => r + 1));
        var report = await load.LoadAsync();
        Assert.Empty(report.Notes);
        var next = await database.QueryAsync(
            """
            select nextval('a_id_seq'), nextval('a_up_seq'), nextval('shared'), nextval('"down Ward"'), nextval('ahead_id_seq'),
                   nextval('untouched_id_seq'), nextval('no_rows_id_seq')
            """);
        Assert.Equal([21L, 105L, 31L, 969L, 501L, 1L, 1L], next[0]);
    }

    [Fact]
    public async Task A_sequence_that_may_not_be_set_is_told()
    {
        await using var database = await server.CreateDatabaseAsync(
            """
            create table a (id smallserial primary key, n bigint);
            alter table a alter column id type bigint;
            """);
        await using var target = PostgreSqlTarget.Open(database.Url);
        var load = (await HandMade.ReadAsync(target)).Add("a", 2, ("id", r => 100_000 + r), ("n", r => r));
        var report = await load.LoadAsync();
        Assert.Equal(["Sequence public.a_id_seq was not set behind the rows: they go beyond its bounds."], report.Notes);
    }

    [Fact]
    public async Task Columns_that_are_left_out_come_from_the_server()
    {
        await using var database = await server.CreateDatabaseAsync(
            "create table a (id integer generated always as identity primary key, at timestamptz not null default now())");
        await using var target = PostgreSqlTarget.Open(database.Url);
        var load = (await HandMade.ReadAsync(target)).Add("a", 7);
        var report = await load.LoadAsync();
        Assert.Equal(7, report.Rows);
        Assert.Equal(7L, (await database.QueryAsync("select count(distinct id) from a"))[0][0]);
    }
}
