namespace RelSeed.Sqlite.Tests;

public class SqliteTargetTests
{
    [Theory]
    [InlineData("", "it names no file")]
    [InlineData("Mode=ReadOnly", "it names no file")]
    [InlineData("shop.db", "it is not of the form Key=value;Key=value")]
    [InlineData("Data Source=a;Mode=Odd", "its Mode is unknown")]
    [InlineData("Data Source=a;Default Timeout=x", "its Default Timeout is no number of seconds")]
    [InlineData("Data Source=a;Password=secret", "the keyword password is unknown")]
    public void A_connection_string_that_cannot_be_used_is_explained_without_its_values(string text, string why) =>
        Assert.Equal(
            $"RS1302 The connection string of SQLite cannot be used: {why}. It takes Data Source, Mode (ReadOnly, ReadWrite, ReadWriteCreate) and Default Timeout (seconds).",
            Assert.Throws<UsageException>(() => SqliteTarget.Open(text)).Message);

    [Fact]
    public async Task A_target_tells_what_it_is()
    {
        await using var target = SqliteTarget.Open("Data Source=:memory:;Mode=ReadWriteCreate;Pooling=False");
        Assert.Equal(("sqlite", "sqlite::memory:", true), (target.Provider, target.DisplayName, target.IsLocal));
    }

    [Fact]
    public async Task A_sample_shows_values_as_text()
    {
        using var database =
            new TemporaryDatabase("CREATE TABLE t (a, b AS (a || '!')); INSERT INTO t VALUES (1.5), (NULL), (x'00ff'), ('x'), ('y');");
        var sample = await database.Target.ReadSampleAsync((await database.ReadSchemaAsync()).Tables[0], 4, TestContext.Current.CancellationToken);
        Assert.Equal([["1.5", "1.5!"], [null, null], ["x'00ff'", "\0\uFFFD!"], ["x", "x!"]], sample);
    }

    [Fact]
    public async Task Columns_are_read_as_canonical_text_in_the_order_of_the_key()
    {
        using var database = new TemporaryDatabase(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, raw BLOB, ratio DOUBLE, name TEXT); INSERT INTO t VALUES (2, x'00ff', 0.1 + 0.2, 'b'), (1, NULL, NULL, NULL), (3, NULL, 1, 'c');");
        var table = (await database.ReadSchemaAsync()).Tables[0];
        List<IReadOnlyList<string?>> rows = [];
        await foreach (var row in database.Target.ReadColumnsAsync(table, [1, 3, 2, 0], 2, TestContext.Current.CancellationToken)) rows.Add(row);
        Assert.Equal([[null, null, null, "1"], ["00ff", "b", "0.30000000000000004", "2"]], rows);
    }
}
