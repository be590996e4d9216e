using System.Data.Common;
using Npgsql;
using RelSeed.Loading;
using RelSeed.PostgreSql;

[assembly: ConnectionTarget(typeof(ConnectionTarget))]

namespace RelSeed.PostgreSql;

/// <summary>Opens a target over a connection of Npgsql.</summary>
sealed class ConnectionTarget : IConnectionTarget
{
    public SeedTarget Over(DbConnection connection) => PostgreSqlTarget.Over((NpgsqlConnection)connection);
}
