using RelSeed.Sqlite.Interop;
using SQLitePCL;

namespace RelSeed.Sqlite.Verification;

/// <summary>Runs a query of the verification, which may call what this library does not know: an application's function or collation.</summary>
static class Probe
{
    /// <returns>The first column of the first row; 0 when it cannot be asked.</returns>
    /// <param name="obstacle">Why it cannot be asked, in the library's words; null when it was.</param>
    public static long Count(SqliteHandle handle, string sql, out string? obstacle)
    {
        var counts = Counts(handle, sql, out obstacle);
        return counts.Length == 0 ? 0 : counts[0];
    }

    /// <returns>The first row's columns; none when it cannot be asked.</returns>
    public static long[] Counts(SqliteHandle handle, string sql, out string? obstacle)
    {
        try
        {
            obstacle = null;
            using var statement = handle.Prepare(sql);
            statement.Step();
            return [.. Enumerable.Range(0, statement.ColumnCount).Select(statement.GetInt64)];
        }
        catch (DatabaseException fault) when (fault.InnerException is SqliteResultException { PrimaryCode: raw.SQLITE_ERROR } result)
        {
            obstacle = result.Message;
            return [];
        }
    }
}
