using Microsoft.EntityFrameworkCore;

namespace Shop;

sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<Payment> Payments => Set<Payment>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Customer>(c =>
        {
            c.HasIndex(x => x.Email).IsUnique();
            c.OwnsOne(x => x.Home);
            c.OwnsOne(x => x.Preferences, p =>
            {
                p.ToJson();
                p.OwnsMany(x => x.Channels);
            });
            c.HasMany(x => x.Wishes).WithMany().UsingEntity("Wishes");
        });
        modelBuilder.Entity<Product>(p =>
        {
            p.HasIndex(x => x.Sku).IsUnique();
            p.Property(x => x.Price).HasPrecision(10, 2);
            p.HasMany(x => x.Tags).WithMany();
        });
        modelBuilder.Entity<ProductImage>();
        modelBuilder.Entity<Review>();
        modelBuilder.Entity<Supplier>().OwnsOne(s => s.Office);
        modelBuilder.Entity<SupplierOffer>(o =>
        {
            o.HasKey(x => new { x.SupplierId, x.ProductId });
            o.Property(x => x.Cost).HasPrecision(10, 2);
        });
        modelBuilder.Entity<Warehouse>().OwnsOne(w => w.Site);
        modelBuilder.Entity<StockLevel>().HasKey(s => new { s.WarehouseId, s.ProductId });
        modelBuilder.Entity<Order>(o =>
        {
            o.Property(x => x.Status).HasConversion<string>().HasMaxLength(12);
            o.OwnsOne(x => x.ShipTo);
        });
        modelBuilder.Entity<OrderLine>(l =>
        {
            l.HasKey(x => new { x.OrderId, x.LineNo });
            l.Property(x => x.UnitPrice).HasPrecision(10, 2);
        });
        modelBuilder.Entity<Payment>().Property(p => p.Amount).HasPrecision(10, 2);
        modelBuilder.Entity<CardPayment>();
        modelBuilder.Entity<TransferPayment>();
        modelBuilder.Entity<Shipment>();
        modelBuilder.Entity<Coupon>(c =>
        {
            c.HasIndex(x => x.Code).IsUnique();
            c.HasMany(x => x.Orders).WithMany();
        });
    }
}
