using System.Globalization;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>Numbers of long tails that go with each other.</summary>
public sealed class FactorTests
{
    static readonly DatabaseSchema Schema = Database(Table("songs", ["id int!", "plays int!", "likes int!"], pk: ["id"]));

    // A few are played thousands of times as often as most, and liked by one of ten to one of thirty.
    static Dictionary<string, List<string?[]>> Rows()
    {
        List<string?[]> rows = [];
        for (var s = 0; s < 3000; s++)
        {
            var plays = (long)(2000 * Math.Pow(1 - (Below(1, s, 3000) + 0.5) / 3000, -0.9));
            rows.Add([$"{s}", $"{plays}", $"{plays / (10 + Below(2, s, 20))}"]);
        }
        return new() { ["songs"] = rows };
    }

    static readonly Lazy<Task<DataProfile>> Learned = new(() => LearnAsync(Schema, Rows()));

    [Fact]
    public async Task One_is_told_as_a_multiple_of_the_other()
    {
        var profile = await Learned.Value;
        Assert.Contains(profile.Tables.Single().Steps, s => s.First.IsFactor);
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
    }

    [Fact]
    public async Task The_most_played_are_liked_as_the_others_are()
    {
        var made = new KeyRows(FittedPlan.Make(Schema, new PlanOptions { Profile = await Learned.Value }), "songs").Tuples("plays", "likes")
            .Select(t => t.Split('|')).Select(t => (Plays: Number(t[0]), Likes: Number(t[1]))).OrderByDescending(t => t.Plays).ToList();
        Assert.All(made.Take(30), t => Assert.InRange(t.Plays / t.Likes, 8, 34));
        Assert.InRange(made.Count(t => t.Likes == 0 || t.Plays / t.Likes is < 8 or > 34), 0, made.Count / 50);

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
