using RelSeed.Generation;
using RelSeed.Learning;
using RelSeed.Learning.Auditing;
using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using static RelSeed.Tests.Learning.LearnTables;

namespace RelSeed.Tests.Learning;

public sealed class LearnerTests
{
    internal static readonly LearnOptions Options = new() { Now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Secret = 7 };

    internal static int Below(ulong key, int row, int bound) => (int)CounterRandom.Below(CounterRandom.At(key, row), (ulong)bound);

    internal static Task<DataProfile> LearnAsync(DatabaseSchema schema, Dictionary<string, List<string?[]>> rows, LearnOptions? options = null) =>
        Learner.LearnAsync(new MemoryRows(rows), schema, options ?? Options, progress: null, TestContext.Current.CancellationToken);

    static readonly Table Customers =
        Table("customers", Column("id", TypeKind.Int32), Column("email", TypeKind.Text), Column("country", TypeKind.Text),
        Column("age", TypeKind.Int32, isNullable: true));

    static readonly Table Orders =
        Table("orders", Column("id", TypeKind.Int32), Column("customer_id", TypeKind.Int32), Column("country", TypeKind.Text),
        Column("ordered_on", TypeKind.Date), Column("total", TypeKind.Int32))
        .To("customer_id", "customers");

    static readonly Table Lines =
        Table("lines", Column("id", TypeKind.Int32), Column("order_id", TypeKind.Int32), Column("quantity", TypeKind.Int32),
        Column("price", TypeKind.Int32), Column("amount", TypeKind.Int32))
        .To("order_id", "orders");

    internal static (DatabaseSchema Schema, Dictionary<string, List<string?[]>> Rows) Shop(int customers)
    {
        var rows = new Dictionary<string, List<string?[]>> { ["customers"] = [], ["orders"] = [], ["lines"] = [] };
        string[] countries = ["France", "Germany", "Japan"];
        var day = new DateOnly(2020, 1, 1);
        for (var c = 0; c < customers; c++)
        {
            var country = countries[Below(1, c, 3)];
            rows["customers"].Add([$"{c}", $"person{c}@example{c % 7}.com", country, c % 5 == 0 ? null : $"{20 + Below(2, c, 50)}"]);
            for (var o = 0; o < Below(3, c, 4); o++)
            {
                var order = rows["orders"].Count;
                var total = 0;
                for (var l = 0; l <= Below(4, order, 3); l++)
                {
                    var line = rows["lines"].Count;
                    var (quantity, price) = (1 + Below(5, line, 4), 10 * (1 + Below(6, line, 5)));
                    total += quantity * price;
                    rows["lines"].Add([$"{line}", $"{order}", $"{quantity}", $"{price}", $"{quantity * price}"]);
                }
                rows["orders"].Add([$"{order}", $"{c}", country, day.AddDays(Below(7, c, 1000) + 7 * o).ToString("yyyy-MM-dd"), $"{total}"]);
            }
        }
        return (Database(Customers, Orders, Lines), rows);
    }

    [Fact]
    public async Task What_follows_exactly_becomes_a_rule()
    {
        var (schema, rows) = Shop(1000);
        var profile = await LearnAsync(schema, rows);
        var orders = profile.Find(new("main", "orders"))!;
        Assert.Equal(
            [new(RuleKind.SumOfChildren, 4) { Left = "amount", ChildTable = new("main", "lines"), Reference = 0 },
                new RuleProfile(RuleKind.ParentColumn, 2) { Left = "country", Reference = 0 }],
            orders.Rules);
        Assert.Equal([new RuleProfile(RuleKind.Product, 4) { Left = "quantity", Right = "price" }], profile.Find(new("main", "lines"))!.Rules);
        Assert.Equal(ColumnTreatment.Implied, orders.Columns[4].Treatment);
    }

    [Fact]
    public async Task Whether_a_column_made_anew_is_null_and_another_column_decide_each_other()
    {
        var orders = Table("orders", Column("id", TypeKind.Int32), Column("status", TypeKind.Text), Column("note", TypeKind.Text, isNullable: true));
        // A tenth is open, too few rows for a leaf of their own; only others have a note.
        var rows = Enumerable.Range(0, 600)
            .Select(i => new[] { $"{i}", i % 10 == 0 ? "open" : "done", i % 10 == 0 ? null : $"All about {i} and what it is." }).ToList();
        var steps = (await LearnAsync(Database(orders), new() { ["orders"] = rows })).Tables[0].Steps;
        Assert.Equal(2, steps.Count);
        Assert.Equal(new CodeMap(0, steps[0].Target == 1 ? [-1, 1, 0] : [2, 1]), steps[1].First.Map);
    }

    [Fact]
    public async Task Numbers_of_children_are_learned_with_those_that_have_none()
    {
        var (schema, rows) = Shop(1000);
        var children = (await LearnAsync(schema, rows)).Find(new("main", "orders"))!.References[0].Children!;
        Assert.Equal([0.0, 1, 2, 3], children.Codes.Codes.Select(c => ((NumberCode)c).Value));
        Assert.All(children.Tree.Nodes[0].Shares, s => Assert.InRange(s.Weight, 200, 300));
    }

    [Fact]
    public async Task A_date_after_the_siblings_before_is_a_difference()
    {
        var (schema, rows) = Shop(1000);
        var orders = (await LearnAsync(schema, rows)).Find(new("main", "orders"))!;
        var next = orders.Steps.First(s => s.Target == 3).Next!;
        Assert.Equal(BaseKind.Previous, next.Base);
        Assert.Equal([new NumberCode(7 * 86_400)], next.Differences!.Codes);
    }

