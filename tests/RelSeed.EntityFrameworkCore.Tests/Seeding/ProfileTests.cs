using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RelSeed.Learning;
using RelSeed.Loading;
using RelSeed.PostgreSql.Tests;
using RelSeed.Profiling;
using RelSeed.Sqlite;

namespace RelSeed.EntityFrameworkCore.Tests.Seeding;

public sealed class ProfileTests(PostgreSqlFixture server) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("relseed-profile-").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task A_context_is_seeded_by_what_was_learned_of_another_and_rules_come_first(string provider)
    {
        var file = await LearnAsync();
        await using var shops = await Shops.CreateWithTablesAsync(server, provider);
        await using var context = shops.Open();
        var report = await context.SeedAsync(s => s.Rows(2_000).Profile(file).Entity<Order>().Property(o => o.Parcels).OneOf(7), Token);
        Assert.Empty(report.Verification.Findings);
        var orders = await context.Orders.ToListAsync(Token);
        Assert.InRange(orders.Count(o => o.Status == Status.Shipped) / (double)orders.Count, 0.84, 0.94);
        // What two columns have to do with one another is learned too.
        Assert.All(orders, o => Assert.Equal(o.Status == Status.Shipped, o.ShippedAt is not null));
        Assert.All(orders, o => Assert.Equal(7, o.Parcels));
    }

    [Fact]
    public async Task A_profile_that_is_not_there_is_named()
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, "sqlite");
        await using var context = shops.Open();
        var fault = await Assert.ThrowsAsync<UsageException>(() => context.SeedAsync(s => s.Profile("nowhere.json"), Token));
        Assert.Equal("RS1310", fault.Id);
    }

    /// <summary>The profile of a shop that has shipped nine in ten of its orders.</summary>
    async Task<string> LearnAsync()
    {
        var source = $"Data Source={Path.Combine(_folder, "real.db")};Pooling=False";
        await using (var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseSqlite(source).Options))
        {
            await context.Database.EnsureCreatedAsync(Token);
            await context.SeedAsync(s => s.Rows(2_000).Entity<Order>()
                .Property(o => o.Status).OneOf((Status.Shipped, .9), (Status.Open, .1))
                .Property(o => o.ShippedAt).Null()
                .Where(o => o.Status == Status.Shipped,
                c => c.Between(new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc), new(2025, 9, 30, 0, 0, 0, DateTimeKind.Utc))), Token);
        }
        await using var target = SqliteTarget.Open(source);
        await using var reader = await target.OpenReaderAsync(new RowReaderOptions(), Token);
        var profile = await Learner.LearnAsync(reader, await target.ReadSchemaAsync(new(), Token),
            new LearnOptions { Now = DateTimeOffset.UnixEpoch }, progress: null, Token);
        var file = Path.Combine(_folder, "shop.profile.json");
        await File.WriteAllTextAsync(file, ProfileFile.Write(profile), Token);
        return file;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
