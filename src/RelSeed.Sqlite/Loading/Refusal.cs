using RelSeed.Schema;
using RelSeed.Sqlite.Interop;
using SQLitePCL;

namespace RelSeed.Sqlite.Loading;

/// <summary>Says of which table a row was refused, and by which constraint.</summary>
static class Refusal
{
    /// <summary>Prepares an INSERT, which fails when the table needs a collation or function that only its application registers.</summary>
    /// <exception cref="DatabaseException">RS3104: no row can be inserted at all.</exception>
    public static SqliteStatement PrepareInsert(SqliteHandle handle, TableName table, string sql)
    {
        try
        {
            return handle.Prepare(sql);
        }
        catch (DatabaseException fault) when (fault.InnerException is SqliteResultException { PrimaryCode: raw.SQLITE_ERROR } result)
        {
            throw new DatabaseException("RS3104",
                $"{table} takes no row on a plain connection: {result.Message}. Nothing was written. Leave the table out: --exclude {table}.", result);
        }
    }

    /// <exception cref="DatabaseException">RS3101: a constraint or trigger of the table refused a row.</exception>
    public static void Explain(TableName table, Action action)
    {
        try
        {
            action();
        }
        catch (DatabaseException fault) when (fault.InnerException is SqliteResultException result && result.PrimaryCode is raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH)
        {
            throw new DatabaseException("RS3101",
                $"{table} refused a row: {result.Message}. Nothing was written. 'relseed plan --explain' tells how the column is made; " +
                $"give it a rule, or leave the table out: --exclude {table}.", result);
        }
    }
}
