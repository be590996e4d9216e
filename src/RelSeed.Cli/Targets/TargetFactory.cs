using System.Data.Common;
using RelSeed.Loading;
using RelSeed.PostgreSql;
using RelSeed.Sqlite;

namespace RelSeed.Cli.Targets;

/// <summary>Opens the database an address names.</summary>
static class TargetFactory
{
    public static SeedTarget Open(DatabaseAddress address) => address.Provider == DatabaseAddress.Sqlite
        ? OpenSqlite(FileOf(address.ConnectionString))
        : OpenPostgreSql(address.ConnectionString);

    // Methods of their own, so that a run loads only the provider it uses.
    public static SeedTarget OpenSqlite(string file) => SqliteTarget.Open(file);

    static SeedTarget OpenPostgreSql(string connection) => PostgreSqlTarget.Open(connection);

    /// <exception cref="UsageException">RS1005: the connection string names no file.</exception>
    static string FileOf(string connection)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = connection };
        foreach (var key in new[] { "Data Source", "DataSource", "Filename" })
            if (builder.TryGetValue(key, out var path) && path is string { Length: > 0 } file) return file;
        throw new UsageException("RS1005", "The SQLite connection string names no file. Give it as 'Data Source=file.db', or the database as sqlite:file.db.");
    }
}
