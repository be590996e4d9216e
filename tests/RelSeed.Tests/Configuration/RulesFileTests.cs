using System.Text;
using RelSeed.Configuration;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Tests.Planning;

namespace RelSeed.Tests.Configuration;

public sealed class RulesFileTests
{
    static SeedRules Parse(string json) => RulesFile.Parse(Encoding.UTF8.GetBytes(json), "relseed.json");

    [Fact]
    public void A_file_says_what_the_fluent_form_says()
    {
        var builder = new SeedRulesBuilder();
        builder.Table("orders").PerParent("customer_id", 0..20).Column("status").OneOf(("paid", .7), ("open", .3)).Column("total").Between(1, 5)
            .Column("note").As(RelSeed.Semantics.Meaning.Comment).Null(.5).Where("status = 'paid'", c => c.Constant("thanks")).Column("approved")
            .Constant(true);
        builder.Table("customers").Rows(30).Was("clients").Column("name").Was("full_name");
        Assert.Equal(builder.Build(), Parse("""
            // Of a shop.
            { "tables": {
                "orders": {
                  "perParent": { "customer_id": "0..20" },
                  "columns": {
                    "status": { "oneOf": { "paid": 0.7, "open": 0.3 } },
                    "total": { "between": [1, 5] },
                    "note": { "meaning": "comment", "null": 0.5, "where": [{ "when": "status = 'paid'", "constant": "thanks" }] },
                    "approved": { "constant": true },
                  } },
                "customers": { "rows": 30, "was": "clients", "columns": { "name": { "was": "full_name" } } } } }
            """));
    }

    [Fact]
    public void Its_rules_make_rows()
    {
        var rules =
            Parse("""{ "tables": { "orders": { "perParent": { "customer_id": { "min": 1, "max": 9, "mean": 3 } }, "columns": { "status": { "oneOf": ["a", "b"] } } } } }""");
        var rows = new KeyRows(FittedPlan.Make(RuleTests.Shop, new PlanOptions { RowsPerTable = 100, Rules = rules }), "orders");
        Assert.Equal((300, "a,b"), (rows.Count, string.Join(',', rows["status"].Distinct().Order())));
    }

    [Fact]
    public void All_faults_are_told_with_their_places() => Assert.Equal(
        "RS1211 The rules file relseed.json has 9 faults: seed is unknown here; there may be tables; tables.orders.rows wants a whole number from 0 on; tables.orders.was wants the name that the profile knows; "
        + "tables.orders.perParent.customer_id wants a number, a range like \"0..20\", or an object of min, max and mean; tables.orders.columns.status.oneOf wants a list of values, or an object of values with weights; tables.orders.columns.status.was wants the name that the profile knows; "
        + "tables.orders.columns.note.meaning wants a meaning, such as Email, CompanyName or City; tables.orders.columns.note.null wants a share from 0 to 1; "
        + "tables.orders.columns.note.where[0] wants an object with a condition as \"when\". Mend them there.",
        Assert.Throws<UsageException>(() => Parse("""
            { "seed": 5, "tables": { "orders": { "rows": -1, "was": "", "perParent": { "customer_id": "9..1" }, "columns": { "status": { "oneOf": [], "was": 5 },
              "note": { "meaning": "Nonsense", "null": 2, "where": [{ "constant": 1 }] } } } } }
            """)).Message);

    [Fact]
    public void What_is_no_JSON_is_told_with_its_line() => Assert.Equal(
        "RS1210 The rules file relseed.json is no JSON in line 2, byte 15. Mend it there.",
        Assert.Throws<UsageException>(() => Parse("{\n  \"tables\": { x }\n}")).Message);
}
