using System.Globalization;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>At what times of the week and the day rows stand, and where moments begin.</summary>
public sealed class MomentTests
{
    static readonly DateTime s_start = new(2021, 1, 4, 0, 0, 0, DateTimeKind.Utc);

    static string Text(DateTime moment) => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    static DateTime Moment(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    // By day, and most at noon.
    static TimeSpan OfDay(ulong salt, int row) => TimeSpan.FromSeconds(9 * 3_600 + Below(salt, row, 6 * 3_600) + Below(salt + 1, row, 6 * 3_600));

    // Orders of any day; parcels leave on working days by day, one to four days later; of the cancelled ones none does.
    static Dictionary<string, List<string?[]>> Orders(int count)
    {
        var rows = new Dictionary<string, List<string?[]>> { ["orders"] = [], ["reviews"] = [] };
        for (var o = 0; o < count; o++)
        {
            var made = s_start.AddDays(Below(1, o, 600)) + OfDay(2, o);
            var sent = made.Date.AddDays(1 + Below(4, o, 4)) + OfDay(5, o);
            while (sent.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) sent = sent.AddDays(1);
            var isCancelled = o % 3 == 0;
            rows["orders"].Add([$"{o}", Text(made), isCancelled ? null : Text(sent)]);
            rows["reviews"].Add([$"{o}", $"{o}", Text((isCancelled ? made.AddDays(9) : sent.AddDays(2)).AddHours(Below(7, o, 40)))]);
        }
        return rows;
    }

    static readonly DatabaseSchema s_schema = Database(
        Table("orders", ["id int!", "made timestamp!", "sent timestamp"], pk: ["id"]),
        Table("reviews", ["id int!", "order_id int!", "written timestamp!"], pk: ["id"], fks: [(["order_id"], "orders", ["id"])]));

    [Fact]
    public async Task Orders_are_made_in_the_hours_in_which_orders_are()
    {
        var profile = await LearnAsync(s_schema, Orders(4_000));
        var hours = profile.Find(new("public", "orders"))!.Columns[1].Codes.Hours;
        Assert.Equal(24, hours.Count);
        Assert.Equal(0, hours[3]);
        Assert.InRange(hours[14], 0.1, 0.2);
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
        var made = new KeyRows(FittedPlan.Make(s_schema, new PlanOptions { Profile = profile }), "orders")["made"].Select(m => Moment(m!)).ToList();
        Assert.All(made, m => Assert.InRange(m.Hour, 9, 20));
        Assert.InRange(made.Count(m => m.Hour is >= 13 and < 17), made.Count * 0.45, made.Count * 0.65);
    }

    [Fact]
    public async Task Parcels_leave_by_day_on_working_days_though_orders_are_made_on_any()
    {
        var profile = await LearnAsync(s_schema, Orders(4_000));
        var orders = new KeyRows(FittedPlan.Make(s_schema, new PlanOptions { Profile = profile }), "orders").Tuples("made", "sent")
            .Select(t => t.Split('|')).Where(t => t[1].Length >= 10).Select(t => (Made: Moment(t[0]), Sent: Moment(t[1]))).ToList();
        Assert.InRange(orders.Count, 2_400, 2_900);
        Assert.InRange(orders.Count(o => o.Sent.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday), 0, orders.Count / 50);
        Assert.InRange(orders.Count(o => o.Sent.Hour is < 9 or > 20), 0, orders.Count / 50);
        // Nor later than they do.
        Assert.InRange(orders.Average(o => (o.Sent - o.Made).TotalDays), 2.4, 3.6);
    }

    [Fact]
    public async Task What_was_never_sent_is_reviewed_by_the_day_of_its_order()
    {
        var profile = await LearnAsync(s_schema, Orders(4_000));
        var written = profile.Find(new("public", "reviews"))!.Steps.Single(s => s.Target == 2).First;
        Assert.NotEqual(BaseKind.None, written.Base);
        Assert.NotEqual(BaseKind.None, written.Otherwise!.Base);
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
        var plan = FittedPlan.Make(s_schema, new PlanOptions { Profile = profile });
        var orders = new KeyRows(plan, "orders");
        var made = orders.Tuples("id", "made").Select(t => t.Split('|')).ToDictionary(t => t[0], t => Moment(t[1]));
        var sent = orders.Tuples("id", "sent").Select(t => t.Split('|')[0]).ToHashSet();
        var reviews = new KeyRows(plan, "reviews").Tuples("order_id", "written").Select(t => t.Split('|')).Where(t => !sent.Contains(t[0]))
            .Select(t => (Moment(t[1]) - made[t[0]]).TotalDays).ToList();
        Assert.InRange(reviews.Count, 1_100, 1_600);
        Assert.All(reviews, days => Assert.InRange(days, 8, 12));
    }

    [Fact]
    public async Task Days_and_hours_that_are_used_alike_are_not_told()
    {
        var rows = new Dictionary<string, List<string?[]>>
        {
            ["orders"] = [.. Enumerable.Range(0, 2_000)
                .Select(o => new string?[] { $"{o}", Text(s_start.AddSeconds(Below(1, o, 1_000) * 86_400.0 + Below(2, o, 86_400))), null })],
            ["reviews"] = [],
        };
        var book = (await LearnAsync(s_schema, rows)).Find(new("public", "orders"))!.Columns[1].Codes;
        Assert.Empty(book.Weekdays);
        Assert.Empty(book.Hours);
    }

    static async Task<(Codebook Book, List<DateTime> Made)> LearnedAsync(Func<int, DateTime> moment)
    {
        var rows = new Dictionary<string, List<string?[]>>
        {
            ["orders"] = [.. Enumerable.Range(0, 3_000).Select(o => new string?[] { $"{o}", Text(moment(o)), null })],
            ["reviews"] = [],
        };
        var profile = await LearnAsync(s_schema, rows);
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
        return (profile.Find(new("public", "orders"))!.Columns[1].Codes,
            [.. new KeyRows(FittedPlan.Make(s_schema, new PlanOptions { Profile = profile }), "orders")["made"].Select(m => Moment(m!))]);
    }

    [Fact]
    public async Task Days_with_a_few_hours_among_them_are_days()
    {
        // Where clocks change a midnight is an hour off.
        var (book, made) = await LearnedAsync(o => s_start.AddDays(Below(1, o, 600)).AddHours(o % 400 == 7 ? 1 : 0));
        Assert.Equal(86_400, book.Unit);
        Assert.All(made, m => Assert.Equal(TimeSpan.Zero, m.TimeOfDay));
    }

    [Theory, InlineData(2), InlineData(20)]
    public async Task Days_without_a_time_stand_among_others_as_often_as_they_do(int eachTimed)
    {
        var (book, made) = await LearnedAsync(o => s_start.AddDays(Below(1, o, 600)) + (o % eachTimed == 0 ? OfDay(2, o) : TimeSpan.Zero));
        Assert.Equal(25, book.Hours.Count);
        Assert.Equal(0, book.Hours[0]);
        Assert.InRange(made.Count(m => m.TimeOfDay == TimeSpan.Zero) / (double)made.Count, 1 - 1.3 / eachTimed, 1 - 0.7 / eachTimed);
        Assert.All(made.Where(m => m.TimeOfDay > TimeSpan.Zero), m => Assert.InRange(m.Hour, 9, 20));
    }
}
