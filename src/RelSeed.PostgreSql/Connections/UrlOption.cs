using Npgsql;

namespace RelSeed.PostgreSql.Connections;

/// <summary>The options of a PostgreSQL URL, as libpq names them.</summary>
static class UrlOption
{
    static readonly Dictionary<string, Action<NpgsqlConnectionStringBuilder, string>> Known = new(StringComparer.Ordinal)
    {
        ["sslmode"] = (c, v) => c.SslMode = Mode(v),
        ["sslrootcert"] = (c, v) => c.RootCertificate = v,
        ["sslcert"] = (c, v) => c.SslCertificate = v,
        ["sslkey"] = (c, v) => c.SslKey = v,
        ["sslpassword"] = (c, v) => c.SslPassword = v,
        ["channel_binding"] = (c, v) => c.ChannelBinding = Enum.Parse<ChannelBinding>(v, ignoreCase: true),
        ["host"] = (c, v) => c.Host = v,
        ["hostaddr"] = (c, v) => c.Host = v,
        ["port"] = (c, v) => c.Port = ushort.Parse(v),
        ["user"] = (c, v) => c.Username = v,
        ["password"] = (c, v) => c.Password = v,
        ["passfile"] = (c, v) => c.Passfile = v,
        ["dbname"] = (c, v) => c.Database = v,
        ["options"] = (c, v) => c.Options = v,
        ["application_name"] = (c, v) => c.ApplicationName = v,
        ["connect_timeout"] = (c, v) => c.Timeout = ushort.Parse(v),
        ["target_session_attrs"] = (c, v) => c.TargetSessionAttributes = v,
        ["keepalives_idle"] = (c, v) => c.TcpKeepAliveTime = int.Parse(v),
        ["keepalives_interval"] = (c, v) => c.TcpKeepAliveInterval = int.Parse(v),
        ["keepalives"] = (c, v) => c.TcpKeepAlive = v != "0",
        // The driver speaks UTF-8 always.
        ["client_encoding"] = (_, _) => { },
        ["fallback_application_name"] = (_, _) => { },
        ["gssencmode"] = (_, _) => { },
    };

    /// <exception cref="UsageException">RS1113: the option is not known, or its value not one it takes.</exception>
    public static void Set(NpgsqlConnectionStringBuilder connection, string name, string value)
    {
        if (!Known.TryGetValue(name, out var set))
            throw new UsageException("RS1113",
                $"The database's URL has an unknown option {name}. Known are {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}.");
        try
        {
            set(connection, value);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException)
        {
            throw new UsageException("RS1113",
                $"The database's URL gives option {name} a value that it does not take. Correct the value or leave the option out.");
        }
    }

    static SslMode Mode(string value) => Enum.Parse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
}
