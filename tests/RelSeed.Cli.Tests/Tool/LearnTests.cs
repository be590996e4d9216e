namespace RelSeed.Cli.Tests.Tool;

public sealed class LearnTests
{
    const string People = """
        CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT NOT NULL, city TEXT, age INTEGER);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
        INSERT INTO people SELECT i, 'p' || i || '@example.com', CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN 'Oslo' ELSE 'Rome' END, 20 + i * 7 % 50 FROM n;
        """;

    static string NewFile() => Path.Combine(Path.GetTempPath(), $"relseed-{Path.GetRandomFileName()}.json");

    [Fact]
    public async Task What_is_learned_passes_its_audit_and_makes_rows_like_it()
    {
        await using var source = await SqliteFile.CreateAsync(People);
        await using var empty =
            await SqliteFile.CreateAsync("CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT NOT NULL, city TEXT, age INTEGER)");
        var file = NewFile();
        try
        {
            var learned = (await RelSeedTool.RunAsync("learn", source.Url, "-o", file)).ShouldExit(ExitCode.Done);
            Assert.Contains("  email: made anew, recognised by its name \"email\" as an e-mail address\n", learned.Out, StringComparison.Ordinal);
            Assert.Equal("The profile keeps the rules, and the source bears out what it tells.\n",
                (await RelSeedTool.RunAsync("audit", file, "--source", source.Url)).ShouldExit(ExitCode.Done).Out);
            (await RelSeedTool.RunAsync("run", empty.Url, "--profile", file)).ShouldExit(ExitCode.Done);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_table_that_cannot_hold_what_was_learned_is_filled_without_the_profile()
    {
        await using var source = await SqliteFile.CreateAsync("""
            CREATE TABLE spans (id INTEGER PRIMARY KEY, low INTEGER NOT NULL, high INTEGER NOT NULL);
            CREATE TABLE notes (id INTEGER PRIMARY KEY, span_id INTEGER NOT NULL REFERENCES spans, stars INTEGER NOT NULL);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO spans SELECT i, i % 7, i * 3 % 11 FROM n;
            INSERT INTO notes SELECT id, id, 70 + id % 3 FROM spans;
            """);
        await using var empty = await SqliteFile.CreateAsync("""
            CREATE TABLE spans (id INTEGER PRIMARY KEY, low INTEGER NOT NULL CHECK (low BETWEEN 0 AND 1000),
                high INTEGER NOT NULL CHECK (high BETWEEN 0 AND 1000), CHECK (low * low + high * high > 5000));
            CREATE TABLE notes (id INTEGER PRIMARY KEY, span_id INTEGER NOT NULL REFERENCES spans, stars INTEGER NOT NULL);
            """);
        var file = NewFile();
        try
        {
            (await RelSeedTool.RunAsync("learn", source.Url, "-o", file)).ShouldExit(ExitCode.Done);
            var run = (await RelSeedTool.RunAsync("run", empty.Url, "--profile", file)).ShouldExit(ExitCode.Done);
            Assert.Contains("warning: Rows of spans are made without the profile, since by it they could not be made: "
                + "RS2032 check low * low + high * high > 5000 does not hold.\n", run.Error, StringComparison.Ordinal);
            Assert.Contains("Verified: 14 constraints hold", run.Out, StringComparison.Ordinal);
            // Fails unless all of the other table's rows are as learned.
            await empty.ExecuteAsync("""
                CREATE TABLE learned (notes INTEGER CHECK (notes = 500));
                INSERT INTO learned SELECT count(*) FROM notes WHERE stars BETWEEN 70 AND 72
                """);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Tables_that_refer_to_each_other_have_as_many_rows_as_learned()
    {
        const string Tables = """
            CREATE TABLE teams (id INTEGER PRIMARY KEY, captain_id INTEGER REFERENCES players);
            CREATE TABLE players (id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL REFERENCES teams);
            """;
        await using var source = await SqliteFile.CreateAsync(Tables + """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO teams SELECT i, NULL FROM n;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO players SELECT i, i FROM n;
            UPDATE teams SET captain_id = id;
            """);
        await using var empty = await SqliteFile.CreateAsync(Tables);
        var file = NewFile();
        try
        {
            (await RelSeedTool.RunAsync("learn", source.Url, "-o", file)).ShouldExit(ExitCode.Done);
            var run = (await RelSeedTool.RunAsync("run", empty.Url, "--profile", file)).ShouldExit(ExitCode.Done);
            Assert.Contains("Loaded 120 rows", run.Out, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_private_profile_keeps_to_its_ledger_and_makes_rows()
    {
        await using var source = await SqliteFile.CreateAsync(People);
        await using var empty =
            await SqliteFile.CreateAsync("CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT NOT NULL, city TEXT, age INTEGER)");
        var file = NewFile();
        try
        {
            var learned = (await RelSeedTool.RunAsync("learn", source.Url, "-o", file, "--epsilon", "8")).ShouldExit(ExitCode.Done);
            Assert.EndsWith(
                $"Wrote {file}. It is differentially private: epsilon 8, delta 1E-09, of every entity; its ledger lists 8 measurements. 'relseed audit {file}' checks it.\n", learned.Out, StringComparison.Ordinal);
            Assert.Equal("The ledger keeps within epsilon 8 and delta 1E-09. What is told has noise, so that no source can bear it out.\n",
                (await RelSeedTool.RunAsync("audit", file, "--source", source.Url)).ShouldExit(ExitCode.Done).Out);
            (await RelSeedTool.RunAsync("run", empty.Url, "--profile", file)).ShouldExit(ExitCode.Done);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(
        "RS1001 The command line is wrong: --epsilon takes a number above 0 and up to 20, not '0'. 'relseed learn --help' lists what it takes.\n",
        "--epsilon", "0")]
    [InlineData("RS1001 The command line is wrong: --k has no meaning with --epsilon. 'relseed learn --help' lists what it takes.\n", "--epsilon",
        "1", "--k", "20")]
    [InlineData("RS1001 The command line is wrong: --strict has no meaning with --epsilon. 'relseed learn --help' lists what it takes.\n",
        "--epsilon", "1", "--strict")]
    public async Task What_does_not_go_with_epsilon_is_told(string error, params string[] options) =>
        Assert.Equal(error, (await RelSeedTool.RunAsync(["learn", "sqlite:none.db", "-o", "none.json", .. options]))
            .ShouldExit(ExitCode.Usage).Error);

    [Fact]
    public async Task A_leak_that_is_planted_fails_the_audit()
    {
        await using var source = await SqliteFile.CreateAsync(People);
        var file = NewFile();
        try
        {
            (await RelSeedTool.RunAsync("learn", source.Url, "-o", file)).ShouldExit(ExitCode.Done);
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))
                .Replace("\"Oslo\"", "\"Bergen\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            Assert.Equal("digest: the file was changed since it was written\n1 rules are broken.\n",
                (await RelSeedTool.RunAsync("audit", file)).ShouldExit(ExitCode.GateFailed).Out);
            Assert.Contains("people.city: a told value is shared by fewer than 11\n",
                (await RelSeedTool.RunAsync("audit", file, "--source", source.Url)).ShouldExit(ExitCode.GateFailed).Out, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Rows_that_have_moved_fail_the_gate_and_others_do_not()
    {
        await using var source = await SqliteFile.CreateAsync(People);
        await using var moved = await SqliteFile.CreateAsync(People + "UPDATE people SET age = age + 30;");
        var file = NewFile();
        try
        {
            (await RelSeedTool.RunAsync("learn", source.Url, "-o", file)).ShouldExit(ExitCode.Done);
            var still = (await RelSeedTool.RunAsync("drift", source.Url, "--profile", file)).ShouldExit(ExitCode.Done);
            Assert.EndsWith("\nThe rows are as those of the profile.\n", still.Out, StringComparison.Ordinal);
            var gone = (await RelSeedTool.RunAsync("drift", moved.Url, "--profile", file)).ShouldExit(ExitCode.GateFailed);
            Assert.Contains("\n! age ", gone.Out, StringComparison.Ordinal);
            Assert.EndsWith("\n1 distributions have moved past a threshold, marked with !: learn again.\n", gone.Out, StringComparison.Ordinal);
            using var json =
                System.Text.Json.JsonDocument.Parse(
                (await RelSeedTool.RunAsync("drift", moved.Url, "--profile", file, "--max-ks", "1", "--max-psi", "99", "--format", "json"))
                .ShouldExit(ExitCode.Done).Out);
            Assert.False(json.RootElement.GetProperty("drifted").GetBoolean());
            Assert.Equal(["email", "city", "age"],
                json.RootElement.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("column").GetString()));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("--max-ks", "-1", "--max-ks takes a number of at least 0, not '-1'")]
    [InlineData("--max-psi", "much", "--max-psi takes a number of at least 0, not 'much'")]
    public async Task A_threshold_that_is_none_is_told(string option, string value, string expected)
    {
        var result = (await RelSeedTool.RunAsync("drift", "sqlite:none.db", "--profile", "none.json", option, value)).ShouldExit(ExitCode.Usage);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_told_before_anything_is_read()
    {
        await using var source = await SqliteFile.CreateAsync(People);
        var result = (await RelSeedTool.RunAsync("learn", source.Url, "-o", "/no/such/folder/p.json")).ShouldExit(ExitCode.Usage);
        Assert.Equal("RS1313 The folder of /no/such/folder/p.json does not exist. Make it, or name another file with --output.\n", result.Error);
    }
}
