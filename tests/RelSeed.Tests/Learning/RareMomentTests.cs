using System.Globalization;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>Moments of few rows, and those that are bound by what may be NULL.</summary>
public sealed class RareMomentTests
{
    static readonly DatabaseSchema Schema = Database(
        Table("stays", ["id int!", "began timestamp!", "approved timestamp", "left timestamp!", "refunded timestamp"], pk: ["id"]));

    // Over ninety years, so that none lies near another by chance. Some were never approved, and 25 refunded.
    static Dictionary<string, List<string?[]>> Rows()
    {
        List<string?[]> rows = [];
        for (var s = 0; s < 80; s++)
        {
            var began = new DateTime(1930, 1, 1).AddHours(Below(1, s, 24 * 365 * 90));
            var approved = began.AddHours(1 + Below(2, s, 30));
            var left = approved.AddHours(10 + Below(3, s, 400));
            rows.Add([$"{s}", Text(began), s % 4 == 0 ? null : Text(approved), Text(left), s % 3 == 1 && s < 75 ? Text(left.AddHours(Below(4, s, 90))) : null]);
        }
        return new() { ["stays"] = rows };

        static string Text(DateTime moment) => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    static readonly Lazy<Task<DataProfile>> Learned = new(() => LearnAsync(Schema, Rows()));

    static async Task<List<string[]>> DrawnAsync(params string[] columns) =>
        [.. new KeyRows(FittedPlan.Make(Schema, new PlanOptions { Profile = await Learned.Value }), "stays").Tuples(columns).Select(t => t.Split('|'))];

    [Fact]
    public async Task A_moment_of_too_few_rows_for_ranges_lies_where_the_others_do()
    {
        var stays = (await Learned.Value).Tables.Single();
        Assert.Equal(ColumnTreatment.Told, stays.Columns[4].Treatment);
        Assert.Single(stays.Columns[4].Codes.Codes);
        Assert.Empty(await RelSeed.Learning.Auditing.SourceAudit.CheckAsync(await Learned.Value, new MemoryRows(Rows()), Schema, Options.Now,
            TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("began", "refunded"), InlineData("left", "refunded"), InlineData("began", "approved"), InlineData("approved", "left"), InlineData("began", "left")]
    public async Task None_comes_before_what_it_follows(string first, string then)
    {
        var drawn = await DrawnAsync(first, then);
        Assert.NotEmpty(drawn);
        Assert.All(drawn, t => Assert.True(string.CompareOrdinal(t[0], t[1]) <= 0));
    }

    // Fewer rows than a leaf has.
    [Fact]
    public async Task Few_rows_are_as_long_as_they_were()
    {
        var days = (await DrawnAsync("began", "left")).ConvertAll(t => (Moment(t[1]) - Moment(t[0])).TotalDays);
        Assert.All(days, d => Assert.InRange(d, 0, 40));

        static DateTime Moment(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
    }

    // Each stay has as many measurements as each kind of them, and the stay may be NULL.
    [Fact]
    public async Task A_measurement_belongs_to_the_stay_that_has_its_admission_and_patient()
    {
        var schema = Database(
            Table("patients", ["id int!", "sex varchar(1)!"], pk: ["id"]),
            Table("admissions", ["id int!", "patient_id int!"], pk: ["id"], fks: [(["patient_id"], "patients", ["id"])]),
            Table("stays", ["id int!", "patient_id int!", "admission_id int!"], pk: ["id"],
                fks: [(["patient_id"], "patients", ["id"]), (["admission_id"], "admissions", ["id"])]),
            Table("kinds", ["id int!", "label varchar(9)!"], pk: ["id"]),
            Table("measurements", ["id int!", "patient_id int!", "admission_id int!", "stay_id int", "kind_id int!", "value int!"], pk: ["id"],
                fks: [(["patient_id"], "patients", ["id"]), (["admission_id"], "admissions", ["id"]), (["stay_id"], "stays", ["id"]), (["kind_id"], "kinds", ["id"])]));
        var rows = schema.Tables.ToDictionary(t => t.Name.Name, _ => new List<string?[]>());
        for (var p = 0; p < 40; p++)
        {
            rows["patients"].Add([$"{p}", "fm"[p % 2].ToString()]);
            rows["admissions"].Add([$"{p}", $"{p}"]);
            rows["stays"].Add([$"{p}", $"{p}", $"{p}"]);
            rows["kinds"].Add([$"{p}", $"kind {p}"]);
            for (var m = 0; m < 40; m++) rows["measurements"].Add([$"{40 * p + m}", $"{p}", $"{p}", $"{p}", $"{m}", $"{Below(5, 40 * p + m, 99)}"]);
        }
        var learned = (await LearnAsync(schema, rows)).Find(new("public", "measurements"))!;
        Assert.Equal("stays", learned.References[learned.Driving].Principal.Name);
    }
}
