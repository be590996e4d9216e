using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RelSeed.PostgreSql.Tests;
using RelSeed.Semantics;

namespace RelSeed.EntityFrameworkCore.Tests.Seeding;

public sealed class SeedingFaultTests(PostgreSqlFixture server)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    static async Task<string> FaultAsync(DbContext context, Action<ModelSeeder>? seed = null) =>
        (await Assert.ThrowsAnyAsync<RelSeedException>(() => context.SeedAsync(seed, Token))).Message;

    async Task<string> FaultAsync(Action<ModelSeeder> seed)
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, "sqlite");
        await using var context = shops.Open();
        var message = await FaultAsync(context, seed);
        Assert.False(await context.Customers.AnyAsync(Token) || await context.Orders.AnyAsync(Token));
        return message;
    }

    [Fact]
    public async Task A_context_without_a_provider_is_told()
    {
        await using var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>().Options);
        Assert.Equal("RS1403 The context ShopContext has no database provider. Configure one, with UseNpgsql or UseSqlite.",
            await FaultAsync(context));
    }

    [Fact]
    public async Task A_model_that_cannot_be_built_is_told()
    {
        await using var context = new BrokenContext();
        var message = await FaultAsync(context);
        Assert.StartsWith("RS1405 The model of BrokenContext cannot be built: The entity type 'Tag' requires a primary key", message);
        Assert.EndsWith("Correct the model.", message);
    }

    sealed class BrokenContext : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=:memory:");

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Tag>().Ignore(t => t.Id);
    }

    [Fact]
    public async Task A_database_without_the_models_tables_is_told()
    {
        await using var shops = await Shops.CreateAsync(server, "sqlite");
        await using var context = shops.Open();
        Assert.Equal(
            "RS1406 The database of ShopContext lacks all 4 tables of its model (Customers, OrderTag, Orders, Tags). Call EnsureCreatedAsync or MigrateAsync first.", await FaultAsync(context));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Migrations_that_wait_are_named_and_Migrate_seeds(string provider)
    {
        await using var shops = await Shops.CreateAsync(server, provider);
        await using var context = new MigratedContext(shops.Options<MigratedContext>().UseRelSeed(s => s.Rows(25)).Options);
        await context.GetService<IMigrator>().MigrateAsync("20250101000000_First", Token);
        await context.Database.ExecuteSqlRawAsync("delete from \"Tags\"", Token);
        Assert.Equal(
            "RS1406 The database of MigratedContext is behind its model: 1 migration waits to be applied (20250201000000_Second). Call MigrateAsync first.", await FaultAsync(context));
        await context.Database.MigrateAsync(Token);
        Assert.Equal(25, await context.Set<Tag>().CountAsync(Token));
    }

    public sealed class MigratedContext(DbContextOptions options) : DbContext(options)
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
            optionsBuilder.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Tag>().ToTable("Tags");
    }

    [DbContext(typeof(MigratedContext))]
    [Migration("20250101000000_First")]
    public sealed class First : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.CreateTable("Tags", t => new { Id = t.Column<int>(), Name = t.Column<string>(maxLength: 30) },
                constraints: t => t.PrimaryKey("PK_Tags", x => x.Id));
    }

    [DbContext(typeof(MigratedContext))]
    [Migration("20250201000000_Second")]
    public sealed class Second : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateIndex("IX_Tags_Name", "Tags", "Name");
    }

    [Fact]
    public async Task A_database_on_another_machine_is_filled_only_when_allowed()
    {
        await using var shops = await Shops.CreateWithTablesAsync(server, "postgresql");
        // The loopback by a name that does not say so would need a resolver; the machine's own name does.
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(shops.ConnectionString);
        var local = connection.Host!;
        connection.Host = $"{local},db.example.org";
        await using var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseNpgsql(connection.ConnectionString).Options);
        Assert.Equal(
            $"RS1407 The database postgresql://{connection.Username}@{local},db.example.org/{connection.Database} is not on this machine, and may be one that people work with. Say AllowProduction() to fill it all the same.",
            await FaultAsync(context));
        await context.SeedAsync(s => s.Rows(5).AllowProduction(), Token);
        Assert.Equal(5, await context.Orders.CountAsync(Token));
    }

    [Fact]
    public async Task A_type_that_is_not_in_the_model_is_named_with_the_nearest() => Assert.Equal(
        "RS1408 A rule names the entity type Priority, which is not in the model. The nearest names are: Order, Address, Customer. Add it to the model, or leave the rule out.",
        await FaultAsync(s => s.Entity<Priority>().Rows(5)));

    [Fact]
    public async Task A_property_that_is_not_mapped_is_named_with_those_that_are() => Assert.Equal(
        "RS1409 A rule names o => o.Display of Order, which is no property that the model keeps in a column. Properties of Order that it does: Id, Channel, CustomerId, IsGift, Note, Parcels, Priority, ShippedAt, Status, Total.",
        await FaultAsync(s => s.Entity<Order>().Property(o => o.Display).Constant("x")));

    [Fact]
    public async Task A_navigation_that_leads_to_no_parent_is_told() => Assert.Equal(
        "RS1410 A rule counts the rows of Order a parent by o => o.Tags, which is no reference to one. Name the navigation from Order to its parent: Customer.",
        await FaultAsync(s => s.Entity<Order>().PerParent(o => o.Tags, 1..2)));

    [Fact]
    public async Task A_converter_that_throws_is_named_with_the_values_type()
    {
        await using var shops = await Shops.CreateAsync(server, "sqlite");
        await using var context = new StrictContext(shops.Options<StrictContext>().Options);
        await context.Database.EnsureCreatedAsync(Token);
        Assert.Equal(
            "RS1411 The converter of Order.Status fails with InvalidOperationException for a value of type Status that a rule gives, on the way to the database's. Correct the converter, or give another value.",
            await FaultAsync(context, s => s.Entity<Order>().Property(o => o.Status).OneOf(Status.Paid, Status.Open)));
    }

    sealed class StrictContext(DbContextOptions options) : ShopContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            base.OnModelCreating(modelBuilder);
            modelBuilder.Entity<Order>().Property(o => o.Status)
                .HasConversion(s => s == Status.Open ? Throw() : s.ToString(), s => Enum.Parse<Status>(s));
        }

        static string Throw() => throw new InvalidOperationException();
    }

    [Fact]
    public async Task A_condition_that_SQL_cannot_tell_is_told() => Assert.Equal(
        "RS1412 The condition o => (o.Note.Length > 5) of a rule for Order cannot be told in SQL: o.Note.Length. Compare properties with values or one another, by ==, !=, <, <=, >, >=, &&, ||, ! and Contains of a list.",
        await FaultAsync(s => s.Entity<Order>().Property(o => o.ShippedAt).Where(o => o.Note!.Length > 5, c => c.Null())));

    [Fact]
    public async Task Rows_of_a_type_that_shares_its_table_are_told()
    {
        await using var memory = new SqliteConnection("Data Source=:memory:");
        await memory.OpenAsync(Token);
        await using var context = new AnimalContext(new DbContextOptionsBuilder<AnimalContext>().UseSqlite(memory).Options);
        await context.Database.EnsureCreatedAsync(Token);
        Assert.Equal("RS1413 A rule counts the rows of Dog, which shares the table Animals with Animal. Count those of Animal.",
            await FaultAsync(context, s => s.Entity<Dog>().Rows(5)));
        await context.SeedAsync(s => s.Entity<Animal>().Rows(600).Property(a => EF.Property<string>(a, "Discriminator"))
            .OneOf(("Dog", .9), ("Cat", .1)), Token);
        Assert.InRange(await context.Set<Dog>().CountAsync(Token), 500, 580);
        Assert.Equal(0, await context.Set<Animal>().CountAsync(a => !(a is Dog) && !(a is Cat), Token));
    }

    sealed class AnimalContext(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Animal>().ToTable("Animals");
            modelBuilder.Entity<Dog>();
            modelBuilder.Entity<Cat>();
        }
    }

    class Animal
    {
        public int Id { get; set; }
    }

    sealed class Dog : Animal
    {
        public int Barks { get; set; }
    }

    sealed class Cat : Animal
    {
        public int Lives { get; set; }
    }

    [Fact]
    public async Task A_rule_that_contradicts_a_constraint_names_both() => Assert.Equal(
        "RS2404 The rule for main.Orders.Parcels, always the same value, names a value that the annotations of Order.Parcels in the model do not allow. Change the rule or the constraint." + Environment.NewLine
        + "RS2404 The rule for main.Orders.Total, between -1 and 5, names a value that the check ck_total (\"Total\" > 0) does not allow. Change the rule or the constraint.",
        await FaultAsync(s => s.Entity<Order>().Property(o => o.Parcels).Constant(10).Property(o => o.Total).Between(-1m, 5m)));

    [Fact]
    public async Task All_faults_of_the_rules_are_told_at_once()
    {
        var message = await FaultAsync(s => s.Entity<Order>().Property(o => o.Display).As(Meaning.Email).Property(o => o.Note)
            .Where(o => o.Note!.Length > 5, c => c.Null()));
        Assert.Equal(["RS1409", "RS1412"], message.Split(Environment.NewLine).Select(l => l[..6]));
    }
}
