using RelSeed.Specification.Tests;
using static RelSeed.Specification.Tests.FilledDatabases;

namespace RelSeed.Sqlite.Tests;

public class SqliteRehearsalTests : RehearsalSpecification
{
    protected override Task<ITestDatabase> CreateAsync(string schemaSql) => SqliteTestDatabase.CreateAsync(schemaSql);

    protected override string Refusing(string trigger, string table, string condition) =>
        $"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, 'refused by {trigger}'); END;";

    protected override string RefusingAll(string trigger, string table) =>
        $"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'refused by {trigger}'); END;";

    protected override string Dropping(string trigger, string table, string condition) =>
        $"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} WHEN {condition} BEGIN SELECT RAISE(IGNORE); END;";

    [Fact]
    public async Task A_constant_that_the_database_computes_chooses_the_parents()
    {
        await using var database = await CreateAsync("""
            CREATE TABLE accounts (chain TEXT NOT NULL, account TEXT NOT NULL, PRIMARY KEY (chain, account));
            CREATE TABLE operators (id INTEGER PRIMARY KEY, account TEXT NOT NULL, chain TEXT GENERATED ALWAYS AS ('ETH') VIRTUAL,
              FOREIGN KEY (chain, account) REFERENCES accounts (chain, account));
            CREATE TABLE stakes (id INTEGER PRIMARY KEY, account TEXT NOT NULL, chain TEXT GENERATED ALWAYS AS ('SOL') VIRTUAL,
              FOREIGN KEY (chain, account) REFERENCES accounts (chain, account));
            """);
        await FillAsync(database);
        foreach (var table in new[] { "accounts", "operators", "stakes" }) Assert.Equal(80, await CountAsync(database, table));
    }

    const string Library = """
        CREATE TABLE libraries (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE items (id INTEGER PRIMARY KEY, library_id INTEGER NOT NULL REFERENCES libraries (id), title TEXT NOT NULL);
        CREATE TABLE shelves (id INTEGER PRIMARY KEY, library_id INTEGER NOT NULL REFERENCES libraries (id));
        """;

    [Theory]
    [InlineData("SELECT CASE WHEN (SELECT id FROM items WHERE id = NEW.item) IS NULL THEN RAISE(ABORT, 'no item') END;")]
    [InlineData("SELECT CASE WHEN((SELECT 1 FROM items i WHERE i.id = NEW.item) ISNULL) THEN RAISE(FAIL, 'no item') END;")]
    [InlineData("SELECT RAISE(ROLLBACK, 'no item') WHERE (SELECT id FROM items WHERE id = NEW.item) IS NULL;")]
    [InlineData("SELECT RAISE(ABORT, 'no item') WHERE NOT EXISTS (SELECT 1 FROM items WHERE id = NEW.item);")]
    public async Task A_trigger_that_looks_for_a_parent_binds_the_column_like_a_foreign_key(string body)
    {
        await using var database =
            await CreateAsync(Library
            + $"CREATE TABLE comments (id INTEGER PRIMARY KEY, item INTEGER NOT NULL, text TEXT NOT NULL); CREATE TRIGGER fk BEFORE INSERT ON comments BEGIN {body} END;");
        var report = await FillAsync(database);
        Assert.Equal(80, await CountAsync(database, "comments"));
        Assert.Equal(0, await CountAsync(database, "comments WHERE item NOT IN (SELECT id FROM items)"));
        Assert.Equal(["Rows of comments take item from items (trigger fk on items)."], report.Plan.Warnings);
    }

    [Fact]
    public async Task Each_arm_of_a_trigger_that_looks_for_a_parent_binds_its_column()
    {
        await using var database = await CreateAsync(Library + """
            CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
            CREATE TABLE item_tags (id INTEGER PRIMARY KEY, item INTEGER NOT NULL, tag INTEGER NOT NULL, UNIQUE (item, tag));
            CREATE TRIGGER fk BEFORE INSERT ON item_tags BEGIN
              SELECT CASE
                WHEN (SELECT id FROM items WHERE id = NEW.item) IS NULL THEN RAISE(ABORT, 'no item')
                WHEN (SELECT id FROM tags WHERE id = NEW.tag) IS NULL THEN RAISE(ABORT, 'no tag')
              END;
            END;
            """);
        await FillAsync(database);
        Assert.Equal(80, await CountAsync(database, "item_tags"));
        Assert.Equal(0, await CountAsync(database, "item_tags WHERE item NOT IN (SELECT id FROM items) OR tag NOT IN (SELECT id FROM tags)"));
    }

    [Fact]
    public async Task A_trigger_that_looks_for_a_parent_only_of_rows_with_one_leaves_others_without()
    {
        await using var database = await CreateAsync(Library + """
            CREATE TABLE comments (id INTEGER PRIMARY KEY, item INTEGER, text TEXT NOT NULL);
            CREATE TRIGGER fk BEFORE INSERT ON comments BEGIN SELECT RAISE(ABORT, 'no item') WHERE NEW.item IS NOT NULL AND (SELECT id FROM items WHERE id = NEW.item) IS NULL; END;
            """);
        await FillAsync(database);
        Assert.Equal(80, await CountAsync(database, "comments"));
        Assert.Equal(0, await CountAsync(database, "comments WHERE item NOT IN (SELECT id FROM items)"));
        Assert.True(await CountAsync(database, "comments WHERE item IS NULL") is > 0 and < 80);
    }

