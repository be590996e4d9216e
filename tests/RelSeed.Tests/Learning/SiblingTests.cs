using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>What rows of one parent owe to each other.</summary>
public sealed class SiblingTests
{
    static string Day(int days) => new DateOnly(2013, 1, 1).AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Hundreds_of_children_whom_only_a_key_puts_in_order_are_drawn_each_by_itself()
    {
        var schema = Database(
            Table("courses", ["code varchar(3)!", "weeks int!"], pk: ["code"]),
            Table("pupils", ["code varchar(3)!", "pupil int!", "result varchar(10)!"], pk: ["code", "pupil"],
                fks: [(["code"], "courses", ["code"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["courses"] = [], ["pupils"] = [] };
        for (var c = 0; c < 6; c++)
        {
            rows["courses"].Add([$"C{c}", $"{20 + c}"]);
            for (var p = 0; p < 700; p++) rows["pupils"].Add([$"C{c}", $"{500_000 + 97 * p + Below(1, 700 * c + p, 97)}", Below(2, 700 * c + p, 3) == 0 ? "failed" : "passed"]);
        }
        var profile = await LearnAsync(schema, rows);
        Assert.All(profile.Find(new("public", "pupils"))!.Steps, s => Assert.Null(s.Next));
        var drawn = new KeyRows(FittedPlan.Make(schema, new PlanOptions { Profile = profile }), "pupils")["pupil"]
            .Select(p => int.Parse(p!, null)).ToList();
        // As many in the first tenth as in the last.
        Assert.InRange(drawn.Count(p => p < 500_000 + 6_790), 370, 470);
        Assert.InRange(drawn.Count(p => p >= 500_000 + 61_110), 370, 470);
    }

    [Fact]
    public async Task Days_of_hundreds_of_children_are_spread_over_the_time_that_their_parents_share()
    {
        var schema = Database(
            Table("peaks", ["id int!", "name varchar(9)!", "height int!"], pk: ["id"]),
            Table("climbs", ["id int!", "peak_id int!", "day date!"], pk: ["id"], fks: [(["peak_id"], "peaks", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["peaks"] = [], ["climbs"] = [] };
        // Few at first, ever more of them, and all end in one year; a peak has ten or hundreds.
        for (var p = 0; p < 60; p++)
        {
            rows["peaks"].Add([$"{p}", $"Peak{p}", $"{6_000 + 40 * p}"]);
            for (var c = 0; c < (p % 6 == 0 ? 400 : 10); c++)
            {
                var u = Below(1, 1_000 * p + c, 10_000) / 10_000.0;
                rows["climbs"].Add([$"{1_000 * p + c}", $"{p}", Day((int)(9_000 * Math.Sqrt(u)))]);
            }
        }
        var profile = await LearnAsync(schema, rows);
        var step = profile.Find(new("public", "climbs"))!.Steps.Single(s => s.Target == 2);
        Assert.True(step.First.IsSpread && step.Next!.IsSpread);
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
        var drawn = new KeyRows(FittedPlan.Make(schema, new PlanOptions { Profile = profile }), "climbs").Tuples("peak_id", "day")
            .Select(t => t.Split('|')).ToList();
        foreach (var (day, share) in new[] { (2_250, 0.0625), (4_500, 0.25), (6_750, 0.5625) })
            Assert.Equal(share, drawn.Count(d => string.CompareOrdinal(d[1], Day(day)) < 0) / (double)drawn.Count, 0.03);
        // Each with hundreds has them from early to late.
        var large = drawn.GroupBy(d => d[0], d => d[1]).Where(g => g.Count() > 300).ToList();
        Assert.InRange(large.Count, 8, 12);
        Assert.All(large, g => Assert.True(string.CompareOrdinal(g.Min(), Day(1_500)) < 0 && string.CompareOrdinal(g.Max(), Day(8_800)) > 0));
    }

    [Fact]
    public async Task Replies_come_after_what_they_reply_to_and_before_it_was_closed()
    {
        var schema = Database(Table("posts", ["id int!", "parent_id int", "made date!", "closed date"], pk: ["id"],
            fks: [(["parent_id"], "posts", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["posts"] = [] };
        var (made, closed) = (new int[3_000], new int?[3_000]);
        for (var p = 0; p < 3_000; p++)
        {
            // Every tenth post has all the replies.
            var parent = p < 50 || Below(1, p, 3) == 0 ? -1 : 10 * Below(2, p, (p - 40) / 10 + 1);
            made[p] = parent < 0 ? p + Below(3, p, 100) : Math.Max(made[parent] + 1, p + Below(3, p, 100));
            if (parent >= 0 && closed[parent] is { } end) made[p] = Math.Min(made[p], end);
            closed[p] = Below(4, p, 3) == 0 ? null : made[p] + 400 + Below(5, p, 3_000);
            rows["posts"].Add([$"{p}", parent < 0 ? null : $"{parent}", Day(made[p]), closed[p] is { } c ? Day(c) : null]);
        }
        var profile = await LearnAsync(schema, rows);
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
        var drawn = new KeyRows(FittedPlan.Make(schema, new PlanOptions { Profile = profile }), "posts");
        var days = drawn["id"].Zip(drawn["made"], drawn["closed"]).ToDictionary(p => p.First!, p => (Made: p.Second, Closed: p.Third));
        var replies = drawn["parent_id"].Zip(drawn["made"]).Where(r => r.First is not null).ToList();
        Assert.InRange(replies.Count, days.Count * 0.6, days.Count * 0.7);
        Assert.All(replies, r => Assert.True(string.CompareOrdinal(days[r.First!].Made, r.Second) <= 0));
        Assert.All(replies.Where(r => days[r.First!].Closed is not null), r => Assert.True(string.CompareOrdinal(r.Second, days[r.First!].Closed) <= 0));
        Assert.InRange(replies.Select(r => r.First).Distinct().Count(), 150, 450);
    }

    [Fact]
    public async Task Days_in_a_row_go_on_for_as_long_as_a_group_of_hundreds()
    {
        var schema = Database(
            Table("shops", ["id int!", "kind varchar(5)!"], pk: ["id"]),
            Table("sales", ["shop_id int!", "day date!", "is_open int!"], pk: ["shop_id", "day"], fks: [(["shop_id"], "shops", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["shops"] = [], ["sales"] = [] };
        for (var s = 0; s < 30; s++)
        {
            rows["shops"].Add([$"{s}", s % 2 == 0 ? "large" : "small"]);
            for (var d = 0; d < 600; d++) rows["sales"].Add([$"{s}", Day(d), d % 7 == 0 ? "0" : "1"]);
        }
        var plan = FittedPlan.Make(schema, new PlanOptions { Profile = await LearnAsync(schema, rows) });
        var sales = new KeyRows(plan, "sales").Tuples("shop_id", "day").Select(t => t.Split('|')).GroupBy(t => t[0], t => t[1]);
        var all = Enumerable.Range(0, 600).Select(Day).ToList();
        Assert.All(sales, days => Assert.Equal(all, days));
    }

    [Fact]
    public async Task Days_that_all_share_stay_those_days_though_each_comes_after_a_birth()
    {
        var schema = Database(
            Table("members", ["id int!", "last_name text!", "born date!"], pk: ["id"]),
            Table("terms", ["id int!", "member_id int!", "begins date!"], pk: ["id"], fks: [(["member_id"], "members", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["members"] = [], ["terms"] = [] };
        for (var m = 0; m < 400; m++)
        {
            var first = Below(1, m, 12);
            rows["members"].Add([$"{m}", $"Fox{m}", Day(730 * first - 9_000 - Below(2, m, 11_000))]);
            for (var t = 0; t <= Below(3, m, 4); t++) rows["terms"].Add([$"{4 * m + t}", $"{m}", Day(730 * (first + t))]);
        }
        var plan = FittedPlan.Make(schema, new PlanOptions { Profile = await LearnAsync(schema, rows) });
        var days = Enumerable.Range(0, 16).Select(t => Day(730 * t)).ToHashSet();
        // The last days too few share: those are told together.
        var shared = new KeyRows(plan, "terms")["begins"].Where(d => string.CompareOrdinal(d, Day(730 * 12)) <= 0).ToList();
        Assert.InRange(shared.Count, 900, 1_000);
        Assert.All(shared, d => Assert.Contains(d!, days));
    }

    [Fact]
    public async Task A_tax_of_its_price_and_a_sum_of_rounded_parts_are_computed()
    {
        var schema =
            Database(Table("bills", ["id int!", "net numeric(10,2)!", "tax numeric(10,2)!", "rent float!", "heat float!", "living float!"],
            pk: ["id"]));
        var rows = new Dictionary<string, List<string?[]>> { ["bills"] = [] };
        for (var b = 0; b < 500; b++)
        {
            var (net, rent, heat) = (100 + Below(1, b, 90_000), 1000 + Below(2, b, 8_000) / 3.0, 100 + Below(3, b, 900) / 7.0);
            rows["bills"].Add([$"{b}", Text(net / 100m), Text(Math.Round(net * 0.19m, MidpointRounding.AwayFromZero) / 100m),
                Text((decimal)Math.Round(rent, 2)), Text((decimal)Math.Round(heat, 2)), Text((decimal)Math.Round(rent + heat, 2))]);
        }
        var profile = await LearnAsync(schema, rows);
        Assert.Equal(
            [new RuleProfile(RuleKind.Multiple, 2) { Left = "net", Factor = 0.19, Digits = 2 },
                new RuleProfile(RuleKind.Sum, 5) { Left = "rent", Right = "heat", Digits = 2 }], profile.Tables[0].Rules);
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
        var drawn = new KeyRows(FittedPlan.Make(schema, new PlanOptions { Profile = profile }), "bills").Tuples("net", "tax")
            .Select(t => t.Split('|').Select(v => decimal.Parse(v, System.Globalization.CultureInfo.InvariantCulture)).ToArray());
        Assert.All(drawn, t => Assert.InRange(t[1] - t[0] * 0.19m, -0.0051m, 0.0051m));

        static string Text(decimal value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Races_of_many_years_are_held_on_the_days_of_the_week_on_which_races_are()
    {
        var schema = Database(
            Table("circuits", ["id int!", "country varchar(10)!"], pk: ["id"]),
            Table("races", ["id int!", "circuit_id int!", "held_on date!", "planned_at timestamp!"], pk: ["id"],
                fks: [(["circuit_id"], "circuits", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["circuits"] = [], ["races"] = [] };
        for (var c = 0; c < 60; c++)
        {
            rows["circuits"].Add([$"{c}", c % 2 == 0 ? "Italy" : "Spain"]);
            // 2013-01-06 was a Sunday; one race in ten is on a Saturday, and plans are made from Monday to Friday.
            for (var r = 0; r < 20; r++)
            {
                var day = 5 + 7 * Below(1, 20 * c + r, 1500);
                rows["races"].Add([$"{20 * c + r}", $"{c}", Day(r % 10 == 0 ? day - 1 : day),
                    $"{Day(day + 1 + Below(2, 20 * c + r, 5))} 10:{Below(3, 20 * c + r, 60):00}:00"]);
            }
        }
        var profile = await LearnAsync(schema, rows);
        Assert.Equal([0, 0, 0, 0, 0, 0.1, 0.9], profile.Find(new("public", "races"))!.Columns[2].Codes.Weekdays);
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
        var races = new KeyRows(FittedPlan.Make(schema, new PlanOptions { Profile = profile }), "races");
        var held = races["held_on"].CountBy(d => DateOnly.Parse(d!, null).DayOfWeek).ToDictionary();
        // A range of a day or two may hold neither.
        Assert.InRange(held.Where(d => d.Key is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Sum(d => d.Value), 0, 24);
        Assert.InRange(held[DayOfWeek.Saturday], 80, 160);
        Assert.InRange(races["planned_at"]
            .Count(d => DateOnly.Parse(d!.AsSpan(0, 10), null).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday), 0, 24);
    }

    [Fact]
    public async Task Short_codes_are_no_prose_though_their_column_is_called_a_text()
    {
        var schema = Database(Table("standings", ["id int!", "position_text varchar(4)!"], pk: ["id"]));
        var rows = new Dictionary<string,
            List<string?[]>>
        { ["standings"] = [.. Enumerable.Range(0, 2000).Select(r => new string?[] { $"{r}", $"{r % 40}" })] };
        Assert.Equal(ColumnTreatment.Told, (await LearnAsync(schema, rows)).Tables[0].Columns[1].Treatment);
    }

    [Fact]
    public async Task A_letter_that_marks_a_row_is_no_users_name()
    {
        var schema = Database(Table("customers", ["id int!", "houseowner char(1)!", "login varchar(20)!"], pk: ["id"]));
        var rows = new Dictionary<string,
            List<string?[]>>
        {
            ["customers"] = [.. Enumerable.Range(0, 300)
            .Select(c => new string?[] { $"{c}", c % 3 == 0 ? "Y" : "N", $"fox{c % 9}" })]
        };
        var columns = (await LearnAsync(schema, rows)).Tables[0].Columns;
        Assert.Equal(ColumnTreatment.Told, columns[1].Treatment);
        Assert.Equal(ColumnTreatment.Fresh, columns[2].Treatment);
    }

    [Fact]
    public async Task Siblings_follow_one_another_though_others_have_no_parent()
    {
        var schema = Database(
            Table("bins", ["id int!", "rack varchar(8)!"], pk: ["id"]),
            Table("parts", ["id int!", "bin_id int", "tone varchar(8)!"], pk: ["id"], fks: [(["bin_id"], "bins", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["bins"] = [], ["parts"] = [] };
        for (var b = 0; b < 400; b++)
        {
            rows["bins"].Add([$"{b}", $"rack {b % 4}"]);
            for (var p = 0; p < 5; p++) rows["parts"].Add([$"{8 * b + p}", $"{b}", $"tone {Below(1, b, 8)}"]);
            for (var p = 5; p < 8; p++) rows["parts"].Add([$"{8 * b + p}", null, "none"]);
        }
        var plan = FittedPlan.Make(schema, new PlanOptions { Profile = await LearnAsync(schema, rows) });
        var parts = new KeyRows(plan, "parts");
        Assert.Equal(1_200, parts["bin_id"].Count(b => b is null));
        var bins = parts.Tuples("bin_id", "tone").Select(t => t.Split('|')).GroupBy(t => t[0], t => t[1]);
        Assert.InRange(bins.Count(b => b.Count() == 5 && b.Distinct().Count() == 1), 380, 400);
    }

    [Fact]
    public async Task What_a_driver_does_goes_on_in_the_order_of_the_races()
    {
        var schema = Database(
            Table("drivers", ["id int!", "first_name text!", "last_name text!"], pk: ["id"]),
            Table("races", ["id int!", "held_on date!"], pk: ["id"]),
            Table("results", ["id int!", "race_id int!", "driver_id int!", "points int!"], pk: ["id"],
                fks: [(["race_id"], "races", ["id"]), (["driver_id"], "drivers", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["drivers"] = [], ["races"] = [], ["results"] = [] };
        // Numbered in no order of time.
        for (var r = 0; r < 200; r++) rows["races"].Add([$"{r}", Day(7 * (r * 77 % 200))]);
        for (var d = 0; d < 300; d++)
        {
            rows["drivers"].Add([$"{d}", "Ann", $"Fox{d}"]);
            for (var r = 0; r < 200; r++)
                if (r * 77 % 200 - Below(1, d, 190) is >= 0 and < 10 and var since) rows["results"].Add([$"{200 * d + r}", $"{r}", $"{d}", $"{since}"]);
        }
        var profile = await LearnAsync(schema, rows);
        var results = profile.Find(new("public", "results"))!;
        Assert.Equal(["driver_id"], results.References[results.Driving].Columns);
        Assert.Equal(BaseKind.Previous, results.Steps.Single(s => s.Kind == StepKind.Attribute).Next!.Base);
    }

    [Fact]
    public async Task A_row_of_years_that_reaches_the_last_one_does_not_stay_there()
    {
        var schema = Database(
            Table("circuits", ["id int!", "country varchar(10)!"], pk: ["id"]),
            Table("races", ["id int!", "circuit_id int!", "year int!"], pk: ["id"], fks: [(["circuit_id"], "circuits", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["circuits"] = [], ["races"] = [] };
        for (var c = 0; c < 500; c++)
        {
            rows["circuits"].Add([$"{c}", c % 2 == 0 ? "Italy" : "Spain"]);
            var year = 1950 + Below(1, c, 65);
            for (var r = 0; year < 2020; r++, year += 1 + Below(2, 70 * c + r, 3)) rows["races"].Add([$"{70 * c + r}", $"{c}", $"{year}"]);
        }
        var plan = FittedPlan.Make(schema, new PlanOptions { Profile = await LearnAsync(schema, rows) });
        var years = new KeyRows(plan, "races")["year"].ToList();
        var last = rows["races"].Count(r => r[2] == "2019") / (double)rows["races"].Count;
        Assert.InRange(years.Count(y => y == "2019") / (double)years.Count, 0, 2 * last);
    }
}
