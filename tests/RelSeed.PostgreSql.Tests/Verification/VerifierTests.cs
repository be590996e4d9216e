using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Tests.Verification;

/// <summary>The verifier finds each kind of broken row, though the catalog calls every constraint valid.</summary>
public sealed class VerifierTests(PostgreSqlFixture server)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    const string Schema = """
        create extension if not exists citext;
        create collation nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        create sequence numbers start 100;
        create domain even as integer check (value % 2 = 0) constraint never_four check (value <> 4);
        create table parent (a integer, b integer, constraint parent_ab primary key (a, b));
        create table child (
            id integer constraint child_id primary key,
            a integer, b integer,
            constraint simple foreign key (a, b) references parent,
            constraint whole foreign key (a, b) references parent match full,
            boss integer constraint boss references child,
            name text not null,
            email citext constraint email unique,
            "or""der" text collate nocase,
            n even,
            value integer constraint small check (value < 10),
            constraint twice check (value <> 5 or n is null),
            during int4range,
            constraint overlap exclude using gist (during with &&) where (id > 0),
            x integer default nextval('numbers'), constraint one_null unique nulls not distinct (x)
        );
        create unique index expression on child (lower(name)) where value is not null;
        create collation "by .case" (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        create unique index name_and_id on child (name collate "by .case", id);
        create unique index nocase_order on child ("or""der");
        """;

    // Takes the enforcement away, which only a superuser can, and leaves the constraints where the verifier looks their operators up.
    const string Blind = """
        set session_replication_role = replica;
        update pg_index set indisunique = false, indisexclusion = false where indrelid in ('parent'::regclass, 'child'::regclass);
        update pg_attribute set attnotnull = false where attrelid in ('parent'::regclass, 'child'::regclass);
        alter table child drop constraint small, drop constraint twice;
        alter domain even drop constraint even_check;
        alter domain even drop constraint never_four;
        """;

    async Task<(TestDatabase Database, PostgreSqlTarget Target, DatabaseSchema Schema)> ArrangeAsync(string rows)
    {
        var database = await server.CreateDatabaseAsync();
        await using (var connection = await database.OpenAsync())
            Assert.SkipWhen(connection.PostgreSqlVersion.Major < 15, "The schema needs PostgreSQL 15.");
        await database.ExecuteAsync(Schema);
        var target = PostgreSqlTarget.Open(database.Url);
        var schema = await target.ReadSchemaAsync(new(), Cancellation);
        await database.ExecuteAsync(rows);
        return (database, target, schema);
    }

    [Fact]
    public async Task Sound_rows_give_no_finding()
    {
        var (database, target, schema) = await ArrangeAsync(
            """
            insert into parent values (1, 1), (1, 2);
            insert into child (id, a, b, boss, name, email, n, value, during, x) values
                (1, 1, 1, 2, 'a', 'a@b', 2, 1, '[1,2)', 1), (2, null, null, null, 'b', 'b@b', null, 5, '[2,3)', null), (3, 1, 2, 3, 'c', null, 6, null, null, 2);
            """);
        await using (database)
        await using (target)
        {
            var report = await target.VerifyAsync(schema, new Dictionary<TableName, long> { [new("public", "child")] = 3 }, Cancellation);
            Assert.Empty(report.Findings);
            Assert.Empty(report.Unchecked);
            Assert.Equal(19, report.Checked);
        }
    }

    [Theory]
    [InlineData("insert into child (id, name, boss) values (1, 'a', 7), (2, 'b', null)", "ForeignKey boss 1")]
    [InlineData("insert into parent values (1, 1); insert into child (id, name, a, b) values (1, 'a', 1, 2), (2, 'b', 2, 1)",
        "ForeignKey simple 2, ForeignKey whole 2")]
    [InlineData("insert into child (id, name, a) values (1, 'a', 9)", "ForeignKey whole 1")]
    [InlineData("insert into child (id, name) values (1, 'a'), (1, 'b'), (1, 'c')", "Unique child_id 2")]
    [InlineData("insert into child (id, name, email) values (1, 'a', 'X@y'), (2, 'b', 'x@Y')", "Unique email 1")]
    [InlineData("insert into child (id, name, value) values (1, 'A', 1), (2, 'a', 2), (3, 'a', null)", "Unique expression 1")]
    [InlineData("insert into child (id, name, \"or\"\"der\") values (1, 'a', 'Q'), (2, 'b', 'q')", "Unique nocase_order 1")]
    [InlineData("insert into child (id, name, x) values (1, 'a', null), (2, 'b', null)", "Unique one_null 1")]
    [InlineData("insert into child (id, name) values (1, null), (null, 'b')", "NotNull id 1, NotNull name 1")]
    [InlineData("insert into child (id, name) values (1, 'a'), (1, 'A')", "Unique child_id 1, Unique name_and_id 1")]
    [InlineData("insert into child (id, name, value) values (1, 'a', 10), (2, 'b', 11), (3, 'c', 9)", "Check small 2")]
    [InlineData("insert into child (id, name, n) values (1, 'a', 3), (2, 'b', 4)", "Check even_check 1, Check never_four 1")]
    [InlineData("insert into child (id, name, during) values (1, 'a', '[1,5)'), (2, 'b', '[4,6)'), (3, 'c', '[6,7)'), (-1, 'd', '[1,9)')",
        "Exclusion overlap 1")]
    public async Task A_broken_row_is_found_and_counted(string rows, string findings)
    {
        var (database, target, schema) = await ArrangeAsync(Blind + rows);
        await using (database)
        await using (target)
        {
            var report = await target.VerifyAsync(schema, new Dictionary<TableName, long>(), Cancellation);
            Assert.Equal(findings, string.Join(", ", report.Findings.Select(f => $"{f.Kind} {f.Constraint} {f.Rows}").Order(StringComparer.Ordinal)));
            Assert.Empty(report.Unchecked);
        }
    }

    [Fact]
    public async Task Missing_rows_are_counted()
    {
        var (database, target, schema) = await ArrangeAsync("insert into parent values (1, 1)");
        await using (database)
        await using (target)
        {
            var report = await target.VerifyAsync(schema, new Dictionary<TableName, long> { [new("public", "parent")] = 5 }, Cancellation);
            var finding = Assert.Single(report.Findings);
            Assert.Equal(new VerificationFinding(new("public", "parent"), VerificationKind.RowCount, "", 4), finding);
        }
    }
}
