using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace RelSeed.EntityFrameworkCore.Tests.Models;

enum Grade { Low = 3, Middle = 5, High = 9 }

[Flags]
enum Rights { None = 0, Read = 1, Write = 2, Delete = 4 }

readonly record struct ParcelId(int Value);

/// <summary>A sum and a currency in one text.</summary>
sealed record Money(decimal Amount, string Currency)
{
    public static Money Parse(string text) => text.LastIndexOf(' ') is var space and > 0
        ? new(decimal.Parse(text.AsSpan(space), System.Globalization.CultureInfo.InvariantCulture), text[..space]) : throw new FormatException(text);
}

sealed class Parcel
{
    public ParcelId Id { get; set; }
    public Grade Grade { get; set; }
    public Grade? Fallback { get; set; }
    public Grade Spelt { get; set; }
    public Rights Rights { get; set; }
    public bool IsOpen { get; set; }
    public Uri Home { get; set; } = null!;
    public Money Price { get; set; } = null!;
    public List<string> Words { get; set; } = [];
    public ParcelId? PreviousId { get; set; }
    public Parcel? Previous { get; set; }
    public byte Small { get; set; }
    public uint Large { get; set; }
    public char Letter { get; set; }
    public Guid Code { get; set; }
    public DateTime At { get; set; }
    public DateTimeOffset Instant { get; set; }
    public DateOnly Day { get; set; }
    public TimeOnly Hour { get; set; }
    public TimeSpan Span { get; set; }
    public decimal Weight { get; set; }
    public float Ratio { get; set; }
    public byte[] Picture { get; set; } = [];
}

sealed class ParcelContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Parcel>(b =>
    {
        b.Property(p => p.Id).HasConversion(v => v.Value, v => new ParcelId(v)).ValueGeneratedNever();
        b.Property(p => p.PreviousId).HasConversion(v => v!.Value.Value, v => new ParcelId(v));
        b.HasOne(p => p.Previous).WithMany().HasForeignKey(p => p.PreviousId);
        b.Property(p => p.Spelt).HasConversion<string>().HasMaxLength(10);
        b.Property(p => p.IsOpen).HasConversion(v => v ? "Y" : "N", v => v == "Y");
        b.Property(p => p.Price).HasConversion(
            v => $"{v.Currency} {v.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
            v => Money.Parse(v));
        b.Property(p => p.Words).HasConversion(v => string.Join(';', v), v => v.Split(';', StringSplitOptions.RemoveEmptyEntries).ToList());
        b.Property(p => p.Weight).HasPrecision(8, 3);
    });
}

/// <summary>Refuses everything.</summary>
sealed class BrokenContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Ticket>().Property(t => t.Code).HasConversion(v => Refuse(v), v => v);

    static string Refuse(string value) => throw new FormatException(value);
}

sealed class Ticket
{
    public int Id { get; set; }
    public string Code { get; set; } = "";
}

sealed class HiLoContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Ticket>().Property(t => t.Id).UseHiLo("TicketNumbers");
}

sealed class Account
{
    public int Id { get; set; }

    [Range(18, 99)]
    public int Age { get; set; }

    [Range(0.5, 2.5)]
    public double Factor { get; set; }

    [StringLength(30, MinimumLength = 12)]
    public string Title { get; set; } = "";

    [EmailAddress, MaxLength(60)]
    public string Contact { get; set; } = "";

    [Url]
    public string Page { get; set; } = "";

    [RegularExpression("[A-Z]{3}-[0-9]{4}")]
    public string Plate { get; set; } = "";

    [AllowedValues("north", "south", "east")]
    public string Side { get; set; } = "";

    [DeniedValues(1, 2, 3)]
    [Range(1, 8)]
    public int Lane { get; set; }

    [Phone]
    public string Call { get; set; } = "";
}

sealed class AccountContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Account>();
}
