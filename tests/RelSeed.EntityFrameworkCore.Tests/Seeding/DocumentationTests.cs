using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RelSeed.PostgreSql.Tests;
using RelSeed.Semantics;
using RelSeed.Specification.Tests;

namespace RelSeed.EntityFrameworkCore.Tests.Seeding;

/// <summary>The code that docs/ef-core.md shows, run.</summary>
public sealed partial class DocumentationTests(PostgreSqlFixture server)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_snippet_of_the_page_is_code_of_these_tests()
    {
        static string Plain(string code) => Blanks.Replace(code, " ").Trim();
        var source =
            Plain(File.ReadAllText(Path.Combine(GoldenFile.SolutionFolder(), "tests", "RelSeed.EntityFrameworkCore.Tests", "Seeding",
            "DocumentationTests.cs")));
        var snippets = Snippets.Matches(File.ReadAllText(Path.Combine(GoldenFile.SolutionFolder(), "docs", "ef-core.md")))
            .Select(m => Plain(m.Groups["code"].Value)).ToList();
        Assert.True(snippets.Count >= 3);
        Assert.All(snippets, s => Assert.Contains(s, source));
    }

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    static partial Regex Snippets { get; }

    [GeneratedRegex(@"\s+")]
    static partial Regex Blanks { get; }

    [Fact]
    public async Task One_line_seeds()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(Token);
        var options = new DbContextOptionsBuilder<ShopContext>();
        options.UseSqlite(connection).UseRelSeed();
        await using var context = new ShopContext(options.Options);
        await context.Database.EnsureCreatedAsync(Token);
        Assert.True(await context.Orders.CountAsync(Token) >= 500);
    }

    [Fact]
    public async Task A_call_seeds()
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, "sqlite");
        await using var context = shops.Open();
#pragma warning disable xUnit1051 // As the page shows it.
        var report = await context.SeedAsync(s => s.Rows(500));
#pragma warning restore xUnit1051
        Assert.Equal(2_000, report.Load.Rows);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Rules_rule(string provider)
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, provider);
        await using var context = shops.Open();
#pragma warning disable xUnit1051 // As the page shows it.
        await context.SeedAsync(s =>
        {
            s.Seed(42).AsOf(new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)).Rows(200);
            s.Entity<Order>().PerParent(o => o.Customer, 0..20)
                .Property(o => o.Status).OneOf((Status.Paid, .7), (Status.Open, .2), (Status.Shipped, .1))
                .Property(o => o.Total).Between(5m, 900m)
                .Property(o => o.ShippedAt).Null()
                    .Where(o => o.Status == Status.Shipped,
                    c => c.Between(new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), new(2026, 5, 31, 0, 0, 0, DateTimeKind.Utc)))
                .Property(o => o.Note).Using(row => row.Random.Chance(.1) ? $"Order {row.Index + 1}, {row.Get(o => o.Status)}" : null);
            s.Entity<Customer>()
                .Property(c => c.Name).UseBogus(f => f.Company.CompanyName())
                .Property(c => c.Email).As(Meaning.Email)
                .Property(c => c.Address.City).OneOf("Oslo", "Bergen");
            s.Table("OrderTag", t => t.PerParent("OrderId", 0..3));
        });
#pragma warning restore xUnit1051
        Assert.Equal(2_000, await context.Orders.CountAsync(Token));
        Assert.InRange(await context.Orders.CountAsync(o => o.Note != null, Token), 120, 280);
        Assert.Equal(await context.Orders.CountAsync(o => o.Status == Status.Shipped, Token),
            await context.Orders.CountAsync(o => o.ShippedAt != null, Token));
        Assert.Equal(0, await context.Orders.CountAsync(o => o.Tags.Count > 3, Token));
    }
}
