using Microsoft.EntityFrameworkCore;
using RelSeed.EntityFrameworkCore.Model;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Tests.Stores;

/// <summary>A database made of a context's model, seeded and verified.</summary>
sealed class SeededModel<TContext>(TestStore store, Func<DbContextOptions, TContext> make) : IAsyncDisposable where TContext : DbContext
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public SeedPlan Plan { get; private set; } = null!;

    public DatabaseSchema Schema { get; private set; } = null!;

    /// <param name="append">Adds to the rows that stand.</param>
    public async Task SeedAsync(PlanOptions options, bool append = false)
    {
        await using var context = Open();
        await context.Database.EnsureCreatedAsync(Cancellation);
        await using var target = store.Open();
        Schema = await ModelSchema.ReadAsync(context, target, new(), Cancellation);
        Assert.Empty(Schema.Drift);
        var prepared = await SeedSteps.PrepareAsync(target, Schema, options, append, truncate: false, Cancellation);
        var settled = await SeedSteps.SettleAsync(target, prepared, new(), rehearse: true, Cancellation);
        await target.LoadAsync(settled.Plan, settled.Rows, settled.Load, null, Cancellation);
        Plan = settled.Plan;
        var report = await target.VerifyAsync(Plan.Schema, Plan.Tables.ToDictionary(t => t.Table.Name, t => t.ExistingRows + t.Rows), Cancellation);
        Assert.Empty(report.Findings);
    }

    public TContext Open() => make(store.Options);

    /// <summary>All entities of a set with what their navigations lead to.</summary>
    public async Task<List<T>> ReadAsync<T>() where T : class
    {
        await using var context = Open();
        var type = context.Model.FindEntityType(typeof(T))!;
        var navigations = type.GetDerivedTypesInclusive()
            .SelectMany(t => t.GetNavigations().Where(n => !n.TargetEntityType.IsOwned()).Select(n => n.Name)
            .Concat(t.GetSkipNavigations().Select(n => n.Name))).Distinct();
        var query = navigations.Aggregate(context.Set<T>().IgnoreQueryFilters().AsSplitQuery(), (set, name) => set.Include(name));
        var read = await query.ToListAsync(Cancellation);
        Assert.NotEmpty(read);
        return read;
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
