using System.Data.Common;
using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite;

/// <summary>A connection string in the keywords of ADO.NET for SQLite.</summary>
sealed record SqliteConnectionText(string Path, SqliteAccess Access, TimeSpan BusyTimeout)
{
    const string Known = "Data Source, Mode (ReadOnly, ReadWrite, ReadWriteCreate) and Default Timeout (seconds)";

    /// <exception cref="UsageException">RS1302: which part cannot be read.</exception>
    public static SqliteConnectionText Parse(string text)
    {
        var read = new SqliteConnectionText("", SqliteAccess.ReadWrite, TimeSpan.FromSeconds(30));
        foreach (var (key, value) in Pairs(text))
        {
            read = key switch
            {
                "datasource" or "filename" => read with { Path = value },
                "mode" => read with { Access = AccessOf(value) },
                "defaulttimeout" or "commandtimeout" => read with { BusyTimeout = TimeoutOf(value) },
                // These change nothing for a load.
                "cache" or "pooling" or "foreignkeys" or "recursivetriggers" => read,
                _ => throw Unreadable($"the keyword {key} is unknown"),
            };
        }
        return read.Path.Length > 0 ? read : throw Unreadable("it names no file");
    }

    static IEnumerable<(string Key, string Value)> Pairs(string text)
    {
        DbConnectionStringBuilder builder;
        try
        {
            builder = new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            throw Unreadable("it is not of the form Key=value;Key=value");
        }
        return builder.Keys.Cast<string>().Select(key => (key.ToLowerInvariant().Replace(" ", ""), (string)builder[key]));
    }

    static SqliteAccess AccessOf(string mode) => mode.ToLowerInvariant() switch
    {
        "readonly" => SqliteAccess.ReadOnly,
        "readwrite" => SqliteAccess.ReadWrite,
        "readwritecreate" => SqliteAccess.Create,
        _ => throw Unreadable("its Mode is unknown"),
    };

    static TimeSpan TimeoutOf(string seconds) =>
        int.TryParse(seconds, out var number) && number is >= 0 and <= 86_400 ? TimeSpan.FromSeconds(number)
            : throw Unreadable("its Default Timeout is no number of seconds");

    static UsageException Unreadable(string why) =>
        new("RS1302", $"The connection string of SQLite cannot be used: {why}. It takes {Known}.");
}
