using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using RelSeed.Tests.Values;

namespace RelSeed.Tests.Learned;

public class ScenarioTests
{
    // The shop with a column for weights.
    static readonly DatabaseSchema Weighed = TestProfiles.Shop with
    {
        Tables =
            [.. TestProfiles.Shop.Tables.Select(t => t.Name != TestProfiles.Customers ? t
            : t with { Columns = [.. t.Columns,
            new Column { Name = "weight", Type = new ColumnType { Kind = TypeKind.Float64, Name = "double precision" }, IsNullable = true }] })],
    };

    static SeedPlan Plan(Scenario scenario, DatabaseSchema? schema = null) =>
        FittedPlan.Make(schema ?? TestProfiles.Shop, new PlanOptions { Profile = TestProfiles.Profile, Scenario = scenario });

    [Fact]
    public void A_set_share_is_met_and_the_rest_of_the_row_and_its_children_follow()
    {
        var plan = Plan(new() { Shares = [new("customers.country", "IT", 0.75)] });
        var (customers, orders) = (new KeyRows(plan, "customers"), new KeyRows(plan, "orders"));
        Assert.Equal(300, customers["country"].Count(c => c == "IT"));
        Assert.All(customers.Tuples("country", "age"), t => Assert.Equal(t.StartsWith("DE", StringComparison.Ordinal), int.Parse(t[3..], null) > 40));
        Assert.InRange(orders.Count, 4 * 100 + 200, 4 * 100 + 400);
    }

    // The country is drawn before the age, so that whole rows must be drawn for it.
    [Fact]
    public void Columns_before_a_set_share_follow_it_too()
    {
        var customers = new KeyRows(Plan(new() { Tilts = [new("customers.age", 0.001)] }), "customers");
        var countries = customers.Tuples("country", "age").ToLookup(t => t[..2]);
        Assert.True(countries["IT"].Count() > 50 * countries["DE"].Count());
    }

    [Fact]
    public void A_set_share_of_null_is_met() =>
        Assert.Equal(200, new KeyRows(Plan(new() { Shares = [new("CUSTOMERS.AGE", null, 0.5)] }), "customers")["age"].Count(a => a is null));

    [Fact]
    public void Several_shares_of_a_column_stand_side_by_side_and_none_leaves_nothing()
    {
        var customers = new KeyRows(Plan(new() { Shares = [new("customers.country", "IT", 1), new("customers.country", "DE", 0)] }), "customers");
        Assert.All(customers["country"], c => Assert.Equal("IT", c));
    }

    [Fact]
    public void A_rare_value_becomes_frequent_though_few_draws_lead_there()
    {
        var rare = TestProfiles.Profile with
        {
            Tables = [.. TestProfiles.Profile.Tables.Select(t => t.Name != TestProfiles.Products ? t : t with
            {
                Steps = [t.Steps[0], t.Steps[1] with { First = new() { Values = new([new(FeatureKind.Own, Step: 0)],
                [
                    new TreeNode { Feature = 0, Below = 2, Left = 1, Right = 2, Shares = [new(1, 1, 1), new(2, 2, 999)] },
                    new TreeNode { Shares = [new(1, 1, 1), new(2, 2, 99_999)] },
                    new TreeNode { Shares = [new(1, 1, 99), new(2, 2, 99_901)] },
                ]) } }],
            })],
        };
        var plan = FittedPlan.Make(TestProfiles.Shop, new PlanOptions
        {
            Profile = rare,
            RowsByTable = new Dictionary<string, long> { ["products"] = 2_000 },
            Scenario = new() { Shares = [new("products.price", "9.99", 0.25)] },
        });
        var products = new KeyRows(plan, "products");
        Assert.Equal(500, products["price"].Count(p => p == "9.99"));
        // Of a hundred such products as learned, 99 are toys.
        Assert.InRange(products.Where(r => r("price") == "9.99", "kind").Count(k => k == "toy"), 480, 500);
        Assert.InRange(products.Where(r => r("price") != "9.99", "kind").Count(k => k == "toy"), 675, 825);
    }

    [Fact]
    public void Siblings_follow_the_one_before_under_a_scenario()
    {
        var orders = new KeyRows(Plan(new() { Shares = [new("orders.status", "open", 0.6)] }), "orders");
        Assert.InRange(orders["status"].Count(s => s == "open"), 0.45 * orders.Count, 0.61 * orders.Count);
    }

    [Fact]
    public void Weights_bring_back_what_was_learned()
    {
        var plan = Plan(new() { Shares = [new("customers.country", "IT", 0.75)], Weights = ["customers.weight"] }, Weighed);
        var rows = new KeyRows(plan, "customers").Tuples("country", "weight").Select(t => t.Split('|')).ToList();
        double Sum(string country) =>
            rows.Where(r => r[0] == country).Sum(r => double.Parse(r[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(Sum("IT") / (Sum("IT") + Sum("DE")), 0.24, 0.26);
        Assert.InRange(Sum("IT") + Sum("DE"), 390, 410);
    }

    [Theory, InlineData(1), InlineData(7), InlineData(100)]
    public void Any_split_gives_the_same_rows(int batch)
    {
        var plan = Plan(new() { Shares = [new("customers.country", "IT", 0.6), new("orders.status", "open", 0.5)], Tilts = [new("orders.day", 8)] });
        var rows = SeedGenerator.Compile(plan);
        foreach (var table in plan.Tables)
        {
            var generator = rows[table.Table.Name];
            var (whole, parts, part) = (new RowDigest(), new RowDigest(), new RowBatch(generator));
            var all = new RowBatch(generator);
            all.Fill(0, (int)generator.RowCount);
            whole.Add(all);
            for (var first = generator.RowCount / batch * batch; first >= 0; first -= batch)
            {
                if (first == generator.RowCount) continue;
                part.Fill(first, (int)Math.Min(batch, generator.RowCount - first));
                parts.Add(part);
            }
            Assert.Equal(whole.ToString(), parts.ToString());
        }
    }

    [Fact]
    public void All_that_cannot_be_asked_for_is_told_at_once()
    {
        var fault = Assert.Throws<UsageException>(() => Plan(new()
        {
            Shares = [new("customers.country", "FR", 0.5), new("customers.id", "1", 0.5), new("customers.name", null, 0.1),
                new("orders.status", "open", 0.7), new("orders.status", "paid", 0.7), new("orders.day", null, 0.1), new("country", "DE", 1)],
            Tilts = [new("products.kind", 2), new("products.price", 5_000)],
            Weights = ["customers.age"],
        }));
        Assert.Equal("""
            RS1220 --set-share customers.country: the profile does not tell FR by itself. A value must be among the codes of the column in the profile, and the database must take it.
            --set-share customers.id: this column is not drawn by a profile. Learn one with 'relseed learn' and name it with --profile; 'relseed plan --explain customers.id' says what decides the column.
            --set-share: the table public.customers has no column 'name'; it has id, country, age.
            --set-share orders.status: shares are numbers from 0 to 1 and sum up to 1 at most.
            --set-share orders.day: the column is never NULL, as learned or by its constraints.
            --set-share takes table.column, not 'country'. 'relseed inspect' lists the columns.
            --tilt products.kind: only numbers and dates of which several are learned can be tilted.
            --tilt products.price: the factor is a number from 0.001 to 1000.
            --weight customers.age: no --set-share or --tilt changes rows of customers.
            """, fault.Message, ignoreLineEndingDifferences: true);
    }
}
