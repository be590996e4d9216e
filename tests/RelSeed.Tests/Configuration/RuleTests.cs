using RelSeed.Configuration;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Planning.Printing;
using RelSeed.Schema;
using RelSeed.Semantics;
using RelSeed.Tests.Planning;

namespace RelSeed.Tests.Configuration;

public sealed class RuleTests
{
    internal static readonly DatabaseSchema Shop = TestSchemas.Database(
        TestSchemas.Table("customers", ["id int!", "name varchar(40)!", "email varchar(60)!"], pk: ["id"], unique: [["email"]]),
        TestSchemas.Table("orders",
            ["id int!", "customer_id int!", "status varchar(10)!", "total numeric(10,2)!", "note varchar(30)", "shipped_at timestamp",
            "approved bool!"],
            pk: ["id"], fks: [(["customer_id"], "customers", ["id"])], checks: ["total > 0"]));

    internal static SeedPlan Plan(Action<SeedRulesBuilder> rules, DatabaseSchema? schema = null, Func<PlanOptions, PlanOptions>? options = null)
    {
        var builder = new SeedRulesBuilder();
        rules(builder);
        var all = new PlanOptions { RowsPerTable = 200, Rules = builder.Build() };
        var plan = FittedPlan.Make(schema ?? Shop, options?.Invoke(all) ?? all);
        RuleProbe.Require(plan);
        return plan;
    }

    internal static KeyRows Rows(Action<TableRulesBuilder> rules, string table = "orders") => new(Plan(r => rules(r.Table(table))), table);

    static string Explain(SeedPlan plan, string column) =>
        ColumnExplanation.Write(plan, plan.Find(new("public", "orders"))!, plan.Find(new("public", "orders"))!.Table.IndexOf(column));

    [Fact]
    public void A_choice_takes_its_values_by_weight()
    {
        var values = Rows(t => t.Rows(10_000).Column("status").OneOf(("paid", .7), ("open", .3)))["status"].CountBy(v => v!)
            .ToDictionary(v => v.Key, v => v.Value);
        Assert.Equal(["open", "paid"], values.Keys.Order());
        Assert.InRange(values["paid"], 6_800, 7_200);
    }

    [Fact]
    public void A_constant_is_in_every_row() => Assert.Equal(["true"], Rows(t => t.Column("approved").Constant(true))["approved"].Distinct());

    [Fact]
    public void Numbers_between_two_take_both_ends()
    {
        var values = Rows(t => t.Rows(2_000).Column("total").Between(1.5m, 1.55))["total"].Distinct().Order().ToList();
        Assert.Equal(["1.50", "1.51", "1.52", "1.53", "1.54", "1.55"], values);
    }

    [Fact]
    public void Instants_between_two_keep_within_and_are_whole_seconds_when_the_ends_are()
    {
        var values = Rows(t => t.Column("shipped_at").Between(new DateTime(2025, 3, 1), new DateTime(2025, 3, 2)).Null(0))["shipped_at"].ToList();
        Assert.All(values, v => Assert.Matches(@"^2025-03-0[12] \d\d:\d\d:\d\d$", v));
    }

    [Fact]
    public void A_share_of_rows_is_null_and_a_ruled_column_has_no_other_nulls()
    {
        var rows = Rows(t => t.Rows(5_000).Column("note").OneOf("a", "b").Null(.2).Column("shipped_at").Constant(new DateTime(2025, 1, 1)));
        Assert.InRange(rows["note"].Count(v => v is null), 900, 1_100);
        Assert.DoesNotContain(null, rows["shipped_at"]);
    }

    [Fact]
    public void A_meaning_makes_values_of_its_kind() =>
        Assert.All(Rows(t => t.Column("note").As(Meaning.Email))["note"], v => Assert.Contains('@', v!));

    [Fact]
    public void A_pool_of_Bogus_is_made_by_seed_and_is_the_same_again()
    {
        static IEnumerable<string?> Names(ulong seed) => new KeyRows(
            Plan(r => r.Table("orders").Column("note").UseBogus(f => f.Commerce.Color(), 50), options: o => o with { Seed = seed }),
            "orders")["note"];
        Assert.Equal(Names(1), Names(1));
        Assert.NotEqual(Names(1), Names(2));
        Assert.InRange(Names(1).Distinct().Count(), 5, 50);
    }

    [Fact]
    public void A_pool_leaves_out_what_the_column_cannot_hold()
    {
        var values = Rows(t => t.Column("status").UseBogus(f => f.Random.AlphaNumeric(f.Random.Int(1, 20)), 200))["status"].ToList();
        Assert.All(values, v => Assert.InRange(v!.Length, 1, 10));
    }

    [Fact]
    public void A_function_sees_the_rows_number_and_other_columns()
    {
        var rows = Rows(t => t.Column("status").OneOf("paid", "open").Column("note")
            .Using(row => $"{row.Index} {row["status"]} {row.Get<decimal>("total")}"));
        var expected = rows["status"].Zip(rows["total"]).Select((r, i) => $"{i} {r.First} {r.Second}");
        Assert.Equal(expected, rows["note"]);
    }

