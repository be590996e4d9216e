using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RelSeed.PostgreSql.Tests;

namespace RelSeed.EntityFrameworkCore.Tests.Seeding;

/// <summary>A database for one test, with contexts on it.</summary>
sealed class Shops : IAsyncDisposable
{
    readonly SqliteConnection? _memory;
    readonly TestDatabase? _database;

    Shops(SqliteConnection? memory, TestDatabase? database) => (_memory, _database) = (memory, database);

    /// <param name="provider">sqlite, in memory, or postgresql.</param>
    public static async Task<Shops> CreateAsync(PostgreSqlFixture server, string provider)
    {
        if (provider == "postgresql") return new Shops(null, await server.CreateDatabaseAsync());
        var memory = new SqliteConnection("Data Source=:memory:");
        await memory.OpenAsync(TestContext.Current.CancellationToken);
        return new Shops(memory, null);
    }

    /// <summary>The database of a shop, with its tables.</summary>
    public static async Task<Shops> CreateWithTablesAsync(PostgreSqlFixture server, string provider)
    {
        var shops = await CreateAsync(server, provider);
        await using var context = shops.Open();
        await context.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return shops;
    }

    public DbContextOptionsBuilder<TContext> Options<TContext>() where TContext : DbContext => _memory is null
        ? new DbContextOptionsBuilder<TContext>().UseNpgsql(_database!.ConnectionString)
        : new DbContextOptionsBuilder<TContext>().UseSqlite(_memory);

    public string? ConnectionString => _database?.ConnectionString;

    public ShopContext Open(Action<DbContextOptionsBuilder<ShopContext>>? more = null)
    {
        var options = Options<ShopContext>();
        more?.Invoke(options);
        return new ShopContext(options.Options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_memory is not null) await _memory.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }
}
