using RelSeed.Generation;
using RelSeed.Learning.Models;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnedPlans;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>Values that begin at another one only from some time on, and what becomes of siblings at the end of all.</summary>
public sealed class OnsetTests
{
    const int FirstVote = 1936, Wait = 6, LastVote = 2018;

    static DatabaseSchema Hall() => Database(
        Table("players", ["id int!", "first_name text!", "last_name text!", "until int!"], pk: ["id"]),
        Table("votes", ["player_id int!", "year int!", "votes int!"], pk: ["player_id", "year"], fks: [(["player_id"], "players", ["id"])]));

    // Players are voted on six years after they have left, but nobody was before the first vote: then all who had left before.
    static Dictionary<string, List<string?[]>> Rows(int firstVote)
    {
        var rows = Empty(Hall());
        for (var p = 0; p < 2_000; p++)
        {
            var until = 1890 + Below(1, p, 120);
            rows["players"].Add([$"{p}", "Ann", $"Fox{p}", $"{until}"]);
            var year = Math.Max(firstVote + Below(3, p, 5), until + Wait);
            for (var v = 0; v < 1 + Below(2, p, 4) && year + v <= LastVote; v++) rows["votes"].Add([$"{p}", $"{year + v}", $"{Below(4, 10 * p + v, 300)}"]);
        }
        return rows;
    }

    static ValueModel YearOf(DataProfile profile)
    {
        var votes = profile.Find(new("public", "votes"))!;
        return votes.Steps.Single(s => votes.Columns[s.Target].Name == "year").First;
    }

    [Fact]
    public async Task Those_who_left_before_the_first_vote_wait_for_it()
    {
        var (profile, plan) = await LearnedAsync(Hall(), Rows(FirstVote));
        Assert.Equal(BaseKind.Parent, YearOf(profile).Base);
        Assert.InRange(YearOf(profile).Since!.Value, FirstVote - 15, FirstVote);
        var until = new KeyRows(plan, "players").Tuples("id", "until").Select(t => t.Split('|')).ToDictionary(t => t[0], t => int.Parse(t[1], null));
        var firsts = new KeyRows(plan, "votes").Tuples("player_id", "year").Select(t => t.Split('|')).GroupBy(t => t[0], t => int.Parse(t[1], null))
            .Select(g => (Until: until[g.Key], Year: g.Min())).ToList();
        var early = firsts.Where(f => f.Until < FirstVote - 15).ToList();
        Assert.InRange(early.Count(f => f.Year < FirstVote + 8) / (double)early.Count, 0.95, 1);
        var late = firsts.Where(f => f.Until is > FirstVote and < LastVote - 12).ToList();
        Assert.InRange(late.Count(f => f.Year == f.Until + Wait) / (double)late.Count, 0.95, 1);
    }

    [Fact]
    public async Task Where_there_always_was_a_vote_all_begin_alike() => Assert.Null(YearOf((await LearnedAsync(Hall(), Rows(firstVote: 1800))).Profile).Since);

    [Fact]
    public void A_base_counts_from_where_differences_are_those_of_most_rows()
    {
        var bases = Enumerable.Range(0, 1_000).Select(i => (double)i).ToArray();
        var rows = Enumerable.Range(0, 1_000).ToArray();
        double[] With(Func<double, double> value) => Array.ConvertAll(bases, b => value(b));
        Assert.InRange(BaseOnset.Find(With(b => Math.Max(b, 300) + 5), bases, rows, unit: 1)!.Value, 200, 300);
        Assert.Null(BaseOnset.Find(With(b => b + 5), bases, rows, unit: 1));
        // Most is no beginning; and few rows show none.
        Assert.InRange(BaseOnset.Find(With(b => Math.Max(b, 800)), bases, rows, unit: 1) ?? 0, 0, 500);
        Assert.Null(BaseOnset.Find(With(b => Math.Max(b, 300) + 5), bases, rows[..150], unit: 1));
        Assert.Null(BaseOnset.Find(With(_ => 5), With(_ => 7), rows, unit: 1));
        Assert.Null(BaseOnset.Find(With(b => b), With(_ => double.NaN), [], unit: 1));
    }

    [Fact]
    public async Task Only_a_value_that_differences_are_added_to_counts_from_a_value_on()
    {
        var profile = await LearnAsync(Hall(), Rows(firstVote: 1800));
        var votes = profile.Find(new("public", "votes"))!;
        var at = votes.Steps.ToList().FindIndex(s => s.First.Base == BaseKind.None);
        var damaged = profile with
        {
            Tables = profile.Tables.Select(t => t != votes ? t : t with
            {
                Steps = t.Steps.Select((s, i) => i == at ? s with { First = s.First with { Since = 3 } } : s).ToEquatableArray(),
            }).ToEquatableArray(),
        };
        var fault = Assert.Throws<UsageException>(() => ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(damaged))));
        Assert.Equal($"RS1312 The profile cannot be used: at $.tables[{profile.Tables.ToList().IndexOf(votes)}].steps[{at}].first.since, only a value of the row or its parent's that differences are added to counts from a value on. Learn it anew with 'relseed learn', or take back what was changed in the file.", fault.Message);
    }

    [Fact]
    public async Task Siblings_that_have_come_to_the_end_turn_back_there()
    {
        var schema = Database(
            Table("players", ["id int!", "first_name text!", "last_name text!"], pk: ["id"]),
            Table("votes", ["player_id int!", "year int!", "votes int!"], pk: ["player_id", "year"], fks: [(["player_id"], "players", ["id"])]));
        var rows = Empty(schema);
        for (var p = 0; p < 1_500; p++)
        {
            rows["players"].Add([$"{p}", "Ann", $"Fox{p}"]);
            var first = LastVote - Below(1, p, 60);
            for (var v = 0; v < 8 && first + v <= LastVote; v++) rows["votes"].Add([$"{p}", $"{first + v}", $"{Below(4, 10 * p + v, 300)}"]);
        }
        var (_, plan) = await LearnedAsync(schema, rows);
        var years = new KeyRows(plan, "votes").Tuples("player_id", "year").Select(t => t.Split('|')).GroupBy(t => t[0], t => int.Parse(t[1], null)).ToList();
        // However many of them the last years have no room for, they stay beside the others.
        Assert.All(years, y => Assert.InRange(y.Max() - y.Min(), 0, 2 * y.Count() + 2));
    }
}
