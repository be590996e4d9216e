using RelSeed.Generation;
using RelSeed.Planning;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

/// <summary>A line costs what its product costs.</summary>
public class CopiedPriceTests
{
    static SeedPlan Plan(string price, params string[] checks) => FittedPlan.Make(Database(
        Table("products", ["id int!", "name text!", "unit_price numeric(10,2)", "cost numeric(10,2)"], pk: ["id"]),
        Table("orders", ["id int!", "ordered_at date!"], pk: ["id"]),
        Table("lines", ["order_id int!", "product_id int", price, "quantity int!", "line_total numeric(14,2)!"], pk: ["order_id", "quantity"],
            fks: [(["order_id"], "orders", ["id"]), (["product_id"], "products", ["id"])], checks: checks)), new PlanOptions { RowsPerTable = 300 });

    static GeneratorSpec PriceOf(SeedPlan plan) => plan.Find(new("public", "lines"))!.Columns[2].Generator;

    [Fact]
    public void It_is_the_products_where_the_line_has_one_that_has_a_price_and_its_own_elsewhere()
    {
        var plan = Plan("unit_price numeric(10,2)!");
        var products = new KeyRows(plan, "products");
        var prices = products["id"].Zip(products["unit_price"]).ToDictionary(p => p.First!, p => p.Second);
        var lines = new KeyRows(plan, "lines");
        var found = lines["product_id"].Zip(lines["unit_price"], (p, price) => (Theirs: p is null ? null : prices[p], Own: price)).ToList();
        Assert.All(found, f => Assert.Equal(f.Theirs ?? f.Own, f.Own));
        Assert.DoesNotContain(found, f => f.Own is null);
        Assert.InRange(found.Count(f => f.Theirs is null), 20, 150);
        Assert.All(lines.Tuples("unit_price", "quantity", "line_total").Select(t => t.Split('|').Select(v => decimal.Parse(v, null)).ToArray()),
            t => Assert.Equal(t[0] * t[1], t[2]));
    }

    [Theory]
    [InlineData("unit_price numeric(6,2)!")]
    [InlineData("unit_price float!")]
    [InlineData("price numeric(10,2)!")]
    [InlineData("unit_price numeric(10,2)!", "unit_price >= 5")]
    [InlineData("unit_price numeric(10,2)!", "unit_price > quantity")]
    [InlineData("unit_price numeric(10,2)!", "unit_price::text NOT LIKE '%.99'")]
    public void It_is_its_own_where_the_products_might_not_do(string price, params string[] checks) =>
        Assert.IsNotType<CopiedSpec>(PriceOf(Plan(price, checks)));
}
