using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>What columns of a row owe to each other, and to the rows above it.</summary>
public sealed class TogetherTests
{
    static string Day(int days) => new DateOnly(2013, 1, 1).AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    static async Task<KeyRows> MadeAsync(DatabaseSchema schema, Dictionary<string, List<string?[]>> rows, string table) =>
        new(FittedPlan.Make(schema, new PlanOptions { Profile = await LearnAsync(schema, rows) }), table);

    // A clinic measures both or neither, and mostly goes on as it began.
    static (DatabaseSchema Schema, Dictionary<string, List<string?[]>> Rows) Visits()
    {
        var schema = Database(
            Table("patients", ["id int!", "last_name text!"], pk: ["id"]),
            Table("visits", ["id int!", "patient_id int!", "length int!", "pulse int", "pressure int"], pk: ["id"],
                fks: [(["patient_id"], "patients", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["patients"] = [], ["visits"] = [] };
        for (var p = 0; p < 150; p++)
        {
            rows["patients"].Add([$"{p}", $"Fox{p}"]);
            var isMeasured = p % 5 == 0;
            for (var v = 0; v < 12; v++)
            {
                var pulse = 60 + Below(1, 12 * p + v, 8);
                rows["visits"].Add([$"{12 * p + v}", $"{p}", $"{5 + Below(2, 12 * p + v, 60)}", isMeasured ? $"{pulse}" : null,
                    isMeasured ? $"{2 * pulse + Below(3, 12 * p + v, 4)}" : null]);
                if (Below(4, 12 * p + v, 40) == 0) isMeasured = !isMeasured;
            }
        }
        return (schema, rows);
    }

    [Fact]
    public async Task Columns_that_are_null_together_stay_so()
    {
        var (schema, rows) = Visits();
        var visits = (await LearnAsync(schema, rows)).Find(new("public", "visits"))!;
        var pressure = visits.Steps.Single(s => s.Target == 4);
        foreach (var model in new[] { pressure.First, pressure.Next! })
            Assert.Equal(FeatureKind.Own, model.Nulls!.Features[model.Nulls.Nodes[0].Feature].Kind);
        var made = await MadeAsync(schema, rows, "visits");
        Assert.All(made["pulse"].Zip(made["pressure"]), v => Assert.Equal(v.First is null, v.Second is null));
    }

    [Fact]
    public async Task What_most_rows_lack_is_drawn_after_what_all_have()
    {
        var (schema, rows) = Visits();
        var visits = (await LearnAsync(schema, rows)).Find(new("public", "visits"))!;
        Assert.True(visits.Columns[3].Codes.Size < visits.Columns[2].Codes.Size);
        Assert.Equal([2, 3, 4], visits.Steps.Select(s => s.Target));
    }

    [Fact]
    public async Task Moments_are_drawn_in_the_order_of_the_rows_that_have_all()
    {
        var schema = Database(Table("parcels", ["id int!", "sent_on date", "ordered_on date!"], pk: ["id"]));
        var rows = new Dictionary<string, List<string?[]>> { ["parcels"] = [] };
        // What was ordered of late is not sent yet.
        for (var p = 0; p < 600; p++)
            rows["parcels"].Add([$"{p}", p < 400 ? Day(p + 1 + Below(1, p, 3)) : null, Day(p)]);
        Assert.Equal([2, 1], (await LearnAsync(schema, rows)).Tables[0].Steps.Select(s => s.Target));
    }

    [Fact]
    public async Task Few_later_siblings_keep_their_distance_from_a_moment_of_the_row()
    {
        var schema = Database(
            Table("customers", ["id int!", "last_name text!"], pk: ["id"]),
            Table("orders", ["id int!", "customer_id int!", "ordered_on date!", "due_on date!"], pk: ["id"],
                fks: [(["customer_id"], "customers", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["customers"] = [], ["orders"] = [] };
        for (var c = 0; c < 600; c++)
        {
            rows["customers"].Add([$"{c}", $"Fox{c}"]);
            for (var o = 0; o < (c % 9 == 0 ? 2 : 1); o++)
            {
                var day = 200 * o + Below(1, 2 * c + o, 700);
                rows["orders"].Add([$"{2 * c + o}", $"{c}", Day(day), Day(day + 1 + Below(2, 2 * c + o, 3))]);
            }
        }
        var made = (await MadeAsync(schema, rows, "orders")).Tuples("ordered_on", "due_on").Select(t => t.Split('|'));
        Assert.All(made, t => Assert.InRange(DateOnly.Parse(t[1], null).DayNumber - DateOnly.Parse(t[0], null).DayNumber, 1, 3));
    }

    [Fact]
    public async Task A_day_follows_a_moment_of_the_parent_and_stays_behind_that_of_the_parents_parent()
    {
        var schema = Database(
            Table("patients", ["id int!", "last_name text!", "born_on date!"], pk: ["id"]),
            Table("visits", ["id int!", "patient_id int!", "began_at timestamp!"], pk: ["id"], fks: [(["patient_id"], "patients", ["id"])]),
            Table("findings", ["id int!", "patient_id int!", "visit_id int!", "found_on date!"], pk: ["id"],
                fks: [(["patient_id"], "patients", ["id"]), (["visit_id"], "visits", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["patients"] = [], ["visits"] = [], ["findings"] = [] };
        for (var p = 0; p < 300; p++)
        {
            var born = Below(1, p, 2_000);
            rows["patients"].Add([$"{p}", $"Fox{p}", Day(born)]);
            for (var v = 0; v < 3; v++)
            {
                // Many are seen on their first day; in one case of four the day before is noted.
                var (visit, day) = (3 * p + v, born + (v == 0 ? 0 : 100 * v + Below(2, 3 * p + v, 50)));
                rows["visits"].Add([$"{visit}", $"{p}", $"{Day(day)} {Below(3, visit, 24):00}:{Below(4, visit, 60):00}:00"]);
                rows["findings"].Add([$"{visit}", $"{p}", $"{visit}", Day(v > 0 && Below(5, visit, 4) == 0 ? day - 1 : day)]);
            }
        }
        var profile = await LearnAsync(schema, rows);
        var findings = profile.Find(new("public", "findings"))!;
        var found = findings.Steps.Single(s => s.Kind == StepKind.Column);
        Assert.Equal([new NumberCode(-86_400), new NumberCode(0)], found.First.Differences!.Codes);
        Assert.Contains(found.Bounds, b => b is { IsLeast: true, Feature.Kind: FeatureKind.Grandparent });
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
        var plan = FittedPlan.Make(schema, new PlanOptions { Profile = profile });
        var born_on = new KeyRows(plan, "patients").Tuples("id", "born_on").Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);
        var began_at = new KeyRows(plan, "visits").Tuples("id", "began_at").Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);
        Assert.All(new KeyRows(plan, "findings").Tuples("patient_id", "visit_id", "found_on").Select(t => t.Split('|')), t =>
        {
            Assert.True(string.CompareOrdinal(born_on[t[0]], t[2]) <= 0);
            Assert.InRange(DateOnly.Parse(began_at[t[1]].AsSpan(0, 10), null).DayNumber - DateOnly.Parse(t[2], null).DayNumber, 0, 1);
        });
    }

    [Fact]
    public async Task A_name_of_few_decides_its_number_of_many()
    {
        var schema = Database(Table("doses", ["id int!", "drug varchar(20)!", "drug_number int!"], pk: ["id"]));
        var rows = new Dictionary<string, List<string?[]>> { ["doses"] = [] };
        // Three drugs are common, hundreds are not.
        for (var d = 0; d < 2_000; d++)
        {
            var drug = d % 2 == 0 ? Below(1, d, 3) : 10 + Below(2, d, 400);
            rows["doses"].Add([$"{d}", $"drug {drug}", $"{100_000 + 37 * drug}"]);
        }
        var made = (await MadeAsync(schema, rows, "doses")).Tuples("drug", "drug_number").Select(t => t.Split('|')).ToList();
        foreach (var drug in new[] { 0, 1, 2 })
            Assert.Equal([$"{100_000 + 37 * drug}"], made.Where(t => t[0] == $"drug {drug}").Select(t => t[1]).Distinct());
    }

    [Fact]
    public async Task Rare_steps_are_not_added_up_where_each_parent_is_known_by_its_name()
    {
        var schema = Database(
            Table("brands", ["id int!", "name varchar(20)!"], pk: ["id"]),
            Table("products", ["id int!", "brand_id int!", "model_year int!"], pk: ["id"], fks: [(["brand_id"], "brands", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["brands"] = [], ["products"] = [] };
        // A large brand has no more years than a small one.
        for (var b = 0; b < 8; b++)
        {
            rows["brands"].Add([$"{b}", $"Brand {(char)('A' + b)}"]);
            var size = b < 6 ? 6 : 150;
            for (var p = 0; p < size; p++) rows["products"].Add([$"{1000 * b + p}", $"{b}", $"{2016 + 3 * p / size}"]);
        }
        var products = (await LearnAsync(schema, rows)).Find(new("public", "products"))!;
        Assert.NotEqual(BaseKind.Previous, products.Steps.Single(s => s is { Kind: StepKind.Column, Target: 2 }).Next!.Base);
    }

    [Fact]
    public async Task A_thing_that_is_told_whole_has_just_as_many_others()
    {
        var schema = Database(
            Table("brands", ["id int!", "name varchar(20)!"], pk: ["id"]),
            Table("products", ["id int!", "brand_id int!", "model_year int!"], pk: ["id"], fks: [(["brand_id"], "brands", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["brands"] = [], ["products"] = [] };
        int[] sizes = [1, 2, 4, 5, 9, 23, 25, 118, 135];
        for (var b = 0; b < sizes.Length; b++)
        {
            rows["brands"].Add([$"{b}", $"Brand {(char)('A' + b)}"]);
            for (var p = 0; p < sizes[b]; p++) rows["products"].Add([$"{1000 * b + p}", $"{b}", $"{2016 + Below(1, 1000 * b + p, 3)}"]);
        }
        var made = (await MadeAsync(schema, rows, "products"))["brand_id"].CountBy(b => b!).Select(b => b.Value).Order();
        Assert.Equal(sizes, made);
    }

    [Fact]
    public async Task Prices_that_end_alike_do_so()
    {
        var schema = Database(Table("tariffs", ["id int!", "price numeric(8,2)!"], pk: ["id"]));
        var rows = new Dictionary<string, List<string?[]>> { ["tariffs"] = [] };
        for (var t = 0; t < 3_000; t++) rows["tariffs"].Add([$"{t}", $"{5 + Below(1, t, 60) * Below(2, t, 60)}.{(t % 50 == 0 ? "50" : "99")}"]);
        var prices = (await MadeAsync(schema, rows, "tariffs"))["price"].ToList();
        Assert.InRange(prices.Count(p => p!.EndsWith(".99", StringComparison.Ordinal)), 2_900, 3_000);
    }

    [Fact]
    public async Task A_year_stays_in_its_decade_though_few_rows_have_it()
    {
        var schema = Database(Table("films", ["id int!", "year int!", "decade int!"], pk: ["id"]));
        var rows = new Dictionary<string, List<string?[]>> { ["films"] = [] };
        for (var f = 0; f < 1_200; f++)
        {
            var year = 2013 - Below(1, f, 44) * Below(2, f, 44) / 44;
            rows["films"].Add([$"{f}", $"{year}", $"{(2019 - year) / 10}"]);
        }
        var made = (await MadeAsync(schema, rows, "films")).Tuples("year", "decade").Select(t => t.Split('|')).ToList();
        var astray = made.Count(t => (2019 - int.Parse(t[0], null)) / 10 != int.Parse(t[1], null));
        // What lies in a range of years that two decades share.
        Assert.InRange(astray, 0, 30);
    }
}
