using System.Globalization;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>Where rows begin and end: years, moments, numbers.</summary>
public sealed class SpanTests
{
    static async Task<KeyRows> DrawnAsync(DatabaseSchema schema, Dictionary<string, List<string?[]>> rows, string table) =>
        new(FittedPlan.Make(schema, new PlanOptions { Profile = await LearnAsync(schema, rows) }), table);

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("1583-01-01"), InlineData("1899-12-31"), InlineData("1900-03-01"), InlineData("1969-12-31"), InlineData("1970-01-01")]
    [InlineData("2000-02-29"), InlineData("2000-12-31"), InlineData("2024-02-29"), InlineData("2101-01-01"), InlineData("0003-01-01")]
    public void A_moment_lies_in_its_calendar_year(string day)
    {
        var date = DateOnly.Parse(day, CultureInfo.InvariantCulture);
        var days = date.DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        Assert.Equal(date.Year, Years.Of(days * 86_400.0 + 86_399));
        Assert.Equal((new DateOnly(date.Year, 1, 1).DayNumber - new DateOnly(1970, 1, 1).DayNumber) * 86_400.0, Years.BeginningOf(date.Year));
        Assert.Equal(double.NaN, Years.Of(double.NaN));
        Assert.Equal(double.NaN, Years.BeginningOf(double.NaN));
    }

    [Fact]
    public async Task Teams_that_play_to_this_day_began_as_many_years_ago_as_they_have_seasons()
    {
        var schema = Database(
            Table("clubs", ["id int!", "kind varchar(5)!"], pk: ["id"]),
            Table("seasons", ["club_id int!", "year int!", "wins int!"], pk: ["club_id", "year"], fks: [(["club_id"], "clubs", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["clubs"] = [], ["seasons"] = [] };
        for (var c = 0; c < 60; c++)
        {
            // The old ones gave up at some time.
            var (first, last) = c < 30 ? (1900 + Below(1, c, 100), 2020) : (1890 + Below(2, c, 60), 0);
            if (last == 0) last = first + Below(3, c, 9);
            rows["clubs"].Add([$"{c}", c < 30 ? "new" : "old"]);
            for (var year = first; year <= last; year++) rows["seasons"].Add([$"{c}", $"{year}", $"{Below(4, 200 * c + year, 40)}"]);
        }
        var years = (await DrawnAsync(schema, rows, "seasons")).Tuples("club_id", "year").Select(t => t.Split('|'))
            .GroupBy(t => t[0], t => Number(t[1])).Where(y => y.Count() >= 20).ToList();
        Assert.InRange(years.Count, 24, 30);
        Assert.All(years, y => Assert.Equal(2020, y.Max()));
        Assert.All(years, y => Assert.Equal(y.Count() - 1, y.Max() - y.Min()));
    }

    [Fact]
    public async Task Prizes_are_given_some_years_after_the_last_game()
    {
        var schema = Database(
            Table("players", ["id int!", "last_name varchar(20)!", "retired date"], pk: ["id"]),
            Table("prizes", ["id int!", "player_id int!", "year int!"], pk: ["id"], fks: [(["player_id"], "players", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["players"] = [], ["prizes"] = [] };
        for (var p = 0; p < 2_000; p++)
        {
            var retired = new DateOnly(1920, 1, 1).AddDays(Below(1, p, 30_000));
            rows["players"].Add([$"{p}", $"Fox{p}", p % 20 == 0 ? null : retired.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)]);
            rows["prizes"].Add([$"{p}", $"{p}", $"{retired.Year + 5 + Below(2, p, 2)}"]);
        }
        var plan = FittedPlan.Make(schema, new PlanOptions { Profile = await LearnAsync(schema, rows) });
        var retirements = new KeyRows(plan, "players").Tuples("id", "retired").Select(t => t.Split('|')).Where(t => t[1].Length >= 10)
            .ToDictionary(t => t[0], t => Number(t[1][..4]));
        var after = new KeyRows(plan, "prizes").Tuples("player_id", "year").Select(t => t.Split('|')).Where(t => retirements.ContainsKey(t[0]))
            .Select(t => Number(t[1]) - retirements[t[0]]).ToList();
        Assert.InRange(after.Count, 1_700, 2_000);
        Assert.InRange(after.Count(years => years is 5 or 6), after.Count * 0.97, after.Count);
    }

    [Fact]
    public async Task A_season_begins_on_a_Monday_of_April_of_its_year()
    {
        var schema = Database(
            Table("seasons", ["id int!", "year int!", "country varchar(10)!"], pk: ["id"]),
            Table("openings", ["id int!", "season_id int!", "opened date!"], pk: ["id"], fks: [(["season_id"], "seasons", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["seasons"] = [], ["openings"] = [] };
        for (var s = 0; s < 1_200; s++)
        {
            var day = new DateOnly(1860 + s % 150, 4, 1).AddDays(Below(1, s, 21));
            while (day.DayOfWeek != DayOfWeek.Monday) day = day.AddDays(1);
            rows["seasons"].Add([$"{s}", $"{day.Year}", s % 2 == 0 ? "Italy" : "Spain"]);
            rows["openings"].Add([$"{s}", $"{s}", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)]);
        }
        var plan = FittedPlan.Make(schema, new PlanOptions { Profile = await LearnAsync(schema, rows) });
        var years = new KeyRows(plan, "seasons").Tuples("id", "year").Select(t => t.Split('|')).ToDictionary(t => t[0], t => Number(t[1]));
        var opened = new KeyRows(plan, "openings").Tuples("season_id", "opened").Select(t => t.Split('|'))
            .Select(t => (Year: years[t[0]], Day: DateOnly.Parse(t[1], CultureInfo.InvariantCulture))).ToList();
        Assert.Equal(opened.Count, opened.Count(o => o.Day.Year == o.Year));
        Assert.InRange(opened.Count(o => o.Day.Month == 4), opened.Count * 0.9, opened.Count);
        Assert.InRange(opened.Count(o => o.Day.DayOfWeek == DayOfWeek.Monday), opened.Count * 0.97, opened.Count);
    }

    [Fact]
    public async Task The_few_greatest_of_a_catalogue_lie_about_where_they_lay()
    {
        string[] levels = ["level1", "level2", "level3", "level4", "level5", "level6"];
        var schema = Database(
            Table("stations", ["id int!", "country varchar(10)!"], pk: ["id"]),
            Table("readings", ["id int!", "station_id int!", .. levels.Select(l => $"{l} int!")], pk: ["id"],
                fks: [(["station_id"], "stations", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["stations"] = [], ["readings"] = [] };
        for (var s = 0; s < 400; s++) rows["stations"].Add([$"{s}", s % 2 == 0 ? "Italy" : "Spain"]);
        for (var r = 0; r < 4_000; r++) rows["readings"].Add([$"{r}", $"{r % 400}", .. levels.Select((_, l) => $"{Level(r, l)}")]);
        var readings = await DrawnAsync(schema, rows, "readings");
        foreach (var level in levels)
        {
            var drawn = readings[level].Select(l => Number(l!)).ToList();
            Assert.InRange(drawn.Max(), 9_300, 10_400);
            Assert.InRange(drawn.Count(l => l > 1_500), 1, 8);
        }

        static int Level(int row, int level) => (row - 100 * level) switch
        {
            5 => 9_871,
            77 => 6_000,
            90 => 5_000,
            _ => 1_000 + Below(1, 10 * row + level, 200) + Below(2, 10 * row + level, 200),
        };
    }

    [Fact]
    public async Task How_many_children_the_few_have_that_have_any_does_not_drown_in_those_without()
    {
        var schema = Database(
            Table("players", ["id int!", "last_name varchar(20)!", "era int!"], pk: ["id"]),
            Table("votes", ["id int!", "player_id int!", "points int!"], pk: ["id"], fks: [(["player_id"], "players", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["players"] = [], ["votes"] = [] };
        for (var p = 0; p < 8_000; p++)
        {
            var isOld = Below(1, p, 2) == 0;
            rows["players"].Add([$"{p}", $"Fox{p}", isOld ? "1" : "2"]);
            if (Below(2, p, 16) > 0) continue;
            for (var v = 0; v < (isOld ? 4 + Below(3, p, 3) : 1); v++) rows["votes"].Add([$"{rows["votes"].Count}", $"{p}", $"{Below(4, v, 9)}"]);
        }
        var profile = await LearnAsync(schema, rows);
        Assert.NotNull(profile.Find(new("public", "votes"))!.References[0].Children!.None);
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
        var plan = FittedPlan.Make(schema, new PlanOptions { Profile = profile });
        var eras = new KeyRows(plan, "players").Tuples("id", "era").Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);
        var votes = new KeyRows(plan, "votes")["player_id"].CountBy(p => p!).ToList();
        Assert.InRange(votes.Count, 400, 600);
        Assert.InRange(votes.Where(v => eras[v.Key] == "1").Average(v => v.Value), 4.5, 5.5);
        Assert.Equal(1, votes.Where(v => eras[v.Key] == "2").Average(v => v.Value), 0.1);
    }

    [Fact]
    public async Task Service_points_are_nearly_what_others_add_up_to()
    {
        var schema = Database(Table("games", ["id int!", "first_in int!", "second_won int!", "points int!"], pk: ["id"]));
        var rows = new Dictionary<string, List<string?[]>> { ["games"] = [] };
        for (var g = 0; g < 4_000; g++)
        {
            var (first, second) = (20 + Below(1, g, 30) + Below(2, g, 30), 5 + Below(3, g, 30));
            rows["games"].Add([$"{g}", $"{first}", $"{second}", $"{first + (int)(1.5 * second) + Below(4, g, 6)}"]);
        }
        var profile = await LearnAsync(schema, rows);
        var points = profile.Tables[0].Steps.Single(s => s.Target == 3).First;
        Assert.Equal(BaseKind.Sum, points.Base);
        Assert.Equal(2, points.Terms.Count);
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
        var drawn = new KeyRows(FittedPlan.Make(schema, new PlanOptions { Profile = profile }), "games").Tuples("first_in", "second_won", "points")
            .Select(t => t.Split('|').Select(Number).ToArray()).ToList();
        Assert.InRange(drawn.Count(t => t[2] - t[0] - 1.5 * t[1] is > -2 and < 7), drawn.Count * 0.97, drawn.Count);
    }

    [Fact]
    public async Task What_was_paid_is_nearly_a_price_times_its_months()
    {
        var schema = Database(Table("contracts", ["id int!", "months int!", "paid int!", "price int!"], pk: ["id"]));
        var rows = new Dictionary<string, List<string?[]>> { ["contracts"] = [] };
        for (var c = 0; c < 4_000; c++)
        {
            var (months, price) = (1 + Below(1, c, 70), 20 + Below(2, c, 100));
            rows["contracts"].Add([$"{c}", $"{months}", $"{months * price + Below(3, c, 2 * months) - months}", $"{price}"]);
        }
        var profile = await LearnAsync(schema, rows);
        // Behind both, whichever has the fewest codes.
        var paid = profile.Tables[0].Steps[^1];
        Assert.Equal(2, paid.Target);
        Assert.Equal(BaseKind.Sum, paid.First.Base);
        Assert.InRange(Assert.Single(paid.First.Terms).Times, 0, 1);
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
        var drawn = new KeyRows(FittedPlan.Make(schema, new PlanOptions { Profile = profile }), "contracts").Tuples("months", "price", "paid")
            .Select(t => t.Split('|').Select(Number).ToArray()).ToList();
        Assert.InRange(drawn.Count(t => Math.Abs(t[2] - t[0] * t[1]) <= 3 * t[0] + 20), drawn.Count * 0.95, drawn.Count);
    }

    [Fact]
    public async Task Of_parts_one_of_which_is_mostly_none_the_whole_is_computed()
    {
        var schema = Database(Table("houses", ["id int!", "living int!", "above int!", "cellar int!"], pk: ["id"]));
        var rows = new Dictionary<string, List<string?[]>> { ["houses"] = [] };
        for (var h = 0; h < 3_000; h++)
        {
            var (above, cellar) = (60 + Below(1, h, 200), Below(2, h, 10) < 6 ? 0 : 10 + Below(3, h, 80));
            rows["houses"].Add([$"{h}", $"{above + cellar}", $"{above}", $"{cellar}"]);
        }
        var profile = await LearnAsync(schema, rows);
        var rule = Assert.Single(profile.Tables[0].Rules);
        Assert.Equal((RuleKind.Sum, 1), (rule.Kind, rule.Column));
        var drawn = new KeyRows(FittedPlan.Make(schema, new PlanOptions { Profile = profile }), "houses");
        Assert.InRange(drawn["cellar"].Count(c => c == "0"), 1_700, 1_900);
        Assert.All(drawn.Tuples("living", "above", "cellar").Select(t => t.Split('|').Select(Number).ToArray()), t => Assert.Equal(t[0], t[1] + t[2]));
    }

    [Fact]
    public async Task Days_that_are_one_where_both_are_known_stay_so_though_few_have_both()
    {
        var schema = Database(Table("patients", ["id int!", "last_name varchar(20)!", "died date", "discharged date"], pk: ["id"]));
        var rows = new Dictionary<string, List<string?[]>> { ["patients"] = [] };
        for (var p = 0; p < 80; p++)
        {
            var day = new DateOnly(2100, 1, 1).AddDays(Below(1, p, 20_000)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            rows["patients"].Add([$"{p}", $"Fox{p}", Below(2, p, 10) == 0 ? null : day, Below(3, p, 10) < 3 ? null : day]);
        }
        var plan = FittedPlan.Make(schema, new PlanOptions { Profile = await LearnAsync(schema, rows) });
        var drawn = new KeyRows(plan, "patients").Tuples("died", "discharged").Select(t => t.Split('|')).ToList();
        Assert.InRange(drawn.Count, 40, 60);
        Assert.All(drawn, d => Assert.Equal(d[0], d[1]));
    }

    [Fact]
    public async Task Days_and_names_that_are_the_same_in_all_rows_stay_so()
    {
        var schema = Database(Table("orders", ["id int!", "placed date!", "booked date!", "city varchar(10)!", "ship_city varchar(10)!"], pk: ["id"]));
        var rows = new Dictionary<string, List<string?[]>> { ["orders"] = [] };
        for (var o = 0; o < 2_000; o++)
        {
            var day = new DateOnly(2020, 1, 1).AddDays(Below(1, o, 900)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            var city = $"City{Below(2, o, 12)}";
            rows["orders"].Add([$"{o}", day, day, city, city]);
        }
        var drawn = new KeyRows(FittedPlan.Make(schema, new PlanOptions { Profile = await LearnAsync(schema, rows) }), "orders");
        Assert.Equal(drawn["placed"], drawn["booked"]);
        Assert.Equal(drawn["city"], drawn["ship_city"]);
        Assert.Equal(12, drawn["city"].Distinct().Count());
    }
}
