using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnedPlans;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>Parents that a column of the row, or of its own parent, tells by their names.</summary>
public sealed class NamedParentTests
{
    static IEnumerable<string[]> Rows(SeedPlan plan, string table, params string[] columns) =>
        new KeyRows(plan, table).Tuples(columns).Select(t => t.Split('|'));

    static DatabaseSchema League() => Database(
        Table("parks", ["code varchar(5)!", "label text!", "state varchar(2)!"], pk: ["code"]),
        Table("seasons", ["year int!", "league varchar(2)!", "team varchar(3)!", "park text!", "wins int!"], pk: ["year", "league", "team"]),
        Table("stays", ["id int!", "year int!", "league varchar(2)", "team varchar(3)!", "park_code varchar(5)!", "games int!"], pk: ["id"],
            fks: [(["year", "league", "team"], "seasons", ["year", "league", "team"]), (["park_code"], "parks", ["code"])]));

    // A team plays where its season says, sometimes elsewhere for a few games; of some stays the league is not known.
    static Dictionary<string, List<string?[]>> LeagueRows()
    {
        var rows = Empty(League());
        for (var p = 0; p < 60; p++) rows["parks"].Add([$"P{p:000}", $"{(char)('A' + p % 26)}{p} Field", $"S{p % 5}"]);
        for (int year = 1900, id = 0; year < 1980; year++)
            for (var team = 0; team < 20; team++)
            {
                var park = (team + year / 20 * 20) % 60;
                rows["seasons"].Add([$"{year}", team % 2 == 0 ? "AL" : "NL", $"T{team}", rows["parks"][park][1], $"{Below(1, 20 * year + team, 100)}"]);
                rows["stays"].Add([$"{id++}", $"{year}", team % 2 == 0 ? "AL" : "NL", $"T{team}", $"P{park:000}", "77"]);
                if (Below(2, 20 * year + team, 20) == 0)
                    rows["stays"].Add([$"{id++}", $"{year}", Below(3, 20 * year + team, 2) == 0 ? null : team % 2 == 0 ? "AL" : "NL", $"T{team}", $"P{Below(4, 20 * year + team, 60):000}", "2"]);
            }
        return rows;
    }

    [Fact]
    public async Task The_park_that_a_season_names_is_the_one_that_is_played_in()
    {
        var (_, plan) = await LearnedAsync(League(), LeagueRows());
        var labels = Rows(plan, "parks", "code", "label").ToDictionary(p => p[0], p => p[1]);
        var seasons = Rows(plan, "seasons", "year", "league", "team", "park").ToDictionary(s => (s[0], s[1], s[2]), s => s[3]);
        var stays = Rows(plan, "stays", "year", "league", "team", "park_code").ToList();
        Assert.InRange(stays.Count(s => labels[s[3]] == seasons[(s[0], s[1], s[2])]) / (double)stays.Count, 0.9, 1);
    }

    [Fact]
    public async Task Rows_of_which_a_part_of_the_key_is_null_are_none_of_their_parents_children()
    {
        var rows = LeagueRows();
        var (_, plan) = await LearnedAsync(League(), rows);
        var without = rows["stays"].Count(s => s[2] is null);
        Assert.InRange(plan.Tables.Single(t => t.Table.Name.Name == "stays").Rows, rows["stays"].Count - 20, rows["stays"].Count + 20);
        Assert.InRange(new KeyRows(plan, "stays")["league"].Count(l => l is null), without / 2, 2 * without);
    }

