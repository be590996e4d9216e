using System.Text;
using RelSeed.Generation;
using RelSeed.Learning.Auditing;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnedPlans;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learned;

/// <summary>Dimensions whose rows are told one by one.</summary>
public sealed class ToldRowsTests
{
    const int Makers = 9, Parts = 400, Customers = 600, Lines = 4_000;

    static readonly string[] PartColumns = ["maker", "label", "size", "weight", "since"];

    static DatabaseSchema Shop(string size = "size int!", string? check = null) => Database(
        Table("customers", ["id int!", "last_name text!", "email text!"], pk: ["id"]),
        Table("makers", ["id int!", "label text!"], pk: ["id"]),
        Table("parts", ["id int!", "maker_id int!", "maker text!", "label text!", size, "weight float", "since date!"], pk: ["id"],
            fks: [(["maker_id"], "makers", ["id"])], checks: check is null ? [] : [check]),
        Table("purchases", ["id int!", "customer_id int!", "part_id int!", "pieces int!"], pk: ["id"],
            fks: [(["customer_id"], "customers", ["id"]), (["part_id"], "parts", ["id"])]));

    static Dictionary<string, List<string?[]>> Rows()
    {
        var rows = Empty(Shop());
        for (var c = 0; c < Customers; c++) rows["customers"].Add([$"{c}", $"Fox{c}", $"fox{c}@example.org"]);
        for (var m = 0; m < Makers; m++) rows["makers"].Add([$"{m}", $"Maker {(char)('A' + m)}"]);
        for (var p = 0; p < Parts; p++)
        {
            var maker = Below(1, p, Makers) * Below(2, p, Makers) / Makers;
            // One lies far out: it is told all the same.
            rows["parts"].Add([$"{p}", $"{maker}", $"Maker {(char)('A' + maker)}", $"Part number {p * 7919 % 1000}-{p}", $"{(p == 17 ? 90_000 : 100 + Below(3, p, 900))}",
                p % 5 == 0 ? null : $"{Below(4, p, 2000) / 8.0}", Day(Below(5, p, 900))]);
        }
        for (var l = 0; l < Lines; l++) rows["purchases"].Add([$"{l}", $"{l % Customers}", $"{Below(6, l, Parts)}", $"{1 + Below(7, l, 9)}"]);
        return rows;
    }

    static TableProfile Of(DataProfile profile, string table) => profile.Find(new("public", table))!;

    // Those of which none is NULL, as they are made.
    static IEnumerable<string> Source(Dictionary<string, List<string?[]>> rows) => rows["parts"].Where(r => r[5] is not null).Select(r => string.Join('|', r[2..])).Order(StringComparer.Ordinal);

    static IEnumerable<string> Made(SeedPlan plan) => new KeyRows(plan, "parts").Tuples(PartColumns).Order(StringComparer.Ordinal);

    [Fact]
    public async Task The_rows_that_others_refer_to_are_made_as_they_stand()
    {
        var rows = Rows();
        var (profile, plan) = await LearnedAsync(Shop(), rows);
        Assert.True(Of(profile, "parts").IsToldByRow);
        Assert.Equal(Parts, Of(profile, "parts").Rows);
        Assert.Equal(Source(rows), Made(plan));
    }

