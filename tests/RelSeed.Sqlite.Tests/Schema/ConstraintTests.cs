using RelSeed.Schema;

namespace RelSeed.Sqlite.Tests.Schema;

public class ConstraintTests
{
    [Theory]
    [InlineData("x CHECK (x > 0)", "t_x_check: x > 0")]
    [InlineData("x CONSTRAINT positive CHECK (x > 0)", "positive: x > 0")]
    [InlineData("x, CHECK (x > 0)", "t_check: x > 0")]
    [InlineData("x, CONSTRAINT \"is ok\" CHECK ((x) > (0))", "is ok: (x) > (0)")]
    [InlineData("x CHECK (x <> ')') CHECK (x <> '(''')", "t_x_check: x <> ')' | t_x_check1: x <> '('''")]
    [InlineData("x CHECK (x > 0 -- not ) this\n AND x < 9)", "t_x_check: x > 0 AND x < 9")]
    [InlineData("x CHECK (x /* ) */ > /* ( */ 0)", "t_x_check: x > 0")]
    [InlineData("x CHECK (x\n\t>\n0)", "t_x_check: x > 0")]
    [InlineData("x CHECK ([x] > `x` + \"x\")", "t_x_check: \"x\" > \"x\" + \"x\"")]
    [InlineData("x CHECK (x IN (\"new\", \"it's\", 'old'))", "t_x_check: x IN ('new', 'it''s', 'old')")]
    [InlineData("x CHECK (\"t\".\"x\" > 0)", "t_x_check: \"t\".\"x\" > 0")]
    [InlineData("x CHECK (x COLLATE \"nocase\" <> 'a')", "t_x_check: x COLLATE \"nocase\" <> 'a'")]
    [InlineData("x CHECK (CASE WHEN x THEN 1 ELSE x->>'$.a' END)", "t_x_check: CASE WHEN x THEN 1 ELSE x->>'$.a' END")]
    [InlineData("x DEFAULT (')') CHECK (x > x'00')", "t_x_check: x > x'00'")]
    [InlineData("x DEFAULT 'CHECK (x)' NOT NULL", "")]
    [InlineData("\"check\" TEXT, b [check] CHECK (b > 1e-5)", "t_b_check: b > 1e-5")]
    [InlineData("x, CHECK (x > 0) CHECK (x < 5) CONSTRAINT c3 UNIQUE (x) CHECK (x <> 3)", "t_check: x > 0 | t_check1: x < 5 | t_check2: x <> 3")]
    [InlineData("x CONSTRAINT c CHECK (x > 0), y CONSTRAINT c CHECK (y > 0)", "c: x > 0 | c1: y > 0")]
    [InlineData("x NOT NULL ON CONFLICT REPLACE CHECK (x > 0)", "t_x_check: x > 0")]
    public void Checks_are_cut_out_of_the_create_text(string columns, string checks)
    {
        var table = SchemaOf.Table($"CREATE TABLE t ({columns})");
        Assert.Equal(checks, string.Join(" | ", table.Checks.Select(c => $"{c.Name}: {c.Expression}")));
    }

    [Fact]
    public void A_column_added_later_keeps_its_check_and_reference()
    {
        var schema = SchemaOf.Sql(
            """
            CREATE TABLE p (id INTEGER PRIMARY KEY);
            CREATE TABLE t (x /* first */, CHECK (x > 0)) -- the end
            ;
            ALTER TABLE t ADD COLUMN y INTEGER CONSTRAINT cy CHECK (y < 5) REFERENCES p DEFERRABLE INITIALLY DEFERRED;
            ALTER TABLE t RENAME COLUMN x TO "the x";
            """);
        var table = schema.Find(new("main", "t"))!;
        Assert.Equal(["y < 5", "\"the x\" > 0"], table.Checks.Select(c => c.Expression));
        Assert.Equal((["y"], true), (table.ForeignKeys[0].Columns, table.ForeignKeys[0].IsInitiallyDeferred));
    }

