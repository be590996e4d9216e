using RelSeed.Learning;
using RelSeed.Learning.Auditing;
using RelSeed.Learning.DifferentialPrivacy;
using RelSeed.Learning.Sampling;
using RelSeed.Profiling;
using RelSeed.Schema;
using static RelSeed.Tests.Learning.LearnTables;

namespace RelSeed.Tests.Learning.DifferentialPrivacy;

public sealed class PrivateLearnerTests
{
    static LearnOptions Options(double epsilon, ulong seed = 1) =>
        LearnerTests.Options with { Epsilon = epsilon, Noise = DiscreteGaussianTests.Repeatable(seed) };

    static readonly Table People =
        Table("people", Column("id", TypeKind.Int32), Column("city", TypeKind.Text), Column("club", TypeKind.Text), Column("born", TypeKind.Date),
        Column("score", TypeKind.Int32, isNullable: true));

    // The club follows the city, the score the club.
    static List<string?[]> Rows(int count)
    {
        string[] cities = ["Oslo", "Rome", "Lima"];
        var rows = new List<string?[]>();
        for (var i = 0; i < count; i++)
        {
            var city = LearnerTests.Below(1, i, 3);
            var club = LearnerTests.Below(2, i, 10) == 0 ? LearnerTests.Below(3, i, 3) : city;
            rows.Add([$"{i}", cities[city], $"club {club}", new DateOnly(1980, 1, 1).AddDays(LearnerTests.Below(4, i, 7000)).ToString("yyyy-MM-dd"),
                i % 4 == 0 ? null : $"{10 * club + LearnerTests.Below(5, i, 5)}"]);
        }
        return rows;
    }

    static Task<DataProfile> LearnAsync(List<string?[]> rows, LearnOptions options) =>
        LearnerTests.LearnAsync(Database(People), new() { ["people"] = rows }, options);

    [Fact]
    public async Task With_a_loose_epsilon_shares_and_pairs_are_told_nearly_right()
    {
        var people = (await LearnAsync(Rows(6000), Options(10))).Tables[0];

        Assert.Equal(["Lima", "Oslo", "Rome"], people.Columns[1].Codes.Codes.Cast<ValueCode>().Select(c => c.Value));
        Assert.InRange(people.Columns[4].NullShare, 0.22, 0.28);
        Assert.InRange(people.Rows, 5900, 6100);
        // Of the city and the club one is asked for the other.
        var follows = people.Steps.Select((s, place) => (Step: s, place))
            .Single(s => people.Columns[s.Step.Target].Name is "city" or "club" && s.Step.First.Values!.Features.Any(f =>
            f.Kind == FeatureKind.Own && people.Columns[people.Steps[f.Step].Target].Name is "city" or "club"));
        var leaves = follows.Step.First.Values!.Nodes.Where(n => n.Feature < 0 && !n.Shares.IsEmpty).ToList();
        Assert.Equal(3, leaves.Count);
        Assert.All(leaves, leaf => Assert.InRange(leaf.Shares.Max(s => s.Weight) / (leaf.Shares.Sum(s => s.Weight) + leaf.Rest), 0.88, 0.98));
    }

