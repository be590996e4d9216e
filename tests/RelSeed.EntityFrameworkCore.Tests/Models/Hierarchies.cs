using Microsoft.EntityFrameworkCore;

namespace RelSeed.EntityFrameworkCore.Tests.Models;

abstract class Vehicle
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
    public List<Trip> Trips { get; set; } = [];
}

class Car : Vehicle
{
    public int Doors { get; set; }
    public string Color { get; set; } = "";
    public Garage Garage { get; set; } = null!;
    public int GarageId { get; set; }
}

sealed class Taxi : Car
{
    public string? License { get; set; }
    public Truck? Follows { get; set; }
    public int? FollowsId { get; set; }
}

sealed class Truck : Vehicle
{
    public int Load { get; set; }
    public string Color { get; set; } = "";
    public string? Note { get; set; }
}

sealed class Garage
{
    public int Id { get; set; }
    public string City { get; set; } = "";
    public List<Car> Cars { get; set; } = [];
}

/// <summary>Refers to the base type, and to a subtype.</summary>
sealed class Trip
{
    public int Id { get; set; }
    public Vehicle Vehicle { get; set; } = null!;
    public int VehicleId { get; set; }
    public Taxi? Back { get; set; }
    public int? BackId { get; set; }
}

/// <summary>At most one of a truck.</summary>
sealed class Permit
{
    public int Id { get; set; }
    public Truck Truck { get; set; } = null!;
    public int TruckId { get; set; }
}

abstract class FleetContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Vehicle>().Property(v => v.Id).ValueGeneratedNever();
        modelBuilder.Entity<Car>();
        modelBuilder.Entity<Taxi>().HasOne(t => t.Follows).WithMany().HasForeignKey(t => t.FollowsId);
        modelBuilder.Entity<Truck>();
        modelBuilder.Entity<Trip>(b =>
        {
            b.HasOne(t => t.Vehicle).WithMany(v => v.Trips).HasForeignKey(t => t.VehicleId).OnDelete(DeleteBehavior.NoAction);
            b.HasOne(t => t.Back).WithMany().HasForeignKey(t => t.BackId).OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<Permit>().HasOne(p => p.Truck).WithOne().HasForeignKey<Permit>(p => p.TruckId);
    }
}

sealed class TphContext(DbContextOptions options) : FleetContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Vehicle>().HasDiscriminator<int>("Kind").HasValue<Car>(10).HasValue<Taxi>(20).HasValue<Truck>(30);
    }
}

sealed class TptContext(DbContextOptions options) : FleetContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Vehicle>().UseTptMappingStrategy();
    }
}

sealed class TpcContext(DbContextOptions options) : FleetContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Vehicle>().UseTpcMappingStrategy();
    }
}

class Pump
{
    public int Id { get; set; }
}

class FirePump : Pump
{
    public Tank? Tank { get; set; }
}

sealed class FoamPump : FirePump
{
    public FoamTank? FoamTank { get; set; }
}

/// <summary>One of a fire pump.</summary>
class Tank
{
    public int PumpId { get; set; }
    public FirePump Pump { get; set; } = null!;
}

/// <summary>By the same column the one of a foam pump.</summary>
sealed class FoamTank : Tank
{
    public FoamPump FoamPump { get; set; } = null!;
}

sealed class PumpContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Pump>();
        modelBuilder.Entity<FirePump>();
        modelBuilder.Entity<FoamPump>();
        modelBuilder.Entity<Tank>(b =>
        {
            b.HasKey(t => t.PumpId);
            b.HasOne(t => t.Pump).WithOne(p => p.Tank).HasForeignKey<Tank>(t => t.PumpId);
        });
        modelBuilder.Entity<FoamTank>().HasOne(t => t.FoamPump).WithOne(p => p.FoamTank).HasForeignKey<FoamTank>(t => t.PumpId);
    }
}
