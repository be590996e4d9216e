using Microsoft.EntityFrameworkCore;
using RelSeed.EntityFrameworkCore.Tests.Models;
using RelSeed.EntityFrameworkCore.Tests.Stores;
using RelSeed.PostgreSql.Tests;

namespace RelSeed.EntityFrameworkCore.Tests.Model;

public sealed class PostgreSqlModelTests(PostgreSqlFixture server) : ModelSpecification
{
    protected override async Task<TestStore> CreateStoreAsync() => new PostgreSqlStore(await server.CreateDatabaseAsync());

    [Fact]
    public async Task Keys_that_the_program_takes_from_a_sequence_in_blocks_are_free_for_the_next_row()
    {
        await using var model = await SeedAsync(o => new HiLoContext(o), 25);
        await using var context = model.Open();
        context.AddRange(Enumerable.Range(0, 30).Select(_ => new Ticket()));
        await context.SaveChangesAsync(Cancellation);
        Assert.Equal(55, await context.Set<Ticket>().CountAsync(Cancellation));
    }
}
