using RelSeed.Generation;
using RelSeed.Learning;
using RelSeed.Learning.Auditing;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnerTests;
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
            var kind = p < 30 ? 30 + p % 10 : Below(1, p, 30) * Below(2, p, 30) / 30;
            var maker = Below(3, p, 12);
            rows["parts"].Add([$"{p}", $"{kind}", $"grade {kind % 6}", $"maker {maker}", $"plant {maker * 5 + Below(4, p, 5)}",
                $"{10 * kind + Below(5, p, 10)}"]);
        }
        return rows;
    }

    static readonly Lazy<Task<DataProfile>> Learned = new(() => LearnAsync(Schema, Rows()));

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
            await LearnAsync(Schema, rows, Options with { Treatments = wish is null ? [] : [new("kinds.label", wish)] });
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
        var label = (await LearnAsync(Schema, rows)).Find(new("public", "kinds"))!.Columns[1];
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
        var grades = (await LearnAsync(Schema, rows)).Find(new("public", "parts"))!.Columns[2].Codes.Codes.OfType<ValueCode>()
            .Select(v => v.Value).ToList();
        Assert.Contains("rare", grades);
        Assert.DoesNotContain("single", grades);
    }

    [Fact]
    public async Task With_strict_rules_no_name_is_told()
    {
        var strict = await LearnAsync(Schema, Rows(), Options with { IsStrict = true });
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
        var plan = FittedPlan.Make(Schema, new PlanOptions { Profile = await LearnAsync(Schema, rows) });
        var labels = new KeyRows(plan, "kinds").Tuples("id", "label").Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);
        var made = new KeyRows(plan, "parts").Tuples("kind_id", "maker").Select(t => t.Split('|')).ToList();
        Assert.InRange(made.Count(t => !t[1].StartsWith("maker", StringComparison.Ordinal)) / (double)made.Count, 0.01, 0.08);
        Assert.InRange(made.Count(t => labels[t[0]].EndsWith(t[1][6..], StringComparison.Ordinal)) / (double)made.Count, 0.85, 1);
    }

    [Fact]
    public async Task Few_rows_without_a_name_of_their_own_come_out_as_they_were()
    {
        var schema = Database(
            Table("courses", ["module varchar(3)!", "term varchar(5)!", "days int!"], pk: ["module", "term"]),
            Table("exams", ["id int!", "module varchar(3)!", "term varchar(5)!", "points int!"], pk: ["id"],
                fks: [(["module", "term"], "courses", ["module", "term"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["courses"] = [], ["exams"] = [] };
        string[] terms = ["2013B", "2013J", "2014B", "2014J"];
        for (var m = 0; m < 7; m++)
            for (var t = 0; t < 4; t++)
                if ((m + t) % 3 > 0) rows["courses"].Add([$"M{m}", terms[t], $"{230 + 10 * t + (m % 2 == 0 ? 1 : 0)}"]);
        for (var e = 0; e < 200; e++) rows["exams"].Add([$"{e}", .. rows["courses"][e % rows["courses"].Count][..2], $"{Below(1, e, 100)}"]);
        var profile = await LearnAsync(schema, rows);
        Assert.Empty(ProfileGuard.Check(profile));
        Assert.Empty(await SourceAudit.CheckAsync(profile, new MemoryRows(rows), schema, DateTimeOffset.UnixEpoch,
            TestContext.Current.CancellationToken));
        var made = new KeyRows(FittedPlan.Make(schema, new PlanOptions { Profile = profile }), "courses").Tuples("module", "term", "days").ToList();
        Assert.Equal(rows["courses"].Count, made.Count);
        Assert.InRange(made.Intersect(rows["courses"].Select(r => string.Join('|', r))).Count(), made.Count - 4, made.Count);
    }

    [Fact]
    public async Task Rows_of_a_small_dimension_that_nothing_names_keep_what_stands_in_them_unless_all_that_refers_to_them_belongs_to_them()
    {
        var rows = new Dictionary<string, List<string?[]>> { ["tours"] = [], ["stages"] = [], ["riders"] = [], ["starts"] = [] };
        for (var t = 0; t < 60; t++)
        {
            rows["tours"].Add([$"T-{t:00}", $"{Below(1, t, 7)}", $"{Below(2, t, 9)}", $"{Below(3, t, 11)}"]);
            for (var s = 0; s < 3; s++) rows["stages"].Add([$"{3 * t + s}", $"T-{t:00}", $"{100 + Below(4, 3 * t + s, 100)}"]);
        }
        for (var r = 0; r < 300; r++)
        {
            rows["riders"].Add([$"{r}", $"Fox{r}"]);
            for (var s = 0; s < 4; s++) rows["starts"].Add([$"{4 * r + s}", $"{r}", $"T-{Below(5, 4 * r + s, 60):00}"]);
        }
        var tours = Table("tours", ["code varchar(5)!", "mountains int!", "teams int!", "rank int!"], pk: ["code"]);
        var stages = Table("stages", ["id int!", "tour varchar(5)!", "length int!"], pk: ["id"], fks: [(["tour"], "tours", ["code"])]);
        var riders = Table("riders", ["id int!", "last_name varchar(20)!"], pk: ["id"]);
        var starts = Table("starts", ["id int!", "rider_id int!", "tour varchar(5)!"], pk: ["id"],
            fks: [(["rider_id"], "riders", ["id"]), (["tour"], "tours", ["code"])]);
        var learned = rows["tours"].Select(t => string.Join('|', t[1..])).ToList();

        var schema = Database(tours, stages, riders, starts);
        var profile = await LearnAsync(schema, rows);
        Assert.Empty(ProfileGuard.Check(profile));
        Assert.Empty(await SourceAudit.CheckAsync(profile, new MemoryRows(rows), schema, DateTimeOffset.UnixEpoch,
            TestContext.Current.CancellationToken));
        Assert.DoesNotContain("T-0", ProfileFile.Write(profile), StringComparison.Ordinal);
        var made = new KeyRows(FittedPlan.Make(schema, new PlanOptions { Profile = profile }), "tours");
        Assert.Equal(learned.Order(), made.Tuples("mountains", "teams", "rank").Order());
        Assert.Equal(60, made["code"].Distinct().Count());

        var alone = Database(tours, stages);
        made = new KeyRows(FittedPlan.Make(alone, new PlanOptions { Profile = await LearnAsync(alone, rows) }), "tours");
        Assert.NotEqual(learned.Order(), made.Tuples("mountains", "teams", "rank").Order());
    }

    [Fact]
    public async Task Empty_phones_are_no_persons_and_pass_the_audit()
    {
        var rows = Rows();
        var schema = Schema with
        {
            Tables = [Table("kinds", ["id int!", "label text!", "tax int!", "phone text"], pk: ["id"]), Schema.Tables[1]],
        };
        foreach (var kind in rows["kinds"]) kind[3] = "";
        var profile = await LearnAsync(schema, rows);
        Assert.Equal(ColumnTreatment.Told, profile.Find(new("public", "kinds"))!.Columns[3].Treatment);
        Assert.Empty(ProfileGuard.Check(profile));
    }

    [Fact]
    public async Task There_are_just_as_many_rows_of_what_is_told_whole()
    {
        var rows = Rows();
        for (var k = 40; k < 103; k++) rows["kinds"].Add([$"{k}", $"Label {(char)('a' + k % 26)}{k}", $"{k % 5}", null]);
        var profile = await LearnAsync(Schema, rows);
        Assert.True(profile.Find(new("public", "kinds"))!.IsToldWhole);
        Assert.Equal(103, profile.Find(new("public", "kinds"))!.Rows);
        Assert.Empty(RelSeed.Learning.Auditing.ProfileGuard.Check(profile));
    }
}
