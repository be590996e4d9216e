using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Tests.Expressions;

public class TriggerReaderTests
{
    static Trigger Of(string body, string definition = "CREATE TRIGGER t BEFORE INSERT ON s FOR EACH ROW EXECUTE FUNCTION f()") =>
        new("t", TriggerTiming.Before, TriggerEvents.Insert, "f", definition, IsRow: true, IsDeferrable: false, Enabled: true) { Body = body };

    static TriggerBody Read(string body) => TriggerReader.Read(Of(body), Dialect.PostgreSql);

    static TriggerBody ReadSqlite(string definition) => TriggerReader.Read(Of("", definition), Dialect.Sqlite);

    [Fact]
    public void An_insert_tells_columns_literals_and_what_it_cannot_know()
    {
        var insert =
            Assert.Single(
            Read("begin insert into App.\"Base\" (id, kind, n, at) values (new.ID, 'x''y'::text, null, now()); return new; end").Inserts);
        Assert.Equal(("app", "Base"), (insert.Schema, insert.Table));
        Assert.Equal(["id", "kind", "n", "at"], insert.Columns);
        Assert.Equal([new("id", false, null), new(null, true, "x'y"), new(null, true, null), new(null, false, null)], insert.Values);
        Assert.True(insert is { IsCertain: true, IsHarmless: false, Guard: null });
    }

    [Theory]
    [InlineData("insert into b select new.a, 1;", true, false)]
    [InlineData("insert into b select new.a, 1 from c;", false, false)]
    [InlineData("insert into b values (new.a, 1) on conflict do nothing;", true, true)]
    [InlineData("insert into b default values;", true, false)]
    [InlineData("with c as (select 1) insert into b select 1;", false, false)]
    [InlineData("if found then insert into b values (1); end if;", false, false)]
    [InlineData("for i in 1..3 loop insert into b values (i); end loop;", false, false)]
    [InlineData("if tg_op = 'INSERT' then insert into b values (1); end if;", true, false)]
    [InlineData("if tg_op in ('UPDATE') then return null; end if; insert into b values (1);", false, false)]
    [InlineData("if tg_op <> 'INSERT' then return null; end if; insert into b values (1);", true, false)]
    [InlineData("if (tg_op = 'DELETE') then return old; elsif tg_op = 'INSERT' then insert into b values (1); end if;", true, false)]
    [InlineData("begin insert into b values (1); exception when others then null; end;", true, false)]
    public void Whether_a_row_is_written_follows_from_the_blocks_around_it(string statements, bool isCertain, bool isHarmless)
    {
        var insert = Assert.Single(Read($"declare i int; begin {statements} return new; end").Inserts);
        Assert.Equal((isCertain, isHarmless), (insert.IsCertain, insert.IsHarmless));
    }

    [Theory]
    [InlineData("if tg_op = 'UPDATE' then insert into b values (1); end if;")]
    [InlineData("return new; insert into b values (1);")]
    [InlineData("if tg_op = 'INSERT' then return new; end if; insert into b values (1);")]
    [InlineData("raise exception 'no'; insert into b values (1);")]
    [InlineData("-- insert into b values (1);")]
    [InlineData("perform 'insert into b values (1)';")]
    [InlineData("execute $q$ insert into b values (1) $q$;")]
    public void What_is_never_reached_or_only_quoted_is_no_insert(string statements) => Assert.Empty(Read($"begin {statements} end").Inserts);

    [Fact]
    public void A_column_that_equals_a_literal_guards_an_insert()
    {
        var inserts = Read(
            """
            begin
              if new.type = 'org' then insert into org values (new.id); return new; end if;
              if new.type = 'project' then insert into project values (new.id); return new; end if;
              raise exception 'unknown';
            end
            """).Inserts;
        Assert.Equal([("org", "org"), ("project", "project")], inserts.Select(i => (i.Table, i.Guard!.Literal)));
        Assert.All(inserts, i => Assert.True(i is { IsCertain: true, Guard.Column: "type" }));
    }

    [Fact]
    public void The_triggers_own_condition_guards_all_of_it()
    {
        var trigger = Of("begin insert into b values (new.a); return new; end",
            "CREATE TRIGGER t AFTER INSERT ON s FOR EACH ROW WHEN ((new.kind = 'x'::text)) EXECUTE FUNCTION f()");
        Assert.Equal(new TriggerGuard("kind", "x"), Assert.Single(TriggerReader.Read(trigger, Dialect.PostgreSql).Inserts).Guard);
    }

