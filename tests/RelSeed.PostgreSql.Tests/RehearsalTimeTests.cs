using Npgsql;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Specification.Tests;
using static RelSeed.PostgreSql.Tests.TriggerSqls;
using static RelSeed.Specification.Tests.FilledDatabases;

namespace RelSeed.PostgreSql.Tests;

/// <summary>How long triggers take, how many rows are tried for that, and what is tried again.</summary>
public sealed class RehearsalTimeTests(PostgreSqlFixture server)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    async Task<ITestDatabase> CreateAsync(string schemaSql) => new PostgreSqlTestDatabase(await server.CreateDatabaseAsync(schemaSql));

    [Fact]
    public async Task A_trigger_that_does_not_come_to_an_end_leaves_its_table_empty_and_fills_the_others()
    {
        await using var database = await CreateAsync("create table parcels (id int primary key); create table letters (id int primary key);"
            + TriggerSql("waiting", "parcels", "loop null; end loop;"));
        await using var target = database.Open();
        var report = await Seeder.For(target).Rows(2).RunAsync(Cancellation);
        Assert.Equal("its trigger waiting does not come to an end", report.Plan.Tables.Single(t => t.Table.Name.Name == "parcels").RowsReason);
        Assert.Equal((0L, 2L), (await CountAsync(database, "parcels"), await CountAsync(database, "letters")));
    }

    [Fact]
    public async Task A_leaf_whose_trigger_is_slow_is_tried_once_with_a_few_rows()
    {
        await using var database =
            await CreateAsync("create table parcels (id int primary key, weight int);"
            + TriggerSql("slow", "parcels", "if new.id <= 8 then perform pg_sleep(0.06); end if; return new;"));
        await using var target = database.Open();
        var schema = await target.ReadSchemaAsync(new(), Cancellation);
        var plan = FittedPlan.Make(schema, new PlanOptions { RowsPerTable = 40 });
        await using var session = await target.OpenRehearsalAsync(new(), Cancellation);
        var report = await session.TryAsync(plan, SeedGenerator.Compile(plan), new(), Cancellation);
        Assert.Equal((2, 0, true), (report.Tables[0].Rows, report.Tables[0].Refused, report.Tables[0].IsSlow));
        report = await session.TryAsync(plan, SeedGenerator.Compile(plan), new() { Known = new HashSet<TableName> { new("public", "parcels") } },
            Cancellation);
        Assert.Equal([], report.Tables);
    }

    [Fact]
    public async Task Tables_whose_triggers_will_take_long_are_told_before_the_load()
    {
        await using var database =
            await CreateAsync("create table parcels (id int primary key, weight int); create table bags (id int primary key);"
            + TriggerSql("slow", "parcels", "perform pg_sleep(0.3); return new;") + TriggerSql("quick", "bags", "return new;"));
        await using var target = database.Open();
        var schema = await target.ReadSchemaAsync(new(), Cancellation);
        var prepared = await SeedSteps.PrepareAsync(target, schema, new PlanOptions { RowsPerTable = 1_000 }, append: false, truncate: false, Cancellation);
        var settled = await SeedSteps.SettleAsync(target, prepared, new(), rehearse: true, Cancellation);
        var slow = Assert.Single(settled.Slow);
        Assert.Equal((new("public", "parcels"), 1_000L), (slow.Table, slow.Rows));
        Assert.InRange(slow.SecondsOfRow, 0.3, 10);
    }

    [Fact]
    public async Task What_only_the_load_meets_is_learned_from_all_rows()
    {
        await using var database = await CreateAsync("create table entries (id int primary key, note text); create table totals (id int primary key);"
            + TriggerSql("sums", "entries", "insert into totals values (new.id + 500) on conflict do nothing; return new;"));
        var report = await FillAsync(database, s => s.Rows(26_000));
        Assert.Equal(["totals is written before entries, which its triggers look at."], report.Plan.Warnings);
        Assert.Equal((26_000, 26_500), (await CountAsync(database, "entries"), await CountAsync(database, "totals")));
        Assert.True(report.Verification.IsClean);
    }

    [Fact]
    public async Task Rows_that_are_refused_one_after_another_are_not_drawn_again_without_end()
    {
        await using var database = await CreateAsync("create table settings (id int primary key, note text);"
            + TriggerSql("only_one", "settings", "if (select count(*) from settings) > 0 then raise exception 'there is one'; end if; return new;"));
        var report = await FillAsync(database, s => s.Rows(2_000));
        Assert.Equal((1L, "of 2000 rows that were drawn the database takes no more (rehearsal: trigger only_one)"),
            (report.Plan.Tables[0].Rows, report.Plan.Tables[0].RowsReason));
    }

    [Fact]
    public async Task Rows_of_which_none_is_taken_are_not_all_tried()
    {
        await using var database = await CreateAsync("create table parcels (id int primary key, weight int);"
            + TriggerSql("closed", "parcels", "if hashtext(new.id::text) % 2 = 0 then raise exception 'even'; end if; raise sqlstate '22023';"));
        await using var target = database.Open();
        var schema = await target.ReadSchemaAsync(new(), Cancellation);
        var plan = FittedPlan.Make(schema, new PlanOptions { RowsPerTable = 40 });
        await using var session = await target.OpenRehearsalAsync(new(), Cancellation);
        var report = await session.TryAsync(plan, SeedGenerator.Compile(plan), new(), Cancellation);
        Assert.Equal((16, 16, 2), (report.Tables[0].Rows, report.Tables[0].Refused, report.Tables[0].Refusals.Count));
    }

    [Fact]
    public async Task A_trigger_that_takes_one_row_a_statement_gets_one()
    {
        await using var database = await CreateAsync("""
            create table parcels (id int primary key, weight int);
            create function single() returns trigger language plpgsql as $$
                declare found int; begin select id into strict found from added; return null; end $$;
            create trigger single after insert on parcels referencing new table as added for each statement execute function single();
            """);
        var report = await FillAsync(database);
        Assert.Equal(80, await CountAsync(database, "parcels"));
        Assert.Equal(["Each row of parcels is written by a statement of its own (rehearsal: trigger single)."], report.Plan.Warnings);
    }

    [Fact]
    public async Task Rows_that_are_the_same_in_the_next_plan_stay_and_the_others_are_written_again()
    {
        // The server's count of a transaction does not go down with what is rolled back.
        static string Once(string table, int most) => TriggerSql($"once_{table}", table,
            $"if pg_stat_get_xact_tuples_inserted('{table}'::regclass) > {most} then raise exception 'again'; end if; return new;");
        string[] chain = [.. Enumerable.Range(0, 12).Select(i => $"t{i:d2}")];
        await using var database = await CreateAsync(string.Concat(chain.Select((t, i) =>
            $"create table {t} (id int primary key{(i > 0 ? $" references {chain[i - 1]}" : "")});" + Once(t, i < 8 ? 40 : 120))));
        await using var target = database.Open();
        var plan = FittedPlan.Make(await target.ReadSchemaAsync(new(), Cancellation), new PlanOptions { RowsPerTable = 40 });
        var (rows, told) = (SeedGenerator.Compile(plan), new List<string>());
        await using var session = await target.OpenRehearsalAsync(new(), Cancellation);
        var report = await session.TryAsync(plan, rows, new() { Told = Tell }, Cancellation);
        Assert.Equal(chain[..11], report.Tables.Select(t => t.Table.Name));
        var same = chain[..9].Select(t => new TableName("public", t)).ToHashSet();
        report = await session.TryAsync(plan, rows, new() { Told = Tell, Unchanged = same }, Cancellation);
        Assert.Equal([.. chain[..11], .. chain[..11]], told);
        report = await session.TryAsync(plan, rows, new() { Unchanged = plan.Tables.Select(t => t.Table.Name).ToHashSet() }, Cancellation);
        Assert.Equal(chain.Select(t => (t, 0)), report.Tables.Select(t => (t.Table.Name, t.Refused)));
        Assert.True(session.KeepsRows);
        Assert.Empty(report.AtEnd);

        bool Tell(TableRehearsal table)
        {
            told.Add(table.Table.Name);
            return table.Table.Name == "t10";
        }
    }

    [Fact]
    public async Task Rows_that_slow_triggers_wrote_are_met_by_those_that_come_later()
    {
        // The first two rows take long, so the others are left aside; the load then finds what they would have written.
        await using var database = await CreateAsync("""
            create table seen (address int primary key check (address between 1 and 800), note text);
            create table calls (id int primary key, address int not null check (address between 1 and 800));
            create function see(address int) returns void language sql as $$ insert into seen values (address) on conflict do nothing $$;
            """ + TriggerSql("sees", "calls",
                "if new.id <= 2 then perform pg_sleep(0.1); end if; if new.id > 100 then perform see(new.address); end if; return new;"));
        var report = await FillAsync(database, s => s.Rows(400));
        Assert.Equal(400, await CountAsync(database, "calls"));
        Assert.Equal("triggers of calls write its rows", report.Plan.Find(new("public", "seen"))!.RowsReason);
        Assert.Equal(await CountAsync(database, "(select distinct address from calls where id > 100) called"), await CountAsync(database, "seen"));
    }

    [Theory]
    [InlineData(600, "insert into log values (new.id);", "force_custom_plan")]
    [InlineData(600, "perform count(*) from visits;", "force_custom_plan")]
    [InlineData(600, "perform count(*) from pages;", "force_custom_plan")]
    [InlineData(600, "if exists (select from pages where id = new.id and id < 0) then raise exception 'no'; end if;", "auto")]
    [InlineData(400, "insert into log values (new.id);", "auto")]
    public async Task Queries_of_triggers_that_write_are_planned_for_each_row(int rows, string body, string mode)
    {
        await using var database = await CreateAsync(
            "create table log (id int); create table pages (id int primary key); create table visits (id int primary key, mode text);"
            + TriggerSql("told", "visits", $"{body} new.mode := current_setting('plan_cache_mode'); return new;"));
        await FillAsync(database, s => s.Rows(rows));
        Assert.Equal([[mode]], await database.QueryAsync("select distinct mode from visits"));
        Assert.Equal([["auto"]], await database.QueryAsync("show plan_cache_mode"));
    }

    [Fact]
    public async Task Within_a_transaction_of_another_the_way_of_planning_is_as_it_was_afterwards()
    {
        await using var database = await server.CreateDatabaseAsync("create table log (id int); create table visits (id int primary key, mode text);"
            + TriggerSql("told", "visits", "insert into log values (new.id); new.mode := current_setting('plan_cache_mode'); return new;"));
        await using var connection = await database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using (var command = new NpgsqlCommand("set local plan_cache_mode = force_generic_plan", connection)) await command.ExecuteNonQueryAsync(Cancellation);
        await using (var target = PostgreSqlTarget.Over(connection)) await Seeder.For(target).Rows(600).RunAsync(Cancellation);
        await using var read = new NpgsqlCommand("select current_setting('plan_cache_mode') || ' ' || (select string_agg(distinct mode, ',') from visits)", connection);
        Assert.Equal("force_generic_plan force_custom_plan", await read.ExecuteScalarAsync(Cancellation));
    }
}