    [Fact]
    public async Task Parents_whose_columns_a_trigger_compares_agree()
    {
        await using var database = await CreateAsync(Library + """
            CREATE TABLE placements (shelf INTEGER NOT NULL REFERENCES shelves (id), item INTEGER NOT NULL REFERENCES items (id), PRIMARY KEY (shelf, item));
            CREATE TRIGGER same_library BEFORE INSERT ON placements BEGIN
              SELECT RAISE(ABORT, 'another library') WHERE (SELECT library_id FROM shelves WHERE id = NEW.shelf) != (SELECT library_id FROM items WHERE id = NEW.item);
            END;
            """);
        await FillAsync(database);
        Assert.Equal(80, await CountAsync(database, "placements"));
        Assert.Equal(0,
            await CountAsync(database,
            "placements p JOIN shelves s ON s.id = p.shelf JOIN items i ON i.id = p.item WHERE s.library_id <> i.library_id"));
    }

    [Fact]
    public async Task A_table_that_triggers_of_another_write_unless_the_row_stands_is_written_first()
    {
        await using var database = await CreateAsync("""
            CREATE TABLE devices (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
            CREATE TABLE files (number INTEGER PRIMARY KEY, device INTEGER NOT NULL REFERENCES devices (id), size INTEGER NOT NULL);
            CREATE TABLE lasts (device INTEGER NOT NULL PRIMARY KEY REFERENCES devices (id), number INTEGER NOT NULL, note TEXT NOT NULL) WITHOUT ROWID;
            CREATE TRIGGER last_file AFTER INSERT ON files BEGIN
              INSERT INTO lasts VALUES (NEW.device, NEW.number, '') ON CONFLICT DO UPDATE SET number = NEW.number;
            END;
            """);
        await FillAsync(database);
        Assert.Equal(80, await CountAsync(database, "files"));
        Assert.Equal(80, await CountAsync(database, "lasts"));
        Assert.Equal(0, await CountAsync(database, "files f JOIN lasts l ON l.device = f.device WHERE f.number > l.number"));
    }

    [Fact]
    public async Task A_key_that_leads_to_no_table_is_null()
    {
        await using var database = await CreateAsync("""
            CREATE TABLE media (id INTEGER PRIMARY KEY, location_id INTEGER REFERENCES places (id), flow TEXT REFERENCES flows (id) DEFAULT 'x', name TEXT NOT NULL);
            """);
        await using var target = database.Open();
        var report = await Seeder.For(target).Rows(80).RunAsync(Cancellation);
        Assert.Equal([], report.Verification.Findings.Select(f => f.ToString()));
        Assert.Equal(80, await CountAsync(database, "media WHERE location_id IS NULL AND flow IS NULL"));
    }

    [Fact]
    public async Task A_table_that_only_its_application_can_write_is_told_and_the_rest_is_filled()
    {
        await using var database = await CreateAsync(Library + """
            CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, sort TEXT);
            CREATE TRIGGER sort_title AFTER INSERT ON books BEGIN UPDATE books SET sort = title_sort(NEW.title) WHERE id = NEW.id; END;
            CREATE TABLE remarks (id INTEGER PRIMARY KEY, book INTEGER NOT NULL);
            CREATE TRIGGER fk BEFORE INSERT ON remarks BEGIN SELECT CASE WHEN (SELECT id FROM books WHERE id = NEW.book) IS NULL THEN RAISE(ABORT, 'no book') END; END;
            """);
        var report = await FillAsync(database);
        Assert.Equal(80, await CountAsync(database, "items"));
        Assert.Equal("no row can have a parent: main.books holds no rows", report.Plan.Tables.Single(t => t.Table.Name.Name == "remarks").RowsReason);
    }

    [Fact]
    public async Task A_table_in_an_order_that_only_its_application_knows_is_told_and_left_empty()
    {
        // The library knows no such collation, and so could not make the table itself.
        await using var database = await CreateAsync(Library + """
            CREATE TABLE tags (tag TEXT NOT NULL PRIMARY KEY, used INTEGER NOT NULL) WITHOUT ROWID;
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = 'CREATE TABLE tags (tag TEXT NOT NULL PRIMARY KEY COLLATE unicase, used INTEGER NOT NULL) WITHOUT ROWID' WHERE name = 'tags';
            PRAGMA writable_schema = RESET;
            """);
        await using var target = database.Open();
        var report = await Seeder.For(target).Rows(80).RunAsync(Cancellation);
        Assert.Equal([], report.Verification.Findings.Select(f => f.ToString()));
        Assert.Equal(80, await CountAsync(database, "items"));
        Assert.Equal("this user cannot insert into it", report.Plan.Tables.Single(t => t.Table.Name.Name == "tags").RowsReason);
    }

    [Theory, InlineData("TEXT", "INTEGER"), InlineData("", "INTEGER"), InlineData("INT", "TEXT"), InlineData("UUID", "CHAR(36)")]
    public async Task A_column_of_another_kind_than_the_one_it_refers_to_holds_its_values(string own, string other)
    {
        await using var database = await CreateAsync($"""
            CREATE TABLE parents (id {other} NOT NULL UNIQUE, name TEXT NOT NULL);
            CREATE TABLE children (id INTEGER PRIMARY KEY, parent_id {own} NOT NULL REFERENCES parents (id));
            CREATE TABLE grandchildren (id INTEGER PRIMARY KEY, child_id TEXT NOT NULL REFERENCES children (id));
            """);
        await FillAsync(database);
        Assert.Equal(80, await CountAsync(database, "children c JOIN parents p ON p.id = c.parent_id"));
        Assert.Equal(80, await CountAsync(database, "grandchildren g JOIN children c ON c.id = g.child_id"));
    }
}
