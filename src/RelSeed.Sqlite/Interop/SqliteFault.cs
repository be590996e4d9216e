using SQLitePCL;

namespace RelSeed.Sqlite.Interop;

/// <summary>Turns a result code of the library into an error that says what to do next.</summary>
static class SqliteFault
{
    /// <param name="code">Extended result code.</param>
    /// <param name="said">The library's own message; it names schema objects only.</param>
    /// <param name="target">The file as the user gave it.</param>
    public static DatabaseException From(int code, string said, string target)
    {
        var (id, message) = (code & 0xFF) switch
        {
            raw.SQLITE_CANTOPEN =>
                ("RS3001", $"{target} cannot be opened: {said}. Check that the file exists and that you may read and write it and its folder."),
            raw.SQLITE_NOTADB => ("RS3011", $"{target} is not an SQLite database. Name a database file, or one that does not exist yet."),
            raw.SQLITE_CORRUPT =>
                ("RS3012", $"{target} is damaged: {said}. Restore it from a backup; 'PRAGMA integrity_check' tells how far the damage goes."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => ("RS3016", $"{target} is locked by another connection. Close what uses it and run again."),
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
                ("RS3102", $"{target} cannot be written: {said}. Give write access to the file and its folder."),
            raw.SQLITE_FULL => ("RS3106", $"The disk that holds {target} is full. Free some space, or ask for fewer rows with --rows."),
            raw.SQLITE_IOERR => ("RS3013", $"{target} cannot be read or written: {said}. Check the disk that holds it."),
            raw.SQLITE_NOMEM => ("RS3014", $"Memory ran out while working on {target}. Run again with fewer things beside it."),
            _ => ("RS3015",
                $"{target} refused a statement: {said}. Check that the schema works with the SQLite library {SqliteHandle.LibraryVersion}."),
        };
        return new DatabaseException(id, message, new SqliteResultException(code, said));
    }
}
