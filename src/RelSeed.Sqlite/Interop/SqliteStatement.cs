using SQLitePCL;

namespace RelSeed.Sqlite.Interop;

/// <summary>A prepared statement. Parameters and columns are counted from 0; binding and reading allocate nothing but strings asked for.</summary>
sealed class SqliteStatement(SqliteHandle owner, sqlite3_stmt statement) : IDisposable
{
    public int ParameterCount => raw.sqlite3_bind_parameter_count(statement);
    public int ColumnCount => raw.sqlite3_column_count(statement);

    public void BindNull(int index) => owner.Check(raw.sqlite3_bind_null(statement, index + 1));
    public void Bind(int index, long value) => owner.Check(raw.sqlite3_bind_int64(statement, index + 1, value));
    public void Bind(int index, double value) => owner.Check(raw.sqlite3_bind_double(statement, index + 1, value));

    /// <summary>Binds a copy of UTF-8 text.</summary>
    public void BindText(int index, ReadOnlySpan<byte> utf8) => owner.Check(raw.sqlite3_bind_text(statement, index + 1, utf8));

    public void BindText(int index, string text) => owner.Check(raw.sqlite3_bind_text(statement, index + 1, text));

    /// <summary>Binds a copy of the bytes.</summary>
    public void BindBlob(int index, ReadOnlySpan<byte> bytes) => owner.Check(raw.sqlite3_bind_blob(statement, index + 1, bytes));

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) owner.Throw(code);
        return false;
    }

    /// <summary>Runs the statement to its end and makes it ready for the next values; parameters keep theirs.</summary>
    public void Run()
    {
        var code = raw.sqlite3_step(statement);
        if (code != raw.SQLITE_DONE && code != raw.SQLITE_ROW) Fail(code);
        raw.sqlite3_reset(statement);
    }

    public void Reset() => raw.sqlite3_reset(statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    /// <summary>How the value is stored: SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT, SQLITE_BLOB or SQLITE_NULL.</summary>
    public int StorageOf(int column) => raw.sqlite3_column_type(statement, column);

    public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);
    public bool GetBoolean(int column) => GetInt64(column) != 0;
    public double GetDouble(int column) => raw.sqlite3_column_double(statement, column);

    /// <summary>The value as UTF-8 text or raw bytes; valid until the next step or reset, empty for NULL.</summary>
    public ReadOnlySpan<byte> GetBytes(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>The value as text; null for NULL.</summary>
    public string? GetText(int column) => IsNull(column) ? null : raw.sqlite3_column_text(statement, column).utf8_to_string();

    public void Dispose() => statement.Dispose();

    void Fail(int code)
    {
        try
        {
            owner.Throw(code);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }
}
