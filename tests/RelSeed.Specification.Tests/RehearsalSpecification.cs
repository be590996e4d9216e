using System.Globalization;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Specification.Tests.Checking;
using static RelSeed.Specification.Tests.FilledDatabases;

namespace RelSeed.Specification.Tests;

/// <summary>What every provider's rehearsal must do alike: learn from what triggers refuse, tell what it cannot learn, and leave nothing
/// behind.</summary>
public abstract class RehearsalSpecification
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<ITestDatabase> CreateAsync(string schemaSql);

    /// <summary>A trigger before each insert that refuses a row when a condition on NEW is true.</summary>
    protected abstract string Refusing(string trigger, string table, string condition);

    /// <summary>A trigger that refuses whatever row there is.</summary>
    protected abstract string RefusingAll(string trigger, string table);

    /// <summary>A trigger that drops each row of which a condition on NEW is true, without a word.</summary>
    protected abstract string Dropping(string trigger, string table, string condition);

    const string Users = """
        CREATE TABLE users (id INTEGER PRIMARY KEY, email VARCHAR(80) NOT NULL UNIQUE, deleted BOOLEAN NOT NULL);
        CREATE TABLE tokens (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), kind VARCHAR(10) NOT NULL CHECK (kind IN ('login', 'mail', 'legacy')), note TEXT);
        """;

    const string Frozen = """
        CREATE TABLE frozen (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL);
        CREATE TABLE frozen_details (id INTEGER PRIMARY KEY, frozen_id INTEGER NOT NULL REFERENCES frozen (id));
        CREATE TABLE notes (id INTEGER PRIMARY KEY, frozen_id INTEGER REFERENCES frozen (id), title VARCHAR(20) NOT NULL);
        """;

    [Fact]
    public async Task A_trigger_that_refuses_a_value_of_the_row_binds_its_column()
    {
        await using var database = await CreateAsync(Users + Refusing("no_legacy", "tokens", "NEW.kind = 'legacy'"));
        var report = await FillAsync(database);
        Assert.Equal(80, await CountAsync(database, "tokens"));
        Assert.Equal(["Rows of tokens are made with \"kind\" <> 'legacy' (rehearsal: trigger no_legacy)."], report.Plan.Warnings);
    }

    [Fact]
    public async Task A_trigger_that_refuses_a_value_or_null_binds_the_column()
    {
        await using var database = await CreateAsync(Users + Refusing("noted", "tokens", "NEW.note IS NULL"));
        var report = await FillAsync(database);
        Assert.Equal(80, await CountAsync(database, "tokens WHERE note IS NOT NULL"));
        Assert.Equal(["Rows of tokens are made with \"note\" IS NOT NULL (rehearsal: trigger noted)."], report.Plan.Warnings);
    }

    [Fact]
    public async Task A_trigger_that_refuses_some_parents_leaves_the_others()
    {
        await using var database = await CreateAsync(Users + Refusing("living", "tokens", "(SELECT deleted FROM users WHERE id = NEW.user_id)"));
        var report = await FillAsync(database);
        Assert.Equal(80, await CountAsync(database, "tokens"));
        Assert.True(await CountAsync(database, "users WHERE deleted") > 0);
        Assert.Matches("^Rows of tokens take only parents with \"deleted\" = (false|0) by \\S+ \\(rehearsal: trigger living\\)\\.$",
            report.Plan.Warnings[^1]);
    }

    [Fact]
    public async Task A_table_whose_trigger_refuses_every_row_stays_empty_and_the_others_are_filled()
    {
        await using var database = await CreateAsync(Frozen + RefusingAll("no_more", "frozen"));
        var report = await FillAsync(database);
        var reasons = report.Plan.Tables.Where(t => t.Rows < 80).Select(t => $"{t.Table.Name.Name}: {t.Rows}: {t.RowsReason}");
        Assert.Equal(
            ["frozen: 0: its trigger no_more refuses every row",
                $"frozen_details: 0: no row can have a parent: {report.Plan.Schema.DefaultSchema}.frozen holds no rows"], reasons);
        Assert.Equal(80, await CountAsync(database, "notes WHERE frozen_id IS NULL"));
    }

    [Fact]
    public async Task Rows_that_a_trigger_drops_without_a_word_are_missed()
    {
        await using var database = await CreateAsync(Users + Dropping("quiet", "tokens", "NEW.kind = 'mail'"));
        await FillAsync(database);
        Assert.Equal(80, await CountAsync(database, "tokens"));
    }

    [Theory, InlineData(80), InlineData(2_000)]
    public async Task Numbers_that_a_trigger_finds_in_another_table_begin_behind_those(int rows)
    {
        await using var database = await CreateAsync("""
            CREATE TABLE volumes (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL);
            CREATE TABLE snapshots (id INTEGER PRIMARY KEY, volume_id INTEGER NOT NULL REFERENCES volumes (id));
            """ + Refusing("volume_id_is_free", "volumes", "NEW.id IN (SELECT id FROM snapshots)")
            + Refusing("snapshot_id_is_free", "snapshots", "NEW.id IN (SELECT id FROM volumes)"));
        await FillAsync(database, s => s.Rows(rows));
        Assert.Equal(rows, await CountAsync(database, "snapshots"));
    }

    [Fact]
    public async Task What_nothing_was_learned_of_is_told_before_the_load()
    {
        await using var database = await CreateAsync(Users + Frozen + Refusing("odd", "users", "NEW.id % 7 = 3"));
        var fault = await Assert.ThrowsAsync<PlanException>(() => FillAsync(database, s => s.Rows("users", 200_001)));
        Assert.Matches(
            "^RS2031 Table users refuses 6 of 40 rehearsed rows: trigger odd(, function odd,)? refused them \\((SQLSTATE P0001|code 1811)\\)\\. "
            + "Give it what it expects, leave the table out with --exclude users, or leave out whatever cannot be filled with --skip-unsolvable\\.$",
            fault.Message);
        Assert.Equal(0, await CountAsync(database, "users"));
        Assert.Equal(0, await CountAsync(database, "notes"));
    }

    [Fact]
    public async Task Rows_that_nothing_tells_apart_are_replaced_by_others_also_in_a_plan_that_is_larger_than_those_tried_whole()
    {
        await using var database = await CreateAsync(Users + Frozen + Refusing("odd", "users", "NEW.id % 7 = 3"));
        await FillAsync(database, s => s.Rows("tokens", 1_000));
        Assert.Equal(80, await CountAsync(database, "users"));
        Assert.Equal(0, await CountAsync(database, "users WHERE id % 7 = 3"));
        Assert.Equal(1_000, await CountAsync(database, "tokens"));
    }

    [Fact]
    public async Task A_table_of_which_triggers_refuse_every_row_for_reasons_unknown_stays_empty_and_the_others_are_filled()
    {
        await using var database = await CreateAsync(Users + Frozen + Refusing("never", "frozen", "(SELECT count(*) FROM users) >= 0"));
        var report = await FillAsync(database);
        Assert.Matches("^trigger never(, function never,)? refuses every row that was tried \\((SQLSTATE P0001|code 1811)\\)$",
            report.Plan.Tables.Single(t => t.Table.Name.Name == "frozen").RowsReason);
        foreach (var (table, rows) in new[] { ("users", 80), ("tokens", 80), ("frozen", 0), ("frozen_details", 0), ("notes", 80) })
            Assert.Equal(rows, await CountAsync(database, table));
    }

    [Fact]
    public async Task What_cannot_be_filled_is_left_out_with_what_depends_on_it()
    {
        await using var database = await CreateAsync(Users + Frozen + Refusing("odd", "users", "NEW.id % 7 = 3"));
        var report = await FillAsync(database, s => s.Rows("users", 200_001).SkipUnsolvable());
        Assert.StartsWith("left out as unsolvable: RS2031 trigger odd",
            report.Plan.Tables.Single(t => t.Table.Name.Name == "users").RowsReason, StringComparison.Ordinal);
        foreach (var (table, rows) in new[] { ("users", 0), ("tokens", 0), ("frozen", 80), ("frozen_details", 80), ("notes", 80) })
            Assert.Equal(rows, await CountAsync(database, table));
    }

    [Fact]
    public async Task Without_a_rehearsal_the_load_itself_is_refused()
    {
        await using var database = await CreateAsync(Frozen + RefusingAll("no_more", "frozen"));
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => FillAsync(database, s => s.WithoutRehearsal()));
        Assert.Equal("RS3109", fault.Id);
        Assert.Equal(0, await CountAsync(database, "notes"));
    }

    [Fact]
    public async Task A_rehearsal_leaves_the_database_as_it_was()
    {
        await using var database = await CreateAsync(Users + Frozen + Refusing("no_legacy", "tokens", "NEW.kind = 'legacy'"));
        await using var target = database.Open();
        var schema = await target.ReadSchemaAsync(new SchemaReadOptions(), Cancellation);
        var plan = FittedPlan.Make(schema, new PlanOptions());
        var rehearsed = await Rehearsal.RunAsync(target, plan, new PlanOptions(), new Dictionary<TableName, ExistingRows>(),
            new LoadOptions(), wasRefused: false, Cancellation);
        Assert.Equal("tokens", Assert.Single(rehearsed.Options.Learned).Key.Name);
        Assert.Empty(await target.FindFilledTablesAsync(schema.Tables, Cancellation));
        Assert.Equal(SchemaJson.Write(schema), SchemaJson.Write(await target.ReadSchemaAsync(new SchemaReadOptions(), Cancellation)));
    }

    [Fact]
    public async Task Rows_of_a_small_plan_are_all_tried_before_the_load_and_of_a_large_one_a_few()
    {
        // Too many to be tried even after the load was refused.
        await using var database = await CreateAsync(
            "CREATE TABLE logs (id INTEGER PRIMARY KEY, title VARCHAR(20) NOT NULL);" + Refusing("late", "logs", "NEW.id = 57"));
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => FillAsync(database, s => s.Rows(100_001)));
        Assert.Equal("RS3109", fault.Id);
        await FillAsync(database);
        Assert.Equal(80, await CountAsync(database, "logs WHERE id <> 57"));
    }

    [Fact]
    public async Task Rows_that_nothing_tells_apart_are_drawn_again_until_the_database_takes_them()
    {
        // Whole numbers spread over a wide range: one in three is refused, and no value of a column says so.
        await using var database = await CreateAsync("""
            CREATE TABLE parcels (id INTEGER PRIMARY KEY, weight INTEGER NOT NULL CHECK (weight BETWEEN 0 AND 1000000));
            CREATE TABLE stamps (id INTEGER PRIMARY KEY, parcel_id INTEGER NOT NULL REFERENCES parcels (id));
            """ + Refusing("thirds", "parcels", "NEW.weight % 3 = 0"));
        var report = await FillAsync(database, s => s.Rows(50));
        Assert.Equal(50, await CountAsync(database, "parcels WHERE weight % 3 <> 0"));
        Assert.Equal(50, await CountAsync(database, "stamps"));
        Assert.Matches("^Rows of parcels that the database refused were drawn anew, [0-9]+ draws in all[.]$", report.Plan.Warnings[^1]);
    }

    [Fact]
    public async Task Where_too_few_draws_are_taken_there_are_fewer_rows()
    {
        await using var database = await CreateAsync(
            "CREATE TABLE keys (id INTEGER PRIMARY KEY, code INTEGER NOT NULL UNIQUE CHECK (code BETWEEN 1 AND 60));"
            + Refusing("halves", "keys", "(NEW.code * 7919) % 4 < 2"));
        var report = await FillAsync(database, s => s.Rows(50));
        var rows = await CountAsync(database, "keys");
        Assert.InRange(rows, 10, 30);
        Assert.Matches("^of [0-9]+ rows that were drawn the database takes no more [(]rehearsal: trigger halves[)]$", report.Plan.Tables[0].RowsReason);
    }

    [Fact]
    public async Task Details_of_one_kind_are_as_many_as_asked_since_their_parents_are_more()
    {
        await using var database = await CreateAsync("""
            CREATE TABLE channels (id INTEGER PRIMARY KEY, kind VARCHAR(10) NOT NULL CHECK (kind IN ('shell', 'exec', 'copy')));
            CREATE TABLE commands (channel_id INTEGER PRIMARY KEY REFERENCES channels (id), line VARCHAR(40) NOT NULL);
            CREATE TABLE copies (channel_id INTEGER PRIMARY KEY REFERENCES channels (id), path VARCHAR(40) NOT NULL);
            """ + Refusing("of_exec", "commands", "(SELECT kind FROM channels WHERE id = NEW.channel_id) <> 'exec'")
            + Refusing("of_copy", "copies", "(SELECT kind FROM channels WHERE id = NEW.channel_id) <> 'copy'"));
        await FillAsync(database, s => s.Rows(50));
        foreach (var (table, kind) in new[] { ("commands", "exec"), ("copies", "copy") })
        {
            Assert.InRange(await CountAsync(database, $"{table} JOIN channels ON id = channel_id AND kind = '{kind}'"), 50, 200);
            Assert.Equal(await CountAsync(database, $"channels WHERE kind = '{kind}'"), await CountAsync(database, table));
        }
        Assert.NotEqual(0, await CountAsync(database, "channels WHERE kind = 'shell'"));
    }
}
