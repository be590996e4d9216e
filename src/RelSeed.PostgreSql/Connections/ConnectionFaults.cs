using System.Net.Sockets;
using Npgsql;

namespace RelSeed.PostgreSql.Connections;

/// <summary>Says why a connection could not be made; passwords are never part of it.</summary>
static class ConnectionFaults
{
    public static DatabaseException Explain(NpgsqlException fault, NpgsqlConnectionStringBuilder target, string displayName) => fault switch
    {
        PostgresException refused => Refused(refused, target, displayName),
        { InnerException: TimeoutException } => Unreachable("it did not answer in time", displayName),
        { InnerException: SocketException socket } => Unreachable(Reason(socket), displayName),
        _ when fault.Message.StartsWith("No password", StringComparison.Ordinal) => new("RS3002",
            $"{displayName} asks for a password and none was given. Put it into the URL, PGPASSWORD or the password file."),
        _ when fault.InnerException is System.Security.Authentication.AuthenticationException
            || fault.Message.Contains("SSL", StringComparison.Ordinal) =>
            new("RS3001",
                $"{displayName} cannot be reached over TLS: the two sides do not agree, or the certificate is not trusted. Look at sslmode and sslrootcert.", fault),
        _ => Unreachable("the connection broke while it was made", displayName),
    };

    static DatabaseException Unreachable(string why, string displayName) =>
        new("RS3001", $"{displayName} cannot be reached: {why}. Check that the server runs, and host and port.");

    static DatabaseException Refused(PostgresException refused, NpgsqlConnectionStringBuilder target, string displayName) => refused.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new("RS3002",
            $"{displayName} does not let user {target.Username} in: wrong password, unknown user, or no entry in pg_hba.conf. Check user and password.",
            new ServerFault(refused)),
        PostgresErrorCodes.InvalidCatalogName => new("RS3003",
            $"Database {target.Database} does not exist on {target.Host}. Create it, or name another one.", new ServerFault(refused)),
        PostgresErrorCodes.InsufficientPrivilege => new("RS3002",
            $"{displayName} does not let user {target.Username} in: the user may not connect to this database. Grant CONNECT on it.",
            new ServerFault(refused)),
        _ => new("RS3004",
            $"{displayName} refused the connection (SQLSTATE {refused.SqlState}: {refused.MessageText}). Try again later, or look into the server's log.",
            new ServerFault(refused)),
    };

    static string Reason(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "nothing listens there",
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "the host's name is not known",
        SocketError.TimedOut => "it did not answer in time",
        _ => "the network says no",
    };
}
