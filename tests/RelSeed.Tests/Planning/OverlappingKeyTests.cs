using FsCheck;
using FsCheck.Fluent;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Tests.Generation;
using static RelSeed.Tests.Planning.KeyRows;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

public class OverlappingKeyTests
{
    static readonly Table Tenants = Table("tenants", ["id int!"], pk: ["id"]);
    static readonly Table Hosts =
        Table("hosts", ["tenant_id int!", "id int!"], pk: ["id"], unique: [["tenant_id", "id"]], fks: [(["tenant_id"], "tenants", ["id"])]);
    static readonly Table Sets =
        Table("sets", ["tenant_id int!", "id int!"], pk: ["id"], unique: [["tenant_id", "id"]], fks: [(["tenant_id"], "tenants", ["id"])]);

    static (string[] Columns, string Principal, string[] PrincipalColumns) Tenanted(string column, string table) =>
        (["tenant_id", column], table, ["tenant_id", "id"]);

    static SeedPlan Plan(IEnumerable<Table> tables, params (string Table, long Rows)[] rows) =>
        FittedPlan.Make(Database([.. tables]), new PlanOptions { RowsByTable = rows.ToDictionary(r => r.Table, r => r.Rows) });

    static long PairsOfOneTenant(SeedPlan plan) =>
        new KeyRows(plan, "hosts")["tenant_id"].Sum(t => (long)new KeyRows(plan, "sets")["tenant_id"].Count(o => o == t));