    [Fact]
    public async Task Parents_may_have_no_name()
    {
        var schema = Database(
            Table("parks", ["id int!", "label text", "state varchar(2)!"], pk: ["id"]),
            Table("teams", ["id int!", "wins int!"], pk: ["id"]),
            Table("stays", ["team_id int!", "nr int!", "park text!", "park_id int!"], pk: ["team_id", "nr"],
                fks: [(["team_id"], "teams", ["id"]), (["park_id"], "parks", ["id"])]));
        var rows = Empty(schema);
        for (var p = 0; p < 60; p++) rows["parks"].Add([$"{p}", p % 20 == 0 ? null : $"{(char)('A' + p % 26)}{p} Field", $"S{p % 5}"]);
        for (var i = 0; i < 400; i++) rows["teams"].Add([$"{i}", $"{i % 7}"]);
        for (var i = 0; i < 2_000; i++) rows["stays"].Add([$"{i / 5}", $"{i % 5}", $"At {Below(1, i, 60)}", $"{Below(1, i, 60)}"]);
        var (_, plan) = await LearnedAsync(schema, rows);
        Assert.InRange(new KeyRows(plan, "parks")["label"].Count(l => l is null), 1, 6);
        Assert.Equal(2_000, Rows(plan, "stays", "park_id").Count());
    }

    // Tests of a course follow one another; what is handed in is so around the day on which it is due.
    [Fact]
    public async Task A_test_follows_the_one_before_and_is_handed_in_when_it_is_due()
    {
        var schema = Database(
            Table("courses", ["module varchar(3)!", "term varchar(5)!"], pk: ["module", "term"]),
            Table("tests", ["id int!", "module varchar(3)!", "term varchar(5)!", "due int!"], pk: ["id"], fks: [(["module", "term"], "courses", ["module", "term"])]),
            Table("pupils", ["id int!", "first_name text!", "last_name text!"], pk: ["id"]),
            Table("places", ["module varchar(3)!", "term varchar(5)!", "pupil int!", "age int!"], pk: ["module", "term", "pupil"],
                fks: [(["module", "term"], "courses", ["module", "term"]), (["pupil"], "pupils", ["id"])]),
            Table("results", ["test int!", "module varchar(3)!", "term varchar(5)!", "pupil int!", "day int!"], pk: ["test", "pupil"],
                fks: [(["test"], "tests", ["id"]), (["module", "term", "pupil"], "places", ["module", "term", "pupil"])]));
        var rows = Empty(schema);
        for (var course = 0; course < 8; course++)
        {
            rows["courses"].Add([$"M{course / 2}", $"T{course % 2}"]);
            for (var test = 0; test < 4; test++) rows["tests"].Add([$"{10 * course + test}", $"M{course / 2}", $"T{course % 2}", $"{20 + 35 * test + 3 * course}"]);
        }
        for (var pupil = 0; pupil < 2_000; pupil++)
        {
            rows["pupils"].Add([$"{pupil}", "Ann", $"Fox{pupil}"]);
            var course = Below(1, pupil, 8) * Below(2, pupil, 8) / 8;
            rows["places"].Add([$"M{course / 2}", $"T{course % 2}", $"{pupil}", $"{18 + Below(3, pupil, 30)}"]);
            for (var test = 0; test < 1 + Below(4, pupil, 4); test++)
                rows["results"].Add([$"{10 * course + test}", $"M{course / 2}", $"T{course % 2}", $"{pupil}", $"{20 + 35 * test + 3 * course - Below(5, 4 * pupil + test, 6)}"]);
        }
        var (_, plan) = await LearnedAsync(schema, rows);
        var due = Rows(plan, "tests", "id", "module", "term", "due").ToDictionary(t => t[0]);
        var results = Rows(plan, "results", "test", "module", "term", "pupil", "day").ToList();
        Assert.All(results, r => Assert.Equal(r[1..3], due[r[0]][1..3]));
        Assert.InRange(results.Count(r => int.Parse(due[r[0]][3], null) - int.Parse(r[4], null) is >= 0 and < 6) / (double)results.Count, 0.9, 1);
        // Pupils begin with the first of the tests.
        var firsts = results.GroupBy(r => r[3]).Select(g => g.Min(r => int.Parse(due[r[0]][3], null))).ToList();
        Assert.InRange(firsts.Count(day => day < 20 + 35) / (double)firsts.Count, 0.9, 1);
        // As many take a course as did.
        foreach (var (course, count) in rows["places"].CountBy(p => p[0] + p[1]))
            Assert.InRange(Rows(plan, "places", "module", "term").Count(p => p[0] + p[1] == course), count * 0.85 - 5, count * 1.15 + 5);
    }
}
