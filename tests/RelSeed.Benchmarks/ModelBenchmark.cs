using System.Diagnostics;
using System.Globalization;
using Bogus;
using Microsoft.EntityFrameworkCore;
using RelSeed.EntityFrameworkCore;
using RelSeed.Specification.Tests.Servers;
using Shop;

namespace RelSeed.Benchmarks;

/// <summary>One line on the example's EF Core model, beside the tool on the same schema and beside Bogus objects by AddRange and SaveChanges;
/// each into a fresh database of one private server, in turn, several rounds.</summary>
sealed class ModelBenchmark(PrivatePostgreSql server, string tool, long rowsPerTable, int objects, int rounds)
{
    int _databases;

    public async Task RunAsync()
    {
        List<double> line = [], committed = [], load = [], command = [], saved = [];
        // What runs first in a process is compiled, whichever it is.
        await SaveAsync(objects / 20);
        for (var round = 0; round < rounds; round++)
        {
            var (lineRows, lineSeconds, commitSeconds, loadSeconds) = await LineAsync();
            var (toolRows, toolSeconds) = await ToolAsync();
            line.Add(lineRows / lineSeconds);
            committed.Add(lineRows / commitSeconds);
            load.Add(lineRows / loadSeconds);
            command.Add(toolRows / toolSeconds);
            saved.Add(await SaveAsync(objects));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"round {round + 1}: one line {lineRows:N0} rows in {lineSeconds:F2} s (commit after {commitSeconds:F2} s, {loadSeconds:F2} s of it the load), relseed run {toolRows:N0} in {toolSeconds:F2} s, AddRange {saved[^1]:N0} rows/s"));
        }
        Print("one line, SeedAsync", line);
        Print("the same, from the call to the commit", committed);
        Print("the same, its load alone", load);
        Print("relseed run", command);
        Print("AddRange and SaveChanges of Bogus objects", saved);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"one line / relseed run: {Median(line) / Median(command):F2}    one line / AddRange: {Median(line) / Median(saved):F1}    to its commit / AddRange: {Median(committed) / Median(saved):F1}    its load / AddRange: {Median(load) / Median(saved):F1}"));
    }

    static void Print(string what, List<double> rates) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-46} {Median(rates),12:N0} rows/s"));

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    async Task<(long Rows, double Seconds, double CommitSeconds, double LoadSeconds)> LineAsync()
    {
        await using var context = await CreateAsync();
        var watch = Stopwatch.StartNew();
        // Verification, and statistics beside it, begin when the load is committed; SaveChanges has neither.
        var committed = TimeSpan.Zero;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "RelSeed",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity => committed = activity.OperationName == "relseed.verify" ? watch.Elapsed : committed
        };
        ActivitySource.AddActivityListener(listener);
        var report = await context.SeedAsync(s => s.Rows(rowsPerTable));
        var seconds = watch.Elapsed.TotalSeconds;
        await context.Database.EnsureDeletedAsync();
        return (report.Load.Rows, seconds, committed.TotalSeconds, report.Load.Seconds);
    }

    // The whole command, its start included, as the line's first run includes its compilation.
    async Task<(long Rows, double Seconds)> ToolAsync()
    {
        await using var context = await CreateAsync();
        var url = server.Url(context.Database.GetDbConnection().Database);
        var watch = Stopwatch.StartNew();
        using var process =
            Process.Start(new ProcessStartInfo(tool,
            ["run", url, "--format", "json", "--yes", "--rows", rowsPerTable.ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false
            })!;
        using var report = System.Text.Json.JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        var seconds = watch.Elapsed.TotalSeconds;
        await context.Database.EnsureDeletedAsync();
        return (report.RootElement.GetProperty("rows").GetInt64(), seconds);
    }

    /// <summary>Rows a second: customers with two orders of three lines each, made and saved at once, as one line makes and saves its own.</summary>
    async Task<double> SaveAsync(int customers)
    {
        await using var context = await CreateAsync();
        var product = new Product { Sku = "S-1", Name = "Lamp", Price = 9.5m, Category = new() { Name = "Light" } };
        context.Add(product);
        await context.SaveChangesAsync();
        var watch = Stopwatch.StartNew();
        context.AddRange(Customers(product).Generate(customers));
        var rows = await context.SaveChangesAsync();
        var rate = rows / watch.Elapsed.TotalSeconds;
        await context.Database.EnsureDeletedAsync();
        return rate;
    }

    static Faker<Customer> Customers(Product product)
    {
        var address = new Faker<Address>().UseSeed(1).RuleFor(a => a.Street, f => f.Address.StreetAddress())
            .RuleFor(a => a.PostalCode, f => f.Address.ZipCode()).RuleFor(a => a.City, f => f.Address.City());
        var line = new Faker<OrderLine>().UseSeed(2).RuleFor(l => l.LineNo, f => f.IndexFaker % 3 + 1).RuleFor(l => l.Product, product)
            .RuleFor(l => l.Quantity, f => f.Random.Int(1, 20)).RuleFor(l => l.UnitPrice, f => f.Finance.Amount());
        var order = new Faker<Order>().UseSeed(3).RuleFor(o => o.Status, f => f.PickRandom<OrderStatus>())
            .RuleFor(o => o.OrderedAt, f => f.Date.Past().ToUniversalTime())
            .RuleFor(o => o.ShipTo, _ => address.Generate()).FinishWith((_, o) => o.Lines.AddRange(line.Generate(3)));
        return new Faker<Customer>().UseSeed(4).RuleFor(c => c.Name, f => f.Name.FullName())
            .RuleFor(c => c.Email, f => $"{f.IndexFaker}{f.Internet.Email()}")
            .RuleFor(c => c.Home, _ => address.Generate()).RuleFor(c => c.RegisteredAt, f => f.Date.Past().ToUniversalTime())
            .RuleFor(c => c.Preferences, f => new() { Language = f.Random.RandomLocale(), Channels = [new() { Kind = "email" }] })
            .FinishWith((_, c) => c.Orders.AddRange(order.Generate(2)));
    }

    async Task<ShopContext> CreateAsync()
    {
        var options = new DbContextOptionsBuilder<ShopContext>()
            .UseNpgsql(server.ConnectionString($"model_{++_databases}") + ";Pooling=false;Command Timeout=0").Options;
        var context = new ShopContext(options);
        await context.Database.EnsureCreatedAsync();
        return context;
    }
}
