using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Specification.Tests;
using static RelSeed.PostgreSql.Tests.TriggerSqls;
using static RelSeed.Specification.Tests.FilledDatabases;

namespace RelSeed.PostgreSql.Tests;

public class PostgreSqlRehearsalTests(PostgreSqlFixture server) : RehearsalSpecification
{
    protected override async Task<ITestDatabase> CreateAsync(string schemaSql) =>
        new PostgreSqlTestDatabase(await server.CreateDatabaseAsync(schemaSql));

    protected override string Refusing(string trigger, string table, string condition) =>
        // In a block of its own, which the planner does not read as a check.
        TriggerSql(trigger, table, $"begin if {condition} then raise exception 'refused'; end if; end; return new;");

    protected override string RefusingAll(string trigger, string table) => TriggerSql(trigger, table, "raise exception 'refused';");

    protected override string Dropping(string trigger, string table, string condition) =>
        TriggerSql(trigger, table, $"if {condition} then return null; end if; return new;");

    [Fact]
    public async Task A_setting_that_is_missing_is_told_with_the_option_that_gives_it()
    {
        await using var database = await CreateAsync("create table parcels (id int primary key, weight int);"
            + TriggerSql("tenant_is_set", "parcels", "perform current_setting('app.tenant'); return new;"));
        var fault = await Assert.ThrowsAsync<PlanException>(() => FillAsync(database));
        Assert.Equal(
            "RS2033 Table parcels takes none of 16 rehearsed rows: the session setting app.tenant is not set. Give it with --set app.tenant=VALUE, leave the table out "
            + "with --exclude parcels, or leave out whatever cannot be filled with --skip-unsolvable.", fault.Message);
        await FillAsync(database, s => s.Set("app.tenant", "1"));
        Assert.Equal(80, await CountAsync(database, "parcels"));
    }

    [Fact]
    public async Task A_trigger_that_cannot_be_compiled_leaves_its_table_empty_and_fills_the_others()
    {
        await using var database = await CreateAsync("create table parcels (id int primary key); create table letters (id int primary key);"
            + "set check_function_bodies = off;" + TriggerSql("broken", "parcels", "return no such statement;"));
        await FillAsync(database);
        Assert.Equal((0L, 80L), (await CountAsync(database, "parcels"), await CountAsync(database, "letters")));
    }

    [Fact]
    public async Task A_setting_that_a_default_reads_is_told_where_it_leaves_a_column_null()
    {
        await using var database =
            await CreateAsync("create table parcels (id int primary key, changed_by text not null default current_setting('app.user', true));"
            + TriggerSql("changed", "parcels", "new.changed_by = current_setting('app.user', true); return new;"));
        var fault = await Assert.ThrowsAsync<PlanException>(() => FillAsync(database));
        Assert.Equal(
            "RS2032 Table parcels takes none of 16 rehearsed rows: NOT NULL does not hold, column changed_by. Give the settings that it reads with --set app.user=VALUE, leave the table out "
            + "with --exclude parcels, or leave out whatever cannot be filled with --skip-unsolvable.", fault.Message);
        await FillAsync(database, s => s.Set("app.user", "anna"));
        Assert.Equal(80, await CountAsync(database, "parcels where changed_by = 'anna'"));
    }

    [Fact]
    public async Task A_trigger_that_wants_a_parent_of_a_table_without_rows_leaves_its_table_empty()
    {
        await using var database =
            await CreateAsync("create table closed (id int primary key); create table parcels (id int primary key, closed_id int references closed);"
            + TriggerSql("wanted", "parcels",
            "if new.closed_id is null then raise not_null_violation using column = 'closed_id'; end if; return new;")
            + TriggerSql("locked", "closed", "raise exception 'refused';"));
        var report = await FillAsync(database);
        Assert.Equal((0L, "its trigger wanted wants closed_id, and closed has no rows"),
            (report.Plan.Find(new("public", "parcels"))!.Rows, report.Plan.Find(new("public", "parcels"))!.RowsReason));
    }

