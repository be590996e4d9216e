using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RelSeed.EntityFrameworkCore.Model;
using RelSeed.Sqlite;

namespace RelSeed.EntityFrameworkCore.Tests.Model;

public sealed class ModelSchemaTests
{
    [Fact]
    public async Task The_tables_of_a_contexts_database_are_read()
    {
        var file = Path.Combine(Path.GetTempPath(), $"relseed_ef_{Guid.NewGuid():N}.db");
        await using var context = new ParcelContext(file);
        await context.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        await using var target = SqliteTarget.Open($"Data Source={file}");
        var schema = await ModelSchema.ReadAsync(context, target, new(), TestContext.Current.CancellationToken);
        Assert.Equal("Parcels", Assert.Single(schema.Tables).Name.Name);
        await context.Database.EnsureDeletedAsync(TestContext.Current.CancellationToken);
    }

    sealed class ParcelContext(string file) : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder options) =>
            options.UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Parcel>().ToTable("Parcels");
    }

    sealed class Parcel
    {
        public int Id { get; set; }
    }
}
