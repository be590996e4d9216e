using FsCheck;
using FsCheck.Fluent;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Tests.Learning;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learned;

/// <summary>Unique keys over learned columns hold, whatever was learned of them.</summary>
public sealed class LearnedKeyTests
{
    // Groups of one or two rows, as many names as rows, and one name that follows from the other.
    [Fact]
    public void A_key_of_learned_names_holds_for_any_profile() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll<PositiveInt, PositiveInt, bool>(
        (names, seed, follows) => AssertHolds(3 + names.Get % 90, seed.Get, follows)));

    static void AssertHolds(int spread, int seed, bool follows)
    {
        var schema = Database(
            Table("events", ["id int!", "kind text!"], pk: ["id"]),
            Table("members", ["room text!", "person text!", "state text!", "event_id int"], unique: [["person", "room"]], fks: [(["event_id"], "events", ["id"])]));
        var rows = 60 + seed % 80;
        var events = Enumerable.Range(1, rows).Select(i => new string?[] { $"{i}", i % 3 == 0 ? "join" : "leave" }).ToList();
        var members = Enumerable.Range(0, rows)
            .Select(i => new string?[] { $"room {i % spread}", $"person {(follows ? i % spread : i * 7 % rows)}", $"state {i % 4}", i % 8 == 0 ? null : $"{1 + i * 4 / 5 % rows}" })
            .DistinctBy(r => (r[0], r[1])).ToList();
        var profile = LearnerTests.LearnAsync(schema, new() { ["events"] = events, ["members"] = members }).GetAwaiter().GetResult();
        var plan = FittedPlan.Make(schema, new PlanOptions { Profile = profile, Seed = (ulong)seed });
        KeyRows.AssertDistinct(new KeyRows(plan, "members").Tuples("person", "room"));
    }
}
