using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.Sqlite.Tests.Loading;

public class SqliteLoaderTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static async Task<LoadReport> LoadAsync(TemporaryDatabase database, HandMadeSeed seed, LoadOptions? options = null,
        IProgress<LoadProgress>? progress = null, CancellationToken? cancellation = null)
    {
        var (plan, rows) = seed.Build();
        return await database.Target.LoadAsync(plan, rows, options ?? new LoadOptions(), progress, cancellation ?? Cancellation);
    }

    [Fact]
    public async Task Every_type_is_stored_in_the_form_that_sqlite_reads()
    {
        using var database = new TemporaryDatabase(
            """
            CREATE TABLE t (id INTEGER PRIMARY KEY, flag BOOLEAN, small SMALLINT, big BIGINT, price NUMERIC(10,2), whole DECIMAL(5,0), ratio DOUBLE,
              name VARCHAR(20), none TEXT, empty TEXT, raw BLOB, key UUID, day DATE, clock TIME, stamp DATETIME, instant TIMESTAMPTZ, doc JSON, twice AS (id * 2));
            """);
        var seed = new HandMadeSeed(await database.ReadSchemaAsync()).Rows("t", 1)
            .Numbers("t", "id", _ => 7).Numbers("t", "flag", _ => 1).Numbers("t", "small", _ => -3).Numbers("t", "big", _ => long.MaxValue)
            .Numbers("t", "price", _ => 1999).Numbers("t", "whole", _ => 12).Reals("t", "ratio", _ => 0.1)
            .Texts("t", "name", _ => "grün '\"; --").Texts("t", "none", _ => null).Texts("t", "empty", _ => "").Texts("t", "raw", _ => "\0A")
            .Uuids("t", "key", _ => UInt128.Parse("00112233445566778899aabbccddeeff", System.Globalization.NumberStyles.HexNumber))
            .Numbers("t", "day", _ => 19_782).Numbers("t", "clock", _ => 1_000_000).Numbers("t", "stamp", _ => 1).Numbers("t", "instant", _ => 0)
            .Texts("t", "doc", _ => "{\"a\":1}");
        var report = await LoadAsync(database, seed);
        Assert.Equal(
            ["7|1|-3|9223372036854775807|19.99|12|0.1|grün '\"; --|||x'0041'|00112233-4455-6677-8899-aabbccddeeff|2024-02-29|00:00:01|1970-01-01 00:00:00.000001|1970-01-01 00:00:00+00:00|{\"a\":1}|14"],
            (await database.Target.ReadSampleAsync((await database.ReadSchemaAsync()).Tables[0], 5, Cancellation))
                .Select(row => string.Join('|', row)));
        Assert.Equal(["integer|real|integer|null|text|blob|text"],
            database.Query("SELECT typeof(flag), typeof(price), typeof(whole), typeof(none), typeof(empty), typeof(raw), typeof(day) FROM t"));
        Assert.Equal((1, 1), (report.Rows, report.Tables.Count));
    }

    [Theory, InlineData(1, 8192), InlineData(3, 100), InlineData(2, 1)]
    public async Task Threads_and_batches_change_nothing(int threads, int batchRows)
    {
        using var one = new TemporaryDatabase("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT);");
        using var other = new TemporaryDatabase("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT);");
        async Task<LoadReport> Load(TemporaryDatabase database, LoadOptions options) =>
            await LoadAsync(database, new HandMadeSeed(await database.ReadSchemaAsync()).Rows("t", 1_234).Numbers("t", "id", row => row)
                .Texts("t", "name", row => row % 7 == 0 ? null : $"n{row}"), options);
        var first = await Load(one, new LoadOptions { Threads = 1 });
        var second = await Load(other, new LoadOptions { Threads = threads, BatchRows = batchRows });
        Assert.Equal((first.Digest, first.Tables[0].Digest), (second.Digest, second.Tables[0].Digest));
        Assert.Equal(one.Dump("t"), other.Dump("t"));
        Assert.Equal(["1234|177"], one.Query("SELECT count(*), sum(name IS NULL) FROM t"));
    }

    [Fact]
    public async Task Large_tables_get_their_indexes_again_exactly_as_they_were()
    {
        using var database = new TemporaryDatabase(
            """
            CREATE TABLE "a b" (id INTEGER PRIMARY KEY, name TEXT UNIQUE, x INT);
            CREATE UNIQUE INDEX "i""1" ON "A B" (lower(name) DESC) /* why */ WHERE x > 2;
            CREATE INDEX i2 ON "a b" (x, name COLLATE NOCASE);
            """);
        var before = database.Dump();
        var seed = new HandMadeSeed(await database.ReadSchemaAsync()).Rows("a b", 500).Numbers("a b", "id", row => row)
            .Texts("a b", "name", row => $"n{row}").Numbers("a b", "x", row => row % 10);
        var report = await LoadAsync(database, seed, new LoadOptions { RebuildThreshold = 500 });
        Assert.Equal(2, report.Rebuilt);
        Assert.Equal(before, string.Join('\n', database.Dump().Split('\n').Where(line => !line.Contains("sqlite_stat"))));
        Assert.Equal(["ok"], database.Query("PRAGMA integrity_check"));
    }

    [Theory, InlineData(true, false), InlineData(false, true)]
    public async Task Indexes_stay_when_asked_or_when_triggers_may_need_them(bool keep, bool hasTrigger)
    {
        using var database = new TemporaryDatabase("CREATE TABLE t (x INT); CREATE INDEX i ON t (x);"
            + (hasTrigger ? "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END;" : ""));
        var seed = new HandMadeSeed(await database.ReadSchemaAsync()).Rows("t", 100).Numbers("t", "x", row => row);
        var report = await LoadAsync(database, seed, new LoadOptions { RebuildThreshold = 1, KeepConstraints = keep });
        Assert.Equal((0, hasTrigger ? 1 : 0), (report.Rebuilt, report.Notes.Count));
    }

    [Theory]
    [InlineData("x INT CHECK (x < 5000)", "CHECK constraint failed: x < 5000")]
    [InlineData("x INT, y AS (x / 2) UNIQUE", "UNIQUE constraint failed: t.y")]
    [InlineData("x INT, z NOT NULL", "NOT NULL constraint failed: t.z")]
    public async Task A_refused_row_names_table_and_constraint_and_nothing_is_written(string columns, string said)
    {
        using var database = new TemporaryDatabase($"CREATE TABLE a (x INT); CREATE TABLE t ({columns});");
        var before = database.Dump("a", "t");
        var seed = new HandMadeSeed(await database.ReadSchemaAsync()).Rows("a", 10).Numbers("a", "x", row => row).Rows("t", 10_000)
            .Numbers("t", "x", row => row);
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => LoadAsync(database, seed));
        Assert.Equal($"RS3101 main.t refused a row: {said}. Nothing was written. 'relseed plan --explain' tells how the column is made; "
            + "give it a rule, or leave the table out: --exclude main.t.", fault.Message);
        Assert.Equal(before, database.Dump("a", "t"));
    }

    [Theory]
    [InlineData("'not on it''s day'", "trigger says 'not on it's day'")]
    [InlineData("'value ' || new.x", "trigger refuses it in words of its own")]
    public async Task A_trigger_that_refuses_is_quoted_only_where_its_words_stand_in_the_schema(string words, string said)
    {
        using var database =
            new TemporaryDatabase($"CREATE TABLE t (x); CREATE TRIGGER g BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, {words}); END;");
        var seed = new HandMadeSeed(await database.ReadSchemaAsync()).Rows("t", 1).Texts("t", "x", _ => "secret");
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => LoadAsync(database, seed));
        Assert.Equal(
            $"RS3109 main.t refused a row: a {said}. Nothing was written. Give the columns it looks at a rule, or leave the table out: --exclude main.t.", fault.Message);
        Assert.DoesNotContain("secret", fault.ToString());
    }

    [Fact]
    public async Task A_table_that_takes_no_row_on_a_plain_connection_is_named()
    {
        using var database = new TemporaryDatabase("CREATE TABLE t (x); CREATE TRIGGER g BEFORE INSERT ON t BEGIN SELECT our_function(new.x); END;");
        var seed = new HandMadeSeed(await database.ReadSchemaAsync()).Rows("t", 1).Numbers("t", "x", row => row);
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => LoadAsync(database, seed));
        Assert.Equal(
            "RS3112 main.t takes no row on a plain connection: no such function: our_function. Nothing was written. Leave the table out: --exclude main.t.", fault.Message);
    }

    [Fact]
    public async Task A_unique_index_that_cannot_be_made_again_leaves_everything_as_it_was()
    {
        using var database = new TemporaryDatabase("CREATE TABLE t (x INT); CREATE UNIQUE INDEX i ON t (x);");
        var before = database.Dump("t");
        var seed = new HandMadeSeed(await database.ReadSchemaAsync()).Rows("t", 100).Numbers("t", "x", row => row / 2);
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => LoadAsync(database, seed, new LoadOptions { RebuildThreshold = 1 }));
        Assert.StartsWith("RS3101 main.t refused a row: UNIQUE constraint failed: t.x. Nothing was written.", fault.Message);
        Assert.Equal(before, database.Dump("t"));
    }

    [Fact]
    public async Task Rows_without_their_parent_are_refused_at_the_end()
    {
        using var database = new TemporaryDatabase("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p_id INT REFERENCES p);");
        var seed = new HandMadeSeed(await database.ReadSchemaAsync())
            .Rows("c", 100).Numbers("c", "p_id", row => row == 3 ? null : row).Rows("p", 90).Numbers("p", "id", row => row);
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => LoadAsync(database, seed));
        Assert.Equal("RS3101 main.c would hold 10 rows that refer to no row of main.p by c_p_id_fkey (p_id) -> main.p(id). Nothing was written. "
            + "Fill main.p in the same run, or give the columns a rule that leaves them NULL.", fault.Message);
        Assert.Equal(["0"], database.Query("SELECT count(*) FROM p"));
    }

    [Fact]
    public async Task Children_may_come_before_their_parents_and_enforcement_is_back_afterwards()
    {
        using var database =
            new TemporaryDatabase("CREATE TABLE c (p_id INT NOT NULL REFERENCES p, boss INT); CREATE TABLE p (id INTEGER PRIMARY KEY, c_id INT);");
        await database.Target.ExecuteAsync("PRAGMA foreign_keys = ON", Cancellation);
        var seed = new HandMadeSeed(await database.ReadSchemaAsync()).Rows("c", 10).Numbers("c", "p_id", row => row).Rows("p", 10)
            .Numbers("p", "id", row => row);
        await LoadAsync(database, seed);
        await Assert.ThrowsAsync<DatabaseException>(() => database.Target.ExecuteAsync("INSERT INTO c (p_id) VALUES (99)", Cancellation));
    }

    [Fact]
    public async Task A_cancelled_load_leaves_the_database_as_it_was()
    {
        using var database = new TemporaryDatabase("CREATE TABLE t (x INT); CREATE INDEX i ON t (x); INSERT INTO t VALUES (1);");
        var before = database.Dump("t");
        using var cancellation = new CancellationTokenSource();
        var seed = new HandMadeSeed(await database.ReadSchemaAsync()).Rows("t", 1_000_000).Numbers("t", "x", row => row);
        var progress = new Immediately(p => { if (p.Rows > 100_000) cancellation.Cancel(); });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LoadAsync(database, seed, new LoadOptions(), progress, cancellation.Token));
        Assert.Equal(before, database.Dump("t"));
    }

    [Fact]
    public async Task A_full_disk_leaves_the_database_as_it_was()
    {
        using var database = new TemporaryDatabase("CREATE TABLE t (x INT); INSERT INTO t VALUES (1);");
        var before = database.Dump("t");
        var seed = new HandMadeSeed(await database.ReadSchemaAsync()).Rows("t", 100_000).Numbers("t", "x", row => row);
        var options = new LoadOptions { Settings = new Dictionary<string, string> { ["max_page_count"] = "20" } };
        Assert.Equal("RS3106", (await Assert.ThrowsAsync<DatabaseException>(() => LoadAsync(database, seed, options))).Id);
        Assert.Equal(before, database.Dump("t"));
    }

    [Fact]
    public async Task Truncating_empties_first_and_numbers_begin_anew()
    {
        using var database = new TemporaryDatabase(
            "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, x INT); CREATE TABLE kept (x INT); INSERT INTO t VALUES (900, 1); INSERT INTO kept VALUES (1);");
        var seed = new HandMadeSeed(await database.ReadSchemaAsync()).Rows("t", 10).Numbers("t", "id", row => row + 1);
        await LoadAsync(database, seed, new LoadOptions { Truncate = true });
        Assert.Equal(["1|10|10|1"], database.Query("SELECT min(id), max(id), (SELECT seq FROM sqlite_sequence), (SELECT count(*) FROM kept) FROM t"));
    }

    [Fact]
    public async Task Autoincrement_goes_on_behind_the_rows_and_a_table_without_written_columns_takes_its_defaults()
    {
        using var database =
            new TemporaryDatabase(
            "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, x INT DEFAULT 5); CREATE TABLE u (id INTEGER PRIMARY KEY AUTOINCREMENT);");
        var seed = new HandMadeSeed(await database.ReadSchemaAsync()).Rows("t", 70).Rows("u", 3).Numbers("u", "id", row => row + 41);
        await LoadAsync(database, seed);
        await database.Target.ExecuteAsync("INSERT INTO t (x) VALUES (6); INSERT INTO u DEFAULT VALUES", Cancellation);
        Assert.Equal(["71|356|44"], database.Query("SELECT count(*), sum(x), (SELECT max(id) FROM u) FROM t"));
    }

    [Fact]
    public async Task A_database_in_wal_mode_stays_in_it_and_statistics_are_made()
    {
        using var database = new TemporaryDatabase("PRAGMA journal_mode = WAL; CREATE TABLE t (x INT); CREATE INDEX i ON t (x);");
        await LoadAsync(database, new HandMadeSeed(await database.ReadSchemaAsync()).Rows("t", 300).Numbers("t", "x", row => row));
        Assert.Equal(["wal"], database.Query("PRAGMA journal_mode"));
        Assert.Equal(300, (await database.ReadSchemaAsync()).Tables[0].EstimatedRows);
    }

    [Fact]
    public async Task Filled_tables_are_found()
    {
        using var database = new TemporaryDatabase("CREATE TABLE a (x); CREATE TABLE \"b \"\"c\" (x); INSERT INTO \"b \"\"c\" VALUES (NULL);");
        var found = await database.Target.FindFilledTablesAsync((await database.ReadSchemaAsync()).Tables, Cancellation);
        Assert.Equal(new TableName("main", "b \"c"), Assert.Single(found));
    }

    [Fact]
    public async Task A_setting_must_be_the_name_of_a_pragma()
    {
        using var database = new TemporaryDatabase("CREATE TABLE t (x INT);");
        var options = new LoadOptions { Settings = new Dictionary<string, string> { ["x; DROP TABLE t"] = "1" } };
        var fault =
            await Assert.ThrowsAsync<UsageException>(async () =>
            await LoadAsync(database, new HandMadeSeed(await database.ReadSchemaAsync()), options));
        Assert.Equal("RS1303 'x; DROP TABLE t' is no name of an SQLite pragma: letters, digits and underscores only. Mend the setting.",
            fault.Message);
    }

    sealed class Immediately(Action<LoadProgress> report) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => report(value);
    }
}
