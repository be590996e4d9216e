using RelSeed.Generation;
using RelSeed.Learning;
using RelSeed.Learning.Auditing;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>Tables of few rows to which many refer.</summary>
public sealed class LookupTests
{
    static readonly DatabaseSchema Schema = Database(
        Table("kinds", ["id int!", "label text!", "tax int!", "remark text"], pk: ["id"]),
        Table("parts", ["id int!", "kind_id int!", "grade text!", "maker text!", "plant text!", "price int!"], pk: ["id"],
            fks: [(["kind_id"], "kinds", ["id"])]));

    const int Parts = 3_000;

    // The first kinds have many parts, the last ones few; a maker has plants of its own.
    static Dictionary<string, List<string?[]>> Rows()
    {
        var rows = new Dictionary<string, List<string?[]>> { ["kinds"] = [], ["parts"] = [] };
        for (var k = 0; k < 40; k++) rows["kinds"].Add([$"{k}", $"Label {(char)('a' + k % 26)}{k}", $"{k % 5}", k == 3 ? new string('x', 61) : null]);
        for (var p = 0; p < Parts; p++)
        {
            var kind = p < 30 ? 30 + p % 10 : LearnerTests.Below(1, p, 30) * LearnerTests.Below(2, p, 30) / 30;
            var maker = LearnerTests.Below(3, p, 12);
            rows["parts"].Add([$"{p}", $"{kind}", $"grade {kind % 6}", $"maker {maker}", $"plant {maker * 5 + LearnerTests.Below(4, p, 5)}",
                $"{10 * kind + LearnerTests.Below(5, p, 10)}"]);
        }
        return rows;
    }

    static readonly Lazy<Task<DataProfile>> Learned = new(() => LearnerTests.LearnAsync(Schema, Rows()));

    static async Task<SeedPlan> PlanAsync() => FittedPlan.Make(Schema, new PlanOptions { Profile = await Learned.Value });

    [Fact]
    public async Task A_small_catalogue_is_told_whole_but_for_long_texts()
    {
        var kinds = (await Learned.Value).Find(new("public", "kinds"))!;
        Assert.True(kinds.IsToldWhole);
        Assert.Equal(3, kinds.K);
        Assert.True(kinds.Columns[1].IsDistinct);
        Assert.Equal(Rows()["kinds"].Select(r => r[1]!).Order(StringComparer.Ordinal),
            kinds.Columns[1].Codes.Codes.Select(c => Assert.IsType<ValueCode>(c).Value));
        Assert.Equal((ColumnTreatment.Fresh, "its texts are long"), (kinds.Columns[3].Treatment, kinds.Columns[3].Reason));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("told")]
    public async Task A_value_that_could_be_a_persons_is_left_out_of_those_that_are_told(string? wish)
    {
        var rows = Rows();
        rows["kinds"][7][1] = "4111 1111 1111 1111";
        var profile =
            await LearnerTests.LearnAsync(Schema, rows, LearnerTests.Options with { Treatments = wish is null ? [] : [new("kinds.label", wish)] });
        var label = profile.Find(new("public", "kinds"))!.Columns[1];
        Assert.Equal(rows["kinds"].Select(r => r[1]!).Where(l => !l.StartsWith('4')).Order(StringComparer.Ordinal),
            label.Codes.Codes.OfType<ValueCode>().Select(c => c.Value));
        Assert.Empty(ProfileGuard.Check(profile));
    }

    [Fact]
    public async Task Of_a_larger_one_a_name_is_told_when_enough_refer_to_it()
    {
        var rows = Rows();
        for (var k = 40; k < 340; k++)
        {
            rows["kinds"].Add([$"{k}", $"Label {k}", $"{k % 5}", null]);
            for (var p = 0; p < (k < 60 ? 2 : 12); p++) rows["parts"].Add([$"{rows["parts"].Count}", $"{k}", "grade 1", "maker 1", "plant 5", "10"]);
        }
        var label = (await LearnerTests.LearnAsync(Schema, rows)).Find(new("public", "kinds"))!.Columns[1];
        var names = label.Codes.Codes.OfType<ValueCode>().Select(v => v.Value).ToList();
        Assert.Contains("Label a0", names);
        Assert.DoesNotContain("Label 41", names);
        Assert.IsType<OtherCode>(label.Codes.Codes[^1]);
    }

