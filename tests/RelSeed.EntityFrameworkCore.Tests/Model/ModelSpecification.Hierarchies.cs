using Microsoft.EntityFrameworkCore;
using RelSeed.EntityFrameworkCore.Tests.Models;
using RelSeed.EntityFrameworkCore.Tests.Stores;
using RelSeed.Planning;

namespace RelSeed.EntityFrameworkCore.Tests.Model;

public abstract partial class ModelSpecification
{
    [Fact]
    public async Task Types_in_one_table_have_their_own_columns_and_references_only()
    {
        await using var model = await SeedAsync(o => new TphContext(o), 90);
        await CheckFleetAsync(model);
        await using var context = model.Open();
        var stray = await context.Database.SqlQueryRaw<int>(
            "select count(*) as \"Value\" from \"Vehicle\" where \"Kind\" <> 30 and (\"Load\" is not null or \"Note\" is not null) or \"Kind\" <> 20 and \"FollowsId\" is not null or \"Kind\" = 30 and \"GarageId\" is not null")
            .SingleAsync(Cancellation);
        Assert.Equal(0, stray);
        Assert.Equal([30, 30, 30],
            await context.Set<Vehicle>().GroupBy(v => EF.Property<int>(v, "Kind")).Select(g => g.Count()).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Types_with_tables_of_their_own_share_out_the_rows_of_their_base()
    {
        await using var model = await SeedAsync(o => new TptContext(o));
        await CheckFleetAsync(model);
        var rows = model.Plan.Tables.ToDictionary(t => t.Table.Name.Name, t => t.Rows);
        Assert.Equal(rows["Vehicle"], rows["Car"] + rows["Truck"]);
        Assert.Equal(60, rows["Taxi"]);
        Assert.Equal(120, rows["Car"]);
    }

    [Fact]
    public async Task Concrete_types_without_a_common_table_have_different_keys()
    {
        await using var model = await SeedAsync(o => new TpcContext(o));
        await CheckFleetAsync(model);
        Assert.Equal(180, (await model.ReadAsync<Vehicle>()).Select(v => v.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_subtypes_key_that_narrows_its_bases_leads_to_the_narrower_type()
    {
        await using var model = await SeedAsync(o => new PumpContext(o), 90);
        Assert.All(await model.ReadAsync<Tank>(), t => Assert.NotNull(t.Pump));
        var foam = await model.ReadAsync<FoamTank>();
        await using var context = model.Open();
        Assert.Equal(await context.Set<FoamTank>().CountAsync(Cancellation), foam.Count);
        Assert.All(foam, t => Assert.Equal(t.PumpId, t.FoamPump.Id));
    }

    [Fact]
    public async Task Rows_are_added_to_hierarchies_that_stand()
    {
        await AddAsync(o => new TphContext(o));
        await AddAsync(o => new TptContext(o));
        await AddAsync(o => new TpcContext(o));
    }

    async Task AddAsync<T>(Func<DbContextOptions, T> make) where T : FleetContext
    {
        await using var model = await SeedAsync(make);
        var before = (await model.ReadAsync<Vehicle>()).Count;
        await model.SeedAsync(new PlanOptions { RowsPerTable = 60 }, append: true);
        Assert.True((await model.ReadAsync<Vehicle>()).Count > before);
        await CheckFleetAsync(model);
    }

    static async Task CheckFleetAsync<T>(SeededModel<T> model) where T : FleetContext
    {
        var vehicles = await model.ReadAsync<Vehicle>();
        Assert.Equal([typeof(Car), typeof(Taxi), typeof(Truck)], vehicles.Select(v => v.GetType()).Distinct().OrderBy(t => t.Name));
        Assert.All(vehicles.OfType<Car>(), c => Assert.NotNull(c.Garage));
        Assert.Contains(vehicles.OfType<Taxi>(), t => t.Follows is not null);
        Assert.All(vehicles.OfType<Taxi>(), t => Assert.Equal(t.FollowsId, t.Follows?.Id));
        var trips = await model.ReadAsync<Trip>();
        Assert.All(trips, t => Assert.NotNull(t.Vehicle));
        Assert.All(trips, t => Assert.Equal(t.BackId, t.Back?.Id));
        Assert.Contains(trips, t => t.Back is not null);
        Assert.All(await model.ReadAsync<Permit>(), p => Assert.NotNull(p.Truck));
        Assert.Contains(await model.ReadAsync<Garage>(), g => g.Cars.Count > 0);
    }
}
