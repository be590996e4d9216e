using RelSeed.Loading;
using RelSeed.PostgreSql;
using RelSeed.Sqlite;

namespace RelSeed.Cli.Targets;

/// <summary>Opens the database an address names.</summary>
static class TargetFactory
{
    public static SeedTarget Open(DatabaseAddress address) => address.Provider == DatabaseAddress.Sqlite
        ? OpenSqlite(address.Connection)
        : OpenPostgreSql(address.Connection);

    // Methods of their own, so that a run loads only the provider it uses.
    static SqliteTarget OpenSqlite(string connection) => SqliteTarget.Open(connection);

    static PostgreSqlTarget OpenPostgreSql(string connection) => PostgreSqlTarget.Open(connection);
}
