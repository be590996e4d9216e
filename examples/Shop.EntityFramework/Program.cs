using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RelSeed.EntityFrameworkCore;
using Shop;

var orders = args is [var number, ..] ? long.Parse(number, CultureInfo.InvariantCulture) : 5_000;
var options = new DbContextOptionsBuilder<ShopContext>();
if (Environment.GetEnvironmentVariable("SHOP_POSTGRES") is { Length: > 0 } connection) options.UseNpgsql(connection);
else options.UseSqlite($"Data Source={Path.Combine(Path.GetTempPath(), "relseed-shop.db")}");

await using var context = new ShopContext(options.Options);
await context.Database.EnsureDeletedAsync();
await context.Database.EnsureCreatedAsync();

var clock = Stopwatch.StartNew();
var report = await context.SeedAsync(Rules);
Console.WriteLine(
    $"{report.Load.Rows:N0} rows in {report.Load.Tables.Count} tables, {clock.Elapsed.TotalSeconds:F1} s; {report.Verification.Checked} constraints checked, {report.Verification.Findings.Count} broken.");

Console.WriteLine(
    $"Orders by status: {string.Join(", ", await context.Orders.GroupBy(o => o.Status).OrderByDescending(g => g.Count()).Select(g => $"{g.Key} {g.Count()}").ToListAsync())}");
Console.WriteLine(
    $"Payments: {await context.Payments.OfType<CardPayment>().CountAsync()} by card, {await context.Payments.OfType<TransferPayment>().CountAsync()} by transfer");
var buyer = await context.Customers.Include(c => c.Orders).ThenInclude(o => o.Lines).OrderByDescending(c => c.Orders.Count).ThenBy(c => c.Id)
    .FirstAsync();
Console.WriteLine(
    $"{buyer.Name} of {buyer.Home.City} has bought most often: {buyer.Orders.Count} orders, {buyer.Orders.Sum(o => o.Lines.Count)} lines; writes by {string.Join(" and ", buyer.Preferences.Channels.Select(c => c.Kind))}.");

void Rules(ModelSeeder s)
{
    s.Rows(400).Entity<Order>().Rows(orders).Property(o => o.Status)
        .OneOf((OrderStatus.Shipped, .6), (OrderStatus.Paid, .2), (OrderStatus.Open, .15), (OrderStatus.Cancelled, .05))
        .Property(o => o.ShippedAt).Null()
        .Where(o => o.Status == OrderStatus.Shipped,
        c => c.Between(new(2025, 7, 1, 0, 0, 0, DateTimeKind.Utc), new(2025, 12, 31, 0, 0, 0, DateTimeKind.Utc)));
    s.Entity<OrderLine>().PerParent(l => l.Order, 1..6);
    s.Entity<Payment>().PerParent(p => p.Order, 0..2);
    s.Entity<Supplier>().Property(x => x.Name).UseBogus(f => f.Company.CompanyName());
}