    [Fact]
    public async Task What_three_rows_of_a_catalogue_share_is_told()
    {
        var rows = Rows();
        foreach (var (grade, count) in new[] { ("rare", 3), ("single", 1) })
            for (var i = 0; i < count; i++) rows["parts"].Add([$"{rows["parts"].Count}", "1", grade, "maker 1", "plant 5", "10"]);
        var grades = (await LearnerTests.LearnAsync(Schema, rows)).Find(new("public", "parts"))!.Columns[2].Codes.Codes.OfType<ValueCode>()
            .Select(v => v.Value).ToList();
        Assert.Contains("rare", grades);
        Assert.DoesNotContain("single", grades);
    }

    [Fact]
    public async Task With_strict_rules_no_name_is_told()
    {
        var strict = await LearnerTests.LearnAsync(Schema, Rows(), LearnerTests.Options with { IsStrict = true });
        var kinds = strict.Find(new("public", "kinds"))!;
        Assert.Equal(ColumnTreatment.Fresh, kinds.Columns[1].Treatment);
        Assert.False(kinds.IsToldWhole);
        Assert.All(strict.Tables, t => Assert.True(t.K is 0 or 11));
    }

    [Fact]
    public async Task The_profile_keeps_the_rules_and_is_read_as_written()
    {
        var profile = await Learned.Value;
        Assert.Empty(ProfileGuard.Check(profile));
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
        Assert.Empty(await SourceAudit.CheckAsync(profile, new MemoryRows(Rows()), Schema, DateTimeOffset.UnixEpoch,
            TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_told_name_stands_once_with_all_that_goes_with_it()
    {
        var kinds = new KeyRows(await PlanAsync(), "kinds");
        var told = (await Learned.Value).Find(new("public", "kinds"))!.Columns[1].Codes.Codes.OfType<ValueCode>().Select(v => v.Value).ToHashSet();
        var real = Rows()["kinds"].ToDictionary(r => r[1]!, r => r[2]);
        var made = kinds.Tuples("label", "tax").Select(t => t.Split('|')).Where(t => told.Contains(t[0])).ToList();
        Assert.Equal(told.Order(), made.Select(t => t[0]).Order());
        Assert.All(made, t => Assert.Equal(real[t[0]], t[1]));
    }

    [Fact]
    public async Task A_name_has_as_many_children_as_it_had()
    {
        var plan = await PlanAsync();
        var labels = new KeyRows(plan, "kinds").Tuples("id", "label").Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);
        var made = new KeyRows(plan, "parts")["kind_id"].CountBy(k => labels[k!]).ToDictionary();
        var real = Rows()["parts"].CountBy(r => int.Parse(r[1]!, null)).OrderByDescending(c => c.Value).Take(5);
        Assert.All(real, r => Assert.InRange(made[$"Label {(char)('a' + r.Key % 26)}{r.Key}"], r.Value * 0.9, r.Value * 1.1));
    }

    [Fact]
    public async Task Names_go_together_as_they_did()
    {
        var plants = (await Learned.Value).Find(new("public", "parts"))!.Steps.Single(s => s.Target == 4);
        Assert.NotEmpty(plants.Agreements);
        var made = new KeyRows(await PlanAsync(), "parts").Tuples("maker", "plant").Select(t => t.Split('|')).ToList();
        Assert.All(made, t => Assert.Equal(int.Parse(t[0][6..], null), int.Parse(t[1][6..], null) / 5));
    }

    [Fact]
    public async Task Names_that_go_with_any_do_not_crowd_out_the_others()
    {
        var rows = Rows();
        rows["parts"].Clear();
        // Each kind has a maker of its own, and few parts by makers of nobody's.
        for (var p = 0; p < Parts; p++)
            rows["parts"].Add([$"{p}", $"{p % 40}", "grade 1", p % 25 == 0 ? $"rare {p / 25 % 17}" : $"maker {p % 40}", "plant 5", "10"]);
        var plan = FittedPlan.Make(Schema, new PlanOptions { Profile = await LearnerTests.LearnAsync(Schema, rows) });
        var labels = new KeyRows(plan, "kinds").Tuples("id", "label").Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);
        var made = new KeyRows(plan, "parts").Tuples("kind_id", "maker").Select(t => t.Split('|')).ToList();
        Assert.InRange(made.Count(t => !t[1].StartsWith("maker", StringComparison.Ordinal)) / (double)made.Count, 0.01, 0.08);
        Assert.InRange(made.Count(t => labels[t[0]].EndsWith(t[1][6..], StringComparison.Ordinal)) / (double)made.Count, 0.85, 1);
    }
}
