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
}
