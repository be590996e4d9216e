using Microsoft.EntityFrameworkCore;
using RelSeed.Configuration;
using RelSeed.PostgreSql.Tests;
using RelSeed.Semantics;

namespace RelSeed.EntityFrameworkCore.Tests.Seeding;

public sealed class TypedRuleTests(PostgreSqlFixture server)
{
    public static TheoryData<string> Providers => ["sqlite", "postgresql"];

    async Task<List<Order>> OrdersAsync(string provider, Action<ModelSeeder> seed)
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, provider);
        await using var context = shops.Open();
        var report = await context.SeedAsync(seed, TestContext.Current.CancellationToken);
        Assert.Empty(report.Verification.Findings);
        return await context.Orders.Include(o => o.Customer).AsNoTracking().OrderBy(o => o.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Rows_count_for_every_table_or_for_one(string provider)
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, provider);
        await using var context = shops.Open();
        await context.SeedAsync(s => s.Rows(50).Entity<Order>().Rows(120), TestContext.Current.CancellationToken);
        Assert.Equal((50, 120, 50),
            (await context.Customers.CountAsync(TestContext.Current.CancellationToken),
            await context.Orders.CountAsync(TestContext.Current.CancellationToken),
            await context.Tags.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Each_parent_has_as_many_children_as_a_rule_says(string provider)
    {
        var orders = await OrdersAsync(provider, s => s.Rows(100).Entity<Order>().PerParent(o => o.Customer, 2..6));
        Assert.Equal(400, orders.Count);
        Assert.Equal(100, orders.Select(o => o.CustomerId).Distinct().Count());
        Assert.All(orders.CountBy(o => o.CustomerId), g => Assert.InRange(g.Value, 2, 6));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Values_are_given_in_the_models_type_and_converted(string provider)
    {
        var orders = await OrdersAsync(provider, s => s.Rows(300).Entity<Order>()
            .Property(o => o.Status).OneOf((Status.Paid, .7), (Status.Shipped, .3))
            .Property(o => o.Priority).OneOf(new Priority(2), new Priority(5))
            .Property(o => o.Total).Between(5m, 6m)
            .Property(o => o.ShippedAt)
            .Between(new DateTime(2025, 3, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2025, 3, 31, 0, 0, 0, DateTimeKind.Utc)).Null(.5)
            .Property(o => o.IsGift).Constant(true));
        Assert.Equal([Status.Paid, Status.Shipped], orders.Select(o => o.Status).Distinct().Order());
        Assert.InRange(orders.Count(o => o.Status == Status.Paid), 180, 240);
        Assert.Equal([2, 5], orders.Select(o => o.Priority.Level).Distinct().Order());
        Assert.All(orders, o => Assert.InRange(o.Total, 5, 6));
        Assert.InRange(orders.Count(o => o.ShippedAt is null), 120, 180);
        Assert.All(orders, o => Assert.True(o.ShippedAt is null || o.ShippedAt.Value is { Year: 2025, Month: 3 }));
        Assert.All(orders, o => Assert.True(o.IsGift));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_function_reads_other_properties_in_their_own_types(string provider)
    {
        var orders = await OrdersAsync(provider, s => s.Rows(60).Entity<Order>()
            .Property(o => o.Note).Using(row => $"{row.Get(o => o.Status)} {row.Get(o => o.Priority)!.Level} {row.Get(o => o.IsGift)} {row.Index}"));
        Assert.Equal(orders.Select((o, i) => $"{o.Status} {o.Priority.Level} {o.IsGift} {i}"), orders.Select(o => o.Note));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_function_may_make_values_that_are_converted(string provider)
    {
        var orders = await OrdersAsync(provider, s => s.Rows(50).Entity<Order>().Property(o => o.Status).Using(row => (Status)(row.Index % 3))
            .Property(o => o.Priority).Using(row => new Priority(row.Random.Next(1, 3))));
        Assert.Equal(orders.Select((_, i) => (Status)(i % 3)), orders.Select(o => o.Status));
        Assert.Equal([1, 2], orders.Select(o => o.Priority.Level).Distinct().Order());
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Conditions_in_CSharp_choose_rows(string provider)
    {
        Status[] done = [Status.Paid, Status.Shipped];
        var limit = 100m;
        var orders = await OrdersAsync(provider, s => s.Rows(300).Entity<Order>()
            .Property(o => o.Status).OneOf(Status.Open, Status.Paid, Status.Shipped)
            .Property(o => o.Total).Between(50m, 150m)
            .Property(o => o.ShippedAt).Null()
            .Where(o => o.Status == Status.Shipped,
            c => c.Between(new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2025, 1, 31, 0, 0, 0, DateTimeKind.Utc)))
            .Property(o => o.Note).Constant("-").Where(o => done.Contains(o.Status) && o.Total >= limit, c => c.Constant("big"))
            .Where(o => !(o.Status != Status.Open) || o.IsGift && o.Total < limit, c => c.Null()));
        Assert.All(orders, o => Assert.Equal(o.Status == Status.Shipped, o.ShippedAt is not null));
        Assert.All(orders,
            o => Assert.Equal(done.Contains(o.Status) && o.Total >= limit ? "big" : o.Status == Status.Open || o.IsGift ? null : "-", o.Note));
        Assert.Equal(["-", "big", null], orders.Select(o => o.Note).Distinct().OrderBy(n => n is null).ThenBy(n => n, StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_condition_rules_several_properties_of_its_rows(string provider)
    {
        var orders = await OrdersAsync(provider, s => s.Rows(200).Entity<Order>()
            .Where(o => o.IsGift, r => r.Property(o => o.Note).Constant("a gift").Property(o => o.ShippedAt).Null())
            .Property(o => o.Note).OneOf("x", "y"));
        Assert.All(orders.Where(o => o.IsGift), o => Assert.Equal(("a gift", null), (o.Note, o.ShippedAt)));
        Assert.All(orders.Where(o => !o.IsGift), o => Assert.Contains(o.Note, new[] { "x", "y" }));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Bogus_meanings_owned_and_shadow_properties_are_ruled(string provider)
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, provider);
        await using var context = shops.Open();
        await context.SeedAsync(s =>
        {
            s.Rows(80).Entity<Customer>().Property(c => c.Name).UseBogus(f => f.Company.CompanyName(), 40).Property(c => c.Address.City)
                .OneOf("Oslo", "Bergen");
            s.Entity<Order>().Property(o => o.Note).As(Meaning.Email).Property(o => EF.Property<string?>(o, "Channel")).OneOf("web", "shop");
        }, TestContext.Current.CancellationToken);
        var customers = await context.Customers.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
        Assert.InRange(customers.Select(c => c.Name).Distinct().Count(), 20, 40);
        Assert.Equal(["Bergen", "Oslo"], customers.Select(c => c.Address.City).Distinct().Order());
        Assert.All(await context.Orders.Select(o => o.Note).ToListAsync(TestContext.Current.CancellationToken), n => Assert.Contains('@', n!));
        Assert.Equal(["shop", "web"],
            (await context.Orders.Select(o => EF.Property<string?>(o, "Channel")).Distinct().ToListAsync(TestContext.Current.CancellationToken))
            .Order());
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_table_without_a_class_is_ruled_by_name(string provider)
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, provider);
        await using var context = shops.Open();
        await context.SeedAsync(s => s.Rows(50).Table("OrderTag", t => t.PerParent("OrderId", 1..3)), TestContext.Current.CancellationToken);
        Assert.All(await context.Orders.Select(o => o.Tags.Count).ToListAsync(TestContext.Current.CancellationToken), c => Assert.InRange(c, 1, 3));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_seed_decides_the_rows_and_another_gives_others(string provider)
    {
        async Task<string> DigestAsync(ulong seed)
        {
            await using var shops = await Shops.CreateWithTablesAsync(server, provider);
            await using var context = shops.Open();
            return (await context.SeedAsync(s => s.Rows(40).Seed(seed).AsOf(new(2025, 6, 1, 0, 0, 0, TimeSpan.Zero)).Locale("de"),
                TestContext.Current.CancellationToken)).Load.Digest;
        }
        Assert.Equal(await DigestAsync(42), await DigestAsync(42));
        Assert.NotEqual(await DigestAsync(42), await DigestAsync(43));
    }
}
