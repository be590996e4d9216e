using Microsoft.EntityFrameworkCore;

namespace RelSeed.EntityFrameworkCore.Tests.Models;

sealed class Person
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
    public Place? Home { get; set; }
    public Place Work { get; set; } = null!;
    public Passport? Passport { get; set; }
    public List<Pet> Pets { get; set; } = [];
    public Frame Frame { get; set; }
    public Contact? Contact { get; set; }
}

sealed class Place
{
    public string Street { get; set; } = "";
    public string? Floor { get; set; }
    public Point? Spot { get; set; }
}

sealed class Point
{
    public double Latitude { get; set; }
    public double Longitude { get; set; }
}

sealed class Passport
{
    public string Number { get; set; } = "";
    public DateOnly Until { get; set; }
}

sealed class Pet
{
    public int Id { get; set; }
    public string Call { get; set; } = "";
}

[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
struct Frame
{
    public int Width { get; set; }
    public int Height { get; set; }
}

sealed class Contact
{
    public required string Mail { get; set; }
    public string? Phone { get; set; }
    public Frame Card { get; set; }
}

/// <summary>Shares the table of people.</summary>
sealed class Diet
{
    public int Id { get; set; }
    public string Food { get; set; } = "";
    public int? Portions { get; set; }
    public Person Person { get; set; } = null!;
}

sealed class PeopleContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Person>(b =>
        {
            b.ToTable("People");
            b.OwnsOne(p => p.Home, o => o.OwnsOne(h => h.Spot));
            b.OwnsOne(p => p.Work, o => o.OwnsOne(h => h.Spot));
            b.Navigation(p => p.Work).IsRequired();
            b.OwnsOne(p => p.Passport, o => o.ToTable("Passports"));
            b.OwnsMany(p => p.Pets);
            b.ComplexProperty(p => p.Frame);
            b.ComplexProperty(p => p.Contact, c => c.ComplexProperty(x => x.Card));
        });
        modelBuilder.Entity<Diet>(b =>
        {
            b.ToTable("People");
            b.HasOne(d => d.Person).WithOne().HasForeignKey<Diet>(d => d.Id);
        });
    }
}

sealed class Author
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
    public string Biography { get; set; } = "";
    public int Score { get; set; }
}

/// <summary>One entity in two tables.</summary>
sealed class AuthorContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Author>(b =>
    {
        b.ToTable("Authors");
        b.SplitToTable("Biographies", s =>
        {
            s.Property(p => p.Biography);
            s.Property(p => p.Score);
        });
    });
}
