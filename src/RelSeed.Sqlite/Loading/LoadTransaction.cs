using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Loading;

/// <summary>A transaction with foreign keys not enforced, or a savepoint inside another's with foreign keys enforced at its end; ended without
/// <see cref="Commit"/>, everything is as it was.</summary>
sealed class LoadTransaction : IDisposable
{
    // Bounds memory whatever the number of rows; more was not measurably faster.
    const int CacheKibibytes = 8 * 1024;

    const string Savepoint = "relseed_load";

    readonly SqliteHandle _handle;
    readonly bool _enforced;
    readonly bool _isJoined;
    readonly long _cache;
    bool _isOpen;

    LoadTransaction(SqliteHandle handle)
    {
        (_handle, _isJoined) = (handle, handle.IsInTransaction);
        _enforced = handle.QueryInt64(_isJoined ? "PRAGMA defer_foreign_keys" : "PRAGMA foreign_keys") == 1;
        _cache = handle.QueryInt64("PRAGMA cache_size");
    }

    /// <param name="settings">Pragmas set before.</param>
    public static LoadTransaction Begin(SqliteHandle handle, IReadOnlyDictionary<string, string> settings)
    {
        if (handle.IsReadOnly)
            throw new DatabaseException("RS3102", $"{handle.Path} cannot be written. Give write access to the file and its folder.");
        foreach (var (name, value) in settings) handle.Execute($"PRAGMA {PragmaName(name)} = '{value.Replace("'", "''")}'");
        var transaction = new LoadTransaction(handle);
        // Foreign keys cannot be switched off inside a transaction; there they wait for its end.
        handle.Execute($"PRAGMA {(transaction._isJoined ? "defer_foreign_keys = ON" : "foreign_keys = OFF")}; PRAGMA cache_size = -{CacheKibibytes}");
        try
        {
            handle.Execute(transaction._isJoined ? $"SAVEPOINT {Savepoint}" : "BEGIN IMMEDIATE");
            transaction._isOpen = true;
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    public void Commit()
    {
        _handle.Execute(_isJoined ? $"RELEASE {Savepoint}" : "COMMIT");
        _isOpen = false;
    }

    public void Dispose()
    {
        // Some faults, a full disk among them, have rolled back already.
        if (_isOpen && _handle.IsInTransaction) _handle.Execute(_isJoined ? $"ROLLBACK TO {Savepoint}; RELEASE {Savepoint}" : "ROLLBACK");
        _handle.Execute($"PRAGMA {(_isJoined ? "defer_foreign_keys" : "foreign_keys")} = {(_enforced ? "ON" : "OFF")}; PRAGMA cache_size = {_cache}");
    }

    static string PragmaName(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')
            ? name
            : throw new UsageException("RS1303", $"'{name}' is no name of an SQLite pragma: letters, digits and underscores only. Mend the setting.");
}