    [Fact]
    public async Task Without_a_rehearsal_a_refused_load_ends_the_run()
    {
        await using var database = await CreateAsync("create table entries (id int primary key, note text);"
            + TriggerSql("odd", "entries", "begin if new.id > 100 then raise exception 'refused'; end if; end; return new;"));
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => FillAsync(database, s => s.Rows(200).WithoutRehearsal()));
        Assert.Equal("RS3109", fault.Id);
        Assert.Equal(0, await CountAsync(database, "entries"));
    }

    [Fact]
    public async Task A_check_that_reads_another_table_is_met_by_choosing_parents()
    {
        await using var database = await CreateAsync("""
            create table accounts (id int primary key, active boolean not null);
            create function is_open(account int) returns boolean language sql stable as $$ select active from accounts where id = account $$;
            create table payments (id int primary key, account_id int not null references accounts, amount int, constraint open_account check (is_open(account_id)));
            """);
        var report = await FillAsync(database);
        Assert.Equal(80, await CountAsync(database, "payments"));
        Assert.Equal(
            ["Rows of payments take only parents with \"active\" = true by payments_account_id_fkey (rehearsal: check open_account)."],
            report.Plan.Warnings);
    }

    [Fact]
    public async Task A_trigger_that_wants_the_parents_tenant_gets_it()
    {
        await using var database = await CreateAsync("""
            create table tenants (id int primary key);
            create table projects (id int primary key, tenant_id int not null references tenants);
            create table tasks (id int primary key, tenant_id int not null references tenants, project_id int not null references projects);
            """ + TriggerSql("same_tenant", "tasks", "if (select tenant_id from projects where id = new.project_id) <> new.tenant_id then raise exception 'refused'; end if; return new;"));
        await FillAsync(database);
        Assert.Equal(80, await CountAsync(database, "tasks t join projects p on p.id = t.project_id and p.tenant_id = t.tenant_id"));
    }

    [Fact]
    public async Task Sequences_stand_where_they_stood_after_a_rehearsal()
    {
        await using var database =
            await CreateAsync(
            "create sequence numbers; create table logs (id serial primary key, entry text); create table orders (id serial primary key, number int);"
            + TriggerSql("numbered", "orders", "new.number := nextval('numbers'); insert into logs (entry) values ('x'); return new;"));
        const string Query =
            "select last_value, is_called from numbers union all select last_value, is_called from logs_id_seq union all select last_value, is_called from orders_id_seq";
        var before = await database.QueryAsync(Query);
        await using var target = database.Open();
        var schema = await target.ReadSchemaAsync(new(), Cancellation);
        await RelSeed.Loading.Rehearsal.RunAsync(target, FittedPlan.Make(schema, new PlanOptions()), new PlanOptions(), new Dictionary<TableName, ExistingRows>(), new(), wasRefused: false, Cancellation);
        Assert.Equal(before, await database.QueryAsync(Query));
        // A trigger takes its numbers from where the load's end.
        await FillAsync(database);
        Assert.Equal(160, await CountAsync(database, "logs"));
    }

    [Fact]
    public async Task A_trigger_that_writes_rows_keyed_by_the_time_of_the_load_is_off_meanwhile_and_on_afterwards()
    {
        await using var database = await CreateAsync("""
            create table seconds (key int primary key check (key between -86400 and -1));
            create table visits (id int primary key, page text not null);
            create table visit_facts (visit_id int primary key, second_key int not null references seconds);
            create table clicks (id int primary key, visit_id int not null references visits, at timestamptz not null default now());
            create table click_facts (click_id int primary key, second_key int not null references seconds);
            """ + WriterSql("visit_told", "visits", "insert into visit_facts values (new.id, extract(epoch from now())::int % 86400);")
            + WriterSql("click_told", "clicks",
                "declare found visit_facts%rowtype; begin select * into strict found from visit_facts where visit_id = new.visit_id and second_key >= 0; "
                + "insert into click_facts values (new.id, found.second_key); end;")
            + "alter table clicks enable always trigger click_told;");
        const string State = "select tgname, tgenabled from pg_trigger where not tgisinternal order by 1";
        var before = await database.QueryAsync(State);
        var report = await FillAsync(database);
        Assert.Equal(before, await database.QueryAsync(State));
        foreach (var table in (string[])["seconds", "visits", "visit_facts", "clicks", "click_facts"])
            Assert.Equal(80, await CountAsync(database, table));
        Assert.Equal(
            [
                "Trigger visit_told of visits is off while rows are written: it writes rows of visit_facts that refer, by the time of the load, to rows that cannot be made before.",
                "Trigger click_told of clicks is off while rows are written: it looks for rows of visit_facts that trigger visit_told of visits would write.",
            ], report.Plan.Warnings.Where(w => w.StartsWith("Trigger ", StringComparison.Ordinal)).OrderDescending());
    }

    [Fact]
    public async Task A_trigger_that_raises_is_never_switched_off()
    {
        await using var database = await CreateAsync("""
            create table seconds (key int primary key check (key between -86400 and -1));
            create table visits (id int primary key, page text not null);
            create table visit_facts (visit_id int primary key, second_key int not null references seconds);
            """ + WriterSql("visit_told", "visits", "if new.page is null then raise exception 'refused'; end if; "
                + "insert into visit_facts values (new.id, extract(epoch from now())::int % 86400);"));
        var report = await FillAsync(database);
        Assert.Equal(
            "its trigger visit_told writes rows of visit_facts that refer, by the time of the load, to rows that cannot be made before",
            report.Plan.Find(new("public", "visits"))!.RowsReason);
        Assert.Equal(0, await CountAsync(database, "visits"));
    }

    [Fact]
    public async Task Row_level_security_that_binds_the_user_is_told_before_the_load_and_not_where_it_does_not()
    {
        await using var database = await server.CreateDatabaseAsync("""
            create table shelves (id int primary key);
            create table parcels (id int primary key, shelf_id int not null references shelves, tenant text not null);
            alter table parcels enable row level security;
            create policy own on parcels using (tenant = current_user) with check (tenant = current_user);
            create role packer login; grant select, insert on shelves, parcels to packer;
            """);
        await using (var target = PostgreSqlTarget.Open(database.Url.Replace("relseed@", "packer@", StringComparison.Ordinal)))
        {
            var fault = await Assert.ThrowsAsync<PlanException>(() => Seeder.For(target).Rows(80).RunAsync(Cancellation));
            Assert.Equal(
                "RS2034 Table parcels takes none of 40 rehearsed rows: row-level security binds this user. Load as the table's owner or as a role with "
                + "BYPASSRLS, leave the table out with --exclude parcels, or leave out whatever cannot be filled with --skip-unsolvable.", fault.Message);
            var report = await Seeder.For(target).Rows(80).Exclude("parcels").RunAsync(Cancellation);
            Assert.Equal([("shelves", 80L)], report.Load.Tables.Select(t => (t.Table.Name, t.Rows)));
        }
        await using (var owner = PostgreSqlTarget.Open(database.Url))
            Assert.Equal(80, (await Seeder.For(owner).Rows(80).Append().RunAsync(Cancellation)).Load.Tables.Single(t => t.Table.Name == "parcels").Rows);
        await database.ExecuteAsync("drop owned by packer; drop role packer;");
    }

    [Fact]
    public async Task Tables_of_one_statement_are_tried_together_and_told_together()
    {
        const string Cycle = """
            create table teams (id int primary key, captain_id int not null);
            create table players (id int primary key, team_id int not null references teams);
            alter table teams add foreign key (captain_id) references players;
            create table awards (player_id int not null references players);
            """;
        await using var database = await CreateAsync(Cycle);
        var report = await FillAsync(database, s => s.With(load: l => l with { KeepConstraints = true }));
        Assert.Equal(
            ["Rows of public.players and public.teams go in by one statement: they need each other, and their keys stay in place."], report.Load.Notes);
        Assert.Equal(80, await CountAsync(database, "awards"));
        await using var closed = await CreateAsync(Cycle + TriggerSql("closed", "teams", "perform count(*) from awards; raise exception 'refused';"));
        var fault = await Assert.ThrowsAsync<PlanException>(() => FillAsync(closed, s => s.With(load: l => l with { KeepConstraints = true })));
        Assert.Equal(
            "RS2031 Table teams is refused when all rows are there: trigger closed refused them (SQLSTATE P0001). Give it what it expects, leave the table out "
            + "with --exclude teams, or leave out whatever cannot be filled with --skip-unsolvable.", fault.Message);
    }
}
