using Npgsql;

namespace RelSeed.PostgreSql.Connections;

/// <summary>What may be kept of a server's error: its code and the names it gives, but not its detail or context, which hold values.</summary>
sealed class ServerFault(PostgresException refused)
    : Exception($"SQLSTATE {refused.SqlState} at {refused.Routine ?? "the server"}")
{
    public string SqlState { get; } = refused.SqlState;
    public string? Constraint { get; } = refused.ConstraintName;
    public string? Table { get; } = refused.TableName;
    public string? Column { get; } = refused.ColumnName;
}
