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
        await database.ExecuteAsync("delete from orders where id % 2 = 0; update orders set total = total + 1; insert into orders select 1000 + id, id, 7 from customers");
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

    Task<SeededDatabase> CreateAsync(string kind, string key) => SeededDatabase.CreateAsync(
        servers.Find(kind), SchemaStep.Sql(Shop), seed => seed.Rows(10).Rows("orders", 30), new() { Key = key }, Token);
}
