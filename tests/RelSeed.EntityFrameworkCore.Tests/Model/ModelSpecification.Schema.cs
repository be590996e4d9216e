using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.EntityFrameworkCore.Model;
using RelSeed.EntityFrameworkCore.Tests.Models;
using RelSeed.Planning;

namespace RelSeed.EntityFrameworkCore.Tests.Model;

public abstract partial class ModelSpecification
{
    [Fact]
    public async Task Where_database_and_model_differ_is_told()
    {
        await using var store = await CreateStoreAsync();
        await using var context = new AuthorContext(store.Options);
        await context.Database.EnsureCreatedAsync(Cancellation);
        foreach (var statement in new[]
        {
            "alter table \"Authors\" add column \"Nickname\" varchar(20)", "alter table \"Biographies\" rename column \"Score\" to \"Points\"",
            "create table \"Strangers\" (\"Id\" int primary key)",
            "create table \"__EFMigrationsHistory\" (\"MigrationId\" varchar(150) primary key)",
        }) await context.Database.ExecuteSqlRawAsync(statement, Cancellation);
        await using var target = store.Open();
        var schema = await ModelSchema.ReadAsync(context, target, new(), Cancellation);
        Assert.Equal(
        [
            "The database's column Authors.Nickname is not in the model; it is filled as its type and name suggest.",
            "The model's column Biographies.Score is not in the database. Migrate the database.",
            "The database's column Biographies.Points is not in the model; it is filled as its type and name suggest.",
            "The database's table Strangers is not in the model; it is left out.",
        ], schema.Drift);
        Assert.Equal(["Authors", "Biographies"], schema.Tables.Select(t => t.Name.Name));
        Assert.All(schema.Drift, d => Assert.Contains(d, Planner.Plan(schema, new()).Warnings));
    }

    [Fact]
    public async Task A_table_that_was_not_migrated_is_told()
    {
        await using var store = await CreateStoreAsync();
        await using (var before = new AuthorContext(store.Options)) await before.Database.EnsureCreatedAsync(Cancellation);
        await using var context = new AccountContext(store.Options);
        await using var target = store.Open();
        var schema = await ModelSchema.ReadAsync(context, target, new(), Cancellation);
        Assert.Equal("The model's table Account is not in the database. Migrate the database, or create the table.", schema.Drift[0]);
        Assert.Empty(schema.Tables);
    }

    [Fact]
    public async Task A_model_alone_gives_the_tables_and_keys_that_its_database_has()
    {
        await using var store = await CreateStoreAsync();
        foreach (var context in new DbContext[] { new SchoolContext(store.Options), new TphContext(store.Options), new ProductContext(store.Options),
            new ParcelContext(store.Options) })
        {
            await using var made = context;
            await made.Database.EnsureDeletedAsync(Cancellation);
            await made.Database.EnsureCreatedAsync(Cancellation);
            await using var target = store.Open();
            var live = await ModelSchema.ReadAsync(made, target, new(), Cancellation);
            var alone = ModelSchema.FromModel(made.GetService<IDesignTimeModel>().Model, store.Provider);
            Assert.Equal(live.Tables.Select(t => t.Name), alone.Tables.Select(t => t.Name));
            foreach (var (one, other) in live.Tables.Zip(alone.Tables))
            {
                Assert.Equal(one.Columns.Select(c => (c.Name, c.Type.Kind, c.IsNullable)).Order(),
                    other.Columns.Select(c => (c.Name, c.Type.Kind, c.IsNullable)).Order());
                Assert.Equal(one.ForeignKeys.Select(k => k.ToString()).Order(), other.ForeignKeys.Select(k => k.ToString()).Order());
                Assert.Equal(one.AllKeys.Count(), other.AllKeys.Count());
            }
            Assert.All(Planner.Plan(alone, new PlanOptions { RowsPerTable = 30 }).Tables, t => Assert.True(t.Rows > 0));
        }
    }
}
