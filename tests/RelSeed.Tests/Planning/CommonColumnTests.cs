using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Tests.Generation;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

/// <summary>Tenants that have no table of their own.</summary>
public class CommonColumnTests
{
    static readonly Table Rooms = Table("rooms", ["tenant text!", "id text!", "alias text"], pk: ["tenant", "id"], unique: [["tenant", "alias"]]);
    static readonly Table Guests = Table("guests", ["tenant text!", "id text!"], pk: ["tenant", "id"]);

    static (string[] Columns, string Principal, string[] PrincipalColumns) Tenanted(string column, string table) =>
        (["tenant", column], table, ["tenant", "id"]);

    static Table Messages(string guest) =>
        Table("messages", ["id int!", "tenant text!", "room text!", guest], pk: ["id"],
            fks: [Tenanted("room", "rooms"), Tenanted("guest", "guests")]);

    static SeedPlan Plan(params Table[] tables) => FittedPlan.Make(Database(tables), new PlanOptions { RowsPerTable = 50 });

    [Fact]
    public void Parents_of_one_tenant_are_there_though_no_table_holds_the_tenants()
    {
        var plan = Plan(Rooms, Guests, Messages("guest text!"));
        Assert.Equal([], MemoryCheck.Find(plan));
        Assert.All(plan.Tables, t => Assert.Equal(50, t.Rows));
        Assert.Contains("Rows of guests take tenant from rooms (foreign keys messages_fk1 and messages_fk2 of messages).", plan.Warnings);
    }

    [Fact]
    public void A_parent_that_may_be_absent_is_there_in_some_rows()
    {
        var plan = Plan(Rooms, Guests, Messages("guest text"));
        Assert.Equal([], MemoryCheck.Find(plan));
        Assert.InRange(new KeyRows(plan, "messages")["guest"].Count(g => g is not null), 10, 50);
    }

    [Fact]
    public void The_tenant_comes_from_the_table_that_the_others_lead_to()
    {
        var hosts = Table("hosts", ["tenant text!", "id text!"], pk: ["tenant", "id"]);
        var rooms = Table("rooms", ["tenant text!", "id text!", "host_tenant text", "host text"], pk: ["tenant", "id"],
            fks: [(["host_tenant", "host"], "hosts", ["tenant", "id"])]);
        var stays = Table("stays", ["tenant text!", "room text!", "host text!"], pk: ["tenant", "room", "host"],
            fks: [Tenanted("room", "rooms"), Tenanted("host", "hosts")]);
        var plan = Plan(rooms, hosts, stays);
        Assert.Equal([], MemoryCheck.Find(plan));
        Assert.Contains("Rows of rooms take tenant from hosts (foreign keys stays_fk1 and stays_fk2 of stays).", plan.Warnings);
        Assert.InRange(plan.Find(stays.Name)!.Rows, 20, 50);
    }
}
