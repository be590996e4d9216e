using Npgsql;
using RelSeed.Loading;

namespace RelSeed.PostgreSql.Tests.Loading;

/// <summary>A load drops and rebuilds keys and indexes; whatever its end, the schema is as it was.</summary>
public sealed class RebuildTests(PostgreSqlFixture server)
{
    const int Rows = 60;
    const string Child = "Odd \"Schema\".chi ld";

    static readonly LoadOptions Rebuild = new() { RebuildThreshold = 10, BatchRows = 16 };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static string Sql => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schemas", "rebuild.sql"));

    async Task<TestDatabase> CreateAsync()
    {
        var database = await server.CreateDatabaseAsync();
        await using (var connection = await database.OpenAsync())
            Assert.SkipWhen(connection.PostgreSqlVersion.Major < 15, "The schema needs PostgreSQL 15.");
        await database.ExecuteAsync(Sql);
        return database;
    }

    static HandMade Fill(HandMade load, Func<long, object?>? childParent = null) => load
        .Add("parent", Rows, ("id", r => r + 1), ("code", r => $"c{r}"), ("label", r => $"l{r}"),
        ("during", r => r % 2 == 0 ? null : new object?[] { r, r + 2 }))
        .Add(Child, Rows, ("id", r => r), ("parent_id", childParent ?? (r => r + 1)), ("other_id", r => Rows - r),
        ("boss_id", r => r == 0 ? null : r / 2), ("a", r => r), ("b", r => r))
        .Add("viewed", Rows, ("id", r => r), ("name", r => $"n{r}"))
        .Add("published", Rows, ("id", r => r), ("name", r => $"n{r}"))
        .Add("referred", Rows, ("id", r => r), ("name", r => $"n{r}"))
        .Add("cited", Rows, ("id", r => r), ("name", r => $"n{r}"))
        .Add("extended", Rows, ("id", r => r), ("name", r => $"n{r}"))
        .Add("parted", Rows, ("id", r => r), ("day", r => r), ("parent_id", r => r + 1))
        .Add("of_parted", Rows, ("id", r => r), ("day", r => r))
        .Add("base", Rows, ("id", r => r))
        .Add("derived", Rows, ("id", r => r), ("extra", r => r))
        .Add("same_1", Rows, ("id", r => r), ("parent_id", r => r + 1))
        .Add("same_2", Rows, ("id", r => r), ("parent_id", r => r + 1))
        .Add("fast", Rows, ("id", r => r), ("parent_id", r => r + 1));

    /// <summary>What a dump does not tell or tells by chance: marks of indexes, and in which order keys of one name were made.</summary>
    static async Task<IReadOnlyList<string>> ReadMarksAsync(TestDatabase database)
    {
        var rows = await database.QueryAsync(
            """
            select format('%s %s clustered %s identity %s immediate %s valid %s', i.indrelid::regclass, i.indexrelid::regclass,
                          i.indisclustered, i.indisreplident, i.indimmediate, i.indisvalid)
            from pg_index i where i.indexrelid >= 16384 and i.indrelid >= 16384 order by 1
            """);
        var keys = await database.QueryAsync(
            "select format('%s %s', c.conname, c.conrelid::regclass) from pg_constraint c where c.contype = 'f' and c.conparentid = 0 and c.conname = 'same' order by c.oid");
        return [.. rows.Concat(keys).Select(r => (string)r[0]!)];
    }

    [Fact]
    public async Task A_load_leaves_the_schema_as_it_was()
    {
        await using var database = await CreateAsync();
        var (before, marks) = (await SchemaDump.ReadAsync(database), await ReadMarksAsync(database));
        await using var target = PostgreSqlTarget.Open(database.Url);
        var load = Fill(await HandMade.ReadAsync(target));
        var report = await load.LoadAsync(Rebuild);
        Assert.Equal(before, await SchemaDump.ReadAsync(database));
        Assert.Equal(marks, await ReadMarksAsync(database));
        Assert.Equal(14 * Rows, report.Rows);
        Assert.InRange(report.Rebuilt, 20, 60);
        Assert.Empty((await load.VerifyAsync()).Findings);
        Assert.Empty((await load.VerifyAsync()).Unchecked);
    }

    [Fact]
    public async Task What_others_depend_on_stays_in_place_and_is_told()
    {
        await using var database = await CreateAsync();
        await using var target = PostgreSqlTarget.Open(database.Url);
        var report = await Fill(await HandMade.ReadAsync(target)).LoadAsync(Rebuild);
        string[] expected =
        [
            "Index viewed_pkey of public.viewed stays in place, which is slower: rule _RETURN on view public.by_key depends on it.",
            "Index published_pkey of public.published stays in place, which is slower: a publication tells the table's rows by it.",
            "Index referred_pkey of public.referred stays in place, which is slower: foreign key outside_the_plan_referred_id_fkey of public.outside_the_plan relies on it and stays, since public.outside_the_plan is not part of the load.",
            "Index cited_pkey of public.cited stays in place, which is slower: rule put on view public.cite depends on it.",
            "Index extended_name of public.extended stays in place, which is slower: it depends on extension btree_gist.",
            "Keys and indexes of public.parted stay in place, which is slower: the table is partitioned.",
            "Foreign key old_rule of Odd \"Schema\".chi ld stays in place, which is slower: it is NOT VALID.",
        ];
        Assert.All(expected, note => Assert.Contains(note, report.Notes));
    }

