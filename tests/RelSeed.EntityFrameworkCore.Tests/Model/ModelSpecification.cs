using Microsoft.EntityFrameworkCore;
using RelSeed.EntityFrameworkCore.Tests.Stores;
using RelSeed.Planning;

namespace RelSeed.EntityFrameworkCore.Tests.Model;

/// <summary>What of a model must hold in the rows, whatever the provider: each model is created, seeded, verified and read back through EF
/// Core.</summary>
public abstract partial class ModelSpecification
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<TestStore> CreateStoreAsync();

    private protected async Task<SeededModel<T>> SeedAsync<T>(Func<DbContextOptions, T> make, long rows = 60) where T : DbContext
    {
        var model = new SeededModel<T>(await CreateStoreAsync(), make);
        await model.SeedAsync(new PlanOptions { RowsPerTable = rows });
        return model;
    }
}
