using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Tests.Generation;
using static RelSeed.Tests.Planning.KeyRows;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

public class SpecialKeyTests
{
    static readonly Table Parents = Table("parents", ["id int!"], pk: ["id"]);

    static (string[], string, string[])[] OfParents => [(["parent_id"], "parents", ["id"])];

    static Table With(Table table, params UniqueKey[] keys) => table with { UniqueKeys = [.. table.UniqueKeys, .. keys] };

    static UniqueKey Key(string name, string? predicate, params KeyPart[] parts) =>
        new() { Name = name, Parts = parts.ToEquatableArray(), Predicate = predicate };

    static KeyPart Of(string expression) => new(null, expression);

    static SeedPlan Plan(long rows, params Table[] tables) =>
        FittedPlan.Make(Database(tables),
            new PlanOptions { RowsPerTable = rows, RowsByTable = new Dictionary<string, long> { [tables[0].Name.Name] = 20 } });

    [Fact]
    public void Each_parent_has_one_default_at_most()
    {
        var items = With(Table("items", ["id int!", "parent_id int!", "is_default bool!"], pk: ["id"], fks: OfParents),
            Key("one_default", "is_default", new KeyPart("parent_id")));
        var plan = Plan(400, Parents, items);
        var rows = new KeyRows(plan, "items");
        Assert.Equal(400, rows.Count);
        var defaults = rows.Where(r => r("is_default") == "true", "parent_id").ToList();
        AssertDistinct(defaults);
        Assert.True(defaults.Count > 3);
        Assert.True(rows.Tuples("parent_id").Distinct().Count() < 21);
    }

    [Fact]
    public void Rows_that_are_not_deleted_differ_and_others_may_repeat()
    {
        var items = With(Table("items", ["id int!", "parent_id int!", "deleted_at timestamptz"], pk: ["id"], fks: OfParents),
            Key("live", "deleted_at IS NULL", new KeyPart("parent_id")));
        var rows = new KeyRows(Plan(300, Parents, items), "items");
        Assert.Equal(300, rows.Count);
        AssertDistinct(rows.Where(r => r("deleted_at") is null, "parent_id"));
        Assert.True(rows["deleted_at"].Count(d => d is null) > 3);
    }

    [Fact]
    public void A_single_row_of_the_table_is_the_current_one()
    {
        var items = With(Table("items", ["id int!", "is_current bool!"], pk: ["id"]), Key("current", "is_current", new KeyPart("is_current")));
        var rows = new KeyRows(FittedPlan.Make(Database(items), new PlanOptions { RowsPerTable = 100 }), "items");
        Assert.Equal(100, rows.Count);
        Assert.True(rows["is_current"].Count(v => v == "true") <= 1);
    }

    [Fact]
    public void A_key_over_whether_there_is_a_value_has_room_for_two_rows()
    {
        var items = With(Table("items", ["note text"]), Key("once", null, Of("(note IS NOT NULL)")));
        var plan = FittedPlan.Make(Database(items), new PlanOptions { RowsPerTable = 100 });
        Assert.Equal(2, plan.Tables[0].Rows);
        Assert.Single(new KeyRows(plan, "items")["note"], n => n is null);
    }

    [Fact]
    public void Days_of_instants_differ()
    {
        var items = With(Table("items", ["id int!", "seen timestamp!"], pk: ["id"]), Key("daily", null, Of("date_trunc('day'::text, seen)")));
        var rows = new KeyRows(FittedPlan.Make(Database(items), new PlanOptions { RowsPerTable = 100 }), "items");
        Assert.Equal(100, rows.Count);
        AssertDistinct(rows["seen"].Select(a => a![..10]));
    }

    [Fact]
    public void Texts_differ_in_more_than_case()
    {
        var items = With(Table("items", ["id int!", "code varchar(2)!"], pk: ["id"]), Key("folded", null, Of("lower((code)::text)")));
        var rows = new KeyRows(FittedPlan.Make(Database(items), new PlanOptions { RowsPerTable = 600 }), "items");
        AssertDistinct(rows["code"].Select(c => c!.ToLowerInvariant()));
    }

    [Fact]
    public void Null_counts_as_a_value_under_coalesce_and_where_nulls_are_not_distinct()
    {
        var coalesced = With(Table("items", ["id int!", "name text"], pk: ["id"]), Key("named", null, Of("COALESCE(name, ''::text)")));
        Assert.True(new KeyRows(FittedPlan.Make(Database(coalesced), new PlanOptions { RowsPerTable = 200 }), "items")["name"]
            .Count(n => n is null) <= 1);
        var distinct = With(Table("items", ["id int!", "parent_id int"], pk: ["id"], fks: OfParents),
            Key("nnd", null, new KeyPart("parent_id")) with { NullsNotDistinct = true });
        var rows = new KeyRows(Plan(100, Parents, distinct), "items");
        AssertDistinct(rows["parent_id"]);
        Assert.InRange(rows.Count, 20, 21);
    }

