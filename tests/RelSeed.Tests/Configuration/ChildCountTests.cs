using FsCheck;
using FsCheck.Fluent;
using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Tests.Planning;

namespace RelSeed.Tests.Configuration;

public sealed class ChildCountTests
{
    static readonly TableName Orders = new("public", "orders");

    static List<int> Groups(SeedPlan plan)
    {
        var counts = new KeyRows(plan, "orders")["customer_id"].CountBy(v => v!).ToDictionary(v => v.Key, v => v.Value);
        return [.. Enumerable.Range(1, (int)plan.Find(new("public", "customers"))!.Rows).Select(c => counts.GetValueOrDefault($"{c}"))];
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(3, 7)]
    [InlineData(1, 1)]
    [InlineData(0, 1)]
    [InlineData(5, 5)]
    public void Each_parent_has_as_many_children_as_the_rule_says_and_the_rows_follow_from_it(int min, int max)
    {
        var plan = RuleTests.Plan(r => r.Table("orders").PerParent("customer_id", min..max));
        var groups = Groups(plan);
        Assert.All(groups, g => Assert.InRange(g, min, max));
        Assert.Equal((long)Math.Round(200 * (min + max) / 2.0), plan.Find(Orders)!.Rows);
        Assert.Equal(plan.Find(Orders)!.Rows, groups.Sum());
        Assert.Equal($"rule: {(min == max ? $"{min}" : $"{min} to {max}")} a parent", plan.Find(Orders)!.References[0].Reason);
    }

    [Fact]
    public void The_counts_spread_over_the_range()
    {
        var groups = Groups(RuleTests.Plan(r => r.Table("orders").PerParent("customer_id", 0..20)));
        Assert.True(groups.Distinct().Count() > 15, string.Join(",", groups.CountBy(g => g)));
        Assert.True(groups.Count(g => g <= 3) > 15);
        Assert.True(groups.Count(g => g >= 17) > 15);
    }

    [Fact]
    public void A_mean_or_a_number_of_rows_tells_how_many_in_all()
    {
        Assert.Equal(400, RuleTests.Plan(r => r.Table("orders").PerParent("customer_id", 0..20, mean: 2)).Find(Orders)!.Rows);
        var plan = RuleTests.Plan(r => r.Table("orders").Rows(1_000).PerParent("customer_id", 0..20));
        Assert.Equal(1_000, plan.Find(Orders)!.Rows);
        Assert.All(Groups(plan), g => Assert.InRange(g, 0, 20));
    }

    [Fact]
    public void Any_range_that_the_rows_allow_is_kept_exactly() => Prop.ForAll(
        Gen.Choose(1, 300).SelectMany(p => Gen.Choose(0, 6)
            .SelectMany(min => Gen.Choose(0, 12).SelectMany(more => Gen.Choose(0, 100).Select(share => (p, min, more, share))))).ToArbitrary(),
        c =>
        {
            var (parents, min, max) = (c.p, c.min, c.min + c.more);
            long children = parents * min + (long)parents * c.more * c.share / 100;
            var spread = ChildCounts.Spread(9, parents, children, long.MaxValue, new("k", min, max, 0))!;
            var index = FanOutShapes.Index(9, parents, children, spread.ZeroShare, spread.Weights.AsSpan(), spread.Least);
            var ends = Enumerable.Range(0, parents + 1).Select(p => index.FirstChild(p)).ToList();
            Assert.Equal(children, ends[^1]);
            Assert.All(ends.Zip(ends.Skip(1)), e => Assert.InRange(e.Second - e.First, min, max));
            Assert.InRange(index.SmallestGroup(), min, max);
            long[] rows = [.. Enumerable.Range(0, (int)children)];
            long[] found = new long[rows.Length], ordinals = new long[rows.Length];
            index.Locate(rows, found, ordinals);
            Assert.Equal(rows, found.Zip(ordinals, (p, o) => ends[(int)p] + o));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rows_that_leave_no_room_are_a_fault() => Assert.Equal(
        "RS2407 A rule gives public.orders 0 to 20 a parent by customer_id (to public.customers), and 5000 rows (rule: asked for this table) are more than 4000 for 200 parents. "
        + "Change the rule, or the number of rows.",
        Assert.Throws<PlanException>(() => RuleTests.Plan(r => r.Table("orders").Rows(5_000).PerParent("customer_id", 0..20))).Message);

    [Fact]
    public void Two_parents_cannot_both_group_the_rows()
    {
        var schema = TestSchemas.Database(
            TestSchemas.Table("a", ["id int!"], pk: ["id"]), TestSchemas.Table("b", ["id int!"], pk: ["id"]),
            TestSchemas.Table("ab", ["id int!", "a_id int!", "b_id int!"], pk: ["id"], fks: [(["a_id"], "a", ["id"]), (["b_id"], "b", ["id"])]));
        Assert.Equal(
            "RS2407 A rule gives public.ab 2 a parent by b_id (to public.b), and the rows are grouped by their public.a already, and can be by one parent only. Change the rule, or the number of rows.",
            Assert.Throws<PlanException>(() => RuleTests.Plan(r => r.Table("ab").PerParent("a_id", 2).PerParent("b_id", 2), schema)).Message);
    }

    [Fact]
    public void A_trial_of_few_rows_is_planned_though_each_parent_cannot_have_its_least()
    {
        var plan = RuleTests.Plan(r => r.Table("orders").PerParent("customer_id", 5..9), options: o => o with { MostRows = 40 });
        Assert.Equal(40, plan.Find(Orders)!.Rows);
        Assert.All(Groups(plan), g => Assert.InRange(g, 0, 9));
    }

    [Fact]
    public void A_number_within_the_parent_is_made_as_without_the_rule()
    {
        var schema = TestSchemas.Database(
            TestSchemas.Table("orders", ["id int!"], pk: ["id"]),
            TestSchemas.Table("lines", ["order_id int!", "line_no int!"], pk: ["order_id", "line_no"], fks: [(["order_id"], "orders", ["id"])]));
        var rows = new KeyRows(RuleTests.Plan(r => r.Table("lines").PerParent("order_id", 1..8), schema), "lines");
        KeyRows.AssertDistinct(rows.Tuples("order_id", "line_no"));
        Assert.All(rows["order_id"].CountBy(v => v!), g => Assert.InRange(g.Value, 1, 8));
        Assert.Equal(200, rows["order_id"].Distinct().Count());
    }
}
