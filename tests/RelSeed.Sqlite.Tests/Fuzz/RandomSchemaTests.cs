using RelSeed.Specification.Tests.Schemas;

namespace RelSeed.Sqlite.Tests.Fuzz;

/// <summary>Random schemas load without a violation, or are refused before the first row.</summary>
public class RandomSchemaTests
{
    const int Schemas = 300, Rows = 15;

    [Fact]
    public async Task Random_schemas_load_without_a_violation_or_are_refused_before()
    {
        var faults = new List<string>();
        var refused = new List<string>();
        for (var seed = 0; seed < Schemas; seed++) await TryAsync(seed, faults, refused);
        Assert.True(faults.Count == 0, string.Join("\n\n", faults.Take(4)));
        Assert.True(refused.Count < Schemas / RandomSchema.RefusedShare,
            $"{refused.Count} of {Schemas} refused:\n{string.Join("\n", refused.Take(20))}");
    }

    [Theory]
    [InlineData(38)] // rows that stood in for others led to rows beyond the last
    [InlineData(57)] // a reference whose columns must be null in part
    [InlineData(295)] // parents tied by a common column that depend on their own children
    public async Task Schemas_that_once_failed_do_no_more(int seed)
    {
        var faults = new List<string>();
        await TryAsync(seed, faults, []);
        Assert.Equal([], faults);
    }

    static async Task TryAsync(int seed, List<string> faults, List<string> refused)
    {
        var sql = RandomSchema.Of(seed).ToSql(inline: true);
        using var database = new TemporaryDatabase(sql);
        try
        {
            var report = await Seeder.For(database.Target).Rows(Rows).RunAsync(TestContext.Current.CancellationToken);
            var broken = Broken(database).Concat(report.Verification.Findings.Select(f => f.ToString())).ToList();
            if (broken.Count > 0) faults.Add($"schema {seed}: {string.Join("; ", broken)}\n{sql}");
        }
        catch (PlanException fault)
        {
            refused.Add($"schema {seed}: {fault.Message}\n{sql}");
        }
        catch (Exception fault)
        {
            faults.Add($"schema {seed}: {fault.GetType().Name} {fault.Message}\n{sql}");
        }
    }

    // SQLite's own word: references, then NOT NULL, UNIQUE and CHECK.
    static IEnumerable<string> Broken(TemporaryDatabase database) =>
        database.Query("PRAGMA foreign_key_check").Concat(database.Query("PRAGMA integrity_check").Where(line => line != "ok"));
}
