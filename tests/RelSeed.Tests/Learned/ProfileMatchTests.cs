using RelSeed.Configuration;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learned;

public sealed class ProfileMatchTests
{
    static readonly DataProfile Elsewhere = TestProfiles.Profile with { Tables = [.. TestProfiles.Profile.Tables.Select(InMain)] };

    // As learned of a database whose default schema has another name and whose names are in capitals.
    static TableProfile InMain(TableProfile table) => table with
    {
        Name = InMain(table.Name),
        Columns = [.. table.Columns.Select(c => c with { Name = c.Name.ToUpperInvariant() })],
        References =
            [.. table.References.Select(r => r with { Principal = InMain(r.Principal), Columns = [.. r.Columns.Select(c => c.ToUpperInvariant())] })],
    };

    static TableName InMain(TableName name) => new("main", name.Name.ToUpperInvariant());

    static SeedPlan Plan(DatabaseSchema schema, DataProfile profile) => Planner.Plan(schema, new PlanOptions { Profile = profile });

    [Fact]
    public void A_profile_of_a_database_with_other_schemas_and_letters_fits() =>
        Assert.Equal(Planner.Plan(TestProfiles.Shop, new PlanOptions { Profile = TestProfiles.Profile }).Tables.Select(t => t.Profiled),
            Plan(TestProfiles.Shop, Elsewhere).Tables.Select(t => t.Profiled));

    [Fact]
    public void Equal_names_in_two_schemas_stay_apart()
    {
        // A table of the profile's own schema goes before one that is only called so.
        var orders = TestProfiles.Profile.Find(TestProfiles.Orders)!;
        var archived = orders with { Name = new("archive", "orders"), Rows = 7 };
        var plan = Plan(TestProfiles.Shop, TestProfiles.Profile with { Tables = [.. TestProfiles.Profile.Tables, archived] });
        Assert.Equal(orders.Rows, plan.Find(TestProfiles.Orders)!.Profiled!.Profile.Rows);
        Assert.Contains("The profile speaks of a table that this database does not have: archive.orders.", plan.Warnings);
    }

    [Fact]
    public void What_is_not_applied_is_told()
    {
        var schema = Database(
            Table("customers", ["id int!", "country text!", "name text!"], pk: ["id"]),
            Table("visits", ["id int!", "customer_id int!"], pk: ["id"], fks: [(["customer_id"], "customers", ["id"])]));
        Assert.Equal(
        [
            "The profile speaks of 3 tables that this database does not have: public.lines, public.orders, public.products.",
            "The profile speaks of a column that this database does not have: public.customers.age.",
            "The profile does not speak of a table, filled as without it: public.visits.",
            "The profile does not speak of a column, filled as without it: public.customers.name.",
        ], Plan(schema, TestProfiles.Profile).Warnings);
    }

    [Fact]
    public void Nothing_is_told_of_a_profile_that_fits() => Assert.Empty(Plan(TestProfiles.Shop, TestProfiles.Profile).Warnings);

    static readonly DatabaseSchema Renamed = Database(
        Table("clients", ["id int!", "land text!", "age bigint"], pk: ["id"]),
        Table("products", ["id int!", "kind text!", "price numeric(8,2)!"], pk: ["id"]),
        Table("orders", ["id int!", "client_id int!", "day date!", "state text!"], pk: ["id"], fks: [(["client_id"], "clients", ["id"])]),
        Table("lines", ["order_id int!", "product_id int!", "price numeric(8,2)!", "quantity int!"], pk: ["order_id", "product_id"],
            fks: [(["order_id"], "orders", ["id"]), (["product_id"], "products", ["id"])]));

    static SeedPlan Plan(Action<SeedRulesBuilder> rules, DataProfile? profile = null)
    {
        var builder = new SeedRulesBuilder();
        rules(builder);
        return Planner.Plan(Renamed, new PlanOptions { Profile = profile ?? TestProfiles.Profile, Rules = builder.Build() });
    }

    [Fact]
    public void Rules_tell_what_tables_and_columns_were_called()
    {
        var plan = Plan(rules =>
        {
            rules.Table("clients").Was("customers").Column("land").Was("country");
            rules.Table("orders").Column("client_id").Was("customer_id").Column("state").Was("status");
        });
        Assert.Empty(plan.Warnings);
        Assert.All(plan.Tables, t => Assert.NotNull(t.Profiled));
        Assert.Equal(400, plan.Find(new("public", "clients"))!.Rows);
        Assert.StartsWith("learned from clients.land", plan.Find(new("public", "clients"))!.Columns[1].Reason);
        Assert.StartsWith("learned from orders.state", plan.Find(TestProfiles.Orders)!.Columns[3].Reason);
        Assert.Equal("public.clients", plan.Find(TestProfiles.Orders)!.Profiled!.Profile.References[0].Principal.ToString());
    }

    [Fact]
    public void A_rule_of_an_old_name_leaves_the_values_to_others()
    {
        var plan = Plan(rules => rules.Table("clients").Was("public.CUSTOMERS").Column("land").Was("COUNTRY").Constant("XX"));
        Assert.Equal("rule: always the same value", plan.Find(new("public", "clients"))!.Columns[1].Reason);
    }

    [Fact]
    public void Old_names_that_the_profile_does_not_tell_of_are_told_with_their_places() => Assert.Equal(
        string.Join(Environment.NewLine,
            "RS2412 tables.clients.was of the rules names custmers, which the profile does not tell of. The nearest names are: customers, orders, lines. Mend the name, or leave the rule out.",
            "RS2412 tables.products.was of the rules names lines, but the profile tells of public.products itself. Leave the rule out.",
            "RS2412 tables.clients.columns.land.was of the rules names country, but the profile does not tell of the table. Say what that was called, by \"was\".",
            "RS2412 tables.orders.columns.state.was of the rules names stat, which the profile does not tell of. The nearest names are: status, day, id. Mend the name, or leave the rule out.",
            "RS2412 tables.orders.columns.day.was of the rules names status, but the profile tells of day itself. Leave the rule out."),
        Assert.Throws<PlanException>(() => Plan(rules =>
        {
            rules.Table("clients").Was("custmers").Column("land").Was("country");
            rules.Table("products").Was("lines");
            rules.Table("orders").Column("state").Was("stat").Column("day").Was("status");
        })).Message);

    [Fact]
    public void Two_cannot_have_been_one() => Assert.Equal(
        "RS2412 tables.orders.columns.state.was of the rules names status, as another rule does. Leave one of them out.",
        Assert.Throws<PlanException>(() => Plan(rules =>
            rules.Table("orders").Column("client_id").Was("status").Column("state").Was("status"))).Message);

    [Fact]
    public void Numbers_of_children_ask_tables_by_their_new_names()
    {
        var orders = TestProfiles.Profile.Find(TestProfiles.Orders)!;
        var asked = new Feature(FeatureKind.Children, 0, Table: TestProfiles.Customers);
        var children = new FanOutProfile(new Codebook(true, 1, [new NumberCode(1)]), new TreeModel([asked], []), Map: null);
        var profile = TestProfiles.Profile with { Tables = [orders with { References = [orders.References[0] with { Children = children }] }, TestProfiles.Profile.Find(TestProfiles.Customers)!] };
        var renamed = ProfileMatch.Rename(profile, Renamed, new SeedRules { Tables = [new TableRules("clients") { Was = "customers" }] });
        Assert.Equal("public.clients", renamed.Tables[0].References[0].Children!.Tree.Features[0].Table.ToString());
    }
}