    [Fact]
    public void A_computed_column_in_a_key_tells_what_its_expression_tells()
    {
        var items = Table("items", ["id int!", "name text!", "slug text"], pk: ["id"], unique: [["slug"]]);
        items = items with
        {
            Columns = [
            .. items.Columns.Select(c => c.Name == "slug" ? c with { Generated = GeneratedKind.Stored, GeneratedExpression = "lower(name)" } : c)]
        };
        var rows = new KeyRows(FittedPlan.Make(Database(items), new PlanOptions { RowsPerTable = 300 }), "items");
        Assert.Equal(300, rows.Count);
        AssertDistinct(rows["name"].Select(n => n!.ToLowerInvariant()));
    }

    [Fact]
    public void Bookings_of_a_room_do_not_overlap()
    {
        var booking = Table("booking", ["id int!", "parent_id int!", "starts timestamptz!", "ends timestamptz"], pk: ["id"], fks: OfParents) with
        {
            Exclusions =
                [new ExclusionConstraint("no_overlap",
                [new ExclusionElement("parent_id", null, "="), new ExclusionElement(null, "tstzrange(starts, ends)", "&&")], null, "")],
        };
        var rows = new KeyRows(Plan(500, Parents, booking), "booking");
        var ranges = rows.Tuples("parent_id", "starts", "ends").Select(t => t.Split('|')).GroupBy(t => t[0]).ToList();
        Assert.Equal(500, ranges.Sum(g => g.Count()));
        foreach (var room in ranges)
        {
            var ordered = room.OrderBy(t => t[1], StringComparer.Ordinal).ToList();
            Assert.All(ordered, t => Assert.True(string.CompareOrdinal(t[1], t[2]) < 0));
            Assert.All(ordered.Skip(1).Zip(ordered), p => Assert.True(string.CompareOrdinal(p.Second[2], p.First[1]) <= 0));
        }
    }

    [Fact]
    public void An_exclusion_that_cannot_be_read_leaves_one_row()
    {
        var area = Table("area", ["id int!", "parent_id int!"], pk: ["id"], fks: OfParents) with
        {
            Exclusions = [new ExclusionConstraint("same_parent", [new ExclusionElement("parent_id", null, "<>")], null, "")],
        };
        var plan = Plan(50, Parents, area);
        Assert.Equal((1, "only a single row is sure to meet the exclusion constraint same_parent"),
            (plan.Find(area.Name)!.Rows, plan.Find(area.Name)!.RowsReason));
    }

    [Fact]
    public void A_lock_row_is_the_only_one()
    {
        var plan = FittedPlan.Make(Database(Table("locks", ["lock char(1)!", "note text"], pk: ["lock"], checks: ["lock = 'X'"])),
            new PlanOptions { RowsPerTable = 50 });
        Assert.Equal((1, "the key locks_pkey has room for 1 rows"), (plan.Tables[0].Rows, plan.Tables[0].RowsReason));
        Assert.Equal([], MemoryCheck.Find(plan));
    }

    [Fact]
    public void A_full_match_is_null_in_all_its_columns_or_in_none()
    {
        var target = Table("target", ["a int!", "b int!"], pk: ["a", "b"]);
        var child = Table("child", ["id int!", "a int", "b int", "c int!", "d int"], pk: ["id"],
            fks: [(["a", "b"], "target", ["a", "b"]), (["c", "d"], "target", ["a", "b"])]);
        child = child with { ForeignKeys = [.. child.ForeignKeys.Select(k => k with { IsMatchFull = true })] };
        var plan = FittedPlan.Make(Database(target, child), new PlanOptions { RowsPerTable = 200 });
        var rows = new KeyRows(plan, "child");
        Assert.Equal([], MemoryCheck.Find(plan));
        Assert.Empty(rows.Where(r => r("a") is null != r("b") is null || r("d") is null, "id"));
        Assert.Contains(rows["a"], a => a is null);
    }

    [Fact]
    public void A_key_of_the_rows_without_a_parent_leaves_most_rows_theirs()
    {
        var table = Table("package", ["id int!", "name_id int!", "platform_id int!", "module_id int"], pk: ["id"],
            fks: [(["name_id"], "name", ["id"]), (["platform_id"], "platform", ["id"]), (["module_id"], "module", ["id"])]) with
        {
            UniqueKeys =
            [
                new UniqueKey { Name = "alone", Parts = [new("name_id"), new("platform_id")], Predicate = "module_id IS NULL" },
                new UniqueKey
                {
                    Name = "in_module",
                    Parts = [new("name_id"), new("platform_id"), new("module_id")],
                    Predicate = "module_id IS NOT NULL",
                },
            ],
        };
        var plan = FittedPlan.Make(Database(Table("name", ["id int!"], pk: ["id"]), Table("platform", ["id int!"], pk: ["id"]),
            Table("module", ["id int!"], pk: ["id"]), table), new PlanOptions { RowsPerTable = 400 });
        var rows = new KeyRows(plan, "package");
        Assert.Equal(400, rows.Count);
        Assert.InRange(rows["module_id"].Count(m => m is null), 20, 120);
        KeyRows.AssertDistinct(rows.Tuples("name_id", "platform_id", "module_id"));
        KeyRows.AssertDistinct(rows.Where(v => v("module_id") is null, "name_id", "platform_id"));
    }
}
