using System.Text.Json;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

/// <summary>What an application's model says beyond the catalog.</summary>
public class ModelFactsTests
{
    static readonly ColumnModel Kinds = new() { Values = [new("car", 1), new("truck", 2)], IsBalanced = true };

    static Table With(Table table, string column, ColumnModel model) =>
        table with { Columns = table.Columns.Select(c => c.Name == column ? c with { Model = model } : c).ToEquatableArray() };

    static KeyRows Rows(string table, long rows, params Table[] tables) =>
        new(FittedPlan.Make(Database(tables), new PlanOptions { RowsPerTable = rows }), table);

    static Table Vehicles() => With(Table("vehicles", ["id int!", "kind text!", "doors int", "load int"], pk: ["id"]), "kind", Kinds);

    [Fact]
    public void Balanced_values_keep_their_shares_in_every_run_of_rows()
    {
        var kinds = Rows("vehicles", 99, Vehicles())["kind"];
        Assert.All(kinds.Chunk(3), run => Assert.Equal(["car", "truck", "truck"], run.Order(StringComparer.Ordinal)));
        Assert.True(kinds.Chunk(3).Select(run => string.Join(" ", run)).Distinct().Count() > 1);
    }

    [Fact]
    public void A_column_of_a_subtype_is_null_in_the_rows_of_others()
    {
        var table = With(With(Vehicles(), "doors", new() { Scope = new("kind", ["car"], IsRequired: true) }), "load",
            new() { Scope = new("kind", ["truck"], IsRequired: false) });
        var rows = Rows("vehicles", 300, table);
        Assert.All(rows["kind"].Zip(rows["doors"]), t => Assert.Equal(t.First == "car", t.Second is not null));
        Assert.All(rows["kind"].Zip(rows["load"]), t => Assert.True(t.First == "truck" || t.Second is null));
        Assert.InRange(rows["load"].Count(l => l is not null), 100, 199);
    }

    [Fact]
    public void A_key_to_a_subtype_leads_to_its_rows_one_each_where_it_must()
    {
        var permits =
            Table("permits", ["id int!", "vehicle_id int!"], pk: ["id"], unique: [["vehicle_id"]], fks: [(["vehicle_id"], "vehicles", ["id"])]);
        permits = permits with { Model = new() { Principals = [new(permits.ForeignKeys[0].Name, "kind", ["car"], "a permit is for a car")] } };
        var plan = FittedPlan.Make(Database(Vehicles(), permits), new PlanOptions { RowsPerTable = 90 });
        var cars = new KeyRows(plan, "vehicles").Where(r => r("kind") == "car", "id");
        Assert.Equal(cars.Order(), new KeyRows(plan, "permits")["vehicle_id"].Order());
    }

    [Fact]
    public void Subtypes_in_tables_of_their_own_share_out_the_rows_of_an_abstract_base()
    {
        var vehicles = Table("vehicles", ["id int!"], pk: ["id"]);
        Table Subtype(string name, int place) =>
            With(Table(name, ["id int!"], pk: ["id"], fks: [(["id"], "vehicles", ["id"])]), "id",
                new() { Slice = new(vehicles.Name, "id", place, 2, IsComplete: true) });
        var plan = FittedPlan.Make(Database(vehicles, Subtype("cars", 0), Subtype("trucks", 1)),
            new PlanOptions { RowsPerTable = 51, RowsByTable = new Dictionary<string, long> { ["vehicles"] = 51 } });
        var (cars, trucks) = (new KeyRows(plan, "cars")["id"].ToList(), new KeyRows(plan, "trucks")["id"].ToList());
        Assert.Equal(new KeyRows(plan, "vehicles")["id"].Order(), cars.Concat(trucks).Order());
        Assert.Equal((26, 25), (cars.Count, trucks.Count));
    }

    [Fact]
    public void A_reference_that_the_database_does_not_hold_leads_to_rows()
    {
        var trips = Table("trips", ["id int!", "vehicle_id int!"], pk: ["id"]) with
        {
            Model = new()
            {
                References = [
                new() { Name = "model:trip", Columns = ["vehicle_id"], Principal = Vehicles().Name, PrincipalColumns = ["id"] }]
            },
        };
        var plan = FittedPlan.Make(Database(Vehicles(), trips), new PlanOptions { RowsPerTable = 50 });
        var ids = new KeyRows(plan, "vehicles")["id"].ToHashSet();
        Assert.All(new KeyRows(plan, "trips")["vehicle_id"], id => Assert.Contains(id, ids));
    }

    [Fact]
    public void Documents_have_the_shape_of_their_model()
    {
        static JsonShape Value(TypeKind kind, JsonForm form, ColumnModel? model = null) =>
            new() { Kind = JsonKind.Value, Type = new() { Kind = kind, Name = "" }, Form = form, Model = model };
        var side = new JsonShape
        {
            Kind = JsonKind.Object,
            Members = [new("Width", Value(TypeKind.Int32, JsonForm.Bare, new() { Minimum = "1", Maximum = "9" }), 0)]
        };
        var shape = new JsonShape
        {
            Kind = JsonKind.Object,
            Members =
            [
                new("Na\"me", Value(TypeKind.Text, JsonForm.Text), 0),
                    new("At", Value(TypeKind.Timestamp, JsonForm.Instant) with { Suffix = "Z" }, 0.5),
                new("Grade", Value(TypeKind.Json, JsonForm.Bare, new() { Values = [new("3", 1), new("\"high\"", 1)] }), 0),
                new("Sides", new() { Kind = JsonKind.Array, Item = side, MinItems = 1, MaxItems = 3 }, 0),
            ],
        };
        var table = With(Table("products", ["id int!", "sheet json!"], pk: ["id"]), "sheet", new() { Json = shape });
        var documents = Rows("products", 200, table)["sheet"].Select(d => JsonDocument.Parse(d!).RootElement).ToList();
        Assert.All(documents, d => Assert.NotEmpty(d.GetProperty("Na\"me").GetString()!));
        Assert.All(documents,
            d => Assert.True(d.GetProperty("At") is { ValueKind: JsonValueKind.Null } || d.GetProperty("At").GetDateTime().Kind == DateTimeKind.Utc));
        Assert.InRange(documents.Count(d => d.GetProperty("At").ValueKind == JsonValueKind.Null), 60, 140);
        Assert.Equal(["\"high\"", "3"], documents.Select(d => d.GetProperty("Grade").GetRawText()).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal([1, 2, 3], documents.Select(d => d.GetProperty("Sides").GetArrayLength()).Distinct().Order());
        Assert.All(documents.SelectMany(d => d.GetProperty("Sides").EnumerateArray()), s => Assert.InRange(s.GetProperty("Width").GetInt32(), 1, 9));
    }
}