    [Fact]
    public void What_a_new_row_reads_from_its_parent_is_told()
    {
        var body = Read("begin select p.scope_id into new.scope_id from parent where parent.id = new.parent_id; new.at := now(); return new; end");
        Assert.Equal(new TriggerDemand("scope_id", null, "parent", [new("id", new("parent_id", false, null))]), Assert.Single(body.Demands));
        Assert.Equal(["scope_id", "at"], body.Assigned);
        Assert.Equal(["parent"], body.Mentions);
    }

    [Theory]
    [InlineData("declare v bigint; begin select max(version) from app.release into v where edition = new.edition; new.version = v; return new; end",
        "version|app|release|edition=new.edition")]
    [InlineData("begin new.version := (select r.version from release as r where r.edition = new.edition and r.kind = 'x'); return new; end",
        "version||release|edition=new.edition,kind=x")]
    [InlineData("declare v text; begin select code into strict v from area where id = new.area_id; return new; end", "||area|id=new.area_id")]
    [InlineData("begin perform from area where new.area_id = id; if not found then raise exception 'no'; end if; return new; end",
        "||area|id=new.area_id")]
    [InlineData(
        "begin if not exists (select 1 from area a where a.id = new.area_id and a.depth > 1) then raise exception 'no'; end if; return new; end",
        "||area|id=new.area_id")]
    [InlineData(
        "declare v text; begin select name into v from area where id = new.area_id; if v is null then raise exception 'no'; end if; return new; end",
        "||area|id=new.area_id")]
    [InlineData(
        "declare n integer; begin select count(*) into n from area where id = new.area_id; if n = 0 then raise exception 'no'; end if; return new; end", "||area|id=new.area_id")]
    [InlineData("begin if new.code not in (select code from known) then raise exception 'no'; end if; return new; end", "||known|code=new.code")]
    [InlineData(
        "declare m int := 0; begin select 1 into m from area where id = new.area_id limit 1; if m = 1 then return new; else raise exception 'no'; end if; end",
        "||area|id=new.area_id")]
    [InlineData(
        "begin if exists (select 1 from area a where a.id = new.area_id) then return new; end if; raise exception 'no'; end", "||area|id=new.area_id")]
    [InlineData("begin perform from area where id = new.area_id; if found then null; else raise exception 'no'; end if; return new; end",
        "||area|id=new.area_id")]
    [InlineData(
        "declare v text; begin select name into v from area where id = new.area_id; if v is not null then return new; end if; raise exception 'no'; end",
        "||area|id=new.area_id")]
    [InlineData("begin if new.code in (select code from known) then return new; else raise exception 'no'; end if; end", "||known|code=new.code")]
    public void A_row_that_a_new_row_needs_is_told(string body, string expected)
    {
        var demand = Assert.Single(Read(body).Demands);
        Assert.Equal(expected,
            $"{demand.Column}|{demand.Schema}|{demand.Table}|{string.Join(',', demand.Keys.Select(k => $"{k.Column}={(k.Value.Column is { } c ? "new." + c : k.Value.Literal)}"))}");
    }

    [Theory]
    [InlineData(
        "begin if new.kind = 'a' then perform from area where id = new.area_id; if not found then raise exception 'no'; end if; end if; return new; end")]
    [InlineData(
        "begin perform from area where id = new.area_id or new.area_id is null; if not found then raise exception 'no'; end if; return new; end")]
    [InlineData(
        "begin perform from area join land on land.id = area.land_id where area.id = new.area_id; if not found then raise exception 'no'; end if; return new; end")]
    [InlineData("begin if exists (select 1 from area where id = new.area_id) then raise exception 'no'; end if; return new; end")]
    [InlineData("begin if not exists (select 1 from area where id = 1) then raise exception 'no'; end if; return new; end")]
    [InlineData("declare n integer; begin select count(*) into strict n from area where id = new.area_id; new.n := n; return new; end")]
    [InlineData(
        "declare n integer; begin select count(*) into n from area where id = new.area_id; if n > 3 then raise exception 'no'; end if; return new; end")]
    [InlineData("begin perform from area where id = new.area_id; if not found then raise notice 'no'; end if; return new; end")]
    [InlineData("begin if exists (select 1 from area where id = new.area_id) or new.x then return new; end if; raise exception 'no'; end")]
    [InlineData("begin if exists (select 1 from area where id = new.area_id) then return new; end if; raise notice 'no'; return new; end")]
    [InlineData("begin if exists (select 1 from area where id = new.area_id) then new.n := 1; end if; raise exception 'no'; end")]
    [InlineData(
        "begin if exists (select 1 from area where id = new.area_id) then return new; elsif new.x then return new; else raise exception 'no'; end if; end")]
    public void What_some_rows_may_do_without_is_no_demand(string body) => Assert.Empty(Read(body).Demands);

