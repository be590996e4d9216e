using System.Data.Common;
using RelSeed.Planning;
using RelSeed.Sqlite;

namespace RelSeed.Cli.Demo;

/// <summary>The demo's database: its schema, and how many rows each table is to have.</summary>
static class DemoShop
{
    /// <summary>Some 100,000 rows.</summary>
    public static PlanOptions Options { get; } = new()
    {
        RowsByTable = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["customers"] = 5_000,
            ["addresses"] = 8_000,
            ["categories"] = 60,
            ["products"] = 2_000,
            ["tags"] = 80,
            ["product_tags"] = 6_000,
            ["warehouses"] = 5,
            ["stock"] = 8_000,
            ["orders"] = 16_000,
            ["order_items"] = 38_000,
            ["payments"] = 12_000,
            ["reviews"] = 6_000,
        },
    };

    /// <summary>Tables worth a look.</summary>
    public static IReadOnlyList<string> Shown { get; } = ["customers", "products", "orders", "order_items"];

    /// <summary>Makes the file and its tables.</summary>
    public static async Task<SqliteTarget> CreateAsync(string file, CancellationToken cancellationToken)
    {
        var connection = new DbConnectionStringBuilder { ["Data Source"] = file, ["Mode"] = "ReadWriteCreate" };
        var target = SqliteTarget.Open(connection.ConnectionString);
        try
        {
            await target.ExecuteAsync(await ReadScriptAsync(cancellationToken), cancellationToken);
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    static async Task<string> ReadScriptAsync(CancellationToken cancellationToken)
    {
        await using var stream = typeof(DemoShop).Assembly.GetManifestResourceStream("shop.sql")!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
