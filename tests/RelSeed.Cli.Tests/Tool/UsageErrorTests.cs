namespace RelSeed.Cli.Tests.Tool;

public sealed class UsageErrorTests
{
    [Theory]
    [InlineData("bogus",
        "RS1001 There is no verb 'bogus': RelSeed has demo, inspect, plan, run, learn, audit, drift, mask, verify. 'relseed --help' tells what they do.")]
    [InlineData("run sqlite:x.db --nonsense",
        "RS1001 The command line is wrong: Unrecognized command or argument '--nonsense'. 'relseed run --help' lists what it takes.")]
    [InlineData(
        "run sqlite:x.db --rows many --scale -1 --seed x --as-of never --threads 0 --batch-rows 1.5 --set novalue --append --truncate --format yaml",
        "RS1001 The command line has 9 faults: --rows takes a whole number or table=number, not 'many'; --scale takes a number above 0, not '-1'; " +
        "--seed takes a whole number from 0 to 18446744073709551615, not 'x'; --as-of takes a date or time like 2026-01-31 or 2026-01-31T12:00:00Z, not 'never'; --append and --truncate exclude each other; " +
        "--threads takes a whole number of at least 1, not '0'; --batch-rows takes a whole number of at least 1, not '1.5'; --set takes name=value, not 'novalue'; " +
        "--format takes text or json, not 'yaml'. 'relseed run --help' lists what it takes.")]
    [InlineData("inspect postgresql://app:s3cret@h/d postgresql://app:s3cret@h/d",
        "RS1001 The command line is wrong: Unrecognized command or argument 'postgresql://app:***@h/d'. 'relseed inspect --help' lists what it takes.")]
    [InlineData("run mysql://app:s3cret@h/shop",
        "RS1002 The provider 'mysql' is unknown: RelSeed fills postgresql and sqlite. Give the database as postgresql://user@host/db or sqlite:file.db, or --provider with --connection.")]
    [InlineData("run --provider oracle --connection x=y",
        "RS1002 The provider 'oracle' is unknown: RelSeed fills postgresql and sqlite. Give the database as postgresql://user@host/db or sqlite:file.db, or --provider with --connection.")]
    [InlineData("plan",
        "RS1003 No database is told. Give it as postgresql://user@host/db or sqlite:file.db, or --provider with --connection.")]
    [InlineData("plan shop.db",
        "RS1003 The database is not told as a URL. Give it as postgresql://user@host/db or sqlite:file.db, or --provider with --connection.")]
    [InlineData("plan sqlite:x.db --provider sqlite",
        "RS1003 The database is told twice, as a URL and by --provider or --connection. Give one of the two.")]
    [InlineData("plan sqlite:",
        "RS1003 The address names no SQLite file. Give it as sqlite:file.db.")]
    [InlineData("verify env:RELSEED_NO_SUCH_VARIABLE",
        "RS1004 The environment variable RELSEED_NO_SUCH_VARIABLE is not set, and the database's address asks for it. Set it, or give the value itself.")]
    [InlineData("verify --provider postgresql --connection gibberish",
        "RS1005 The connection string cannot be read: it is not of the form 'Key=value;Key=value'. Mend it, or give the database as a URL.")]
    public async Task Wrong_usage_gets_one_paragraph_and_exit_code_2(string arguments, string error)
    {
        var result = (await RelSeedTool.RunAsync(arguments.Split(' '))).ShouldExit(ExitCode.Usage);
        Assert.Equal(error + "\n", result.Error);
        Assert.Empty(result.Out);
    }

    [Fact]
    public async Task With_JSON_the_error_is_the_one_object_on_stdout()
    {
        var result = (await RelSeedTool.RunAsync("plan", "--format", "json")).ShouldExit(ExitCode.Usage);
        Assert.Equal("""
            {
              "error": {
                "id": "RS1003",
                "message": "No database is told. Give it as postgresql://user@host/db or sqlite:file.db, or --provider with --connection."
              }
            }

            """, result.Out);
        Assert.StartsWith("RS1003 ", result.Error, StringComparison.Ordinal);
    }
}
