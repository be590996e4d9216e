using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Loading;

/// <summary>A transaction with foreign keys not enforced; ended without <see cref="Commit"/>, everything is as it was.</summary>
sealed class LoadTransaction : IDisposable
{
    // Bounds memory whatever the number of rows; more was not measurably faster.
    const int CacheKibibytes = 8 * 1024;

    readonly SqliteHandle _handle;
    readonly bool _enforced;

    LoadTransaction(SqliteHandle handle)
    {
        _handle = handle;
        _enforced = handle.QueryInt64("PRAGMA foreign_keys") == 1;
    }

    /// <param name="settings">Pragmas set before.</param>
    public static LoadTransaction Begin(SqliteHandle handle, IReadOnlyDictionary<string, string> settings)
    {
        if (handle.IsReadOnly)
            throw new DatabaseException("RS3102", $"{handle.Path} cannot be written. Give write access to the file and its folder.");
        foreach (var (name, value) in settings) handle.Execute($"PRAGMA {PragmaName(name)} = '{value.Replace("'", "''")}'");
        var transaction = new LoadTransaction(handle);
        // Has no effect inside a transaction, so it comes before.
        handle.Execute($"PRAGMA foreign_keys = OFF; PRAGMA cache_size = -{CacheKibibytes}");
        try
        {
            handle.Execute("BEGIN IMMEDIATE");
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    public void Commit() => _handle.Execute("COMMIT");

    public void Dispose()
    {
        // Some faults, a full disk among them, have rolled back already.
        if (_handle.IsInTransaction) _handle.Execute("ROLLBACK");
        _handle.Execute($"PRAGMA foreign_keys = {(_enforced ? "ON" : "OFF")}");
    }

    static string PragmaName(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')
            ? name
            : throw new UsageException("RS1303", $"'{name}' is no name of an SQLite pragma: letters, digits and underscores only. Mend the setting.");
}
