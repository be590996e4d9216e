using RelSeed.Loading;

namespace RelSeed.PostgreSql.Tests.Loading;

/// <summary>What a refused load says: the object, what was found, what to do, and never a value.</summary>
public sealed class LoadFaultTests(PostgreSqlFixture server)
{
    const string Schema = """
        create domain code as text check (value ~ '^[A-Z]+$');
        create table t (id integer primary key, name varchar(5) not null, price numeric(4,2) check (price > 0), kind code, at integer, unique (name));
        create table u (id smallint, during int4range, exclude using gist (during with &&));
        create function refuse() returns trigger language plpgsql as 'begin raise exception ''secret value %'', new.id; end';
        create table v (id integer);
        create trigger refuse before insert on v for each row execute function refuse();
        create table log (id integer check (id < 5));
        create table x (id integer);
        create function log_it() returns trigger language plpgsql as 'begin insert into log values (new.id); return new; end';
        create trigger log_it before insert on x for each row execute function log_it();
        create table y (id integer);
        create function check_it() returns trigger language plpgsql as
            'begin raise exception using errcode = ''check_violation'', message = ''secret''; end';
        create trigger check_it after insert on y execute function check_it();
        create table z (id integer);
        create function read_it() returns trigger language plpgsql as 'begin new.id := (new.id || ''secret'')::integer; return new; end';
        create trigger read_it before insert on z for each row execute function read_it();
        create table w (id integer);
        alter table w enable row level security;
        alter table w force row level security;
        """;

    const string Rest = " The database is as it was. Give its columns a rule, or leave the table out with --exclude.";
    const string Look =
        " The database is as it was. Look at the plan's generators with 'relseed plan --explain', and give the column a rule or leave the table out with --exclude.";

    public static TheoryData<string, string> Faults => new()
    {
        { "unique", "RS3101 Table public.t: unique key t_name_key does not hold: rows of the load are twice the same under it." + Rest },
        { "primary", "RS3101 Table public.t: unique key t_pkey does not hold: rows of the load are twice the same under it." + Rest },
        { "check", "RS3101 Table public.t: check t_price_check does not hold: rows of the load do not satisfy it." + Rest },
        { "domain", "RS3101 Table public.t: check code_check does not hold: rows of the load do not satisfy it." + Rest },
        { "null",
            "RS3101 Table public.t: column name may not be null, and rows of the load are. The database is as it was. Give the column a rule, or leave the table out with --exclude." },
        { "exclusion", "RS3101 Table public.u: exclusion constraint u_during_excl does not hold: rows of the load exclude one another." + Rest },
        { "length", "RS3199 Table public.t, column name: the server refused (SQLSTATE 22001)." + Look },
        { "precision", "RS3199 Table public.t, column price: the server refused (SQLSTATE 22P03)." + Look },
        { "overflow",
            "RS3107 Table public.u got a number beyond its column's type. The database is as it was. Look at the plan's generators with 'relseed plan --explain' and narrow the column by a rule." },
        { "x", "RS3101 Table public.log, written while public.x was loaded: check log_id_check does not hold: rows of the load do not satisfy it."
            + Rest },
        { "y", "RS3109 Table public.y: function check_it refused a row by an error of its own. The database is as it was. Give the columns it looks at a rule, set what it expects with --set, or leave the table out with --exclude." },
        { "z", "RS3199 Table public.z: the server refused in function read_it (SQLSTATE 22P02)." + Look },
        { "trigger",
            "RS3109 Table public.v: function refuse refused a row by an error of its own. The database is as it was. Give the columns it looks at a rule, set what it expects with --set, or leave the table out with --exclude." },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task A_refusal_names_the_object_and_no_value(string what, string message)
    {
        await using var database = await server.CreateDatabaseAsync(Schema);
        await using var target = PostgreSqlTarget.Open(database.Url + "?");
        var load = await HandMade.ReadAsync(target);
        if (what == "exclusion" || what == "overflow")
            load.Add("u", 20, ("id", r => what == "overflow" ? 99_999 : r), ("during", r => new object?[] { 1L, 2L }));
        else if (what is "x" or "y" or "z") load.Add(what, 20, ("id", r => r));
        else if (what == "trigger") load.Add("v", 20, ("id", r => r));
        else load.Add("t", 20,
            ("id", r => what == "primary" ? 1 : r),
            ("name", r => what switch { "null" => null, "unique" => "same", "length" => "secret", _ => $"n{r}" }),
            ("price", r => what switch { "check" => -1, "precision" => 123_456_789, _ => 1 }), ("kind", r => what == "domain" ? "secret" : "A"));
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => load.LoadAsync(new LoadOptions { RebuildThreshold = 10_000 }));
        Assert.Equal(message, fault.Message);
        Assert.DoesNotContain("secret", fault.ToString());
        Assert.Empty(await target.FindFilledTablesAsync(load.Schema.Tables, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_user_without_rights_is_told_which()
    {
        await using var database =
            await server.CreateDatabaseAsync(Schema + "create role reader login; grant select on t, w to reader; grant insert on w to reader;");
        await using var target = PostgreSqlTarget.Open(database.Url.Replace("relseed@", "reader@", StringComparison.Ordinal));
        var refused = (await HandMade.ReadAsync(target)).Add("t", 1, ("id", r => r), ("name", r => "n"));
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => refused.LoadAsync());
        Assert.Equal(
            "RS3102 Table public.t: the server refused for lack of rights (permission denied for table t). The database is as it was. " +
            "Grant the right, or connect as the tables' owner.", fault.Message);
        var bound = (await HandMade.ReadAsync(target)).Add("w", 1, ("id", r => r));
        fault = await Assert.ThrowsAsync<DatabaseException>(() => bound.LoadAsync());
        Assert.Equal(
            "RS3104 Table public.w has row-level security that binds this user, and COPY does not work under it. " +
            "Load as the table's owner or as a role with BYPASSRLS, or leave the table out with --exclude public.w.", fault.Message);
        await database.ExecuteAsync("drop owned by reader; drop role reader;");
    }

    [Fact]
    public async Task A_schema_that_changed_since_it_was_read_is_told()
    {
        await using var database = await server.CreateDatabaseAsync(Schema);
        await using var target = PostgreSqlTarget.Open(database.Url);
        var load = (await HandMade.ReadAsync(target)).Add("t", 1, ("id", r => r), ("name", r => "n"));
        await database.ExecuteAsync("alter table t rename column name to title");
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => load.LoadAsync());
        Assert.Equal("RS3110 Table public.t has no column name any more: the schema was changed since it was read. Run the command again.",
            fault.Message);
        await database.ExecuteAsync("drop table t");
        fault = await Assert.ThrowsAsync<DatabaseException>(() => load.LoadAsync());
        Assert.Equal("RS3110 Table public.t is not in the database any more: the schema was changed since it was read. Run the command again.",
            fault.Message);
    }

    [Fact]
    public async Task Settings_hold_during_the_load_and_not_after_it()
    {
        await using var database =
            await server.CreateDatabaseAsync("create table t (id integer, who text default current_setting('app.user', true))");
        await using var target = PostgreSqlTarget.Open(database.Url);
        var load = (await HandMade.ReadAsync(target)).Add("t", 2, ("id", r => r));
        await load.LoadAsync(new() { Settings = new Dictionary<string, string> { ["app.user"] = "o'hara" } });
        Assert.Equal(["o'hara"], (await database.QueryAsync("select distinct who from t"))[0]);
    }
}
