using Microsoft.EntityFrameworkCore;

namespace RelSeed.EntityFrameworkCore.Tests.Models;

sealed class Product
{
    public int Id { get; set; }
    public Sheet Sheet { get; set; } = null!;
    public List<Review> Reviews { get; set; } = [];
    public Box Box { get; set; } = null!;
    public Box? Spare { get; set; }
    public List<Side> Sides { get; set; } = [];
    public List<string> Tags { get; set; } = [];
    public List<int> Sizes { get; set; } = [];
    public List<Grade> Grades { get; set; } = [];
    public DateOnly[] Days { get; set; } = [];
    public List<Guid> Codes { get; set; } = [];
}

sealed class Sheet
{
    public string Title { get; set; } = "";
    public string? Note { get; set; }
    public Grade Grade { get; set; }
    public Grade? Spelt { get; set; }
    public bool IsPublic { get; set; }
    public byte Level { get; set; }
    public decimal Price { get; set; }
    public double Weight { get; set; }
    public Guid Code { get; set; }
    public DateTime At { get; set; }
    public DateTimeOffset Instant { get; set; }
    public DateOnly Day { get; set; }
    public TimeOnly Hour { get; set; }
    public TimeSpan Span { get; set; }
    public byte[] Seal { get; set; } = [];
    public char Letter { get; set; }
    public Uri Link { get; set; } = null!;
    public List<string> Words { get; set; } = [];
    public List<Grade> Marks { get; set; } = [];
    public Place? Origin { get; set; }
    public List<Pet> Mascots { get; set; } = [];
}

sealed class Review
{
    public string Author { get; set; } = "";
    public int Stars { get; set; }
    public List<Passport> Proofs { get; set; } = [];
}

sealed class Box
{
    public required string Material { get; set; }
    public Frame Frame { get; set; }
    public Grade Grade { get; set; }
    public List<Side> Sides { get; set; } = [];
}

sealed class Side
{
    public string Label { get; set; } = "";
    public int? Thickness { get; set; }
}

sealed class ProductContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Product>(b =>
    {
        b.OwnsOne(p => p.Sheet, o =>
        {
            o.ToJson("sheet");
            o.Property(s => s.Title).HasJsonPropertyName("caption").HasMaxLength(40);
            o.Property(s => s.Spelt).HasConversion<string>();
            o.Property(s => s.Link).HasConversion(v => v.ToString(), v => new Uri(v));
            o.OwnsOne(s => s.Origin, h => h.OwnsOne(x => x.Spot));
            o.OwnsMany(s => s.Mascots);
        });
        b.Navigation(p => p.Sheet).IsRequired();
        b.OwnsMany(p => p.Reviews, o =>
        {
            o.ToJson();
            o.OwnsMany(r => r.Proofs);
        });
        b.ComplexProperty(p => p.Box, c => c.ToJson());
        b.ComplexProperty(p => p.Spare, c => c.ToJson());
        b.ComplexCollection(p => p.Sides, c => c.ToJson());
    });
}
