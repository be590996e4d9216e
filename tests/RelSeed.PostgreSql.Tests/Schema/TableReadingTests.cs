using RelSeed.Schema;

namespace RelSeed.PostgreSql.Tests.Schema;

public sealed class TableReadingTests(ReadSchemas schemas) : IClassFixture<ReadSchemas>
{
    [Fact]
    public async Task All_tables_are_read_in_order_and_no_views()
    {
        var schema = await schemas.ReadAsync("shop");
        Assert.Equal(
            [
                "shop.car", "shop.customer", "shop.guarded", "shop.item", "shop.log", "shop.measure", "shop.measure_2020", "shop.measure_2020_a",
                "shop.measure_rest", "shop.no_columns", "shop.purchase", "shop.reading", "shop.scratch", "shop.vehicle",
            ],
            schema.Tables.Select(t => t.Name.ToString()));
        Assert.Equal(("postgresql", "public"), (schema.Provider, schema.DefaultSchema));
        Assert.Matches(@"^\d+(\.\d+|\w+)$", schema.ServerVersion);
        Assert.Empty((await TableAsync("no_columns")).Columns);
    }

    [Fact]
    public async Task Identities_and_sequences_carry_start_and_increment()
    {
        var id = (await TableAsync("customer"))["id"];
        Assert.Equal(IdentityKind.Always, id.Identity);
        Assert.Equal(new(new("shop", "customer_id_seq"), 1000, 10, IsOwned: true), id.Sequence);
        var item = await TableAsync("item");
        Assert.Equal(new(new("shop", "item_id_seq"), 1, 1, IsOwned: true), item["id"].Sequence);
        Assert.Equal(IdentityKind.ByDefault, item["legacy_id"].Identity);
        Assert.Equal(new(new("shop", "ticket"), 100, 5, IsOwned: false), item["ticket"].Sequence);
        Assert.Equal("nextval('shop.ticket'::regclass)", item["ticket"].Default);
        Assert.Equal(new(new("shop", "loose"), 1, 1, IsOwned: false), item["pick"].Sequence);
    }

    [Fact]
    public async Task A_generated_column_has_an_expression_and_no_default()
    {
        var tax = (await TableAsync("item"))["tax"];
        Assert.Equal((GeneratedKind.Stored, "price * 0.2", null), (tax.Generated, tax.GeneratedExpression, tax.Default));
    }

    [Fact]
    public async Task Comments_are_read()
    {
        var customer = await TableAsync("customer");
        Assert.Equal("Who buys.\nTwo lines.", customer.Comment);
        Assert.Equal("Unique whatever the case", customer["email"].Comment);
    }

    [Fact]
    public async Task Persistence_is_read() => Assert.Equal(TablePersistence.Unlogged, (await TableAsync("scratch")).Persistence);

    [Fact]
    public async Task A_partitioned_table_tells_its_key_and_partitions()
    {
        var measure = await TableAsync("measure");
        Assert.Equal(
            new Partitioning(
                PartitionStrategy.Range, ["taken", "kind"], "RANGE (taken, kind)",
                [new("shop", "measure_2020"), new("shop", "measure_rest")]),
            measure.Partitioning);
        Assert.Equal(
            new Partitioning(PartitionStrategy.Hash, ["", "line"], "HASH (((kind % 10)), line)", []),
            (await TableAsync("log")).Partitioning);
        Assert.Equal("measure_pkey", measure.PrimaryKey!.Name);
        Assert.Equal(["measure_item_id_fkey"], measure.ForeignKeys.Select(k => k.Name));
        Assert.Equal(["d_measure"], measure.Triggers.Select(t => t.Name));
    }

    [Fact]
    public async Task Partitions_tell_their_parent_and_bound_and_repeat_nothing_of_the_root()
    {
        var middle = await TableAsync("measure_2020");
        Assert.Equal(new TableName("shop", "measure"), middle.PartitionOf);
        Assert.Equal("FOR VALUES FROM ('2020-01-01', 0) TO ('2021-01-01', 0)", middle.PartitionBound);
        Assert.Equal(PartitionStrategy.List, middle.Partitioning!.Strategy);
        var leaf = await TableAsync("measure_2020_a");
        Assert.Equal(new TableName("shop", "measure_2020"), leaf.PartitionOf);
        Assert.Null(leaf.PrimaryKey);
        Assert.Empty(leaf.UniqueKeys);
        Assert.Empty(leaf.ForeignKeys);
        Assert.Empty(leaf.Triggers);
        Assert.Equal(["only_small"], leaf.Checks.Select(c => c.Name));
        Assert.Equal("DEFAULT", (await TableAsync("measure_rest")).PartitionBound);
    }

    [Fact]
    public async Task A_foreign_key_to_a_partitioned_table_is_read_once() =>
        Assert.Equal(new TableName("shop", "measure"), Assert.Single((await TableAsync("reading")).ForeignKeys).Principal);

    [Fact]
    public async Task An_inheritance_child_keeps_the_checks_it_inherits()
    {
        var car = await TableAsync("car");
        Assert.Equal([new("shop", "vehicle")], car.Inherits.ToArray());
        Assert.Equal(["vehicle_wheels_check"], car.Checks.Select(c => c.Name));
        Assert.Null(car.PartitionOf);
        Assert.Null(car.PrimaryKey);
    }

    [Fact]
    public async Task Hostile_names_are_read_as_they_are()
    {
        var table = await schemas.TableAsync("hostile", "Some Schema", "Ord\"er");
        Assert.Equal(
            [
                "Id", "select", "naïve – 数値", "sixty three bytes long name that ends exactly here at the limit", "PK", "tab\tand\nnewline", "100%",
            ],
            table.Columns.Select(c => c.Name));
        Assert.Equal("\"Some Schema\".\"ty\"\"pe\"", table["naïve – 数値"].Type.Name);
        Assert.Equal("ty\"pe", table["naïve – 数値"].Type.BaseName);
        Assert.Equal("\"tab\tand\nnewline\" > 0", Assert.Single(table.Checks).Expression);
        var from = await schemas.TableAsync("hostile", "select", "from");
        Assert.Equal(table.Name, Assert.Single(from.ForeignKeys).Principal);
        Assert.Equal("uni\"que", Assert.Single(from.UniqueKeys).Name);
    }

    Task<Table> TableAsync(string name) => schemas.TableAsync("shop", "shop", name);
}
