using System.Data.Common;

namespace RelSeed.Cli.Targets;

/// <summary>Which database is meant: its provider and what the provider opens.</summary>
/// <param name="Provider">postgresql or sqlite.</param>
/// <param name="Connection">An ADO.NET connection string, or for PostgreSQL a URL; may hold a secret.</param>
sealed record DatabaseAddress(string Provider, string Connection)
{
    public const string PostgreSql = "postgresql";
    public const string Sqlite = "sqlite";
    const string Forms = "postgresql://user@host/db or sqlite:file.db, or --provider with --connection";

    /// <param name="url"><c>postgresql://…</c>, <c>sqlite:…</c>, or <c>env:NAME</c>; null when provider and connection are told.</param>
    /// <exception cref="UsageException">RS1002 to RS1005: which part is missing or unknown; the provider tells what else it cannot read.</exception>
    public static DatabaseAddress Of(string? url, string? provider, string? connection)
    {
        if (url is not null && (provider ?? connection) is not null)
            throw new UsageException("RS1003", "The database is told twice, as a URL and by --provider or --connection. Give one of the two.");
        if (url is not null) return OfUrl(Secrets.Resolve(url));
        if (provider is null || connection is null)
            throw new UsageException("RS1003", $"No database is told. Give it as {Forms}.");
        return ProviderOf(provider) == PostgreSql
            ? new(PostgreSql, WithSecrets(connection))
            : new(Sqlite, WithSecrets(connection));
    }

    static DatabaseAddress OfUrl(string url)
    {
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        // A letter before the colon is a Windows drive.
        if (colon < 2) throw new UsageException("RS1003", $"The database is not told as a URL. Give it as {Forms}.");
        return ProviderOf(url[..colon]) == PostgreSql
            ? new(PostgreSql, Secrets.ResolveInUrl(url))
            : new(Sqlite, SqliteConnection(url[(colon + 1)..]));
    }

    static string SqliteConnection(string path)
    {
        if (path.StartsWith("//", StringComparison.Ordinal)) path = path[2..];
        if (path.Length == 0) throw new UsageException("RS1003", "The address names no SQLite file. Give it as sqlite:file.db.");
        return new DbConnectionStringBuilder { ["Data Source"] = path }.ConnectionString;
    }

    static string ProviderOf(string name) => name.ToLowerInvariant() switch
    {
        "postgresql" or "postgres" or "npgsql" or "pg" => PostgreSql,
        "sqlite" or "sqlite3" or "file" => Sqlite,
        _ => throw new UsageException("RS1002",
            $"The provider '{name}' is unknown: RelSeed fills postgresql and sqlite. Give the database as {Forms}."),
    };

    // The whole connection string, or its password alone, may come from the environment.
    static string WithSecrets(string connection)
    {
        try
        {
            var builder = new DbConnectionStringBuilder { ConnectionString = Secrets.Resolve(connection) };
            foreach (var key in new[] { "Password", "PWD" })
                if (builder.TryGetValue(key, out var value)) builder[key] = Secrets.Resolve((string)value);
            return builder.ConnectionString;
        }
        catch (ArgumentException)
        {
            throw new UsageException("RS1005",
                "The connection string cannot be read: it is not of the form 'Key=value;Key=value'. Mend it, or give the database as a URL.");
        }
    }

    // No secret in what a debugger or a message may print.
    public override string ToString() => Provider;
}
