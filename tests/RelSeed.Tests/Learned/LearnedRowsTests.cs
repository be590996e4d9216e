using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Tests.Planning;
using RelSeed.Tests.Values;
using static RelSeed.Tests.Planning.KeyRows;

namespace RelSeed.Tests.Learned;

public class LearnedRowsTests
{
    static readonly SeedPlan Plan = FittedPlan.Make(TestProfiles.Shop, new PlanOptions { Profile = TestProfiles.Profile });
    static readonly KeyRows Customers = new(Plan, "customers"), Orders = new(Plan, "orders"), Lines = new(Plan, "lines"),
        Products = new(Plan, "products");

    [Fact]
    public void Rows_are_as_many_as_learned() =>
        Assert.Equal((400, 40, Orders.Count * 2), (Customers.Count, Products.Count, Lines.Count));

    [Theory, InlineData("customers"), InlineData("products"), InlineData("orders"), InlineData("lines")]
    public void Rows_behind_the_last_one_which_may_stand_in_for_others_are_drawn_too_and_change_no_other(string table)
    {
        var generator = SeedGenerator.Compile(Plan)[new("public", table)];
        var (frame, mixed) = (new RowFrame(generator), new RowFrame(generator));
        long[] rows = [0, 3, 4];
        frame.Reset(rows);
        mixed.Reset([0, generator.RowCount + 5_000, 3, generator.RowCount + 5_001, 4]);
        for (var c = 0; c < Plan.Find(generator.Name)!.Table.Columns.Count; c++)
        {
            var type = Plan.Find(generator.Name)!.Table.Columns[c].Type;
            if (Plan.Find(generator.Name)!.Columns[c].Generator is not LearnedSpec) continue;
            var (alone, beside) = (frame.Column(c), mixed.Column(c));
            Assert.Equal(rows.Select((_, i) => TestRows.Text(alone, i, type)), rows.Select((_, i) => TestRows.Text(beside, 2 * i, type)));
        }
    }

    [Fact]
    public void A_value_follows_from_another_of_the_row()
    {
        Assert.InRange(Customers["country"].Count(c => c == "DE"), 270, 330);
        Assert.All(Customers.Tuples("country", "age"), t => Assert.Equal(t.StartsWith("DE", StringComparison.Ordinal), int.Parse(t[3..], null) > 40));
        Assert.InRange(Customers["age"].Count(a => a is null), 20, 60);
    }

    [Fact]
    public void A_parent_has_as_many_children_as_its_values_say()
    {
        var orders = Orders["customer_id"].ToLookup(c => c);
        var sizes = Customers.Tuples("id", "country").Select(t => t.Split('|')).ToLookup(t => t[1], t => orders[t[0]].Count());
        Assert.All(sizes["DE"], n => Assert.Equal(4, n));
        Assert.InRange(sizes["IT"].Count(n => n == 0), 0.3 * sizes["IT"].Count(), 0.7 * sizes["IT"].Count());
    }

    [Fact]
    public void A_row_follows_from_the_sibling_before_it()
    {
        var orders = Orders.Tuples("customer_id", "day", "status").Select(t => t.Split('|')).ToList();
        foreach (var (before, next) in orders.Zip(orders.Skip(1)).Where(p => p.First[0] == p.Second[0]))
        {
            Assert.InRange(DateOnly.Parse(next[1], null).DayNumber - DateOnly.Parse(before[1], null).DayNumber, 1, 5);
            if (before[2] == "paid") Assert.Equal("paid", next[2]);
        }
    }