    [Fact]
    public async Task Addresses_are_made_anew_and_numbers_of_rows_implied()
    {
        var (schema, rows) = Shop(300);
        var columns = (await LearnAsync(schema, rows)).Find(new("main", "customers"))!.Columns;
        Assert.Equal([ColumnTreatment.Implied, ColumnTreatment.Fresh, ColumnTreatment.Told, ColumnTreatment.Told], columns.Select(c => c.Treatment));
        Assert.Equal("recognised by its name \"email\" as an e-mail address", columns[1].Reason);
        Assert.Equal(0.2, columns[3].NullShare);
    }

    [Fact]
    public async Task The_same_rows_and_secret_give_the_same_profile()
    {
        var (schema, rows) = Shop(500);
        Assert.Equal(ProfileFile.Write(await LearnAsync(schema, rows)), ProfileFile.Write(await LearnAsync(schema, rows)));
    }

    [Fact]
    public async Task A_sample_keeps_whole_families()
    {
        var (schema, rows) = Shop(3000);
        var profile = await LearnAsync(schema, rows, Options with { SampleRows = 2000 });
        var orders = profile.Find(new("main", "orders"))!;
        Assert.Equal(RuleKind.SumOfChildren, Assert.Single(orders.Rules, r => r.Column == 4).Kind);
        Assert.Equal(3000, profile.Find(new("main", "customers"))!.Rows);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(12)]
    public async Task Few_rows_are_learned_soberly(int customers)
    {
        var (schema, rows) = Shop(customers);
        var profile = await LearnAsync(schema, rows);
        Assert.Empty(ProfileGuard.Check(profile));
        Assert.All(profile.Tables.SelectMany(t => t.Columns), c => Assert.True(c.Treatment != ColumnTreatment.Told || c.Codes.Codes.Count > 0));
        Assert.Equal(profile, ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(profile))));
    }

    [Fact]
    public async Task Odd_columns_are_learned_or_left_out_with_a_word()
    {
        var table = Table("odd", Column("id", TypeKind.Int32), Column("nothing", TypeKind.Text, isNullable: true), Column("same", TypeKind.Int32),
            Column("reals", TypeKind.Float64),
            Column("days", TypeKind.Date), Column("many", TypeKind.Text));
        var rows = Enumerable.Range(0, 2000).Select(r => new[]
        {
            $"{r}", null, "5", (r % 3) switch { 0 => "NaN", 1 => "Infinity", _ => $"{r * 0.5}" }, r % 2 == 0 ? "0001-01-01" : "9999-12-31",
                $"word {r % 700} \ud83d\ude00",
        }).ToList();
        var learned = (await LearnAsync(Database(table), new() { ["odd"] = rows! })).Tables[0];
        Assert.Equal("it is always NULL", learned.Columns[1].Reason);
        Assert.Equal([new NumberCode(5)], learned.Columns[2].Codes.Codes);
        Assert.Equal(0.5, learned.Columns[3].Codes.Unit);
        Assert.Equal(2, learned.Columns[4].Codes.Codes.Count);
        Assert.Equal("too few share its values", learned.Columns[5].Reason);
    }

    [Fact]
    public async Task Canaries_are_neither_in_the_profile_nor_in_ten_times_its_rows()
    {
        var (schema, rows) = Shop(1000);
        var (places, numbers, dates) =
            (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < 50; i++)
        {
            var customer = rows["customers"][i * 17];
            places.Add(customer[2] = $"Canaryland{i}");
            numbers.Add(customer[3] = $"{1_000_003 + i * 7919}");
            customer[1] = $"canary{i}@rare.test";
            if (i % 6 == 0)
                dates.Add(rows["orders"][i * 13][3] = new DateOnly(1753, 3, 9).AddDays(i * 397)
                    .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        }
        var profile = await LearnAsync(schema, rows);
        var text = ProfileFile.Write(profile);
        Assert.All(places.Concat(numbers).Append("canary").Append("rare.test").Append("example"), c => Assert.DoesNotContain(c, text));
        var plan = Planner.Plan(schema, new PlanOptions { Profile = profile, Scale = 10 });
        var made = new Dictionary<string, List<string?>>();
        await using var reader = new PlannedRows(plan);
        foreach (var table in schema.Tables)
            for (var c = 0; c < table.Columns.Count; c++) made[table.Columns[c].Name] = await ColumnAsync(reader, table, c);
        Assert.True(made["email"].Count >= 9_000);
        Assert.Empty(made["country"].Intersect(places));
        Assert.Empty(made["age"].Intersect(numbers));
        Assert.Empty(made["ordered_on"].Intersect(dates));
        Assert.DoesNotContain(made["email"],
            e => e!.Contains("canary", StringComparison.Ordinal) || e.EndsWith("@rare.test", StringComparison.Ordinal));
    }

    static async Task<List<string?>> ColumnAsync(RowReader reader, Table table, int column)
    {
        List<string?> texts = [];
        await foreach (var slice in reader.ReadAsync(table, [column], TestContext.Current.CancellationToken))
            for (var row = 0; row < slice.Rows; row++)
                texts.Add(slice.Columns[0].IsNull(row) ? null : slice.Columns[0] switch
                {
                    Int64Vector whole => CanonicalText.Format(whole.Values[row], table.Columns[column].Type),
                    BytesVector bytes => System.Text.Encoding.UTF8.GetString(bytes[row]),
                    _ => null,
                });
        return texts;
    }
}
