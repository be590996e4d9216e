using System.Globalization;
using RelSeed.Specification.Tests.Checking;

namespace RelSeed.Specification.Tests;

/// <summary>Fills a test's database as a user would, and looks at it without RelSeed.</summary>
public static class FilledDatabases
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<SeedReport> FillAsync(ITestDatabase database, Func<Seeder, Seeder>? change = null)
    {
        await using var target = database.Open();
        var seeder = Seeder.For(target).Rows(80);
        var report = await (change?.Invoke(seeder) ?? seeder).RunAsync(Cancellation);
        Assert.Equal([], report.Verification.Findings.Select(f => f.ToString()));
        Assert.Equal([], await IndependentCheck.FindAsync(database, report.Plan.Schema));
        return report;
    }

    public static async Task<long> CountAsync(ITestDatabase database, string from) =>
        Convert.ToInt64((await database.QueryAsync($"SELECT count(*) FROM {from}"))[0][0], CultureInfo.InvariantCulture);
}
