namespace RelSeed.Testing.Tests;

public sealed class SeededDatabaseTests(Servers servers)
{
    const string Shop = """
        create table customers (id integer primary key, email varchar(100) not null unique, name varchar(60) not null);
        create table orders (id integer primary key, customer_id integer not null references customers (id), total integer not null check (total > 0));
        """;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Servers.Kinds), MemberType = typeof(Servers))]
    public async Task Clones_hold_the_seeded_rows_and_are_independent(string kind)
    {
        await using var shop = await CreateAsync(kind, nameof(Clones_hold_the_seeded_rows_and_are_independent));
        await using var first = await shop.CloneAsync(Token);
        await using var second = await shop.CloneAsync(Token);
        await first.ExecuteAsync("delete from orders");
        Assert.Equal(0, await first.CountAsync("orders"));
        Assert.Equal(30, await second.CountAsync("orders"));
        Assert.Equal(await first.QueryAsync("select * from customers order by id"), await second.QueryAsync("select * from customers order by id"));
    }

    [Theory, MemberData(nameof(Servers.Kinds), MemberType = typeof(Servers))]
    public async Task A_reset_brings_back_the_seeded_state(string kind)
    {
        await using var shop = await CreateAsync(kind, nameof(A_reset_brings_back_the_seeded_state));
        await using var database = await shop.CloneAsync(Token);
        var seeded = await database.QueryAsync("select * from orders order by id");
        await database.ExecuteAsync(
            "delete from orders where id % 2 = 0; update orders set total = total + 1; insert into orders select 1000 + id, id, 7 from customers");
        Assert.NotEqual(seeded, await database.QueryAsync("select * from orders order by id"));
        await database.ResetAsync(Token);
        Assert.Equal(seeded, await database.QueryAsync("select * from orders order by id"));
        Assert.Equal(ResetKind.Unchanged, (await database.ResetAsync(Token)).Kind);
    }

    [Theory, MemberData(nameof(Servers.Kinds), MemberType = typeof(Servers))]
    public async Task A_template_is_made_once(string kind)
    {
        var key = Guid.NewGuid().ToString();
        await using (var made = await CreateAsync(kind, key)) Assert.True(made.IsNew);
        await using var found = await CreateAsync(kind, key);
        Assert.False(found.IsNew);
        await using var clone = await found.CloneAsync(Token);
        Assert.Equal(30, await clone.CountAsync("orders"));
    }

    [Theory, MemberData(nameof(Servers.Kinds), MemberType = typeof(Servers))]
    public async Task Of_callers_at_the_same_time_one_makes_the_template(string kind)
    {
        var key = Guid.NewGuid().ToString();
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CreateAsync(kind, key)));
        Assert.Single(made, d => d.IsNew);
        foreach (var one in made) await one.DisposeAsync();
    }

    [Theory, MemberData(nameof(Servers.Kinds), MemberType = typeof(Servers))]
    public async Task Clones_are_made_and_dropped_in_parallel(string kind)
    {
        await using var shop = await CreateAsync(kind, "parallel");
        await Parallel.ForAsync(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (_, _) =>
        {
            await using var clone = await shop.CloneAsync(Token);
            await clone.ExecuteAsync("delete from orders");
            await clone.ResetAsync(Token);
            Assert.Equal(30, await clone.CountAsync("orders"));
        });
    }

    [Theory, MemberData(nameof(Servers.Kinds), MemberType = typeof(Servers))]
    public async Task Tables_that_the_schema_step_fills_are_kept_and_referred_to(string kind)
    {
        var step = SchemaStep.Run((connection, _) => connection.ExecuteAsync("""
            create table kinds (id integer primary key, name varchar(20) not null);
            insert into kinds values (7, 'seven'), (8, 'eight');
            create table things (id integer primary key, kind_id integer not null references kinds (id));
            """));
        await using var seeded = await SeededDatabase.CreateAsync(servers.Find(kind), step, seed => seed.Rows(40), cancellationToken: Token);
        await using var database = await seeded.CloneAsync(Token);
        Assert.Equal(["7|seven", "8|eight"], await database.QueryAsync("select * from kinds order by id"));
        Assert.Equal(["7", "8"], await database.QueryAsync("select distinct kind_id from things order by 1"));
    }

    [Theory, MemberData(nameof(Servers.Kinds), MemberType = typeof(Servers))]
    public async Task A_schema_step_may_fill_the_tables_itself(string kind)
    {
        var step = SchemaStep.Sql("create table a (id integer primary key); insert into a values (1); create table b (id integer primary key)");
        await using var seeded =
            await SeededDatabase.CreateAsync(servers.Find(kind), step, options: new() { Seeds = false }, cancellationToken: Token);
        await using var database = await seeded.CloneAsync(Token);
        Assert.Equal((1, 0), (await database.CountAsync("a"), await database.CountAsync("b")));
        await database.ExecuteAsync("insert into b values (5)");
        await database.ResetAsync(Token);
        Assert.Equal(0, await database.CountAsync("b"));
    }

    [Theory, MemberData(nameof(Servers.Kinds), MemberType = typeof(Servers))]
    public async Task Any_delegate_can_be_the_reset(string kind)
    {
        var options = new SeededDatabaseOptions { Reset = connection => connection.ExecuteAsync("delete from orders") };
        await using var shop = await SeededDatabase.CreateAsync(servers.Find(kind), SchemaStep.Sql(Shop), seed => seed.Rows(10), options, Token);
        await using var database = await shop.CloneAsync(Token);
        Assert.Equal(ResetKind.Custom, (await database.ResetAsync(Token)).Kind);
        Assert.Equal((10, 0), (await database.CountAsync("customers"), await database.CountAsync("orders")));
    }

    [Theory, InlineData("postgresql"), InlineData("sqlite file")]
    public async Task Disposing_drops_the_clones_that_are_left(string kind)
    {
        var shop = await CreateAsync(kind, "left");
        var database = await shop.CloneAsync(Token);
        await shop.DisposeAsync();
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => database.CountAsync("orders"));
        await database.DisposeAsync();
    }

    [Theory, MemberData(nameof(Servers.Kinds), MemberType = typeof(Servers))]
    public async Task What_is_done_is_logged(string kind)
    {
        var log = new List<string>();
        await using var shop =
            await SeededDatabase.CreateAsync(servers.Find(kind), SchemaStep.Sql(Shop), seed => seed.Rows(10), new() { Log = log.Add }, Token);
        await using var database = await shop.CloneAsync(Token);
        await database.ResetAsync(Token);
        Assert.Matches($@"^Template {shop.Key[..12]} (made|found) in \d+ ms\.$", log[0]);
        Assert.Contains(log, l => l.StartsWith($"Clone {database.Name} made in", StringComparison.Ordinal));
        Assert.Matches(@": nothing to reset \(\d+\.\d ms\)$", log[^1]);
    }

    [Fact]
    public async Task Settings_of_the_template_database_are_those_of_its_clones()
    {
        var step = SchemaStep.Run(async (connection, _) =>
        {
            await connection.ExecuteAsync("create schema app; create table app.a (id int primary key)");
            await connection.ExecuteAsync(
                "do $$ begin execute format('alter database %I set search_path to app, \"we\"\"ird\"', current_database()); end $$");
            await connection.ExecuteAsync(
                "do $$ begin execute format('alter database %I set app.note to %L', current_database(), 'it''s, so'); end $$");
        });
        await using var seeded = await SeededDatabase.CreateAsync(Servers.PostgreSql(), step, seed => seed.Rows(5), cancellationToken: Token);
        await using var database = await seeded.CloneAsync(Token);
        Assert.Equal(5, await database.CountAsync("a"));
        Assert.Equal(["app, \"we\"\"ird\"|it's, so"],
            await database.QueryAsync("select current_setting('search_path'), current_setting('app.note')"));
    }

    Task<SeededDatabase> CreateAsync(string kind, string key) => SeededDatabase.CreateAsync(
        servers.Find(kind), SchemaStep.Sql(Shop), seed => seed.Rows(10).Rows("orders", 30), new() { Key = key }, Token);
}
