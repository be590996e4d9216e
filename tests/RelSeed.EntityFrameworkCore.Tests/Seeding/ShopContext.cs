using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace RelSeed.EntityFrameworkCore.Tests.Seeding;

/// <summary>A small shop: an enum kept as text, an owned address, a key of a wrapping type, a many-to-many relationship.</summary>
class ShopContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<Tag> Tags => Set<Tag>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Customer>().OwnsOne(c => c.Address);
        modelBuilder.Entity<Customer>().HasIndex(c => c.Email).IsUnique();
        modelBuilder.Entity<Order>().Property(o => o.Status).HasConversion<string>().HasMaxLength(20);
        modelBuilder.Entity<Order>().Property(o => o.Total).HasPrecision(10, 2);
        modelBuilder.Entity<Order>().Property(o => o.Priority).HasConversion(p => p.Level, level => new Priority(level));
        modelBuilder.Entity<Order>().ToTable(t => t.HasCheckConstraint("ck_total", "\"Total\" > 0"));
        modelBuilder.Entity<Order>().Ignore(o => o.Display);
        modelBuilder.Entity<Order>().Property<string?>("Channel").HasMaxLength(10);
        modelBuilder.Entity<Order>().HasMany(o => o.Tags).WithMany();
    }
}

sealed class Customer
{
    public int Id { get; set; }
    [MaxLength(60)] public string Name { get; set; } = "";
    [MaxLength(80)] public string Email { get; set; } = "";
    public Address Address { get; set; } = new();
    public List<Order> Orders { get; } = [];
}

sealed class Address
{
    [MaxLength(60)] public string City { get; set; } = "";
    [MaxLength(60)] public string Street { get; set; } = "";
}

sealed class Order
{
    public int Id { get; set; }
    public int CustomerId { get; set; }
    public Customer Customer { get; set; } = null!;
    public Status Status { get; set; }
    public decimal Total { get; set; }
    public Priority Priority { get; set; } = new(1);
    [MaxLength(40)] public string? Note { get; set; }
    public DateTime? ShippedAt { get; set; }
    public bool IsGift { get; set; }
    [Range(1, 9)] public int Parcels { get; set; }
    public List<Tag> Tags { get; } = [];
    public string Display => $"#{Id}";
}

sealed class Tag
{
    public int Id { get; set; }
    [MaxLength(30)] public string Name { get; set; } = "";
}

enum Status { Open, Paid, Shipped }

/// <summary>From 1 to 5.</summary>
sealed record Priority
{
    public Priority(int level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 5);
        Level = level;
    }

    public int Level { get; }
}
