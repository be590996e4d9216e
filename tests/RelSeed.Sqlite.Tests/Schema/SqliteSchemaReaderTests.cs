using RelSeed.Schema;
using RelSeed.Sqlite.Interop;
using RelSeed.Sqlite.Schema;

namespace RelSeed.Sqlite.Tests.Schema;

public class SqliteSchemaReaderTests
{
    [Fact]
    public void Only_ordinary_tables_of_the_main_database_are_read()
    {
        var schema = SchemaOf.Sql(
            """
            CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT);
            CREATE TABLE A (x);
            CREATE VIEW v AS SELECT * FROM A;
            CREATE VIEW broken AS SELECT * FROM nowhere;
            CREATE TEMP TABLE t (x);
            CREATE VIRTUAL TABLE texts USING fts5(body);
            INSERT INTO A VALUES (1);
            CREATE INDEX ax ON A (x);
            ANALYZE;
            """);
        Assert.Equal(["main.A", "main.b"], schema.Tables.Select(t => t.Name.ToString()));
        Assert.Equal("sqlite", schema.Provider);
        Assert.Equal("main", schema.DefaultSchema);
        Assert.Equal(SqliteHandle.LibraryVersion, schema.ServerVersion);
    }

    [Fact]
    public void Row_estimates_come_from_analyze_and_are_minus_one_without()
    {
        var schema = SchemaOf.Sql(
            """
            CREATE TABLE counted (x);
            CREATE INDEX part ON counted (x) WHERE x > 2;
            CREATE INDEX whole ON counted (x);
            INSERT INTO counted VALUES (1), (2), (3);
            ANALYZE;
            CREATE TABLE later (x);
            """);
        Assert.Equal([3, -1], schema.Tables.Select(t => t.EstimatedRows));
    }

    [Fact]
    public void An_integer_primary_key_is_an_identity_and_autoincrement_its_sequence()
    {
        var schema = SchemaOf.Sql(
            """
            CREATE TABLE a (id INTEGER PRIMARY KEY);
            CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT);
            CREATE TABLE c (id integer, x, PRIMARY KEY (id AUTOINCREMENT));
            CREATE TABLE d (id INT PRIMARY KEY);
            CREATE TABLE e (id INTEGER PRIMARY KEY DESC);
            CREATE TABLE f (id INTEGER PRIMARY KEY) WITHOUT ROWID;
            CREATE TABLE g (id INTEGER, x INTEGER, PRIMARY KEY (id, x));
            """);
        var (yes, no) = (IdentityKind.ByDefault, IdentityKind.None);
        Assert.Equal([yes, yes, yes, no, no, no, no], schema.Tables.Select(t => t["id"].Identity));
        Assert.Equal([false, true, true, false, false, false, false], schema.Tables.Select(t => t["id"].Sequence is not null));
        Assert.All(schema.Tables, t => Assert.False(t["id"].IsNullable));
        Assert.All(schema.Tables, t => Assert.True(t.PrimaryKey!.IsPlain));
        Assert.Equal(["id", "x"], schema.Find(new("main", "g"))!.PrimaryKey!.ColumnNames);
    }

    [Fact]
    public void Columns_tell_their_nullability_default_collation_and_generation()
    {
        var table = SchemaOf.Table(
            """
            CREATE TABLE t (
              plain,
              needed TEXT NOT NULL DEFAULT (lower('A')) COLLATE NOCASE,
              empty TEXT DEFAULT NULL COLLATE "rtrim",
              stamp DATETIME DEFAULT CURRENT_TIMESTAMP,
              negative INTEGER DEFAULT -1,
              whole INTEGER GENERATED ALWAYS AS (negative * (2 /* twice */ + 1)) STORED,
              part TEXT AS ([needed] || ')') VIRTUAL UNIQUE
            )
            """);
        Assert.Equal([true, false, true, true, true, true, true], table.Columns.Select(c => c.IsNullable));
        Assert.Equal([null, "lower('A')", null, "CURRENT_TIMESTAMP", "-1", null, null], table.Columns.Select(c => c.Default));
        Assert.Equal([null, "NOCASE", "rtrim", null, null, null, null], table.Columns.Select(c => c.Collation));
        Assert.True(table["needed"].IsCaseInsensitive);
        Assert.Equal((GeneratedKind.Stored, "negative * (2 + 1)"), (table["whole"].Generated, table["whole"].GeneratedExpression));
        Assert.Equal((GeneratedKind.Virtual, "\"needed\" || ')'"), (table["part"].Generated, table["part"].GeneratedExpression));
        Assert.Equal("INTEGER", table["whole"].Type.Name);
        Assert.Equal("TEXT", table["plain"].Type.Name);
    }

    [Fact]
    public void Table_options_are_read()
    {
        var schema = SchemaOf.Sql("CREATE TABLE a (x ANY) STRICT; CREATE TABLE b (x TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;");
        Assert.Equal([(true, false), (true, true)], schema.Tables.Select(t => (t.IsStrict, t.IsWithoutRowId)));
    }

