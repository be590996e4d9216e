namespace RelSeed.Cli.Tests.Tool;

public sealed class MaskTests
{
    const string People = """
        CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, city TEXT);
        CREATE TABLE letters (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES people (id), email TEXT);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
        INSERT INTO people SELECT i, 'p' || i || '@real.test', CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN 'Oslo' ELSE 'Rome' END FROM n;
        INSERT INTO letters SELECT id + 7, id, email FROM people;
        """;

    [Fact]
    public async Task What_is_personal_is_replaced_and_told()
    {
        await using var copy = await SqliteFile.CreateAsync(People);
        Assert.Equal("main.letters.email, main.people.email: made anew\n",
            (await RelSeedTool.RunAsync("mask", copy.Url, "--personal", "--dry-run")).ShouldExit(ExitCode.Done).Out);
        var masked = (await RelSeedTool.RunAsync("mask", copy.Url, "--personal", "--column", "people.city=country", "--yes"))
            .ShouldExit(ExitCode.Done).Out;
        Assert.Contains("main.people.email: 200 values in 200 rows, made anew\n", masked, StringComparison.Ordinal);
        Assert.Contains("main.letters.email: 200 values in 200 rows, made anew\n", masked, StringComparison.Ordinal);
        Assert.Contains("main.people.city: 2 values in 150 rows, made anew\n", masked, StringComparison.Ordinal);
        Assert.EndsWith(" constraints hold.\n", masked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_can_be_asked_without_a_terminal()
    {
        await using var copy = await SqliteFile.CreateAsync(People);
        Assert.Equal(
            $"RS1021 Nobody can be asked whether to replace the values of 1 column of {copy.Url}. Add --yes, and keep a copy: they cannot be had back.\n",
            Last((await RelSeedTool.RunAsync("mask", copy.Url, "--column", "people.city")).ShouldExit(ExitCode.Usage).Error));
    }

    [Fact]
    public async Task A_wrong_meaning_is_a_wrong_command_line()
    {
        await using var copy = await SqliteFile.CreateAsync(People);
        Assert.Equal(
            "RS1001 The command line is wrong: --column takes table.column or table.column=meaning, not 'people.city=nonsense'. The meanings are email, firstName, lastName, fullName, phone, city and the others of the rules file. 'relseed mask --help' lists what it takes.\n",
            (await RelSeedTool.RunAsync("mask", copy.Url, "--column", "people.city=nonsense")).ShouldExit(ExitCode.Usage).Error);
    }

    static string Last(string lines) => lines.TrimEnd('\n').Split('\n')[^1] + "\n";
}