    [Fact]
    public async Task Each_belongs_to_its_own_parent()
    {
        var (profile, plan) = await LearnedAsync(Shop(), Rows());
        Assert.True(Of(profile, "makers").IsToldByRow);
        var makers = new KeyRows(plan, "makers").Tuples("id", "label").Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);
        Assert.All(new KeyRows(plan, "parts").Tuples("maker_id", "maker").Select(t => t.Split('|')), part => Assert.Equal(part[1], makers[part[0]]));
    }

    [Fact]
    public async Task Where_the_target_wants_a_parent_that_some_lack_they_are_drawn()
    {
        DatabaseSchema With(string maker) => Database(
            Table("customers", ["id int!", "last_name text!", "email text!"], pk: ["id"]),
            Table("makers", ["id int!", "label text!"], pk: ["id"]),
            Table("parts", ["id int!", maker, "maker text!", "label text!", "size int!", "weight float", "since date!"], pk: ["id"],
                fks: [(["maker_id"], "makers", ["id"])]),
            Table("purchases", ["id int!", "customer_id int!", "part_id int!", "pieces int!"], pk: ["id"],
                fks: [(["customer_id"], "customers", ["id"]), (["part_id"], "parts", ["id"])]));
        var rows = Rows();
        for (var p = 0; p < Parts; p += 10) rows["parts"][p][1] = null;
        var (profile, plan) = await LearnedAsync(With("maker_id int"), rows);
        Assert.True(Of(profile, "parts").IsToldByRow);
        Assert.Equal(Parts / 10, new KeyRows(plan, "parts")["maker_id"].Count(m => m is null));
        Assert.Equal(Source(rows), Made(plan));
        var strict = new KeyRows(FittedPlan.Make(With("maker_id int!"), new PlanOptions { Profile = profile }), "parts");
        Assert.DoesNotContain(null, strict["maker_id"]);
    }

    [Fact]
    public async Task Each_has_as_many_children_as_it_had()
    {
        var rows = Rows();
        // Of what is bought hundreds of times, and of what is hardly bought at all.
        for (var l = 0; l < Lines; l++) rows["purchases"][l][2] = $"{Below(8, l, Parts) * Below(9, l, Parts) / Parts * 37 % Parts}";
        var (profile, plan) = await LearnedAsync(Shop(), rows);
        var labels = new KeyRows(plan, "parts").Tuples("id", "label").Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);
        var made = new KeyRows(plan, "purchases")["part_id"].CountBy(id => labels[id!]).ToDictionary();
        var real = rows["purchases"].CountBy(l => rows["parts"][int.Parse(l[2]!, null)][3]!).ToDictionary();
        Assert.True(real.Values.Max() > 30);
        Assert.All(labels.Values, label => Assert.InRange(made.GetValueOrDefault(label), real.GetValueOrDefault(label) * 0.8 - 4, real.GetValueOrDefault(label) * 1.2 + 4));
        // Bought by persons: what fewer than k of their rows are counted is told as a range.
        var children = Of(profile, "purchases").References.Single(r => r.Columns[0] == "part_id").Children!;
        Assert.Equal(Parts, children.Told.Count);
    }

    [Fact]
    public async Task Persons_and_what_they_do_are_not_told_so()
    {
        var (profile, _) = await LearnedAsync(Shop(), Rows());
        Assert.False(Of(profile, "customers").IsToldByRow);
        Assert.False(Of(profile, "purchases").IsToldByRow);
    }

    [Fact]
    public async Task Strict_rules_tell_no_rows() =>
        Assert.All((await LearnAsync(Shop(), Rows(), Options with { IsStrict = true })).Tables, t => Assert.False(t.IsToldByRow));

    [Fact]
    public async Task Where_few_refer_to_them_rows_are_not_told()
    {
        var rows = Rows();
        rows["purchases"].RemoveRange(3 * Parts, Lines - 3 * Parts);
        Assert.False(Of(await LearnAsync(Shop(), rows), "parts").IsToldByRow);
    }

    [Fact]
    public async Task Of_another_number_rows_are_drawn()
    {
        var (profile, _) = await LearnedAsync(Shop(), Rows());
        var plan = FittedPlan.Make(Shop(), new PlanOptions { Profile = profile, Scale = 2 });
        var labels = new KeyRows(plan, "parts").Tuples("label").ToList();
        Assert.InRange(labels.Count, 2 * Parts - 40, 2 * Parts + 40);
    }

    [Fact]
    public async Task Rows_that_the_target_refuses_are_drawn_as_it_wants_them()
    {
        var (profile, _) = await LearnedAsync(Shop(), Rows());
        var plan = FittedPlan.Make(Shop(check: "size < 1000"), new PlanOptions { Profile = profile });
        Assert.All(new KeyRows(plan, "parts").Tuples("size"), size => Assert.InRange(int.Parse(size), 0, 999));
    }

    [Theory]
    [InlineData("4111 1111 1111 1111")]
    [InlineData("A part that nobody needs and whose name is therefore far too long")]
    public async Task A_card_number_or_a_long_text_among_them_is_made_anew(string untold)
    {
        var rows = Rows();
        rows["parts"][3][3] = untold;
        var (_, plan) = await LearnedAsync(Shop(), rows);
        var labels = new KeyRows(plan, "parts").Tuples("label").ToList();
        Assert.DoesNotContain(untold, labels);
        Assert.Equal(Parts - 1, labels.Intersect(rows["parts"].Select(r => r[3]!)).Count());
    }

    [Fact]
    public async Task The_guard_finds_persons_told_row_by_row()
    {
        var profile = await LearnAsync(Shop(), Rows());
        var leaked = Edit(profile, "customers", t => t with { Steps = [new StepProfile { Kind = StepKind.Column, Target = 0, First = new ValueModel(), Told = [1, 1] }] });
        Assert.Contains(ProfileGuard.Check(leaked), f => f == new AuditFinding("customers.k", "the table is told as a catalogue, but it is about persons"));
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "short", "$.tables[2].steps[#].told, one for each of 400 rows is expected" },
        { "code", "$.tables[2].steps[#].told[5], null or a code below 401 is expected" },
        { "parent", "$.tables[2].references[0].parents[0], there is no such parent" },
        { "order", "$.tables[2].references[0].parents[399], the driving parents must ascend" },
        { "counts", "$.tables[3].references[1].children.told, one for each of 400 rows that are told is expected" },
        { "count", "$.tables[3].references[1].children.told[7], a code is none of the counts'" },
    };

    [Theory, MemberData(nameof(Damages))]
    public async Task Damaged_rows_are_refused_with_their_place(string damage, string place)
    {
        var learned = await LearnAsync(Shop(), Rows());
        var label = Of(learned, "parts").Steps.ToList().FindIndex(s => s.Target == 3);
        var profile = damage.StartsWith("count", StringComparison.Ordinal)
            ? Edit(learned, "purchases", t => Children(t, told => damage == "count" ? [.. told[..7], 4000, .. told[8..]] : told[1..])) : Edit(learned, "parts", t => damage switch
        {
            "short" => Step(t, told => told[1..]),
            "code" => Step(t, told => [.. told[..5], 4000, .. told[6..]]),
            "parent" => Parent(t, parents => [4000, .. parents[1..]]),
            _ => Parent(t, parents => [.. parents[..^1], 0]),
        });
        var fault = Assert.Throws<UsageException>(() => ProfileFile.Read(Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
        Assert.Equal($"RS1312 The profile cannot be used: at {place.Replace("#", $"{label}")}. Learn it anew with 'relseed learn', or take back what was changed in the file.", fault.Message);

        TableProfile Step(TableProfile table, Func<double[], double[]> edit) => table with
        {
            Steps = table.Steps.Select((s, i) => i == label ? s with { Told = [.. edit([.. s.Told])] } : s).ToEquatableArray(),
        };

        static TableProfile Children(TableProfile table, Func<int[], int[]> edit) => table with
        {
            References = table.References.Select(r => r.Columns[0] == "part_id" ? r with { Children = r.Children! with { Told = [.. edit([.. r.Children.Told])] } } : r)
                .ToEquatableArray(),
        };

        static TableProfile Parent(TableProfile table, Func<int[], int[]> edit) => table with
        {
            References = table.References.Select(r => r with { Parents = [.. edit([.. r.Parents])] }).ToEquatableArray(),
        };
    }

    static DataProfile Edit(DataProfile profile, string table, Func<TableProfile, TableProfile> edit) =>
        profile with { Tables = profile.Tables.Select(t => t.Name.Name == table ? edit(t) : t).ToEquatableArray() };
}