    [Fact]
    public void A_functions_chance_follows_from_the_row_alone()
    {
        var plan = Plan(r => r.Table("orders").Column("note").Using(row => $"{row.Random.Next(1_000_000)}-{row.Random.Next(1_000_000)}"));
        var table = SeedGenerator.Compile(plan)[new TableName("public", "orders")];
        RowFrame whole = new(table), part = new(table);
        whole.Reset(0, 200);
        part.Reset([150, 7, 60]);
        var column = plan.Find(table.Name)!.Table.IndexOf("note");
        string Text(RowFrame frame, int row) => System.Text.Encoding.UTF8.GetString(((BytesVector)frame.Column(column))[row]);
        Assert.Equal([Text(whole, 150), Text(whole, 7), Text(whole, 60)], Enumerable.Range(0, 3).Select(i => Text(part, i)));
        Assert.InRange(Enumerable.Range(0, 200).Select(i => Text(whole, i)).Distinct().Count(), 195, 200);
    }

    [Fact]
    public void Where_a_condition_holds_other_rules_count()
    {
        var rows = Rows(t => t.Column("status").OneOf("shipped", "open")
            .Column("shipped_at").Null().Where("status = 'shipped'", c => c.Between(new DateTime(2025, 1, 1), new DateTime(2025, 1, 31)))
            .Column("note").Constant("-").Where("status = 'shipped' and total > 100", c => c.Constant("big")));
        Assert.All(rows["status"].Zip(rows["shipped_at"]), r => Assert.Equal(r.First == "shipped", r.Second is not null));
        var totals = rows["total"].Select(t => decimal.Parse(t!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.All(rows["status"].Zip(totals, rows["note"]), r => Assert.Equal(r.First == "shipped" && r.Second > 100 ? "big" : "-", r.Third));
        Assert.Contains("big", rows["note"]);
    }

    [Fact]
    public void A_condition_on_drawn_again_columns_sees_their_last_values()
    {
        var schema = TestSchemas.Database(TestSchemas.Table("t", ["id int!", "a int!", "b int!", "c text!"], pk: ["id"], checks: ["a < b"]));
        var rows =
            new KeyRows(Plan(r => r.Table("t").Column("a").Between(1, 100).Column("b").Between(1, 100).Column("c").Constant("low")
            .Where("a > 20", x => x.Constant("high")), schema), "t");
        Assert.All(rows["a"].Zip(rows["b"], rows["c"]), r =>
        {
            Assert.True(int.Parse(r.First!) < int.Parse(r.Second!));
            Assert.Equal(int.Parse(r.First!) > 20 ? "high" : "low", r.Third);
        });
    }

    [Fact]
    public void A_unique_column_takes_each_value_of_its_rule_once()
    {
        var rows = new KeyRows(Plan(r => r.Table("customers").Rows(3).Column("email").OneOf("a@x.org", "b@x.org", "c@x.org")), "customers");
        Assert.Equal(["a@x.org", "b@x.org", "c@x.org"], rows["email"].Order());
    }

    [Fact]
    public void A_function_may_make_a_unique_column() =>
        Assert.Equal(200, Rows(t => t.Column("email").Using(row => $"user{row.Index}@example.com"), "customers")["email"].Distinct().Count());

    [Fact]
    public void The_plan_gives_each_rule_as_the_reason()
    {
        var plan = Plan(r => r.Table("orders").Column("status").OneOf(("paid", .7), ("open", .3)).Column("total").Between(1, 5)
            .Column("note").As(Meaning.Email).Null(.25).Column("shipped_at").Using(_ => null).Column("approved").Constant(true)
            .Where("total > 3", c => c.Constant(false)));
        string Reason(string column) => Explain(plan, column).Split('\n').Select(l => l.Trim())
            .Single(l => l.StartsWith("reason", StringComparison.Ordinal))["reason".Length..].Trim();
        Assert.Equal("rule: one of 2 values", Reason("status"));
        Assert.Equal("rule: between 1 and 5", Reason("total"));
        Assert.Equal("rule: Email, 25 % null", Reason("note"));
        Assert.Equal("rule: by a function of the row", Reason("shipped_at"));
        Assert.Equal("rule: always the same value, other values where total > 3", Reason("approved"));
        Assert.Contains("one of 2 values", Explain(plan, "status"));
    }

    [Fact]
    public void A_rule_on_a_key_is_told_before_what_the_key_made_of_it()
    {
        var plan = Plan(r => r.Table("orders").Column("id").Between(1_000, 9_999));
        Assert.Contains("reason      rule: between 1000 and 9999; numbers the rows, for orders_pkey", Explain(plan, "id"));
        Assert.Equal(Enumerable.Range(1_000, 200).Select(i => $"{i}"), new KeyRows(plan, "orders")["id"]);
    }

    [Fact]
    public void Rows_of_a_rule_count_for_its_table_and_those_asked_for_otherwise_come_first()
    {
        Assert.Equal(7, Plan(r => r.Table("orders").Rows(7)).Find(new("public", "orders"))!.Rows);
        var both = Plan(r => r.Table("orders").Rows(7), options: o => o with { RowsByTable = new Dictionary<string, long> { ["orders"] = 9 } });
        Assert.Equal(9, both.Find(new("public", "orders"))!.Rows);
    }

    [Fact]
    public void Of_two_rules_the_later_counts()
    {
        var file = new SeedRulesBuilder();
        file.Table("orders").Rows(5).Column("status").Constant("old").Column("note").Constant("kept");
        var rules = new SeedRulesBuilder().Add(file.Build());
        rules.Table("orders").Column("status").Constant("new");
        var rows = new KeyRows(FittedPlan.Make(Shop, new PlanOptions { Rules = rules.Build() }), "orders");
        Assert.Equal((5, "new", "kept"), (rows.Count, rows["status"].Distinct().Single(), rows["note"].Distinct().Single()));
    }
}