    [Fact]
    public void Members_of_one_tenant_are_paired_until_no_pair_is_left()
    {
        var members = Table("members", ["tenant_id int!", "host_id int!", "set_id int!"], pk: ["host_id", "set_id"],
            fks: [Tenanted("host_id", "hosts"), Tenanted("set_id", "sets")]);
        var plan = Plan([Tenants, Hosts, Sets, members], ("tenants", 4), ("hosts", 12), ("sets", 9), ("members", 1_000));
        Assert.Equal([], MemoryCheck.Find(plan));
        Assert.Equal(PairsOfOneTenant(plan), plan.Find(members.Name)!.Rows);
        Assert.Contains("room for", plan.Find(members.Name)!.RowsReason, StringComparison.Ordinal);
        Assert.Contains("chosen once in memory", plan.Find(members.Name)!.References[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tenant_inside_the_key_changes_nothing()
    {
        var members = Table("members", ["tenant_id int!", "host_id int!", "set_id int!"], pk: ["tenant_id", "host_id", "set_id"],
            fks: [(["tenant_id"], "tenants", ["id"]), Tenanted("host_id", "hosts"), Tenanted("set_id", "sets")]);
        var plan = Plan([Tenants, Hosts, Sets, members], ("tenants", 3), ("hosts", 8), ("sets", 8), ("members", 500));
        Assert.Equal([], MemoryCheck.Find(plan));
        Assert.Equal(PairsOfOneTenant(plan), plan.Find(members.Name)!.Rows);
    }

    [Fact]
    public void Two_unique_references_and_their_pair_hold_together()
    {
        var pair = Table("pair", ["tenant_id int!", "host_id int!", "set_id int!", "note text"], pk: ["host_id", "set_id"],
            unique: [["host_id"], ["set_id"]],
            fks: [Tenanted("host_id", "hosts"), Tenanted("set_id", "sets")]);
        var plan = Plan([Tenants, Hosts, Sets, pair], ("tenants", 5), ("hosts", 60), ("sets", 60), ("pair", 40));
        Assert.Equal([], MemoryCheck.Find(plan));
        var (hosts, sets) = (new KeyRows(plan, "hosts")["tenant_id"].ToLookup(t => t), new KeyRows(plan, "sets")["tenant_id"].ToLookup(t => t));
        Assert.Equal(Math.Min(40, hosts.Sum(h => Math.Min(h.Count(), sets[h.Key].Count()))), plan.Find(pair.Name)!.Rows);
    }

    [Fact]
    public void Keys_of_the_arms_that_a_label_decides_hold_together()
    {
        var parents = new[] { "person", "unit", "area", "issue" }.Select(n => Table(n, ["id int!"], pk: ["id"])).ToList();
        var delegation = Table("delegation", ["id bigint!", "from_id int!", "to_id int", "scope text!", "unit_id int", "area_id int", "issue_id int"],
            pk: ["id"], unique: [["unit_id", "from_id"], ["area_id", "from_id"], ["issue_id", "from_id"]],
            fks: [(["from_id"], "person", ["id"]), (["to_id"], "person", ["id"]), (["unit_id"], "unit", ["id"]), (["area_id"], "area", ["id"]),
                (["issue_id"], "issue", ["id"])],
            checks: ["from_id <> to_id", "to_id IS NOT NULL OR scope <> 'unit'",
                "scope = 'unit' AND unit_id IS NOT NULL AND area_id IS NULL AND issue_id IS NULL "
                + "OR scope = 'area' AND unit_id IS NULL AND area_id IS NOT NULL AND issue_id IS NULL "
                + "OR scope = 'issue' AND unit_id IS NULL AND area_id IS NULL AND issue_id IS NOT NULL"]);
        var plan = Plan([.. parents, delegation], ("person", 40), ("unit", 40), ("area", 40), ("issue", 40), ("delegation", 300));
        Assert.Equal([], MemoryCheck.Find(plan));
        var rows = new KeyRows(plan, "delegation");
        Assert.Equal(300, rows.Count);
        // No arm is left out.
        Assert.All(["unit_id", "area_id", "issue_id"], c => Assert.InRange(rows[c].Count(v => v is not null), 60, 140));
    }

    [Fact]
    public void Unique_pairs_inside_a_wider_key_hold_together()
    {
        var (a, b, c) = (Table("a", ["id int!"], pk: ["id"]), Table("b", ["id int!"], pk: ["id"]), Table("c", ["id int!"], pk: ["id"]));
        var link = Table("link", ["a_id int!", "b_id int!", "c_id int!"], pk: ["a_id", "b_id", "c_id"],
            unique: [["a_id", "b_id"], ["b_id", "c_id"], ["a_id", "c_id"]],
            fks: [(["a_id"], "a", ["id"]), (["b_id"], "b", ["id"]), (["c_id"], "c", ["id"])]);
        var plan = Plan([a, b, c, link], ("a", 20), ("b", 20), ("c", 20), ("link", 200));
        Assert.Equal([], MemoryCheck.Find(plan));
        Assert.Equal(200, plan.Find(link.Name)!.Rows);
    }

    [Fact]
    public void Children_of_a_table_that_has_less_room_follow_it()
    {
        var members = Table("members", ["tenant_id int!", "host_id int!", "set_id int!"], pk: ["host_id", "set_id"],
            fks: [Tenanted("host_id", "hosts"), Tenanted("set_id", "sets")]);
        var badge = Table("badge", ["host_id int!", "set_id int!"], pk: ["host_id", "set_id"],
            fks: [(["host_id", "set_id"], "members", ["host_id", "set_id"])]);
        var plan = Plan([Tenants, Hosts, Sets, members, badge], ("tenants", 4), ("hosts", 8), ("sets", 8), ("members", 900), ("badge", 900));
        Assert.Equal([], MemoryCheck.Find(plan));
        Assert.Equal(plan.Find(members.Name)!.Rows, plan.Find(badge.Name)!.Rows);
    }

    [Fact]
    public void Friends_are_others_until_every_pair_is_taken()
    {
        var friends = Table("friends", ["a_id int!", "b_id int!"], pk: ["a_id", "b_id"], checks: ["a_id <> b_id"],
            fks: [(["a_id"], "tenants", ["id"]), (["b_id"], "tenants", ["id"])]);
        var plan = Plan([Tenants, friends], ("tenants", 9), ("friends", 1_000));
        Assert.Equal([], MemoryCheck.Find(plan));
        Assert.Equal(72, plan.Find(friends.Name)!.Rows);
        Assert.Empty(new KeyRows(plan, "friends").Where(r => r("a_id") == r("b_id"), "a_id"));
    }

    [Fact]
    public void Two_references_that_a_check_wants_equal_agree()
    {
        var account = Table("account", ["id int!", "tenant_id int!", "host_id int!", "other_tenant_id int!", "set_id int!"], pk: ["id"],
            checks: ["tenant_id = other_tenant_id"],
            fks: [Tenanted("host_id", "hosts"), (["other_tenant_id", "set_id"], "sets", ["tenant_id", "id"])]);
        var plan = Plan([Tenants, Hosts, Sets, account], ("tenants", 200), ("hosts", 1_000), ("sets", 1_000), ("account", 3_000));
        Assert.Equal([], MemoryCheck.Find(plan));
        Assert.Empty(new KeyRows(plan, "account").Where(r => r("tenant_id") != r("other_tenant_id"), "id"));
    }

    [Fact]
    public void No_row_is_its_own_parent_where_a_check_forbids_it()
    {
        var node = Table("node", ["id int!", "parent_id int!"], pk: ["id"], checks: ["parent_id <> id"], fks: [(["parent_id"], "node", ["id"])]);
        var plan = Plan([node], ("node", 30));
        Assert.Equal([], MemoryCheck.Find(plan));
        Assert.Empty(new KeyRows(plan, "node").Where(r => r("id") == r("parent_id"), "id"));
    }

    [Fact]
    public void Tables_that_refer_to_each_other_over_the_same_columns_come_back()
    {
        var method = Table("method", ["id int!", "conf_id int!"], pk: ["id"], fks: [(["id", "conf_id"], "conf", ["method_id", "id"])]);
        var conf = Table("conf", ["method_id int!", "id int!"], pk: ["id"], unique: [["method_id", "id"]], fks: [(["method_id"], "method", ["id"])]);
        var plan = Plan([method, conf], ("method", 40), ("conf", 100));
        Assert.Equal([], MemoryCheck.Find(plan));
        Assert.Equal((40, 100), (plan.Find(method.Name)!.Rows, plan.Find(conf.Name)!.Rows));
    }

    [Fact]
    public void Locks_and_their_modes_come_back_over_a_key_without_an_owner()
    {
        var mode = Table("mode", ["name text!", "key text!", "token text!"], unique: [["name", "key"]],
            fks: [(["name", "key", "token"], "locks", ["name", "key", "token"])]);
        var locks = Table("locks", ["name text!", "key text!", "token text!"], unique: [["name", "key", "token"]],
            fks: [(["name", "key"], "mode", ["name", "key"])]);
        var plan = Plan([mode, locks], ("mode", 50), ("locks", 50));
        Assert.Equal([], MemoryCheck.Find(plan));
        Assert.Equal((50, 50), (plan.Find(mode.Name)!.Rows, plan.Find(locks.Name)!.Rows));
    }

    /// <summary>A table over four references and two columns of its own, with keys over any of them.</summary>
    static readonly Gen<(long[] Parents, string[][] Keys, bool[] Required)> Cases =
        from parents in Gen.Choose(1, 12).Select(n => (long)n).ArrayOf(4)
        from count in Gen.Choose(1, 4)
        from keys in Gen.Elements("p0", "p1", "p2", "p3", "flag", "code").ArrayOf(3).Select(k => k.Distinct().ToArray()).ArrayOf(count)
        from required in Gen.Elements(true, false).ArrayOf(4)
        select (parents, keys.DistinctBy(k => string.Join(',', k.Order())).ToArray(), required);

    [Fact]
    public void Any_overlapping_keys_hold_and_the_planned_rows_are_made() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Cases.ToArbitrary(), drawn =>
    {
        var parents = drawn.Parents.Select((_, i) => Table($"parent{i}", ["id int!"], pk: ["id"])).ToArray();
        var child =
            Table("child", [.. drawn.Required.Select((r, i) => $"p{i} int{(r ? "!" : "")}"), "flag bool!", "code char(1)!"], unique: drawn.Keys,
            fks: [.. parents.Select((p, i) => (new[] { $"p{i}" }, p.Name.Name, new[] { "id" }))]);
        var plan = Plan([.. parents, child], [.. drawn.Parents.Select((n, i) => ($"parent{i}", n)), ("child", 40)]);
        Assert.Equal([], MemoryCheck.Find(plan));
        Assert.True(plan.Find(child.Name)!.Rows > 0);
    }));
}
