using SQLitePCL;

namespace RelSeed.Sqlite.Interop;

/// <summary>One connection to a database file, used by one thread at a time.</summary>
sealed class SqliteHandle : IDisposable
{
    const int DoubleQuotedStringsInDml = 1013;
    const int DoubleQuotedStringsInDdl = 1014;

    readonly sqlite3 _db;
    readonly bool _isOwned;
    CancellationToken _cancellation;

    static SqliteHandle() => Batteries_V2.Init();

    SqliteHandle(sqlite3 db, string path, bool isOwned) => (_db, Path, _isOwned) = (db, path, isOwned);

    /// <summary>The file as the user named it.</summary>
    public string Path { get; }

    public static string LibraryVersion => raw.sqlite3_libversion().utf8_to_string();

    public bool IsReadOnly => raw.sqlite3_db_readonly(_db, "main") == 1;
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_db) == 0;

    /// <summary>Rows that the last INSERT, UPDATE or DELETE changed, those of its triggers left out.</summary>
    public long Changes => raw.sqlite3_changes(_db);

    /// <param name="path">A file, or <c>:memory:</c> for a database of this connection's own.</param>
    /// <param name="busyTimeout">How long a statement waits for another connection's lock.</param>
    /// <exception cref="DatabaseException">RS3001, RS3004, RS3011 to RS3013: the file is missing, locked, no database, or damaged.</exception>
    public static SqliteHandle Open(string path, SqliteAccess access, TimeSpan? busyTimeout = null)
    {
        var flags = access switch
        {
            SqliteAccess.ReadOnly => raw.SQLITE_OPEN_READONLY,
            SqliteAccess.ReadWrite => raw.SQLITE_OPEN_READWRITE,
            _ => raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE,
        };
        var code = raw.sqlite3_open_v2(path, out var db, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        var handle = new SqliteHandle(db, path, isOwned: true);
        try
        {
            handle.Check(code);
            handle.Configure(busyTimeout ?? TimeSpan.FromSeconds(5));
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>A connection that another owns and has configured; it is never closed here.</summary>
    public static SqliteHandle Over(sqlite3 db, string path) => new(db, path, isOwned: false);

    /// <summary>Runs one or more statements and drops what they return.</summary>
    public void Execute(string sql)
    {
        var rest = sql;
        while (rest.Length > 0)
        {
            Check(raw.sqlite3_prepare_v2(_db, rest, out var statement, out rest));
            using (statement)
            {
                // Comments and blanks prepare to nothing.
                if (statement.IsInvalid) continue;
                int code;
                do code = raw.sqlite3_step(statement);
                while (code == raw.SQLITE_ROW);
                if (code != raw.SQLITE_DONE) Throw(code);
            }
        }
    }

    /// <summary>Prepares one statement that will run many times.</summary>
    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_db, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return new SqliteStatement(this, statement);
    }

    /// <summary>Whether the schema and the library allow a statement; it is not run.</summary>
    public bool CanPrepare(string sql)
    {
        var code = raw.sqlite3_prepare_v2(_db, sql, out var statement);
        statement.Dispose();
        return code == raw.SQLITE_OK;
    }

    /// <summary>The first column of the first row, or null.</summary>
    public string? QueryText(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.GetText(0) : null;
    }

    /// <summary>The first column of the first row, 0 when there is none or it is NULL.</summary>
    public long QueryInt64(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.GetInt64(0) : 0;
    }

    /// <summary>Until the result is disposed, a cancelled token stops the running statement, which then throws
    /// <see cref="OperationCanceledException"/>; between statements the caller looks at the token itself.</summary>
    public IDisposable InterruptOn(CancellationToken cancellation)
    {
        _cancellation = cancellation;
        return cancellation.Register(static db => raw.sqlite3_interrupt((sqlite3)db!), _db);
    }

    internal void Check(int code)
    {
        if (code != raw.SQLITE_OK) Throw(code);
    }

    internal void Throw(int code)
    {
        if ((code & 0xFF) == raw.SQLITE_INTERRUPT) throw new OperationCanceledException(_cancellation);
        // Another's connection may tell no more than the class of a fault.
        if (!_isOwned && (raw.sqlite3_extended_errcode(_db) & 0xFF) == code) code = raw.sqlite3_extended_errcode(_db);
        var said = raw.sqlite3_errmsg(_db).utf8_to_string() ?? raw.sqlite3_errstr(code).utf8_to_string();
        throw SqliteFault.From(code, said, Path);
    }

    public void Dispose()
    {
        if (_isOwned) _db.Dispose();
    }

    void Configure(TimeSpan busyTimeout)
    {
        raw.sqlite3_extended_result_codes(_db, 1);
        raw.sqlite3_busy_timeout(_db, (int)busyTimeout.TotalMilliseconds);
        // Triggers and views that write strings in double quotes must work as they do for the application.
        raw.sqlite3_db_config(_db, DoubleQuotedStringsInDml, 1, out _);
        raw.sqlite3_db_config(_db, DoubleQuotedStringsInDdl, 1, out _);
        // A first read, because the file is looked at only now.
        QueryInt64("PRAGMA schema_version");
    }
}
