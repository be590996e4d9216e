using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.Sqlite.Tests.Verification;

public class SqliteVerifierTests
{
    static async Task<VerificationReport> VerifyAsync(string sql, Func<DatabaseSchema, DatabaseSchema>? change = null, Dictionary<TableName,
        long>? expected = null)
    {
        using var database = new TemporaryDatabase(sql);
        var schema = await database.ReadSchemaAsync();
        return await database.Target.VerifyAsync(change?.Invoke(schema) ?? schema, expected ?? [], TestContext.Current.CancellationToken);
    }

    static IEnumerable<string> Describe(VerificationReport report) => report.Findings.Select(f => $"{f.Table.Name} {f.Kind} {f.Constraint} {f.Rows}");

    [Fact]
    public async Task A_valid_database_is_clean_and_every_constraint_is_counted()
    {
        var report = await VerifyAsync(
            """
            CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT COLLATE NOCASE UNIQUE, boss INT REFERENCES p);
            CREATE TABLE c (a INT, b TEXT NOT NULL, CHECK (a > 0), FOREIGN KEY (b) REFERENCES p (code));
            CREATE UNIQUE INDEX i ON c (lower(b)) WHERE a > 1;
            INSERT INTO p VALUES (1, 'x', NULL), (2, NULL, 1), (3, NULL, 3);
            INSERT INTO c VALUES (NULL, 'X'), (1, 'x'), (2, 'x');
            """, expected: new() { [new("main", "p")] = 3 });
        Assert.Empty(Describe(report));
        Assert.True(report.IsClean);
        Assert.Empty(report.Unchecked);
        Assert.Equal(9, report.Checked);
    }

    [Fact]
    public async Task Orphans_are_found_by_the_principals_collation_and_type()
    {
        var report = await VerifyAsync(
            """
            PRAGMA foreign_keys = OFF;
            CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b TEXT, UNIQUE (a, b));
            CREATE TABLE c (p_id TEXT REFERENCES p, a TEXT, b INT, gone INT REFERENCES nowhere, FOREIGN KEY (a, b) REFERENCES p (a, b));
            INSERT INTO p VALUES (1, 'x', '1');
            INSERT INTO c VALUES ('1', 'X', 1, NULL), ('2', 'X', 2, NULL), (NULL, 'y', NULL, 5), ('9', 'y', 1, 6);
            """);
        Assert.Equal(["c ForeignKey c_p_id_fkey 2", "c ForeignKey c_gone_fkey 2", "c ForeignKey c_a_b_fkey 2"], Describe(report));
    }

    [Fact]
    public async Task Broken_checks_and_nulls_in_keys_are_found()
    {
        var report = await VerifyAsync(
            """
            CREATE TABLE t (k TEXT PRIMARY KEY, a INT CONSTRAINT small CHECK (a < 5), b TEXT CHECK (b IN ("yes", 'no')));
            PRAGMA ignore_check_constraints = ON;
            INSERT INTO t VALUES (NULL, 9, 'no'), ('x', NULL, NULL), ('y', 7, 'maybe');
            """);
        Assert.Equal(["t NotNull k 1", "t Check small 2", "t Check t_b_check 1"], Describe(report));
    }

    [Fact]
    public async Task Duplicates_are_found_whatever_the_catalog_says()
    {
        static UniqueKey Key(string name, string? predicate, params KeyPart[] parts) =>
            new() { Name = name, Parts = parts.ToEquatableArray(), Predicate = predicate };
        var report = await VerifyAsync(
            "CREATE TABLE t (a TEXT, b INT); INSERT INTO t VALUES ('x', 1), ('X', 1), ('x', 2), ('x', 1), (NULL, 3), (NULL, 3);",
            schema => schema with
            {
                Tables = [schema.Tables[0] with
                {
                    UniqueKeys =
                    [
                        Key("plain", null, new KeyPart("a"), new KeyPart("b")),
                        Key("nocase", null, new KeyPart("a", Collation: "NOCASE"), new KeyPart("b")),
                        Key("expression", null, new KeyPart(null, "upper(a)")),
                        Key("partial", "b = 2", new KeyPart("a")),
                    ],
                }],
            });
        Assert.Equal(["t Unique plain 1", "t Unique nocase 2", "t Unique expression 3"], Describe(report));
    }

    [Fact]
    public async Task Missing_rows_are_counted() =>
        Assert.Equal(["t RowCount  8"],
            Describe(await VerifyAsync("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2);", expected: new() { [new("main", "t")] = 10 })));

    [Fact]
    public async Task What_cannot_be_asked_is_told_and_hides_nothing_else()
    {
        var report = await VerifyAsync(
            """
            CREATE TABLE t (a TEXT NOT NULL, b INT, CHECK (b < 3));
            PRAGMA ignore_check_constraints = ON;
            INSERT INTO t VALUES ('x', 5);
            """,
            schema => schema with
            {
                Tables = [schema.Tables[0] with { Checks = [.. schema.Tables[0].Checks, new CheckConstraint("odd", "our_function(a)")] }],
            }, new() { [new("main", "t")] = 2 });
        Assert.Equal(["t Check t_check 1", "t RowCount  1"], Describe(report));
        Assert.Equal(["main.t.odd: no such function: our_function"], report.Unchecked);
    }
}
