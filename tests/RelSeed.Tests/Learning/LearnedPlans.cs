using System.Globalization;
using System.Text;
using RelSeed.Generation;
using RelSeed.Learning.Auditing;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Tests.Learning;

/// <summary>Rows as text, and the plan that is learned of them.</summary>
static class LearnedPlans
{
    static readonly DateOnly Opening = new(2020, 1, 1);

    public static string Day(int days) => Opening.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Dictionary<string, List<string?[]>> Empty(DatabaseSchema schema) =>
        schema.Tables.ToDictionary(t => t.Name.Name, _ => new List<string?[]>());

    /// <summary>Of a profile that tells not too much, and is the same when read from its file.</summary>
    public static async Task<(DataProfile Profile, SeedPlan Plan)> LearnedAsync(DatabaseSchema schema, Dictionary<string, List<string?[]>> rows)
    {
        var profile = await LearnerTests.LearnAsync(schema, rows);
        Assert.Empty(ProfileGuard.Check(profile));
        Assert.Equal(profile, ProfileFile.Read(Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
        return (profile, FittedPlan.Make(schema, new PlanOptions { Profile = profile }));
    }
}