    [Fact]
    public void Unique_keys_of_every_kind_are_read()
    {
        var table = SchemaOf.Table(
            """
            CREATE TABLE t (
              id INTEGER PRIMARY KEY,
              a TEXT COLLATE NOCASE UNIQUE,
              b TEXT CONSTRAINT one_b UNIQUE,
              c, d, state TEXT,
              CONSTRAINT cd UNIQUE (c, d COLLATE NOCASE)
            );
            CREATE UNIQUE INDEX plain ON t (c DESC);
            CREATE UNIQUE INDEX partial ON t (d) WHERE state = "open" AND d IS NOT NULL;
            CREATE UNIQUE INDEX expression ON t (lower(b) COLLATE NOCASE DESC, coalesce(c, 'a,b'), d);
            CREATE UNIQUE INDEX binary ON t (a COLLATE BINARY);
            CREATE INDEX none ON t (c);
            """);
        Assert.Equal(
            [
                "t_a_key (a ci) constraint",
                "one_b (b) constraint",
                "cd (c, d/NOCASE ci) constraint",
                "plain (c)",
                "partial (d) where state = 'open' AND d IS NOT NULL",
                "expression (=lower(b)/NOCASE ci, =coalesce(c, 'a,b'), d)",
                "binary (a/BINARY)",
            ],
            table.UniqueKeys.Select(Describe));
        Assert.Equal("t_pkey (id) constraint", Describe(table.PrimaryKey!));
    }

    [Fact]
    public void Primary_keys_take_name_and_collation_from_their_declaration()
    {
        var schema = SchemaOf.Sql(
            """
            CREATE TABLE a (x TEXT, y TEXT COLLATE NOCASE, CONSTRAINT "the key" PRIMARY KEY (y, x COLLATE NOCASE));
            CREATE TABLE b (x TEXT CONSTRAINT kb PRIMARY KEY) WITHOUT ROWID;
            CREATE TABLE c (x TEXT);
            """);
        Assert.Equal(["the key (y ci, x/NOCASE ci) constraint", "kb (x) constraint", null],
            schema.Tables.Select(t => t.PrimaryKey is { } key ? Describe(key) : null));
    }

    [Fact]
    public void Foreign_keys_of_every_kind_are_read_with_the_principals_spelling()
    {
        var schema = SchemaOf.Sql(
            """
            CREATE TABLE Users (Id INTEGER PRIMARY KEY, Email TEXT UNIQUE, boss REFERENCES users);
            CREATE TABLE pair (a, b, PRIMARY KEY (b, a));
            CREATE TABLE z (
              u INTEGER REFERENCES USERS(ID) ON DELETE SET DEFAULT ON UPDATE NO ACTION NOT DEFERRABLE INITIALLY IMMEDIATE DEFAULT 1,
              e TEXT CONSTRAINT by_mail REFERENCES users (email) MATCH FULL ON DELETE CASCADE DEFERRABLE,
              pb, pa, gone REFERENCES nowhere,
              odd INTEGER REFERENCES pair,
              CONSTRAINT to_pair FOREIGN KEY (PB, pa) REFERENCES Pair DEFERRABLE INITIALLY DEFERRED,
              FOREIGN KEY (u) REFERENCES users (Id)
            );
            """);
        Assert.Equal("Users_boss_fkey (boss) -> main.Users(Id)", Describe(schema.Find(new("main", "Users"))!.ForeignKeys[0]));
        Assert.Equal(
            [
                "z_u_fkey (u) -> main.Users(Id)",
                "by_mail (e) -> main.Users(Email) deferrable",
                "z_gone_fkey (gone) -> main.nowhere(gone)",
                "z_odd_fkey (odd) -> main.pair(odd)",
                "to_pair (pb, pa) -> main.pair(b, a) deferrable deferred",
                "z_u_fkey1 (u) -> main.Users(Id)",
            ],
            schema.Find(new("main", "z"))!.ForeignKeys.Select(Describe));
    }

    static string Describe(UniqueKey key) =>
        $"{key.Name} ({string.Join(", ", key.Parts.Select(Describe))})" + (key.IsConstraint ? " constraint" : "")
            + (key.Predicate is null ? "" : $" where {key.Predicate}");

    static string Describe(KeyPart part) =>
        (part.Column ?? $"={part.Expression}") + (part.Collation is null ? "" : $"/{part.Collation}") + (part.IsCaseInsensitive ? " ci" : "");

    static string Describe(ForeignKey key) =>
        $"{key.Name} {key}" + (key.IsDeferrable ? " deferrable" : "") + (key.IsInitiallyDeferred ? " deferred" : "");
}