    [Fact]
    public void Copies_within_the_row_are_told() =>
        Assert.Equal([new TriggerCopy("code", "number")],
            Read("begin if new.code is null then new.code := new.number; end if; new.at := now(); return new; end").Copies);

    [Fact]
    public void What_deleted_rows_hold_is_told()
    {
        var delete = Assert.Single(Read("begin delete from app.absent where a = new.x and kind = 'k' and b > 1; return null; end").Deletes);
        Assert.Equal(("app", "absent"), (delete.Schema, delete.Table));
        Assert.Equal([new("a", new("x", false, null)), new("kind", new(null, true, "k"))], delete.Keys);
    }

    [Theory]
    [InlineData("for r in select id from task loop insert into log values (r.id); end loop;", "task")]
    [InlineData("for r in (select t.id from only App.\"Task\" as t order by t.id) loop null; end loop;", "app.Task")]
    [InlineData("for r in select id from task where owner = new.id loop null; end loop;", null)]
    [InlineData("for r in select id from task, owner loop null; end loop;", null)]
    [InlineData("for r in select id from generate_series(1, 3) loop null; end loop;", null)]
    [InlineData("for i in 1..3 loop null; end loop;", null)]
    [InlineData("foreach x in array new.tags loop null; end loop;", null)]
    public void A_table_that_is_gone_through_whole_is_told(string statement, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected],
            Read($"begin {statement} return new; end").Sweeps.Select(s => s.Schema is null ? s.Table : $"{s.Schema}.{s.Table}"));

    [Fact]
    public void An_sqlite_trigger_is_read_from_its_definition()
    {
        var body =
            ReadSqlite(
            "CREATE TRIGGER [begin] AFTER INSERT ON \"x\" WHEN NEW.kind = 'a' BEGIN INSERT OR IGNORE INTO [log] VALUES (NEW.Id, 'b'); UPDATE c SET n = 1; END");
        var insert = Assert.Single(body.Inserts);
        Assert.Equal(("log", true, true), (insert.Table, insert.IsCertain, insert.IsHarmless));
        Assert.Equal(new TriggerGuard("kind", "a"), insert.Guard);
        Assert.Equal([new("Id", false, null), new(null, true, "b")], insert.Values);
    }

    public static TheoryData<string> Hostile => new(
        "", ";", "begin", "end end end", "insert", "insert into", "insert into (", "insert into a.", "insert into a (b", "insert into a (b) values",
        "insert into a values (",
        "insert into a values ((((new.", "if", "if then", "if then else elsif then end if", "elsif x then", "else insert into a values (1)",
        "'unclosed", "$x$ unclosed", "/* unclosed",
        "e'\\", "\"", "select into new.", "select x into new.a from", "select into", "new.", "new.x", "new.x :=",
        "\0\0\u202e\ud800 insert into \ud83d\ude00 values (1);",
        new string('(', 90_000), string.Concat(Enumerable.Repeat("begin ", 15_000)), string.Concat(Enumerable.Repeat("if new.a = '1' then ", 4_500)),
        $"begin if {new string('(', 45_000)}{new string(')', 45_000)} then null; end if; end",
        $"insert into a values ({string.Join(',', Enumerable.Repeat("(new.a)", 10_000))});",
        string.Concat(Enumerable.Repeat("insert into a values (1);", 3_900)), string.Concat(Enumerable.Repeat("insert ", 14_000)),
        string.Concat(Enumerable.Repeat(" or", 30_000)), new string(';', 200_000));

    [Theory, MemberData(nameof(Hostile))]
    public void Any_text_is_read_in_no_time(string text)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Read(text);
        Read($"begin {text}");
        ReadSqlite(text);
        ReadSqlite($"CREATE TRIGGER t AFTER INSERT ON x WHEN {text} BEGIN {text} END");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
    }

    [Fact]
    public void A_text_cut_anywhere_is_read()
    {
        const string Whole =
            "declare x int; begin if new.a = 'b' then insert into s.t (a, \"b\") values (new.a, e'\\'', $q$x$q$) on conflict do nothing; elsif 1 = 2 then select p into strict new.c from q.r where k = new.l; end if; /* c */ return new; end";
        for (var length = 0; length <= Whole.Length; length++)
        {
            Read(Whole[..length]);
            Read(Whole[length..]);
        }
    }
}
