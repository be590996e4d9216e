using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging;
using RelSeed.EntityFrameworkCore.Model;
using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore;

/// <summary>Seeds tables that are empty, once: after EnsureCreated or Migrate.</summary>
static class FirstSeed
{
    /// <returns>Whether rows were made.</returns>
    public static async Task<bool> RunAsync(DbContext context, Action<ModelSeeder>? seed, CancellationToken cancellationToken)
    {
        var seeder = new ModelSeeder();
        seed?.Invoke(seeder);
        var model = ContextChecks.Require(context);
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            // On the way to a migration before the last the tables are not yet the model's.
            if ((await ContextChecks.PendingAsync(context, cancellationToken)).Count > 0) return false;
            await using var target = ConnectionTargets.Over(context.Database.GetDbConnection());
            var schema = await ModelSchema.ReadAsync(context, target, new(), cancellationToken);
            var filled = await target.FindFilledTablesAsync(schema.Tables.Where(t => t.PartitionOf is null), cancellationToken);
            var own = TablesOfModelData(model).ToHashSet(StringComparer.Ordinal);
            if (filled.All(t => own.Contains(t.Name)) && filled.Count < schema.Tables.Count)
            {
                await ContextSeeding.RunAsync(context, seeder, cancellationToken, [.. filled.Select(t => t.ToString())]);
                return true;
            }
            SeedingLog.Filled(context.GetService<ILoggerFactory>().CreateLogger(Telemetry.Name), target.DisplayName,
                string.Join(", ", filled.Take(5)));
            return false;
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    // HasData: rows that EnsureCreated and migrations bring; they stay as they are, and others refer to them.
    static IEnumerable<string> TablesOfModelData(IModel model) => model.GetEntityTypes().Where(t => t.GetSeedData().Any())
        .SelectMany(t => t.GetTableMappings().Select(m => m.Table.Name));
}
