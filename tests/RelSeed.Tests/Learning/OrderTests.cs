using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnedPlans;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>Orders of moments that hold in the source hold in what is drawn.</summary>
public sealed class OrderTests
{
    static readonly DatabaseSchema Schema = Database(
        Table("employees", ["id int!", "last_name text!", "hired_on date"], pk: ["id"]),
        Table("orders", ["id int!", "employee_id int!", "ordered_on date!", "sent_on date"], pk: ["id"],
            fks: [(["employee_id"], "employees", ["id"])]));

    static readonly DateOnly Opening = new(2020, 1, 1);

    // Of the last days' orders none is sent yet.
    static Dictionary<string, List<string?[]>> Rows()
    {
        var rows = new Dictionary<string, List<string?[]>> { ["employees"] = [], ["orders"] = [] };
        for (var e = 0; e < 60; e++)
        {
            rows["employees"].Add([$"{e}", $"Fox{e}", e < 8 ? Day(-100 - 300 * e) : null]);
            for (var o = 0; o < 20; o++)
            {
                var ordered = Below(1, 20 * e + o, 400);
                var sent = ordered + 1 + Below(2, 20 * e + o, 9);
                rows["orders"].Add([$"{20 * e + o}", $"{e}", Day(ordered), sent < 380 ? Day(sent) : null]);
            }
        }
        return rows;

        static string Day(int days) => Opening.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    static readonly Lazy<Task<DataProfile>> Learned = new(() => LearnerTests.LearnAsync(Schema, Rows()));

    [Fact]
    public async Task Moments_made_anew_are_told_the_end_at_which_all_that_follows_begins()
    {
        var profile = await Learned.Value;
        var hired = profile.Find(new("public", "employees"))!.Columns[2];
        var ordered = profile.Find(new("public", "orders"))!.Columns[2];
        Assert.Equal(ColumnTreatment.Fresh, hired.Treatment);
        Assert.Equal(ordered.Codes.Codes[0] is RangeCode range ? range.Low : ((NumberCode)ordered.Codes.Codes[0]).Value, hired.Latest);
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
    }

    [Fact]
    public async Task Nobody_is_hired_after_the_first_order()
    {
        var plan = FittedPlan.Make(Schema, new PlanOptions { Profile = await Learned.Value });
        var first = new KeyRows(plan, "orders")["ordered_on"].Min(StringComparer.Ordinal);
        Assert.All(new KeyRows(plan, "employees")["hired_on"].OfType<string>(), d => Assert.True(string.CompareOrdinal(d, first) <= 0));
    }

    [Fact]
    public async Task Nothing_is_sent_before_it_is_ordered_though_sending_ends_earlier()
    {
        var plan = FittedPlan.Make(Schema, new PlanOptions { Profile = await Learned.Value });
        var made = new KeyRows(plan, "orders").Tuples("ordered_on", "sent_on").Select(t => t.Split('|')).ToList();
        Assert.NotEmpty(made);
        Assert.All(made, t => Assert.True(string.CompareOrdinal(t[0], t[1]) <= 0));
    }

    // Some are valid until shortly before the end of time: what begins later would last beyond it.
    [Fact]
    public async Task Nothing_lies_beyond_the_calendar()
    {
        var schema = Database(Table("offers", ["id int!", "begins date!", "ends date!"], pk: ["id"]));
        var rows = Empty(schema);
        for (var i = 0; i < 3_000; i++)
        {
            var begins = Opening.AddDays(Below(1, i, 8_000));
            var ends = i % 50 == 0 ? DateOnly.MaxValue.AddDays(-Below(2, i, 900)) : begins.AddDays(Below(3, i, 30));
            rows["offers"].Add([$"{i}", $"{begins:yyyy-MM-dd}", $"{ends:yyyy-MM-dd}"]);
        }
        var (_, plan) = await LearnedAsync(schema, rows);
        // Days that have no date are printed as numbers.
        var days = new KeyRows(plan, "offers")["ends"].Select(d => DateOnly.ParseExact(d!, "yyyy-MM-dd")).ToList();
        Assert.Contains(days, d => d.Year > 9_900);
    }

    // In seconds all hours lie shortly before these days, and behind those before 1970.
    [Fact]
    public async Task Hours_of_the_day_and_days_do_not_bound_each_other()
    {
        var schema = Database(
            Table("desks", ["id int!", "since date!"], pk: ["id"]),
            Table("shops", ["id int!", "opens time!"], pk: ["id"]),
            Table("visits", ["id int!", "shop_id int!", "desk_id int!", "day date!", "at time!"], pk: ["id"],
                fks: [(["shop_id"], "shops", ["id"]), (["desk_id"], "desks", ["id"])]));
        var rows = Empty(schema);
        for (var c = 0; c < 60; c++) rows["desks"].Add([$"{c}", $"{new DateOnly(c < 55 ? 1970 : 1955, 1, 3).AddDays(40 * c):yyyy-MM-dd}"]);
        for (var shop = 0; shop < 200; shop++) rows["shops"].Add([$"{shop}", $"{7 + shop % 2:00}:{shop % 60:00}:00"]);
        for (var v = 0; v < 4_000; v++)
        {
            var shop = v % 200;
            rows["visits"].Add([$"{v}", $"{shop}", $"{Below(3, v, 55)}", $"{new DateOnly(1995, 1, 1).AddDays(v / 400 * 30 + Below(1, v, 30)):yyyy-MM-dd}",
                $"{8 + (v / 200 % 2 == 0 ? 0 : 5):00}:{Below(2, v, 60):00}:00"]);
        }
        var (profile, _) = await LearnedAsync(schema, rows);
        var visits = profile.Tables.Single(t => t.Name.Name == "visits");
        var at = visits.Steps.Single(s => s.Kind == StepKind.Column && visits.Columns[s.Target].Name == "at");
        Assert.DoesNotContain(at.Bounds, b => b.Feature is { Kind: FeatureKind.Own } or { Kind: FeatureKind.Parent, Reference: 1 });
        Assert.All(at.Models, m => Assert.True(m.Base is not BaseKind.Own, $"{m.Base}"));
        Assert.All(visits.References, r => Assert.Empty(r.Bounds));
    }
}
