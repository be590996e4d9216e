using System.Diagnostics;
using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Tests.Interop;

public sealed class SqliteHandleTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("relseed-sqlite-").FullName;

    string PathOf(string name) => Path.Combine(_folder, name);

    [Fact]
    public void Values_of_every_kind_come_back_as_they_were_bound()
    {
        using var handle = SqliteHandle.Open(":memory:", SqliteAccess.Create);
        using var statement = handle.Prepare("SELECT ?1, ?2, ?3, ?4, ?5, ?6, typeof(?5), typeof(?6)");
        statement.BindNull(0);
        statement.Bind(1, long.MinValue);
        statement.Bind(2, 0.1);
        statement.BindText(3, "grün 🌱"u8);
        statement.BindText(4, ""u8);
        statement.BindBlob(5, ReadOnlySpan<byte>.Empty);
        Assert.True(statement.Step());
        Assert.True(statement.IsNull(0));
        Assert.Equal((long.MinValue, 0.1, "grün 🌱", "", "text", "blob"),
            (statement.GetInt64(1), statement.GetDouble(2), statement.GetText(3), statement.GetText(4), statement.GetText(6), statement.GetText(7)));
        Assert.False(statement.Step());
    }

    [Fact]
    public void Several_statements_run_at_once_and_comments_are_nothing()
    {
        using var handle = SqliteHandle.Open(":memory:", SqliteAccess.Create);
        handle.Execute("CREATE TABLE t (x); /* a ; b */ INSERT INTO t VALUES (';'); -- done\n INSERT INTO t SELECT x FROM t; -- end");
        Assert.Equal(2, handle.QueryInt64("SELECT count(*) FROM t"));
        Assert.Equal(";", handle.QueryText("SELECT x FROM t"));
        Assert.Null(handle.QueryText("SELECT x FROM t WHERE x = 1"));
    }

    [Fact]
    public void A_missing_file_is_an_error_that_names_it()
    {
        var fault = Assert.Throws<DatabaseException>(() => SqliteHandle.Open(PathOf("none.db"), SqliteAccess.ReadWrite));
        Assert.Equal($"RS3001 {PathOf("none.db")} cannot be opened: unable to open database file. "
            + "Check that the file exists and that you may read and write it and its folder.", fault.Message);
        Assert.Equal(ExitCode.DatabaseRefused, fault.ExitCode);
        Assert.False(File.Exists(PathOf("none.db")));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_when_opened()
    {
        File.WriteAllText(PathOf("text.db"), new string('x', 5000));
        var fault = Assert.Throws<DatabaseException>(() => SqliteHandle.Open(PathOf("text.db"), SqliteAccess.ReadWrite));
        Assert.Equal($"RS3011 {PathOf("text.db")} is not an SQLite database. Name a database file, or one that does not exist yet.", fault.Message);
    }

    [Fact]
    public void A_locked_file_is_waited_for_and_then_named()
    {
        using var first = SqliteHandle.Open(PathOf("a.db"), SqliteAccess.Create);
        first.Execute("CREATE TABLE t (x); BEGIN IMMEDIATE");
        using var second = SqliteHandle.Open(PathOf("a.db"), SqliteAccess.ReadWrite, TimeSpan.FromMilliseconds(100));
        var clock = Stopwatch.StartNew();
        var fault = Assert.Throws<DatabaseException>(() => second.Execute("BEGIN IMMEDIATE"));
        Assert.Equal("RS3016", fault.Id);
        Assert.True(clock.ElapsedMilliseconds >= 90);
    }

    [Fact]
    public void A_full_disk_is_told_as_such()
    {
        using var handle = SqliteHandle.Open(PathOf("full.db"), SqliteAccess.Create);
        handle.Execute("PRAGMA max_page_count = 3; CREATE TABLE t (x)");
        var fault = Assert.Throws<DatabaseException>(() => handle.Execute("INSERT INTO t VALUES (zeroblob(100000))"));
        Assert.Equal($"RS3106 The disk that holds {PathOf("full.db")} is full. Free some space, or ask for fewer rows with --rows.", fault.Message);
    }

    [Fact]
    public void A_refused_row_tells_the_extended_code_and_leaves_the_statement_usable()
    {
        using var handle = SqliteHandle.Open(":memory:", SqliteAccess.Create);
        handle.Execute("CREATE TABLE t (x UNIQUE)");
        using var insert = handle.Prepare("INSERT INTO t VALUES (?1)");
        insert.Bind(0, 1);
        insert.Run();
        var fault = Assert.Throws<DatabaseException>(insert.Run);
        var result = Assert.IsType<SqliteResultException>(fault.InnerException);
        Assert.Equal((2067, 19, "UNIQUE constraint failed: t.x"), (result.Code, result.PrimaryCode, result.Message));
        insert.Bind(0, 2);
        insert.Run();
        Assert.Equal(2, handle.QueryInt64("SELECT count(*) FROM t"));
    }

    [Fact]
    public void Writing_to_a_file_opened_for_reading_is_refused()
    {
        using (SqliteHandle.Open(PathOf("r.db"), SqliteAccess.Create)) File.WriteAllBytes(PathOf("r.db"), []);
        using var handle = SqliteHandle.Open(PathOf("r.db"), SqliteAccess.ReadOnly);
        Assert.True(handle.IsReadOnly);
        Assert.Equal("RS3102", Assert.Throws<DatabaseException>(() => handle.Execute("CREATE TABLE t (x)")).Id);
    }

    [Fact]
    public void Cancelling_stops_a_running_statement()
    {
        using var handle = SqliteHandle.Open(":memory:", SqliteAccess.Create);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        using var registration = handle.InterruptOn(cancellation.Token);
        var fault = Assert.Throws<OperationCanceledException>(() =>
            handle.QueryInt64("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"));
        Assert.Equal(cancellation.Token, fault.CancellationToken);
    }

    [Fact]
    public void Strings_in_double_quotes_work_in_triggers_as_they_do_for_the_application()
    {
        using var handle = SqliteHandle.Open(":memory:", SqliteAccess.Create);
        handle.Execute(
            """CREATE TABLE t (x); CREATE TRIGGER tr AFTER INSERT ON t WHEN new.x = 'a' BEGIN UPDATE t SET x = "b"; END; INSERT INTO t VALUES ('a')""");
        Assert.Equal("b", handle.QueryText("SELECT x FROM t"));
    }

    [Fact]
    public void Binding_and_running_allocates_nothing()
    {
        using var handle = SqliteHandle.Open(":memory:", SqliteAccess.Create);
        handle.Execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c REAL)");
        using var insert = handle.Prepare("INSERT INTO t VALUES (?1, ?2, ?3)");
        InsertRows(insert, 0, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        InsertRows(insert, 100, 1_100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    static void InsertRows(SqliteStatement insert, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            insert.Bind(0, i);
            insert.BindText(1, "some text"u8);
            insert.Bind(2, 0.5);
            insert.Run();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
