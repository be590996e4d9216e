using Npgsql;

namespace RelSeed.PostgreSql.Connections;

/// <summary>Reads where a database is: a URL as libpq takes it, or an ADO.NET string.</summary>
static class ConnectionText
{
    const string Form = "postgresql://user@host:5432/database?sslmode=require, or an ADO.NET string such as Host=localhost;Database=shop";

    /// <exception cref="UsageException">RS1112: the text is neither; RS1113: an option is not known. Neither repeats the text, which may hold a
    /// password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text) =>
        text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
            ? ParseUrl(text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..])
            : ParseAdo(text);

    static NpgsqlConnectionStringBuilder ParseAdo(string text)
    {
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(text);
            return string.IsNullOrEmpty(parsed.Host) ? throw Unreadable("it names no host") : parsed;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw Unreadable("it is neither a URL nor a list of key=value");
        }
    }

    static NpgsqlConnectionStringBuilder ParseUrl(string rest)
    {
        var (address, query) = Split(rest, '?', last: false);
        var (authority, path) = Split(address, '/', last: false);
        var (user, hosts) = authority.Contains('@') ? Split(authority, '@', last: true) : ("", authority);
        var parsed = new NpgsqlConnectionStringBuilder();
        if (user.Length > 0) SetUser(parsed, user);
        SetHosts(parsed, hosts);
        if (path.Length > 0) parsed.Database = Decode(path);
        foreach (var option in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(option, '=', last: false);
            UrlOption.Set(parsed, Decode(name), Decode(value));
        }
        return parsed;
    }

    static void SetUser(NpgsqlConnectionStringBuilder parsed, string user)
    {
        var (name, password) = Split(user, ':', last: false);
        if (name.Length > 0) parsed.Username = Decode(name);
        if (password.Length > 0) parsed.Password = Decode(password);
    }

    /// <summary>Several hosts are parted by commas; a folder of sockets is written with its slashes encoded.</summary>
    static void SetHosts(NpgsqlConnectionStringBuilder parsed, string hosts)
    {
        var each = hosts.Split(',').Select(SplitPort).ToList();
        var ports = each.Where(h => h.Port.Length > 0).Select(h => h.Port).Distinct().ToList();
        if (ports.Exists(p => !ushort.TryParse(p, out _))) throw Unreadable("its port is not a number from 0 to 65535");
        if (each is [var only])
        {
            parsed.Host = only.Host.Length == 0 ? "localhost" : Decode(only.Host);
            if (ports.Count > 0) parsed.Port = ushort.Parse(ports[0]);
        }
        else parsed.Host = string.Join(',', each.Select(h => h.Port.Length == 0 ? Decode(h.Host) : $"{Decode(h.Host)}:{h.Port}"));
    }

    static (string Host, string Port) SplitPort(string host)
    {
        if (host.StartsWith('[') && host.IndexOf(']') is > 0 and var end) return (host[1..end], host[(end + 1)..].TrimStart(':'));
        return Split(host, ':', last: true);
    }

    static (string Before, string After) Split(string text, char at, bool last)
    {
        var place = last ? text.LastIndexOf(at) : text.IndexOf(at);
        return place < 0 ? (text, "") : (text[..place], text[(place + 1)..]);
    }

    static string Decode(string text) => Uri.UnescapeDataString(text);

    static UsageException Unreadable(string why) =>
        new("RS1112", $"The database's address cannot be read: {why}. Write it as {Form}; special characters in a URL as %XX.");
}