    [Fact]
    public async Task A_refused_row_leaves_data_and_schema_as_they_were()
    {
        await using var database = await CreateAsync();
        var (before, marks) = (await SchemaDump.ReadAsync(database), await ReadMarksAsync(database));
        await using var target = PostgreSqlTarget.Open(database.Url);
        var load = Fill(await HandMade.ReadAsync(target), childParent: r => r == 40 ? 999 : r + 1);
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => load.LoadAsync(Rebuild));
        Assert.Equal(
            "RS3101 Table Odd \"Schema\".chi ld: foreign key refers to \"parent\" does not hold: rows of the load refer to rows that are not there. " +
            "The database is as it was. Give its columns a rule, or leave the table out with --exclude.", fault.Message);
        await AssertUntouchedAsync(database, target, load, before, marks);
    }

    [Theory, InlineData(LoadPhase.Loading), InlineData(LoadPhase.Rebuilding)]
    public async Task A_cancelled_load_leaves_data_and_schema_as_they_were(LoadPhase phase)
    {
        await using var database = await CreateAsync();
        var (before, marks) = (await SchemaDump.ReadAsync(database), await ReadMarksAsync(database));
        await using var target = PostgreSqlTarget.Open(database.Url);
        var load = Fill(await HandMade.ReadAsync(target));
        using var stop = new CancellationTokenSource();
        var progress = new Immediate(p => { if (p.Phase == phase && p.Table?.Name == "viewed") stop.Cancel(); });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load.LoadAsync(Rebuild, progress, stop.Token));
        await AssertUntouchedAsync(database, target, load, before, marks);
    }

    [Theory, InlineData(LoadPhase.Loading), InlineData(LoadPhase.Rebuilding)]
    public async Task A_server_that_goes_away_leaves_data_and_schema_as_they_were(LoadPhase phase)
    {
        await using var database = await CreateAsync();
        var (before, marks) = (await SchemaDump.ReadAsync(database), await ReadMarksAsync(database));
        await using var target = PostgreSqlTarget.Open(database.Url);
        var load = Fill(await HandMade.ReadAsync(target));
        var progress = new Immediate(p => { if (p.Phase == phase && p.Table?.Name == "viewed") Kill(database); });
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => load.LoadAsync(Rebuild, progress));
        Assert.Equal("RS3105", fault.Id);
        await AssertUntouchedAsync(database, target, load, before, marks);
    }

    static void Kill(TestDatabase database)
    {
        using var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        connection.Open();
        using var command =
            new NpgsqlCommand(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'relseed' and datname = current_database()",
            connection);
        command.ExecuteNonQuery();
    }

    static async Task AssertUntouchedAsync(TestDatabase database, PostgreSqlTarget target, HandMade load, string dump, IReadOnlyList<string> marks)
    {
        NpgsqlConnection.ClearAllPools();
        Assert.Empty(await target.FindFilledTablesAsync(load.Schema.Tables, Cancellation));
        Assert.Equal(dump, await SchemaDump.ReadAsync(database));
        Assert.Equal(marks, await ReadMarksAsync(database));
    }

    [Fact]
    public async Task Rows_that_stand_already_are_kept_and_checked_with_the_new_ones()
    {
        await using var database = await CreateAsync();
        await database.ExecuteAsync(
            """"
            insert into parent (id, code, label) overriding system value values (1000, 'old', 'old');
            insert into "Odd ""Schema"""."chi ld" (id, parent_id) values (1000, 1000);
            """");
        var before = await SchemaDump.ReadAsync(database);
        await using var target = PostgreSqlTarget.Open(database.Url);
        await Fill(await HandMade.ReadAsync(target)).LoadAsync(Rebuild);
        Assert.Equal(before, await SchemaDump.ReadAsync(database));
        Assert.Equal(Rows + 1L, (await database.QueryAsync("select count(*) from parent"))[0][0]);
        Assert.Equal(Rows + 1L, (await database.QueryAsync("select count(*) from \"Odd \"\"Schema\"\"\".\"chi ld\""))[0][0]);
    }

    [Fact]
    public async Task Truncating_replaces_the_rows_and_names_a_table_outside_that_forbids_it()
    {
        await using var database = await CreateAsync();
        await database.ExecuteAsync("insert into parent (id, code, label) overriding system value values (1000, 'old', 'old')");
        await using var target = PostgreSqlTarget.Open(database.Url);
        var load = Fill(await HandMade.ReadAsync(target));
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => load.LoadAsync(Rebuild with { Truncate = true }));
        Assert.Equal(
            "RS3103 Table public.referred cannot be emptied: foreign key outside_the_plan_referred_id_fkey of public.outside_the_plan, which is not part of " +
            "the load, refers to it. Add that table to the load, or empty the tables yourself and leave out --truncate.", fault.Message);
        var with = Fill(await HandMade.ReadAsync(target)).Add("outside_the_plan", 1, ("referred_id", _ => 1));
        var before = await SchemaDump.ReadAsync(database);
        await with.LoadAsync(Rebuild with { Truncate = true });
        Assert.Equal((long)Rows, (await database.QueryAsync("select count(*) from parent"))[0][0]);
        Assert.Equal(before, await SchemaDump.ReadAsync(database));
    }

    [Fact]
    public async Task Keeping_constraints_rebuilds_nothing()
    {
        await using var database = await CreateAsync();
        await using var target = PostgreSqlTarget.Open(database.Url);
        var load = Fill(await HandMade.ReadAsync(target));
        var report = await load.LoadAsync(Rebuild with { KeepConstraints = true });
        Assert.Equal(0, report.Rebuilt);
        Assert.Empty((await load.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task An_event_trigger_keeps_everything_in_place()
    {
        await using var database = await CreateAsync();
        await database.ExecuteAsync(
            """
            create function watch() returns event_trigger language plpgsql as 'begin raise exception ''altered''; end';
            create event trigger "watch all" on ddl_command_end execute function watch();
            """);
        await using var target = PostgreSqlTarget.Open(database.Url);
        var report = await Fill(await HandMade.ReadAsync(target)).LoadAsync(Rebuild);
        Assert.Equal(0, report.Rebuilt);
        Assert.Contains(
            "All keys and indexes stay in place during the load, which is slower: event trigger watch all would act on each change of them.",
            report.Notes);
    }

    [Fact]
    public async Task Keys_and_indexes_return_to_their_tablespace()
    {
        await using var database = await server.CreateDatabaseAsync();
        await using (var connection = await database.OpenAsync())
            Assert.SkipWhen(connection.PostgreSqlVersion.Major < 15, "Tablespaces in place need PostgreSQL 15.");
        var space = $"\"Space of {database.Name}\"";
        try
        {
            await OneByOneAsync(database, "set allow_in_place_tablespaces = on", $"create tablespace {space} location ''");
            await database.ExecuteAsync(
                $"""
                create table t (id integer primary key using index tablespace {space}, n integer, m integer);
                create index on t (n) with (fillfactor = 55) tablespace {space};
                create index on t (m);
                """);
            var before = await SchemaDump.ReadAsync(database);
            await using var target = PostgreSqlTarget.Open(database.Url);
            var report = await (await HandMade.ReadAsync(target)).Add("t", Rows, ("id", r => r), ("n", r => r), ("m", r => r)).LoadAsync(Rebuild);
            Assert.Equal(3, report.Rebuilt);
            Assert.Equal(before, await SchemaDump.ReadAsync(database));
        }
        finally
        {
            await OneByOneAsync(database, "drop table if exists t", $"drop tablespace if exists {space}");
        }
    }

    /// <summary>For statements that do not run in a transaction with others.</summary>
    static async Task OneByOneAsync(TestDatabase database, params string[] statements)
    {
        await using var connection = await database.OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(Cancellation);
        }
    }

    [Fact]
    public async Task A_table_with_triggers_keeps_its_keys_for_them()
    {
        const string Schema = """
            create table word (id integer primary key, text text unique);
            create table uses (id integer primary key, word text, owner_id integer references word deferrable initially deferred);
            create function find_word() returns trigger language plpgsql as
                'begin insert into word values (new.id, new.word) on conflict (text) do nothing; return new; end';
            create trigger find before insert on uses for each row execute function find_word();
            create function count_words() returns trigger language plpgsql as
                'begin if not exists (select from word) then raise exception ''none''; end if; return null; end';
            create constraint trigger late after insert on uses deferrable initially deferred for each row execute function count_words();
            """;
        await using var database = await server.CreateDatabaseAsync(Schema);
        var before = await SchemaDump.ReadAsync(database);
        await using var target = PostgreSqlTarget.Open(database.Url);
        var load = (await HandMade.ReadAsync(target))
            .Add("word", Rows, ("id", r => r), ("text", r => $"w{r}"))
            .Add("uses", Rows, ("id", r => r + Rows), ("word", r => $"w{r * 2}"), ("owner_id", r => r));
        var report = await load.LoadAsync(Rebuild);
        Assert.Equal(["Keys and indexes of public.uses stay in place, which is slower: its triggers may look rows up by them."], report.Notes);
        Assert.Equal(90L, (await database.QueryAsync("select count(*) from word"))[0][0]);
        Assert.Equal(before, await SchemaDump.ReadAsync(database));
    }
}
