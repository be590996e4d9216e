using RelSeed.Profiling;
using RelSeed.Schema;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learned;

/// <summary>A small shop and a profile of it, made by hand.</summary>
static class TestProfiles
{
    public static readonly TableName Customers = new("public", "customers"), Orders = new("public", "orders"), Lines = new("public", "lines"),
        Products = new("public", "products");

    public static DatabaseSchema Shop { get; } = Database(
        Table("customers", ["id int!", "country text!", "age int"], pk: ["id"]),
        Table("products", ["id int!", "kind text!", "price numeric(8,2)!"], pk: ["id"]),
        Table("orders", ["id int!", "customer_id int!", "day date!", "status text!"], pk: ["id"], fks: [(["customer_id"], "customers", ["id"])]),
        Table("lines", ["order_id int!", "product_id int!", "price numeric(8,2)!", "quantity int!"], pk: ["order_id", "product_id"],
            fks: [(["order_id"], "orders", ["id"]), (["product_id"], "products", ["id"])]));

    public static DataProfile Profile { get; } = new()
    {
        Origin = new()
        {
            Version = "1",
            Provider = "postgresql",
            SchemaDigest = "",
            LearnedAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            K = 11,
            LeafRows = 100,
            LeafEntities = 50,
            SampleRows = 1_000,
        },
        Tables = [MakeCustomers(), MakeLines(), MakeOrders(), MakeProducts()],
    };

    static Codebook Values(params string[] values) => new(false, 0, values.Select(v => (Code)new ValueCode(v)).ToEquatableArray());

    static TreeModel Leaf(params (int Code, double Weight)[] shares) => new([], [new TreeNode { Shares = Of(shares) }]);

    static EquatableArray<CodeShare> Of(params (int Code, double Weight)[] shares) =>
        shares.Select(s => new CodeShare(s.Code, s.Code, s.Weight)).ToEquatableArray();

    // Codes below the border go left.
    static TreeModel Split(Feature feature, int below, (int, double)[] root, (int, double)[] left, (int, double)[] right) => new([feature],
    [
        new TreeNode { Feature = 0, Below = below, Left = 1, Right = 2, Shares = Of(root) },
        new TreeNode { Shares = Of(left) },
        new TreeNode { Shares = Of(right) },
    ]);

    static ColumnProfile Told(string name, TypeKind kind, Codebook codes) =>
        new() { Name = name, Kind = kind, NullShare = 0, Treatment = ColumnTreatment.Told, Codes = codes };

    static ColumnProfile Implied(string name) => new() { Name = name, Kind = TypeKind.Int32, NullShare = 0, Treatment = ColumnTreatment.Implied };

    static StepProfile Column(int target, TreeModel values, TreeModel? nulls = null) =>
        new() { Kind = StepKind.Column, Target = target, First = new() { Values = values, Nulls = nulls } };

    // Germans are old, Italians young; a tenth has no age.
    static TableProfile MakeCustomers() => new()
    {
        Name = Customers,
        Rows = 400,
        Columns = [Implied("id"), Told("country", TypeKind.Text, Values("DE", "IT")),
            Told("age", TypeKind.Int32, new(true, 1, [new RangeCode(18, 40), new RangeCode(41, 90)]))],
        Steps =
        [
            Column(1, Leaf((1, 3), (2, 1))),
            Column(2, Split(new(FeatureKind.Own, Step: 0), 2, [(1, 1), (2, 1)], [(2, 1)], [(1, 1)]), Leaf((0, 9), (1, 1))),
        ],
    };

    static TableProfile MakeProducts() => new()
    {
        Name = Products,
        Rows = 40,
        Columns = [Implied("id"), Told("kind", TypeKind.Text, Values("book", "toy")),
            Told("price", TypeKind.Decimal, new(true, 0.01, [new NumberCode(9.99), new RangeCode(10, 20)]))],
        Steps = [Column(1, Leaf((1, 1), (2, 1))), Column(2, Leaf((1, 1), (2, 1)))],
    };

    // Germans order four times, Italians not at all or twice; each order some days after the one before; a paid one is followed by paid ones.
    static TableProfile MakeOrders() => new()
    {
        Name = Orders,
        Rows = 1_300,
        Columns =
            [Implied("id"), Implied("customer_id"),
            Told("day", TypeKind.Date,
            new(true, 86_400, [new RangeCode(86_400 * 10_000.0, 86_400 * 11_000.0), new RangeCode(86_400 * 11_001.0, 86_400 * 12_000.0)])),
            Told("status", TypeKind.Text, Values("open", "paid"))],
        References =
        [
            new()
            {
                Columns = ["customer_id"], Principal = Customers,
                Children = new(new(true, 1, [new NumberCode(0), new NumberCode(2), new NumberCode(4)]),
                    Split(new(FeatureKind.Own, Step: 0), 2, [(1, 1), (2, 1), (3, 6)], [(3, 1)], [(1, 1), (2, 1)])),
            },
        ],
        Driving = 0,
        Steps =
        [
            new()
            {
                Kind = StepKind.Column, Target = 2, First = new() { Values = Leaf((1, 1)) },
                Next = new() { Base = BaseKind.Previous, Differences = new(true, 86_400, [new RangeCode(86_400, 86_400 * 5)]), Values = Leaf((1, 1)),
                    Fallback = [0, 1, 1] },
            },
            new()
            {
                Kind = StepKind.Column, Target = 3, First = new() { Values = Leaf((1, 1), (2, 1)) },
                Next = new() { HasSame = true,
                    Values = Split(new(FeatureKind.Previous, Step: 1), 2, [(1, 1), (2, 1), (3, 1)], [(2, 1), (1, 1)], [(3, 1)]) },
            },
        ],
    };

    // Books on paid orders only; the price is the product's.
    static TableProfile MakeLines() => new()
    {
        Name = Lines,
        Rows = 2_600,
        Columns = [Implied("order_id"), Implied("product_id"), Implied("price"),
            Told("quantity", TypeKind.Int32, new(true, 1, [new NumberCode(1), new NumberCode(2)]))],
        References =
        [
            new() { Columns = ["order_id"], Principal = Orders, Children = new(new(true, 1, [new NumberCode(2)]), Leaf((1, 1))) },
            new() { Columns = ["product_id"], Principal = Products, Attributes = [0],
                Children = new(new(true, 1, [new NumberCode(1), new NumberCode(9)]), Leaf((1, 1), (2, 1))) },
        ],
        Driving = 0,
        Steps =
        [
            new() { Kind = StepKind.Attribute, Reference = 1, Target = 0,
                First = new() { Values = Split(new(FeatureKind.Parent, 0, 1), 2, [(1, 1), (2, 1)], [(2, 1)], [(1, 1)]) } },
            Column(3, Split(new(FeatureKind.Parent, 1, 1), 2, [(1, 1), (2, 1)], [(1, 1)], [(2, 1)])),
        ],
        Rules = [new(RuleKind.ParentColumn, 2) { Left = "price", Reference = 1 }],
    };
}
