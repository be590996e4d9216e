using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using RelSeed.Expressions;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Tests.Expressions;

namespace RelSeed.Tests.Planning;

/// <summary>A check's text is whatever a catalog holds: it is read, or told as not read, or refused; it never breaks or stalls the plan.</summary>
public class HostileCheckTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    static string Times(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    public static TheoryData<string> Texts => new(
        Times("(", 40_000), Times("(", 20_000) + "a" + Times(")", 20_000), Times("NOT ", 20_000) + "p", Times("- ", 30_000) + "a > 0",
        "a" + Times("::integer", 10_000) + " > 0",
        "s = " + string.Join(" || ", Enumerable.Repeat("'x'", 15_000)), string.Join(" OR ", Enumerable.Repeat("a = 1", 12_000)),
        string.Join(" AND ", Enumerable.Repeat("a <> b", 10_000)),
        Times("coalesce(", 9_000) + "a" + Times(")", 9_000), Times("CASE WHEN p THEN ", 5_000) + "p" + Times(" END", 5_000),
        "a IN (" + string.Join(", ", Enumerable.Range(0, 15_000)) + ")",
        Times("(a = 1 OR b = 2) AND ", 300) + "p", string.Join(" AND ", Enumerable.Range(0, 24).Select(i => $"(a = {i} OR b = {i} OR s = '{i}')")),
        "NOT (" + string.Join(" AND ", Enumerable.Range(0, 40).Select(i => $"(a <> {i} OR b <> {i})")) + ")",
        "a > " + new string('9', 50_000), "a > 1e" + new string('9', 5_000), "a < 1e308 * 1e308", "a > 0." + new string('0', 30_000) + "1",
        "a / 0 = 1", "a = -9223372036854775808 / -1", "length(repeat('x', 2000000000)) > a",
        "s = '" + new string('x', 90_000) + "'", "s ~ '" + Times("(", 5_000) + "'", "s ~ '" + Times("(", 3_000) + "a" + Times(")", 3_000) + "'",
        "s ~ '(a*)*(a*)*(a*)*b'", "s ~ '((((a{1,200}){1,200}){1,200}){1,200})$'",
        "s ~ '^(a|aa|aaa|aaaa)+$'", "s ~ '[" + Times("a-z", 5_000) + "]'", "s ~ '^(?=" + Times("(?=", 500) + "'", "s ~ '\\'",
        "s LIKE '" + Times("%_", 10_000) + "'", "s SIMILAR TO '" + Times("(%|", 2_000) + "'",
        "\ud800", "s = '\udfff'", "\u202ea = 1", "a\u200b = 1", "\uff41 = 1", "s = '\0'", "\"" + new string('q', 60_000) + "\" = 1", "'unclosed",
        "$tag$ unclosed", "/* unclosed", "a = 1 -- ", "a = 1)", "((a = 1)", "", " ",
        "a[" + Times("1:", 5_000) + "] = 1", "s ->> '" + Times("a,", 5_000) + "' = 'x'", "extract(year from now()) = a",
        "a BETWEEN a AND a AND a BETWEEN b AND a", "a IS DISTINCT FROM a", "a <> a", "a IS NULL AND a IS NOT NULL",
        "('abANY (ARRAY[%' LIKE '%\\' LIKE '%\\' !~ s)", "('a' || 'a') !~ t OR p = ('it''s' = '')");

    [Theory, MemberData(nameof(Texts))]
    public void A_hostile_check_is_planned_or_refused(string text) => Assert.Null(Fault(AsCheck(text)));

    [Theory, MemberData(nameof(Texts))]
    public void A_hostile_predicate_is_planned_or_refused(string text) => Assert.Null(Fault(AsPredicate(text)));

    [Fact]
    public void Any_mutation_of_a_check_is_planned_or_refused() =>
        Prop.ForAll(Arb.From(Mutations), text => Fault(AsCheck(text)) is not { } fault ? true.ToProperty() : false.Label(fault))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    static readonly string[] Shards =
    [
        "(", ")", "'", "\"", "NOT ", " AND ", " OR ", "::text", "::integer[]", " IS NULL", " ~ '(a|b)*'", " LIKE '%\\'", "\u0000", "\ud83d", "\u202e",
            "99999999999999999999999999", "1e400", "''", "$$", "--", "/*", "CASE WHEN ", " END", "[", "]",
        "ROW(", "ANY (ARRAY[", "INTERVAL '1'", " BETWEEN ", "a", "s", "p", ",", " || ", " / 0", "-", "coalesce(", "length(", "lower(", "nullif(",
        " COLLATE \"C\"",
    ];

    static Gen<string> Mutations =>
        from condition in ExpressionGenerators.Condition(8)
        from cuts in Gen.Choose(0, int.MaxValue - 1).ListOf(4)
        from shards in Gen.Elements(Shards).ListOf(3)
        select Mutate(condition.ToString(), [.. cuts], [.. shards]);

    // A piece is taken out, pieces are put in, and one is doubled.
    static string Mutate(string text, int[] places, string[] shards)
    {
        var cut = places[0] % (text.Length + 1);
        text = text.Remove(cut, Math.Min(places[1] % 4, text.Length - cut));
        foreach (var (shard, place) in shards.Zip(places.Skip(1))) text = text.Insert(place % (text.Length + 1), shard);
        return places[3] % 5 == 0 ? text + text : text;
    }

    static DatabaseSchema AsCheck(string text) =>
        TestSchemas.Database(TestSchemas.Table("t", ["id int!", "a int", "b int", "c int", "s text", "t text", "p bool", "q bool", "r bool"],
            pk: ["id"], checks: [text]));

    static DatabaseSchema AsPredicate(string text)
    {
        var table = TestSchemas.Table("t", ["id int!", "a int", "b int", "s text", "p bool"], pk: ["id"], unique: [["a", "s"]]);
        return TestSchemas.Database(table with { UniqueKeys = [.. table.UniqueKeys.Select(k => k with { Predicate = text })] });
    }

    // Null where the schema is planned, or refused with a word, within the patience; else what came of it.
    static string? Fault(DatabaseSchema schema)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var plan = FittedPlan.Make(schema, new PlanOptions { RowsPerTable = 20 });
            PlanProbe.Require(plan, SeedGenerator.Compile(plan));
        }
        catch (RelSeedException)
        {
            // Told, with what to do.
        }
        catch (Exception broken)
        {
            return broken.ToString();
        }
        return watch.Elapsed < Patience ? null : $"took {watch.Elapsed.TotalSeconds:0} s, with {GC.CollectionCount(2)} full collections so far";
    }
}
