using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RelSeed.Loading;
using RelSeed.Sqlite;

namespace RelSeed.EntityFrameworkCore.Tests.Stores;

sealed class SqliteStore : TestStore
{
    readonly string _folder = Directory.CreateTempSubdirectory("relseed-ef-").FullName;

    string ConnectionString => new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder, "model.db"), Pooling = false }.ConnectionString;

    public override string Provider => "sqlite";

    public override DbContextOptions Options => new DbContextOptionsBuilder().UseSqlite(ConnectionString).Options;

    public override SeedTarget Open() => SqliteTarget.Open(ConnectionString);

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
