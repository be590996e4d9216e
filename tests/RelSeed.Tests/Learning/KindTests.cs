using System.Globalization;
using RelSeed.Generation;
using RelSeed.Learning.Models;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnedPlans;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>What the children of a parent have in common though no column of its own says so.</summary>
public sealed class KindTests
{
    const int Lecturers = 400, Ratings = 12_000;

    static DatabaseSchema School() => Database(
        Table("students", ["id int!", "last_name text!", "semester int!"], pk: ["id"]),
        Table("lecturers", ["id int!", "last_name text!"], pk: ["id"]),
        Table("ratings", ["id int!", "student_id int!", "lecturer_id int!", "rating int!"], pk: ["id"],
            fks: [(["student_id"], "students", ["id"]), (["lecturer_id"], "lecturers", ["id"])]));

    static Dictionary<string, List<string?[]>> Rows(DatabaseSchema schema, Func<int, int, int> rating)
    {
        var rows = Empty(schema);
        for (var s = 0; s < 1_500; s++) rows["students"].Add([$"{s}", $"Fox{s}", $"{2 * (1 + s % 4)}"]);
        for (var l = 0; l < Lecturers; l++) rows["lecturers"].Add([$"{l}", $"Hill{l}"]);
        for (var r = 0; r < Ratings; r++)
            rows["ratings"].Add([$"{r}", $"{r / 8}", $"{Below(1, r, Lecturers)}", $"{rating(Below(1, r, Lecturers), r)}"]);
        return rows;
    }

    static StepProfile? KindOf(DataProfile profile, string table) =>
        profile.Find(new("public", table))!.Steps.SingleOrDefault(s => s.Kind == StepKind.Kind);

    static double SpreadOfMeans(SeedPlan plan)
    {
        var means = new KeyRows(plan, "ratings").Tuples("lecturer_id", "rating").Select(t => t.Split('|'))
            .GroupBy(t => t[0], t => double.Parse(t[1], CultureInfo.InvariantCulture)).Select(g => g.Average()).ToList();
        return Math.Sqrt(means.Average(m => (m - means.Average()) * (m - means.Average())));
    }

    [Fact]
    public async Task Some_lecturers_are_rated_better_than_others()
    {
        var schema = School();
        // From 1 to 5, by a lecturer's own level as much as by chance: means spread by 0.83, those of ratings that know no lecturer by 0.2.
        var (profile, plan) = await LearnedAsync(schema, Rows(schema, (lecturer, r) => 1 + lecturer % 3 + Below(2, r, 3)));
        Assert.InRange(KindOf(profile, "lecturers")!.Kinds, 2, 28);
        Assert.Null(KindOf(profile, "ratings"));
        Assert.InRange(SpreadOfMeans(plan), 0.7, 0.95);
    }

    [Fact]
    public async Task Where_chance_alone_tells_them_apart_there_are_no_kinds()
    {
        var schema = School();
        var (profile, plan) = await LearnedAsync(schema, Rows(schema, (_, r) => 1 + Below(2, r, 5)));
        Assert.Null(KindOf(profile, "lecturers"));
        Assert.InRange(SpreadOfMeans(plan), 0.15, 0.35);
    }

    [Fact]
    public async Task What_has_columns_of_its_own_is_known_by_them()
    {
        var schema = Database(
            Table("students", ["id int!", "last_name text!"], pk: ["id"]),
            Table("lecturers", ["id int!", "last_name text!", "faculty varchar(9)!", "chair varchar(9)!"], pk: ["id"]),
            Table("ratings", ["id int!", "student_id int!", "lecturer_id int!", "rating int!"], pk: ["id"],
                fks: [(["student_id"], "students", ["id"]), (["lecturer_id"], "lecturers", ["id"])]));
        var rows = Rows(School(), (lecturer, r) => 1 + lecturer % 3 + Below(2, r, 3));
        rows["students"] = [.. rows["students"].Select(s => new[] { s[0], s[1] })];
        rows["lecturers"] = [.. rows["lecturers"].Select((l, i) => new[] { l[0], l[1], $"F{i / 3 % 4}", $"C{i / 7 % 5}" })];
        Assert.Null(KindOf((await LearnedAsync(schema, rows)).Profile, "lecturers"));
    }

    [Fact]
    public async Task A_kind_without_a_number_of_kinds_is_refused()
    {
        var schema = School();
        var profile = await LearnAsync(schema, Rows(schema, (lecturer, r) => 1 + lecturer % 3 + Below(2, r, 3)));
        var spoiled = profile with
        {
            Tables = [.. profile.Tables.Select(t => t with { Steps = [.. t.Steps.Select(s => s.Kind == StepKind.Kind ? s with { Kinds = 0 } : s)] })],
        };
        var error = Assert.Throws<UsageException>(() => ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(spoiled))));
        Assert.Contains("nothing can be drawn for it", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2), InlineData(40)]
    public void What_few_children_say_is_not_taken_for_the_parents_own(int children)
    {
        const int parents = 2_000;
        var of = Enumerable.Range(0, parents * children).Select(row => row / children).ToArray();
        // Of the children's variance a fifth is the parents'.
        var values = of.Select((parent, row) => Uniform(1, parent) + 2 * Uniform(2, row)).ToArray();
        var trait = Trait.Find(values, of, parents, leastStrength: 6, leastCompared: 100)!;
        Assert.InRange(trait.Share, 0.17, 0.23);
        var drawn = trait.Draw(7);
        Assert.InRange(drawn.Average(d => d * d), 0.16, 0.24);

        static double Uniform(ulong key, int row) => Below(key, row, 1_000_001) / 1_000_000.0 - 0.5;
    }

    [Fact]
    public void Points_that_lie_together_are_of_one_part()
    {
        double[] x = [.. Enumerable.Range(0, 400).Select(i => i % 2 * 10 + Below(1, i, 100) / 100.0)];
        double[] y = [.. Enumerable.Range(0, 400).Select(i => i % 4 / 2 * 10 + Below(2, i, 100) / 100.0)];
        var (parts, count) = new Clusters([x, y]).Split(least: 20, most: 64, leastGain: 0.01);
        Assert.Equal(4, count);
        Assert.Equal(4, parts.Take(4).Distinct().Count());
        for (var i = 4; i < parts.Length; i++) Assert.Equal(parts[i % 4], parts[i]);
        Assert.Equal(1, new Clusters([x, y]).Split(least: 201, most: 64, leastGain: 0.01).Count);
    }
}
