using System.Text.Json;

namespace RelSeed.Cli.Tests.Tool;

public sealed class VerifyTests
{
    const string Broken = Shop.Schema + """
        PRAGMA foreign_keys = OFF;
        PRAGMA ignore_check_constraints = ON;
        INSERT INTO customers VALUES (1, 'a@example.com', 'A');
        INSERT INTO orders VALUES (1, 1, 'open', 21, '2026-01-01'), (2, 7, 'open', 1, '2026-01-01'), (3, 8, 'open', 1, '2026-01-01');
        """;

    [Fact]
    public async Task What_is_broken_is_told_with_table_constraint_and_rows_and_exit_code_1()
    {
        await using var file = await SqliteFile.CreateAsync(Broken);
        var result = (await RelSeedTool.RunAsync("verify", file.Url)).ShouldExit(ExitCode.GateFailed);
        Assert.Contains("orders: 2 rows without a parent by foreign key orders_customer_id_fkey\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("orders: 1 row against check orders_quantity_check\n", result.Out, StringComparison.Ordinal);
        Assert.Matches(
            @"\nRS4001 2 constraints of \d+ broken, as listed above\. Mend the rows or empty the tables, then run 'relseed verify' again\.\n$",
            result.Out);
    }

    [Fact]
    public async Task The_findings_stand_in_the_JSON_object()
    {
        await using var file = await SqliteFile.CreateAsync(Broken);
        var result = (await RelSeedTool.RunAsync("verify", file.Url, "--format", "json")).ShouldExit(ExitCode.GateFailed);
        var report = JsonDocument.Parse(result.Out).RootElement;
        Assert.False(report.GetProperty("verified").GetBoolean());
        Assert.Equal(["check orders_quantity_check 1", "foreignKey orders_customer_id_fkey 2"], report.GetProperty("findings").EnumerateArray()
            .Select(f => $"{f.GetProperty("kind")} {f.GetProperty("constraint")} {f.GetProperty("rows")}").Order(StringComparer.Ordinal));
    }
}
