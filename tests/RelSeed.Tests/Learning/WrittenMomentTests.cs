using System.Globalization;
using RelSeed.Evaluation.Drift;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>Dates, moments and times of day that a database keeps as text.</summary>
public sealed class WrittenMomentTests
{
    [Theory]
    [InlineData("yyyy-MM-dd", "2024-02-29", "1969-12-31")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2024-02-29 23:59:59", "0001-01-01 00:00:00")]
    [InlineData("yyyy-MM-ddTHH:mm:ss.fffZ", "2024-02-29T23:59:59.125Z", "1970-01-01T00:00:00.000Z")]
    [InlineData("M/d/yyyy H:mm", "2/29/2024 7:05", "12/31/1999 23:59")]
    [InlineData("d.M.yyyy", "29.2.2024", "1.12.1999")]
    [InlineData("HH:mm:ss", "09:05:00", "25:10:00")]
    [InlineData("H:mm", "9:05", "10:00")]
    public void A_moment_is_read_and_written_alike(string form, string one, string other)
    {
        var found = MomentForm.Of([one, other])!;
        Assert.Equal(form, found.Text);
        foreach (var text in new[] { one, other })
        {
            var written = new byte[found.Length];
            Assert.Equal(text, System.Text.Encoding.ASCII.GetString(written, 0, found.Write(found.Read(text)!.Value, written)));
        }
    }

    [Theory]
    [InlineData("2024-02-29", "soon")]
    [InlineData("2023-02-29", "2023-03-01")]
    [InlineData("01/02/2024", "03/04/2024")]
    [InlineData("2024-02-29", "2024-2-28")]
    [InlineData("12:60", "10:00")]
    [InlineData("20240229", "20240301")]
    public void What_is_no_moment_or_may_be_read_in_two_ways_stays_a_text(string one, string other) => Assert.Null(MomentForm.Of([one, other]));

    [Fact]
    public void Days_before_months_are_told_by_a_day_beyond_twelve() => Assert.Equal("dd/MM/yyyy", MomentForm.Of(["01/02/2024", "31/12/2023"])!.Text);

    [Fact]
    public void A_moment_is_on_the_axis_of_dates() => Assert.Equal(86_400 + 3661, MomentForm.Of(["1970-01-02 01:01:01"])!.Read("1970-01-02 01:01:01"));

    static readonly DatabaseSchema Schema = Database(
        Table("trips", ["id int!", "line varchar(5)!", "day varchar(10)!", "booked text"], pk: ["id"]),
        Table("stops", ["trip_id int!", "number int!", "at text!"], pk: ["trip_id", "number"], fks: [(["trip_id"], "trips", ["id"])]));

    // Booked some days before, at any time.
    static Dictionary<string, List<string?[]>> Rows()
    {
        var rows = new Dictionary<string, List<string?[]>> { ["trips"] = [], ["stops"] = [] };
        for (var t = 0; t < 300; t++)
        {
            var day = new DateOnly(2021, 1, 1).AddDays(Below(1, t, 600));
            var booked = day.AddDays(-1 - Below(2, t, 20)).ToDateTime(new TimeOnly(Below(3, t, 24), Below(4, t, 60)));
            rows["trips"].Add([$"{t}", "AB"[t % 2].ToString(), Text(day), t % 5 == 0 ? null : booked.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)]);
            var minute = 300 + Below(5, t, 1000);
            for (var s = 1; s <= 8; s++, minute += 2 + Below(6, 10 * t + s, 9)) rows["stops"].Add([$"{t}", $"{s}", $"{minute / 60:00}:{minute % 60:00}"]);
        }
        return rows;

        static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    static readonly Lazy<Task<DataProfile>> Learned = new(() => LearnAsync(Schema, Rows()));

    [Fact]
    public async Task The_profile_tells_how_they_are_written()
    {
        var profile = await Learned.Value;
        Assert.Equal(["yyyy-MM-dd", "yyyy-MM-dd HH:mm"], profile.Find(new("public", "trips"))!.Columns.Select(c => c.Form).OfType<string>());
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
        Assert.Empty(await RelSeed.Learning.Auditing.SourceAudit.CheckAsync(profile, new MemoryRows(Rows()), Schema, Options.Now, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_comes_before_in_the_source_does_in_the_drawn_rows()
    {
        var made = new KeyRows(FittedPlan.Make(Schema, new PlanOptions { Profile = await Learned.Value }), "trips");
        var booked = made.Tuples("day", "booked").Select(t => t.Split('|')).ToList();
        Assert.InRange(booked.Count, 200, 280);
        Assert.All(booked, t => Assert.Equal(16, DateTime.ParseExact(t[1], "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture).Length));
        Assert.All(booked, t => Assert.True(string.CompareOrdinal(t[1], t[0]) < 0));
        Assert.InRange(made["booked"].Count(b => b is null), 30, 90);
    }

    [Fact]
    public async Task Times_of_day_go_on_within_a_trip()
    {
        var made = new KeyRows(FittedPlan.Make(Schema, new PlanOptions { Profile = await Learned.Value }), "stops").Tuples("trip_id", "number", "at")
            .Select(t => t.Split('|')).GroupBy(t => t[0]).Select(t => t.OrderBy(s => int.Parse(s[1], CultureInfo.InvariantCulture)).Select(s => s[2]).ToList()).ToList();
        var steps = made.SelectMany(t => t.Zip(t.Skip(1))).ToList();
        Assert.NotEmpty(steps);
        Assert.InRange(steps.Count(s => string.CompareOrdinal(s.First, s.Second) >= 0), 0, steps.Count / 100);
    }

    [Theory]
    [InlineData(200, 32, "H:mm:ss")]
    [InlineData(2_000, 32, null)]
    public async Task Hours_that_too_few_share_to_be_told_by_name_are_told_as_times(int visits, int times, string? form)
    {
        var schema = Database(Table("visits", ["id int!", "at text!"], pk: ["id"]));
        List<string?[]> rows = [.. Enumerable.Range(0, visits).Select(v => (v, Minute: 480 + 15 * Below(1, v, times)))
            .Select(v => new[] { $"{v.v}", $"{v.Minute / 60}:{v.Minute % 60:00}:00" })];
        var profile = await LearnAsync(schema, new() { ["visits"] = rows });
        Assert.Equal(form, profile.Find(new("public", "visits"))!.Columns[1].Form);
        var made = new KeyRows(FittedPlan.Make(schema, new PlanOptions { Profile = profile }), "visits")["at"];
        Assert.All(made, m => Assert.InRange(TimeOnly.ParseExact(m!, "H:mm:ss", CultureInfo.InvariantCulture), new TimeOnly(7, 0), new TimeOnly(17, 0)));
    }

    [Fact]
    public async Task The_source_has_not_drifted_from_what_was_learned_of_it()
    {
        var report = await DriftDetector.CompareAsync(await Learned.Value, new MemoryRows(Rows()), Schema, new DriftOptions(), progress: null,
            TestContext.Current.CancellationToken);
        Assert.All(report.Columns.Where(c => c.Column is "day" or "booked" or "at"), c => Assert.InRange(c.Ks!.Value, 0, 0.15));
    }
}