    [Fact]
    public async Task What_one_person_alone_has_is_never_told()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            List<string?[]> rows = [.. Rows(3000), ["9999", "Xanadu", "club 77", "1955-05-05", "123456"]];
            var text = ProfileFile.Write(await LearnAsync(rows, Options(10, seed)));
            Assert.DoesNotContain("Xanadu", text);
            Assert.DoesNotContain("club 77", text);
            Assert.DoesNotContain("123456", text);
        }
    }

    [Fact]
    public async Task With_a_strict_epsilon_and_few_people_nothing_is_told()
    {
        var people = (await LearnAsync(Rows(40), Options(0.1))).Tables[0];
        Assert.All(people.Columns, c => Assert.All(c.Codes.Codes, code => Assert.IsType<OtherCode>(code)));
        Assert.Equal("none of its values rises above the noise", people.Columns[1].Reason);
    }

    [Fact]
    public async Task Children_and_what_they_have_of_their_parents_follow()
    {
        var (schema, rows) = LearnerTests.Shop(4000);
        var profile = await LearnerTests.LearnAsync(schema, rows, Options(15));
        var orders = profile.Find(new("main", "orders"))!;

        // None to three orders, as likely.
        var children = orders.References[0].Children!;
        Assert.Equal([0, 1, 2, 3], children.Codes.Codes.Cast<NumberCode>().Select(c => c.Value));
        Assert.All(children.Tree.Nodes[0].Shares, s => Assert.InRange(s.Weight, 900, 1100));
        // The country is the customer's.
        var country = Assert.Single(orders.Steps, s => orders.Columns[s.Target].Name == "country").First.Values!;
        Assert.Equal(FeatureKind.Parent, Assert.Single(country.Features).Kind);
        Assert.InRange(orders.Rows, 5300, 6700);
        Assert.Equal(ColumnTreatment.Fresh, profile.Find(new("main", "customers"))!.Columns[1].Treatment);
    }

    [Fact]
    public async Task Orders_of_moments_are_told_where_the_noise_leaves_no_doubt()
    {
        var members = Table("members", Column("id", TypeKind.Int32), Column("joined", TypeKind.Date));
        var visits = Table("visits", Column("id", TypeKind.Int32), Column("member_id", TypeKind.Int32), Column("came", TypeKind.Date),
            Column("went", TypeKind.Date), Column("seen", TypeKind.Date)).To("member_id", "members");
        var (schema, rows) = (Database(members, visits), new Dictionary<string, List<string?[]>> { ["members"] = [], ["visits"] = [] });
        for (var m = 0; m < 4000; m++)
        {
            var joined = LearnerTests.Below(1, m, 3000);
            rows["members"].Add([$"{m}", Day(joined)]);
            var came = joined + LearnerTests.Below(2, m, 300);
            rows["visits"].Add([$"{m}", $"{m}", Day(came), Day(came + LearnerTests.Below(3, m, 40)), Day(LearnerTests.Below(4, m, 3300))]);
        }
        var profile = await LearnerTests.LearnAsync(schema, rows, Options(4));
        Assert.Empty(ProfileGuard.Check(profile));
        var found = profile.Find(new("main", "visits"))!;
        var orders =
            found.Steps.SelectMany(s =>
            s.Bounds.Select(b => (Of: found.Columns[s.Target].Name, b.IsLeast,
            Than: b.Feature.Kind == FeatureKind.Parent ? "joined" : found.Columns[found.Steps[b.Feature.Step].Target].Name))).ToList();
        Assert.Contains(("came", true, "joined"), orders);
        Assert.Contains(("went", true, "joined"), orders);
        Assert.Contains(orders, o => o is ("went", true, "came") or ("came", false, "went"));
        Assert.DoesNotContain(orders, o => o.Of == "seen" || o.Than == "seen");
        Assert.Contains(profile.Origin.Loss!.Ledger, c => c.What == "order of came and members.joined");

        static string Day(int days) => new DateOnly(2010, 1, 1).AddDays(days).ToString("yyyy-MM-dd");
    }

    [Fact]
    public void Of_every_entity_one_row_is_looked_at_whatever_the_others_have()
    {
        var table = new SampleTable(People, 1)
        {
            Entities = [.. Enumerable.Range(0, 500).Select(r => LearnerTests.Below(9, r, 60))],
            EntityCount = 60,
            Count = 500
        };
        var all = OneRowEach.Choose(table, 3);
        Assert.Equal(60, all.Length);
        Assert.Equal(60, all.Select(r => table.Entities![r]).Distinct().Count());

        // Without the last rows, which are one entity's, all else is chosen as before.
        var without = new SampleTable(People, 1) { Entities = [.. table.Entities!, 60, 60, 60], EntityCount = 61, Count = 503 };
        Assert.Equal(all, OneRowEach.Choose(without, 3).Where(r => r < 500));
        Assert.Single(OneRowEach.Choose(without, 3), r => r >= 500);
    }

    [Fact]
    public async Task Persons_whose_group_belongs_to_one_of_them_are_their_own()
    {
        var teams = Table("teams", Column("id", TypeKind.Int32), Column("player_id", TypeKind.Int32, isNullable: true)).To("player_id", "players");
        var players = Table("players", Column("id", TypeKind.Int32), Column("team_id", TypeKind.Int32)).To("team_id", "teams");
        var rows = new Dictionary<string, List<string?[]>>
        {
            ["teams"] = [.. Enumerable.Range(0, 20).Select(t => new string?[] { $"{t}", $"{10 * t}" })],
            ["players"] = [.. Enumerable.Range(0, 200).Select(p => new string?[] { $"{p}", $"{p / 10}" })],
        };
        var profile = await LearnerTests.LearnAsync(Database(teams, players), rows, Options(5));
        Assert.Single(profile.Origin.Loss!.Ledger.Select(c => c.Family).Distinct());
        Assert.Empty(ProfileGuard.Check(profile));
    }

    [Fact]
    public async Task The_file_says_what_it_cost_and_reads_back()
    {
        var profile = await LearnAsync(Rows(2000), Options(2));
        Assert.Empty(ProfileGuard.Check(profile));
        Assert.Equal((2, 1e-9), (profile.Origin.Loss!.Epsilon, profile.Origin.Loss.Delta));
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
    }

    public static TheoryData<string> Spoiled => [.. Spoils.Keys];

    static readonly Dictionary<string, Func<DataProfile, DataProfile>> Spoils = new()
    {
        ["origin.loss.epsilon: epsilon is not between 0 and 20"] = p => WithLoss(p, l => l with { Epsilon = 21 }),
        ["origin.loss.delta: delta is above 1E-09"] = p => WithLoss(p, l => l with { Delta = 0.01 }),
        ["origin.loss.ledger: the measurements of people cost more than epsilon"] = p =>
            WithLoss(p, l => l with { Ledger = [.. l.Ledger, l.Ledger[0] with { Rho = 1 }] }),
        ["people.rows: the count has no entry in the ledger"] = p =>
            WithLoss(p, l => l with { Ledger = l.Ledger.Where(c => c.What != "rows").ToEquatableArray() }),
        ["people.city: its values have no entry in the ledger"] = p =>
            WithLoss(p, l => l with { Ledger = l.Ledger.Where(c => c.What != "names of city").ToEquatableArray() }),
        ["people.steps: a model is told that has no noise"] = p =>
            WithTable(p, t => t with { Steps = [t.Steps[0] with { Next = t.Steps[0].First }, .. t.Steps.Skip(1)] }),
        ["people.rules: rules are told without noise"] = p => WithTable(p, t => t with { Rules = [new(RuleKind.Copy, 1) { Left = "club" }] }),
        ["people.born: an order has no entry in the ledger"] = p =>
            WithTable(p,
                t => t with
                {
                    Steps = [.. t.Steps.Select(s => t.Columns[s.Target].Name == "born"
                ? s with { Bounds = [new(new Feature(FeatureKind.Own, Step: 0), IsLeast: true)] } : s)]
                }),
        ["people.id: forms, lengths or ends are told without noise"] = p =>
            WithTable(p, t => t with { Columns = [t.Columns[0] with { Lengths = [1, 2] }, .. t.Columns.Skip(1)] }),
    };

    static DataProfile WithLoss(DataProfile profile, Func<PrivacyLoss, PrivacyLoss> edit) =>
        profile with { Origin = profile.Origin with { Loss = edit(profile.Origin.Loss!) } };

    static DataProfile WithTable(DataProfile profile, Func<TableProfile, TableProfile> edit) => profile with { Tables = [edit(profile.Tables[0])] };

    [Theory]
    [MemberData(nameof(Spoiled))]
    public async Task A_file_that_tells_more_than_its_ledger_is_found(string finding)
    {
        var spoiled = Spoils[finding](await LearnAsync(Rows(2000), Options(2)));
        Assert.Equal(finding, Assert.Single(ProfileGuard.Check(spoiled).Select(f => $"{f.Place}: {f.Rule}")));
    }
}
