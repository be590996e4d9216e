using Npgsql;

namespace RelSeed.Testing.Tests.PostgreSql;

/// <summary>What a test may do to a database, and how it is undone.</summary>
public sealed class PostgreSqlResetTests(PostgreSqlResetTests.Zoo zoo) : IClassFixture<PostgreSqlResetTests.Zoo>
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> RowChanges { get; } = new(
        "delete from items",
        "delete from items where id % 3 = 0",
        "update items set note = 'x'",
        "update texts set id = id + 1000 where id < 5",
        "insert into items (label) values ('a'), ('b')",
        "insert into items (label) values ('a'); delete from items where label = 'a'",
        "truncate items cascade",
        "truncate items restart identity cascade",
        "insert into keyless values (1, 'x')",
        "delete from keyless where a % 2 = 0",
        "update keyless set b = null",
        "insert into measures (at, reading) values ('2026-03-01', 1), ('2027-03-01', 2)",
        "delete from measures_2026",
        "truncate measures",
        "update \"we\"\"ird T\t'able\" set \"select\" = \"select\" || 'x'",
        "delete from \"we\"\"ird T\t'able\"",
        "select nextval('loose'), nextval('loose')",
        "select setval('loose', 1, false)",
        "insert into base (a) values (1); insert into derived (a, b) values (1, 2)",
        "delete from only base",
        "update texts set t = 'plain' where id < 20",
        "delete from texts",
        "select lo_from_bytea(0, 'x'); select lo_unlink(oid) from pg_largeobject_metadata",
        "begin; delete from items; rollback; insert into keyless values (2, 'y')",
        "vacuum full items", "analyze", "reindex table items");

    [Theory, MemberData(nameof(RowChanges))]
    public async Task Changed_rows_and_sequences_are_put_back_as_they_were(string sql)
    {
        await using var database = await zoo.CloneAsync();
        var seeded = await DumpAsync(database);
        for (var round = 0; round < 2; round++)
        {
            await database.ExecuteAsync(sql);
            var report = await database.ResetAsync(Token);
            Assert.NotEqual(ResetKind.Clone, report.Kind);
            Assert.Equal(seeded, await DumpAsync(database));
        }
        Assert.Equal(ResetKind.Unchanged, (await database.ResetAsync(Token)).Kind);
    }

    public static TheoryData<string> SchemaChanges { get; } = new(
        "alter table items add extra int",
        "alter table items rename column label to titel",
        "alter table texts alter column t type varchar(200)",
        "alter sequence loose restart with 77",
        "cluster items using items_pkey",
        "alter table items drop constraint items_label_check",
        "drop table details",
        "create table more (id int)",
        "create index on items (label)",
        "drop trigger items_audit on items",
        "create or replace function audit() returns trigger language plpgsql as 'begin return new; end'",
        "create view v as select 1 as one",
        "create schema other",
        "create type mood as enum ('sad')",
        "alter sequence loose increment 5",
        "grant select on items to public",
        "refresh materialized view counts",
        "insert into always (a) values (1)",
        "select lo_from_bytea(0, 'x')",
        "comment on table items is 'changed'");

    [Theory, MemberData(nameof(SchemaChanges))]
    public async Task A_database_whose_schema_was_changed_is_cloned_again(string sql)
    {
        await using var database = await zoo.CloneAsync();
        var seeded = await DumpAsync(database);
        await database.ExecuteAsync(sql);
        var report = await database.ResetAsync(Token);
        Assert.Equal(ResetKind.Clone, report.Kind);
        Assert.NotNull(report.Reason);
        Assert.Equal(seeded, await DumpAsync(database));
        Assert.Equal(ResetKind.Unchanged, (await database.ResetAsync(Token)).Kind);
    }

    [Fact]
    public async Task The_report_names_what_was_put_back()
    {
        await using var database = await zoo.CloneAsync();
        await database.ExecuteAsync("delete from details; select nextval('loose')");
        var report = await database.ResetAsync(Token);
        Assert.Equal(ResetKind.Rows, report.Kind);
        Assert.Equal(["public.details", "public.loose"], report.Tables);
    }

    [Fact]
    public async Task Triggers_do_not_fire_for_rows_that_are_put_back()
    {
        await using var database = await zoo.CloneAsync();
        var audited = await database.CountAsync("audits");
        await database.ExecuteAsync("update items set note = 'x'");
        Assert.True(await database.CountAsync("audits") > audited);
        await database.ResetAsync(Token);
        Assert.Equal(audited, await database.CountAsync("audits"));
    }

    [Fact]
    public async Task A_temporary_table_of_a_pooled_session_is_no_change_of_the_schema()
    {
        await using var database = await zoo.CloneAsync();
        await database.ExecuteAsync("create temp table scratch (id int primary key); insert into keyless values (1, 'x')");
        Assert.Equal(ResetKind.Rows, (await database.ResetAsync(Token)).Kind);
        await database.ExecuteAsync("create temp table scratch (id int)");
        Assert.Equal(ResetKind.Unchanged, (await database.ResetAsync(Token)).Kind);
    }

    [Fact]
    public async Task Idle_connections_of_the_test_stay_usable()
    {
        await using var database = await zoo.CloneAsync();
        await using var connection = await database.OpenConnectionAsync(Token);
        await connection.ExecuteAsync("delete from items");
        await database.ResetAsync(Token);
        await connection.ExecuteAsync("delete from items");
        Assert.Equal(ResetKind.Rows, (await database.ResetAsync(Token)).Kind);
    }

    [Fact]
    public async Task A_transaction_left_open_is_told()
    {
        await using var database = await zoo.CloneAsync();
        await using var connection = await database.OpenConnectionAsync(Token);
        await connection.ExecuteAsync("begin; delete from items");
        var fault = await Assert.ThrowsAsync<TemplateException>(() => database.ResetAsync(Token));
        Assert.Equal($"RS3505 {database.Name} cannot be reset: a transaction of a test is still open in it after 0.3 s. "
            + "Dispose the test's connections and transactions before the reset.", fault.Message);
        await connection.ExecuteAsync("rollback");
        Assert.Equal(ResetKind.Unchanged, (await database.ResetAsync(Token)).Kind);
    }

    [Fact]
    public async Task A_transaction_that_ends_meanwhile_is_waited_for()
    {
        await using var database = await zoo.CloneAsync();
        var connection = (NpgsqlConnection)await database.OpenConnectionAsync(Token);
        await connection.ExecuteAsync("begin; delete from items");
        var reset = database.ResetAsync(Token);
        await Task.Delay(100, Token);
        await connection.ExecuteAsync("commit");
        await connection.DisposeAsync();
        Assert.Equal(ResetKind.Rows, (await reset).Kind);
        Assert.Equal(Zoo.Items, await database.CountAsync("items"));
    }

    /// <summary>Every table's rows, every sequence's state, and the columns, as one text.</summary>
    static async Task<string> DumpAsync(DatabaseClone database)
    {
        var tables = await database.QueryAsync(
            "select quote_ident(nspname) || '.' || quote_ident(relname) from pg_class c join pg_namespace n on n.oid = relnamespace where relkind in ('r', 'm', 'v') and nspname !~ '^pg_|^information' order by 1");
        var sequences = await database.QueryAsync(
            "select quote_ident(nspname) || '.' || quote_ident(relname) from pg_class c join pg_namespace n on n.oid = relnamespace where relkind = 'S' and nspname !~ '^pg_|^information' order by 1");
        var columns = await database.QueryAsync(
            "select attrelid::regclass::text, attname, format_type(atttypid, atttypmod) from pg_attribute where attrelid >= 16384 and attnum > 0 and attrelid::regclass::text !~ '^pg_' order by 1, attnum");
        var lines = new List<string>(columns);
        foreach (var table in tables)
            lines.AddRange([table, .. (await database.QueryAsync($"select t::text from {table} t")).Order(StringComparer.Ordinal)]);
        foreach (var sequence in sequences) lines.AddRange([sequence, .. await database.QueryAsync($"select last_value, is_called from {sequence}")]);
        return string.Join('\n', lines);
    }

    /// <summary>A template with tables of every kind.</summary>
    public sealed class Zoo : IAsyncLifetime
    {
        const string Schema = """
            create table items (id int generated always as identity primary key, label varchar(40) not null check (label <> ''), note text, twice text generated always as (label || label) stored);
            create table details (item_id int references items (id) on delete cascade, line int, primary key (item_id, line));
            create table keyless (a int, b text);
            create table measures (id bigserial, at date not null check (at between '2026-01-01' and '2027-12-31'), reading int) partition by range (at);
            create table measures_2026 partition of measures for values from ('2026-01-01') to ('2027-01-01');
            create table measures_2027 partition of measures for values from ('2027-01-01') to ('2028-01-01');
            create table "we""ird T	'able" ("a b" int primary key, "select" varchar(50) not null);
            create table base (id serial primary key, a int);
            create table derived (b int) inherits (base);
            create table texts (id int primary key, t text);
            insert into texts select i, case i % 5 when 0 then null when 1 then E'tab\there\\.' when 2 then E'line\nline\r\n' when 3 then '\N' else '' end from generate_series(1, 40) i;
            create table always (a int);
            create function nothing() returns trigger language plpgsql as 'begin return new; end';
            create trigger always_fires before insert on always for each row execute function nothing();
            alter table always enable always trigger always_fires;
            create sequence loose;
            create table audits (id int generated by default as identity primary key, at timestamptz not null default now());
            create function audit() returns trigger language plpgsql as 'begin insert into audits default values; return new; end';
            create trigger items_audit after update on items for each row execute function audit();
            create materialized view counts as select count(*) from items;
            """;

        SeededDatabase? _database;

        public static long Items => 30;

        public async ValueTask InitializeAsync() => _database = await SeededDatabase.CreateAsync(
            Servers.PostgreSql(), SchemaStep.Sql(Schema), seed => seed.Rows(30), new() { Wait = TimeSpan.FromSeconds(0.3) }, Token);

        public Task<DatabaseClone> CloneAsync() => _database!.CloneAsync(Token);

        public async ValueTask DisposeAsync()
        {
            if (_database is not null) await _database.DisposeAsync();
        }
    }
}
