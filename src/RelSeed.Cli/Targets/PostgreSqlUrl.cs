using System.Data.Common;

namespace RelSeed.Cli.Targets;

/// <summary>A URL as libpq reads it, <c>postgresql://user:password@host:port/db?sslmode=require</c>, as a connection string.</summary>
static class PostgreSqlUrl
{
    static readonly Dictionary<string, string> Parameters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["host"] = "Host", ["port"] = "Port", ["user"] = "Username", ["password"] = "Password", ["dbname"] = "Database",
        ["sslmode"] = "SSL Mode", ["sslrootcert"] = "Root Certificate", ["sslcert"] = "SSL Certificate", ["sslkey"] = "SSL Key",
        ["application_name"] = "Application Name", ["connect_timeout"] = "Timeout", ["options"] = "Options",
        ["passfile"] = "Passfile", ["channel_binding"] = "Channel Binding", ["target_session_attrs"] = "Target Session Attributes",
    };

    /// <exception cref="UsageException">RS1005: which part cannot be read.</exception>
    public static string ToConnectionString(string url)
    {
        var rest = url[(url.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (!rest.StartsWith("//", StringComparison.Ordinal)) throw Unreadable("two slashes are missing after the scheme");
        var (place, query) = Split(rest[2..], '?');
        var (authority, database) = Split(place, '/');
        var builder = new DbConnectionStringBuilder();
        var at = authority.LastIndexOf('@');
        if (at >= 0) SetUser(builder, authority[..at]);
        SetHost(builder, authority[(at + 1)..]);
        Set(builder, "Database", database);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries)) SetParameter(builder, pair);
        if (!builder.ContainsKey("Host")) builder["Host"] = "localhost";
        return builder.ConnectionString;
    }

    static void SetUser(DbConnectionStringBuilder builder, string user)
    {
        var (name, password) = Split(user, ':');
        Set(builder, "Username", name);
        if (password.Length > 0) builder["Password"] = Secrets.Resolve(Uri.UnescapeDataString(password));
    }

    static void SetHost(DbConnectionStringBuilder builder, string host)
    {
        var colon = host.EndsWith(']') ? -1 : host.LastIndexOf(':');
        if (colon >= 0)
        {
            if (!ushort.TryParse(host[(colon + 1)..], out var port)) throw Unreadable("the port is not a number from 0 to 65535");
            builder["Port"] = port;
            host = host[..colon];
        }
        Set(builder, "Host", host.Trim('[', ']'));
    }

    static void SetParameter(DbConnectionStringBuilder builder, string pair)
    {
        var (name, value) = Split(pair, '=');
        if (!Parameters.TryGetValue(name, out var key))
            throw Unreadable($"the parameter '{name}' is not one of {string.Join(", ", Parameters.Keys.Order(StringComparer.Ordinal))}");
        // libpq spells verify-full what the driver spells VerifyFull.
        var text = Uri.UnescapeDataString(value);
        builder[key] = key switch
        {
            "Password" => Secrets.Resolve(text),
            "SSL Mode" or "Target Session Attributes" => text.Replace("-", "", StringComparison.Ordinal),
            _ => text,
        };
    }

    static void Set(DbConnectionStringBuilder builder, string key, string escaped)
    {
        if (escaped.Length > 0) builder[key] = Uri.UnescapeDataString(escaped);
    }

    static (string Before, string After) Split(string text, char separator)
    {
        var at = text.IndexOf(separator);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    static UsageException Unreadable(string what) =>
        new("RS1005", $"The PostgreSQL URL cannot be read: {what}. Give it as postgresql://user@host:5432/db, with special characters of its parts percent-encoded.");
}
