using Microsoft.EntityFrameworkCore.Infrastructure;
using RelSeed;
using RelSeed.EntityFrameworkCore;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Seeding by the model of a <see cref="DbContext"/>.</summary>
public static class SeedingExtensions
{
    /// <summary>Lets <c>EnsureCreated</c> and <c>Migrate</c>, and their async forms, fill the tables. When one of them holds rows already that the
    /// model's own data does not explain, nothing is done.</summary>
    /// <param name="seed">What to make; nothing is needed for a believable database of a few thousand rows.</param>
    public static DbContextOptionsBuilder UseRelSeed(this DbContextOptionsBuilder options, Action<ModelSeeder>? seed = null) => options
        .UseSeeding((context, _) => Wait(() => FirstSeed.RunAsync(context, seed, CancellationToken.None)))
        .UseAsyncSeeding((context, _, cancellationToken) => FirstSeed.RunAsync(context, seed, cancellationToken));

    /// <inheritdoc cref="UseRelSeed(DbContextOptionsBuilder, Action{ModelSeeder}?)"/>
    public static DbContextOptionsBuilder<TContext> UseRelSeed<TContext>(this DbContextOptionsBuilder<TContext> options,
        Action<ModelSeeder>? seed = null) where TContext : DbContext
    {
        UseRelSeed((DbContextOptionsBuilder)options, seed);
        return options;
    }

    /// <summary>Fills the context's tables over its own connection, inside its transaction when one is under way. All or nothing.</summary>
    /// <param name="seed">What to make; nothing is needed for a believable database of a few thousand rows.</param>
    /// <remarks>The change tracker sees nothing of it: query to see the rows.</remarks>
    /// <exception cref="RelSeedException">What is wrong, where, and what to do; the database is as it was.</exception>
    public static Task<SeedReport> SeedAsync(this DbContext context, Action<ModelSeeder>? seed = null, CancellationToken cancellationToken = default)
    {
        var seeder = new ModelSeeder();
        seed?.Invoke(seeder);
        return ContextSeeding.RunAsync(context, seeder, cancellationToken);
    }

    /// <inheritdoc cref="SeedAsync"/>
    public static SeedReport Seed(this DbContext context, Action<ModelSeeder>? seed = null) => Wait(() => context.SeedAsync(seed));

    // On a thread of the pool, so that no synchronisation context waits for itself.
    static T Wait<T>(Func<Task<T>> run) => Task.Run(run).GetAwaiter().GetResult();
}
