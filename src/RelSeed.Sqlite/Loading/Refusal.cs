using RelSeed.Schema;
using RelSeed.Sqlite.Interop;
using SQLitePCL;

namespace RelSeed.Sqlite.Loading;

/// <summary>Says of which table a row was refused, and by what, without a word of the row.</summary>
sealed class Refusal(DatabaseSchema schema)
{
    /// <exception cref="DatabaseException">RS3101: a constraint of the table refused a row; RS3109: a trigger did.</exception>
    public void Explain(TableName table, Action action)
    {
        try
        {
            action();
        }
        catch (DatabaseException fault) when (
            fault.InnerException is SqliteResultException { PrimaryCode: raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH } result)
        {
            throw result.Code == raw.SQLITE_CONSTRAINT_TRIGGER ? OfTrigger(table, result) : new DatabaseException("RS3101",
                $"{table} refused a row: {result.Message}. Nothing was written. 'relseed plan --explain' tells how the column is made; " +
                $"give it a rule, or leave the table out: --exclude {table}.", result);
        }
    }

    // A trigger may put values of the row into its words; those that stand in its text are the schema's.
    DatabaseException OfTrigger(TableName table, SqliteResultException result)
    {
        string[] literals = [$"'{result.Message.Replace("'", "''")}'", $"\"{result.Message.Replace("\"", "\"\"")}\""];
        var isInSchema = schema.Tables.SelectMany(t => t.Triggers).Any(t => literals.Any(t.Definition.Contains));
        return new DatabaseException("RS3109",
            $"{table} refused a row: a trigger {(isInSchema ? $"says '{result.Message}'" : "refuses it in words of its own")}. Nothing was written. " +
            $"Give the columns it looks at a rule, or leave the table out: --exclude {table}.", isInSchema ? result : null);
    }

    /// <summary>Prepares an INSERT, which fails when the table needs a collation or function that only its application registers.</summary>
    /// <exception cref="DatabaseException">RS3112: no row can be inserted at all.</exception>
    public static SqliteStatement PrepareInsert(SqliteHandle handle, TableName table, string sql)
    {
        try
        {
            return handle.Prepare(sql);
        }
        catch (DatabaseException fault) when (fault.InnerException is SqliteResultException { PrimaryCode: raw.SQLITE_ERROR } result)
        {
            throw new DatabaseException("RS3112",
                $"{table} takes no row on a plain connection: {result.Message}. Nothing was written. Leave the table out: --exclude {table}.",
                result);
        }
    }
}