    [Fact]
    public void A_second_parent_is_picked_by_what_the_row_calls_for_and_tells_the_row_in_turn()
    {
        var orders = Orders.Tuples("id", "status").Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);
        var products = Products.Tuples("id", "kind", "price").Select(t => t.Split('|')).ToDictionary(t => t[0]);
        var lines = Lines.Tuples("order_id", "product_id", "price", "quantity").Select(t => t.Split('|')).ToList();
        // A few must differ from what was learned, or two lines of an order would name one product.
        Assert.True(lines.Count(l => (orders[l[0]] == "paid") == (products[l[1]][1] == "book")) > 0.98 * lines.Count);
        Assert.All(lines, l => Assert.Equal(products[l[1]][2], l[2]));
        Assert.All(lines, l => Assert.Equal(products[l[1]][2] == "9.99" ? "1" : "2", l[3]));
        AssertDistinct(Lines.Tuples("order_id", "product_id"));
        var popular = lines.CountBy(l => l[1]).Select(p => p.Value).Order().ToList();
        Assert.True(popular[^5] > 3 * popular[4]);
    }

    [Theory, InlineData(1), InlineData(7), InlineData(100), InlineData(999)]
    public void Any_split_gives_the_same_rows(int batch)
    {
        var rows = SeedGenerator.Compile(Plan);
        foreach (var table in Plan.Tables)
        {
            var generator = rows[table.Table.Name];
            var (whole, parts) = (new RowDigest(), new RowDigest());
            var all = new RowBatch(generator);
            all.Fill(0, (int)generator.RowCount);
            whole.Add(all);
            var part = new RowBatch(generator);
            for (var first = generator.RowCount / batch * batch; first >= 0; first -= batch)
            {
                if (first == generator.RowCount) continue;
                part.Fill(first, (int)Math.Min(batch, generator.RowCount - first));
                parts.Add(part);
            }
            Assert.Equal(whole.ToString(), parts.ToString());
        }
    }

    // The same profile, seed and version give the same bytes for ever; large enough that no table is drawn as a whole.
    [Fact]
    public void Rows_are_those_of_the_golden_file()
    {
        var text = new System.Text.StringBuilder();
        foreach (var scale in new[] { 1.0, 60 })
        {
            var rows = SeedGenerator.Compile(FittedPlan.Make(TestProfiles.Shop, new PlanOptions { Profile = TestProfiles.Profile, Scale = scale }));
            foreach (var name in new[] { TestProfiles.Customers, TestProfiles.Orders, TestProfiles.Lines, TestProfiles.Products })
            {
                var (generator, digest) = (rows[name], new RowDigest());
                var batch = new RowBatch(generator);
                for (long first = 0; first < generator.RowCount; first += 8_192)
                {
                    batch.Fill(first, (int)Math.Min(8_192, generator.RowCount - first));
                    digest.Add(batch);
                }
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{scale} {name} {generator.RowCount} {digest}\n");
            }
        }
        TestFiles.AssertGolden("learned.txt", text.ToString());
    }

    [Fact]
    public void A_table_that_has_lost_its_driving_reference_is_drawn_without_what_that_told()
    {
        var schema =
            TestProfiles.Shop with
            {
                Tables = [
            .. TestProfiles.Shop.Tables.Select(t => t.Name == TestProfiles.Orders ? t with { ForeignKeys = [] } : t)]
            };
        var profile = TestProfiles.Profile with
        {
            Tables =
                [.. TestProfiles.Profile.Tables.Select(t => t.Name != TestProfiles.Orders ? t
                : t with { Steps = [t.Steps[0], t.Steps[1] with { First = new() { Values = ByPlace } }] })],
        };
        Assert.Equal(1_300, new KeyRows(FittedPlan.Make(schema, new PlanOptions { Profile = profile }), "orders")["status"].Count(s => s == "open"));
    }

    [Fact]
    public void Only_parents_that_a_condition_allows_are_taken()
    {
        var (lines, orders) = (TestProfiles.Shop.Find(TestProfiles.Lines)!, TestProfiles.Shop.Find(TestProfiles.Orders)!);
        var schema =
            TestProfiles.Shop with
            {
                Tables = [
            .. TestProfiles.Shop.Tables.Select(t => t.Name == TestProfiles.Lines ? t with { PrimaryKey = null } : t)]
            };
        var plan = FittedPlan.Make(schema, new PlanOptions
        {
            Profile = TestProfiles.Profile,
            Learned = new Dictionary<RelSeed.Schema.TableName, LearnedTable>
            {
                [TestProfiles.Lines] = new() { Parents = [new(lines.ForeignKeys[1].Name, "kind = 'book'", "a trigger")] },
                [TestProfiles.Orders] = new() { Parents = [new(orders.ForeignKeys[0].Name, "country = 'DE'", "a trigger")] },
            },
        });
        var kinds = new KeyRows(plan, "products").Tuples("id", "kind").Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);
        var countries = new KeyRows(plan, "customers").Tuples("id", "country").Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);
        Assert.All(new KeyRows(plan, "lines")["product_id"], p => Assert.Equal("book", kinds[p!]));
        Assert.All(new KeyRows(plan, "orders")["customer_id"], c => Assert.Equal("DE", countries[c!]));
    }

    // The first and only one of its siblings is open.
    static TreeModel ByPlace { get; } = new([new(FeatureKind.Ordinal), new(FeatureKind.Remaining)],
    [
        new() { Feature = 0, Below = 1, Left = 1, Right = 2, Shares = [new(1, 2, 1)] },
        new() { Feature = 1, Below = 1, Left = 3, Right = 4, Shares = [new(1, 2, 1)] },
        new() { Shares = [new(2, 2, 1)] },
        new() { Shares = [new(1, 1, 1)] },
        new() { Shares = [new(2, 2, 1)] },
    ]);

    [Fact]
    public void A_scale_multiplies_root_tables_and_all_that_hangs_on_them()
    {
        var plan = FittedPlan.Make(TestProfiles.Shop, new PlanOptions { Profile = TestProfiles.Profile, Scale = 2 });
        Assert.Equal([800, 80], new[] { TestProfiles.Customers, TestProfiles.Products }.Select(t => plan.Find(t)!.Rows));
        Assert.InRange(plan.Find(TestProfiles.Orders)!.Rows, 2_400, 2_800);
        Assert.Equal(2 * plan.Find(TestProfiles.Orders)!.Rows, plan.Find(TestProfiles.Lines)!.Rows);
    }

    [Fact]
    public void Rows_asked_for_one_table_hold_and_carry_on()
    {
        var plan = FittedPlan.Make(TestProfiles.Shop,
            new PlanOptions { Profile = TestProfiles.Profile, RowsByTable = new Dictionary<string, long> { ["customers"] = 40, ["lines"] = 77 } });
        Assert.Equal((40, 77), (plan.Find(TestProfiles.Customers)!.Rows, new KeyRows(plan, "lines").Count));
        Assert.InRange(plan.Find(TestProfiles.Orders)!.Rows, 100, 160);
    }
}