    [Fact]
    public void Triggers_tell_timing_event_and_text()
    {
        var table = SchemaOf.Table(
            """
            CREATE TABLE T (x, y);
            CREATE TRIGGER IF NOT EXISTS "insert" AFTER UPDATE OF x, y ON t BEGIN DELETE FROM t; END;
            CREATE TRIGGER main.two INSERT ON T WHEN new.x > 1 BEGIN SELECT RAISE(ABORT, 'no'); END;
            CREATE TRIGGER three BEFORE DELETE ON T FOR EACH ROW BEGIN SELECT 1; END;
            """);
        Assert.Equal(
            [("insert", TriggerTiming.After, TriggerEvents.Update), ("three", TriggerTiming.Before, TriggerEvents.Delete),
                ("two", TriggerTiming.Before, TriggerEvents.Insert)],
            table.Triggers.Select(t => (t.Name, t.Timing, t.Events)));
        Assert.All(table.Triggers, t => Assert.True(t is { IsRow: true, Enabled: true, IsDeferrable: false }));
        Assert.StartsWith("CREATE TRIGGER", table.Triggers[0].Definition);
    }

    [Fact]
    public void Hostile_names_are_read_as_they_are()
    {
        const string Table = "we\"ird [t] `x` 'y' (z) -- ünï", Column = "a \"b\" ) , CHECK (";
        var quoted = Table.Replace("\"", "\"\"");
        var table = SchemaOf.Table(
            $"""
            CREATE TABLE "{quoted}" (
              "{Column.Replace("\"", "\"\"")}" TEXT UNIQUE CHECK ("{Column.Replace("\"", "\"\"")}" <> '('),
              [select] INTEGER REFERENCES "{quoted}" ([select]) UNIQUE,
              `from``m` TEXT,
              'string' TEXT,
              "" INT
            );
            """);
        Assert.Equal(new TableName("main", Table), table.Name);
        Assert.Equal([Column, "select", "from`m", "string", ""], table.Columns.Select(c => c.Name));
        Assert.Equal(["\"a \"\"b\"\" ) , CHECK (\" <> '('"], table.Checks.Select(c => c.Expression));
        Assert.Equal([[Column], ["select"]], table.UniqueKeys.Select(k => k.ColumnNames));
        Assert.Equal(Table, Assert.Single(table.ForeignKeys).Principal.Name);
    }

    [Fact]
    public void A_read_only_file_gives_the_right_to_read_only()
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var handle = SqliteHandle.Open(path, SqliteAccess.ReadWrite)) handle.Execute("CREATE TABLE t (x)");
            using var reader = SqliteHandle.Open(path, SqliteAccess.ReadOnly);
            Assert.Equal(TableRights.Select, Assert.Single(SqliteSchemaReader.Read(reader, new()).Tables).Rights);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_table_that_needs_what_only_its_application_registers_gives_no_right_to_insert()
    {
        var schema = SchemaOf.Sql(
            """
            CREATE TABLE a (x);
            CREATE TABLE b (x);
            CREATE TRIGGER g BEFORE INSERT ON b BEGIN SELECT our_function(new.x); END;
            """);
        Assert.Equal([TableRights.All, TableRights.All & ~TableRights.Insert], schema.Tables.Select(t => t.Rights));
    }

    [Fact]
    public void Only_the_schema_main_can_be_asked_for()
    {
        using var handle = SqliteHandle.Open(":memory:", SqliteAccess.Create);
        SqliteSchemaReader.Read(handle, new() { Schemas = ["MAIN"] });
        var fault = Assert.Throws<UsageException>(() => SqliteSchemaReader.Read(handle, new() { Schemas = ["sales"] }));
        Assert.Equal("RS1102 There is no schema sales in :memory:: an SQLite file has the schema main only. Leave --schema out.", fault.Message);
    }

    [Fact]
    public void A_schema_of_every_construct_survives_json()
    {
        var schema = SchemaOf.Sql(
            """
            CREATE TABLE p (a INTEGER, b TEXT COLLATE NOCASE, PRIMARY KEY (a, b)) WITHOUT ROWID;
            CREATE TABLE c (id INTEGER PRIMARY KEY AUTOINCREMENT, a INTEGER, b TEXT, amount NUMERIC(10,2) DEFAULT 0 CHECK (amount >= 0),
              twice AS (amount * 2), FOREIGN KEY (a, b) REFERENCES p DEFERRABLE INITIALLY DEFERRED);
            CREATE UNIQUE INDEX u ON c (lower(b), a DESC) WHERE a > 1;
            CREATE TRIGGER tr AFTER INSERT ON c BEGIN SELECT 1; END;
            """);
        Assert.Equal(schema, SchemaJson.Read(SchemaJson.Write(schema)));
    }

    [Fact]
    public void A_schema_of_hundreds_of_tables_is_read_in_a_fixed_number_of_statements_and_little_time()
    {
        using var handle = SqliteHandle.Open(":memory:", SqliteAccess.Create);
        for (var i = 0; i < 500; i++)
            handle.Execute($"CREATE TABLE t{i} (id INTEGER PRIMARY KEY, a TEXT UNIQUE, p INTEGER REFERENCES t{i / 2}(id), CHECK (length(a) > 1));");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var schema = SqliteSchemaReader.Read(handle, new());
        Assert.Equal(500, schema.Tables.Count);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"{clock.Elapsed}");
    }
}
