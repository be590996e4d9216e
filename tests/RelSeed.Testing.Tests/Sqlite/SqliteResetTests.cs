namespace RelSeed.Testing.Tests.Sqlite;

public sealed class SqliteResetTests(Servers servers)
{
    const string Schema = """
        create table items (id integer primary key autoincrement, label varchar(40) not null);
        create table "we""ird T	'able" ("a b" integer primary key, "select" varchar(50) not null);
        create table keyless (a integer, b text);
        create trigger audit after delete on items begin insert into keyless values (1, 'deleted'); end;
        """;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Changes { get; } = new MatrixTheoryData<string, string>(
        ["sqlite file", "sqlite memory"],
        [
            "delete from items", "update items set label = 'x'", "insert into items (label) values ('x')", "update sqlite_sequence set seq = 9999",
            "delete from \"we\"\"ird T\t'able\"", "drop table items", "alter table items add extra integer", "create index i on items (label)",
            "create table more (id integer)",
            "vacuum", "delete from keyless; insert into keyless select i.id, 'x' from items i",
        ]);

    [Theory, MemberData(nameof(Changes))]
    public async Task Whatever_changed_is_as_it_was(string kind, string sql)
    {
        await using var seeded =
            await SeededDatabase.CreateAsync(servers.Find(kind), SchemaStep.Sql(Schema), seed => seed.Rows(25), cancellationToken: Token);
        await using var database = await seeded.CloneAsync(Token);
        var before = await DumpAsync(database);
        for (var round = 0; round < 2; round++)
        {
            await database.ExecuteAsync(sql);
            await database.ResetAsync(Token);
            Assert.Equal(before, await DumpAsync(database));
        }
        Assert.Equal(ResetKind.Unchanged, (await database.ResetAsync(Token)).Kind);
    }

    [Fact]
    public async Task A_file_with_a_write_ahead_log_is_reset_too()
    {
        await using var seeded =
            await SeededDatabase.CreateAsync(servers.Find("sqlite file"), SchemaStep.Sql("pragma journal_mode = wal; " + Schema),
            seed => seed.Rows(25), cancellationToken: Token);
        await using var database = await seeded.CloneAsync(Token);
        var before = await DumpAsync(database);
        await database.ExecuteAsync("delete from items");
        Assert.NotEqual(before, await DumpAsync(database));
        await database.ResetAsync(Token);
        Assert.Equal(before, await DumpAsync(database));
    }

    [Theory, InlineData("sqlite file"), InlineData("sqlite memory")]
    public async Task Idle_connections_of_the_test_see_the_seeded_state(string kind)
    {
        await using var seeded =
            await SeededDatabase.CreateAsync(servers.Find(kind), SchemaStep.Sql(Schema), seed => seed.Rows(25), cancellationToken: Token);
        await using var database = await seeded.CloneAsync(Token);
        await using var connection = await database.OpenConnectionAsync(Token);
        await connection.ExecuteAsync("delete from items");
        await database.ResetAsync(Token);
        await connection.ExecuteAsync("delete from items where id = (select max(id) from items)");
        Assert.Equal(24, await database.CountAsync("items"));
    }

    [Theory, InlineData("sqlite file"), InlineData("sqlite memory")]
    public async Task A_transaction_left_open_is_told(string kind)
    {
        var options = new SeededDatabaseOptions { Wait = TimeSpan.FromSeconds(0.3) };
        await using var seeded = await SeededDatabase.CreateAsync(servers.Find(kind), SchemaStep.Sql(Schema), seed => seed.Rows(25), options, Token);
        await using var database = await seeded.CloneAsync(Token);
        await database.ExecuteAsync("delete from keyless");
        await using var connection = await database.OpenConnectionAsync(Token);
        await connection.ExecuteAsync("begin immediate; delete from items");
        var fault = await Assert.ThrowsAsync<TemplateException>(() => database.ResetAsync(Token));
        Assert.Equal($"RS3505 {database.Name} cannot be reset: a transaction of a test is still open in it after 0.3 s. "
            + "Dispose the test's connections and transactions before the reset.", fault.Message);
        await connection.ExecuteAsync("rollback");
        await database.ResetAsync(Token);
        Assert.Equal(25, await database.CountAsync("keyless"));
    }

    static async Task<string> DumpAsync(DatabaseClone database)
    {
        var schema = await database.QueryAsync("select type, name, sql from sqlite_schema order by 1, 2");
        var tables = await database.QueryAsync("select name from sqlite_schema where type = 'table' order by 1");
        var lines = new List<string>(schema);
        foreach (var table in tables)
            lines.AddRange([table, .. (await database.QueryAsync($"select * from \"{table.Replace("\"", "\"\"")}\"")).Order(StringComparer.Ordinal)]);
        return string.Join('\n', lines);
    }
}
