using System.Data.Common;
using Microsoft.Data.Sqlite;
using RelSeed.Loading;
using RelSeed.Sqlite;

[assembly: ConnectionTarget(typeof(ConnectionTarget))]

namespace RelSeed.Sqlite;

/// <summary>Opens a target over a connection of Microsoft.Data.Sqlite.</summary>
sealed class ConnectionTarget : IConnectionTarget
{
    public SeedTarget Over(DbConnection connection) => SqliteTarget.Over((SqliteConnection)connection);
}
