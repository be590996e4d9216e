using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using RelSeed.PostgreSql.Tests;

namespace RelSeed.EntityFrameworkCore.Tests.Seeding;

public sealed class SeedingTests(PostgreSqlFixture server)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Providers => ["sqlite", "postgresql"];

    [Theory, MemberData(nameof(Providers))]
    public async Task EnsureCreated_seeds_once(string provider)
    {
        await using var shops = await Shops.CreateAsync(server, provider);
        await using var context = shops.Open(o => o.UseRelSeed(s => s.Rows(30)));
        await context.Database.EnsureCreatedAsync(Token);
        Assert.Equal(30, await context.Customers.CountAsync(Token));
        await context.Database.EnsureCreatedAsync(Token);
        Assert.Equal(30, await context.Customers.CountAsync(Token));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_synchronous_EnsureCreated_seeds_too(string provider)
    {
        await using var shops = await Shops.CreateAsync(server, provider);
        await using var context = shops.Open(o => o.UseRelSeed(s => s.Rows(30)));
        context.Database.EnsureCreated();
        context.Database.EnsureCreated();
        Assert.Equal(30, context.Orders.Count());
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Rows_that_stand_in_a_table_keep_UseRelSeed_from_all(string provider)
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, provider);
        await using var context = shops.Open(o => o.UseRelSeed(s => s.Rows(30)));
        context.Tags.Add(new Tag { Name = "mine" });
        await context.SaveChangesAsync(Token);
        await context.Database.EnsureCreatedAsync(Token);
        Assert.Equal((1, 0), (await context.Tags.CountAsync(Token), await context.Orders.CountAsync(Token)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Data_of_the_model_itself_stays_and_the_rest_is_seeded(string provider)
    {
        await using var shops = await Shops.CreateAsync(server, provider);
        await using var context = new TaggedContext(shops.Options<TaggedContext>().UseRelSeed(s => s.Rows(30)).Options);
        await context.Database.EnsureCreatedAsync(Token);
        Assert.Equal(["new", "sale"], await context.Tags.Select(t => t.Name).OrderBy(n => n).ToListAsync(Token));
        Assert.Equal(30, await context.Orders.CountAsync(Token));
        Assert.True(await context.Orders.AnyAsync(o => o.Tags.Any(t => t.Name == "sale"), Token));
    }

    sealed class TaggedContext(DbContextOptions options) : ShopContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            base.OnModelCreating(modelBuilder);
            modelBuilder.Entity<Tag>().HasData(new Tag { Id = 1, Name = "new" }, new Tag { Id = 2, Name = "sale" });
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_ambient_transaction_that_is_rolled_back_leaves_nothing(string provider)
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, provider);
        await using var context = shops.Open();
        await using (var transaction = await context.Database.BeginTransactionAsync(Token))
        {
            await context.SeedAsync(s => s.Rows(200), Token);
            Assert.Equal(200, await context.Orders.CountAsync(Token));
            await transaction.RollbackAsync(Token);
        }
        Assert.Equal((0, 0), (await context.Customers.CountAsync(Token), await context.Orders.CountAsync(Token)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_ambient_transaction_goes_on_after_the_load_and_commits_all(string provider)
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, provider);
        await using var context = shops.Open();
        await using (var transaction = await context.Database.BeginTransactionAsync(Token))
        {
            context.Tags.Add(new Tag { Id = 100_000, Name = "before" });
            await context.SaveChangesAsync(Token);
            await context.SeedAsync(s => s.Rows(60).Append(), Token);
            context.Tags.Add(new Tag { Id = 900_000, Name = "after" });
            await context.SaveChangesAsync(Token);
            await transaction.CommitAsync(Token);
        }
        Assert.Equal((62, 60), (await context.Tags.CountAsync(Token), await context.Orders.CountAsync(Token)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_fault_inside_an_ambient_transaction_leaves_what_was_before_it(string provider)
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, provider);
        await using var context = shops.Open();
        await using var transaction = await context.Database.BeginTransactionAsync(Token);
        context.Tags.Add(new Tag { Id = 1, Name = "before" });
        await context.SaveChangesAsync(Token);
        await Assert.ThrowsAsync<PlanException>(() =>
            context.SeedAsync(s => s.Append().Rows(300).Entity<Order>().Property(o => o.Note)
            .Using(row => row.Index < 280 ? "fine" : throw new InvalidOperationException()), Token));
        await transaction.CommitAsync(Token);
        Assert.Equal((1, 0), (await context.Tags.CountAsync(Token), await context.Orders.CountAsync(Token)));
    }

    [Fact]
    public async Task A_large_load_inside_a_transaction_rebuilds_and_leaves_settings_and_constraints_as_they_were()
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, "postgresql");
        await using var context = shops.Open();
        await using var transaction = await context.Database.BeginTransactionAsync(Token);
        await context.Database.ExecuteSqlRawAsync("set local statement_timeout = '77s'", Token);
        var report = await context.SeedAsync(s => s.Rows(100).Entity<Order>().Rows(25_000), Token);
        Assert.True(report.Load.Rebuilt > 0);
        Assert.Equal("77s",
            (await context.Database.SqlQueryRaw<string>("select current_setting('statement_timeout') as \"Value\"").ToListAsync(Token)).Single());
        await transaction.CommitAsync(Token);
        Assert.Equal(25_000, await context.Orders.CountAsync(Token));
        await Assert.ThrowsAsync<DbUpdateException>(() =>
        {
            context.Orders.Add(new Order { CustomerId = 9_999_999, Total = 1 });
            return context.SaveChangesAsync(Token);
        });
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_connection_that_the_user_opened_stays_open(string provider)
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, provider);
        await using var context = shops.Open();
        await context.Database.OpenConnectionAsync(Token);
        await context.SeedAsync(s => s.Rows(20), Token);
        Assert.Equal(System.Data.ConnectionState.Open, context.Database.GetDbConnection().State);
        Assert.Equal(20, await context.Orders.CountAsync(Token));
    }

    [Fact]
    public async Task Pooled_contexts_seed_over_pooled_connections()
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, "postgresql");
        await using var services = new ServiceCollection().AddDbContextPool<ShopContext>(o => o.UseNpgsql(shops.ConnectionString))
            .BuildServiceProvider();
        for (var round = 0; round < 2; round++)
        {
            await using var scope = services.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<ShopContext>();
            await context.SeedAsync(s => s.Rows(20).Truncate(), Token);
            Assert.Equal(20, await context.Orders.CountAsync(Token));
            Assert.Equal(System.Data.ConnectionState.Closed, context.Database.GetDbConnection().State);
        }
    }

    [Fact]
    public async Task A_file_of_SQLite_is_seeded_over_a_connection_that_EF_opens()
    {
        var file = Path.Combine(Path.GetTempPath(), $"relseed_ef_{Guid.NewGuid():N}.db");
        await using var context =
            new ShopContext(new DbContextOptionsBuilder<ShopContext>()
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString)
            .UseRelSeed(s => s.Rows(40)).Options);
        await context.Database.EnsureCreatedAsync(Token);
        Assert.Equal(40, await context.Orders.CountAsync(Token));
        Assert.Equal(1L,
            (await context.Database.SqlQueryRaw<long>("select foreign_keys as \"Value\" from pragma_foreign_keys").ToListAsync(Token)).Single());
        await context.Database.EnsureDeletedAsync(Token);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Filled_tables_are_touched_only_with_append_or_truncate(string provider)
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, provider);
        await using var context = shops.Open();
        await context.SeedAsync(s => s.Rows(20), Token);
        Assert.Equal("RS1301", (await Assert.ThrowsAsync<UsageException>(() => context.SeedAsync(s => s.Rows(20), Token))).Id);
        await context.SeedAsync(s => s.Rows(20).Append(), Token);
        Assert.Equal(40, await context.Customers.CountAsync(Token));
        await context.SeedAsync(s => s.Rows(10).Truncate(), Token);
        Assert.Equal(10, await context.Customers.CountAsync(Token));
    }

    [Fact]
    public async Task Stages_and_rows_are_told_to_listeners_and_to_the_contexts_log()
    {
        var stages = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == "RelSeed",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = a => stages.Add(a.OperationName)
        };
        ActivitySource.AddActivityListener(listener);
        long rows = 0;
        using var meters =
            new MeterListener
            {
                InstrumentPublished = (i, l) =>
            { if (i.Meter.Name == "RelSeed" && i.Name == "relseed.rows") l.EnableMeasurementEvents(i); }
            };
        meters.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref rows, value));
        meters.Start();
        var log = new List<string>();
        using var logging = LoggerFactory.Create(l => l.AddProvider(new ListProvider(log)));
        await using var shops = await Shops.CreateWithTablesAsync(server, "sqlite");
        await using var context = shops.Open(o => o.UseLoggerFactory(logging));
        var report = await context.SeedAsync(s => s.Rows(20), Token);
        Assert.Empty(new[] { "relseed.read", "relseed.plan", "relseed.rehearse", "relseed.load", "relseed.verify" }.Except(stages));
        Assert.True(rows >= report.Load.Rows);
        Assert.Contains(log, l => l == $"Information RelSeed: Seeding sqlite::memory:: {report.Load.Rows} rows in 4 tables (seed 1)");
        Assert.Contains(log,
            l => l.StartsWith($"Information RelSeed: Seeded sqlite::memory:: {report.Load.Rows} rows in ", StringComparison.Ordinal));
    }

    sealed class ListProvider(List<string> lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new ListLogger(lines, categoryName);

        public void Dispose() { }
    }

    sealed class ListLogger(List<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines) lines.Add($"{logLevel} {category}: {formatter(state, exception)}");
        }
    }
}
