using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging;
using RelSeed.EntityFrameworkCore.Model;
using RelSeed.Loading;

namespace RelSeed.EntityFrameworkCore;

/// <summary>Seeds over a context's own connection.</summary>
static class ContextSeeding
{
    public static async Task<SeedReport> RunAsync(DbContext context, ModelSeeder seeder, CancellationToken cancellationToken,
        IReadOnlyList<string>? kept = null)
    {
        var model = ContextChecks.Require(context);
        var logger = context.GetService<ILoggerFactory>().CreateLogger(Telemetry.Name);
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var target = ConnectionTargets.Over(context.Database.GetDbConnection());
            if (!target.IsLocal && !seeder.MayBeProduction) throw ContextChecks.Production(target);
            await ContextChecks.RequireMigratedAsync(context, cancellationToken);
            return await RunAsync(context, model, target, seeder, logger, kept ?? [], cancellationToken);
        }
        catch (RelSeedException fault)
        {
            SeedingLog.Failed(logger, context.GetType().Name, fault.Id);
            throw;
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    static async Task<SeedReport> RunAsync(DbContext context, IModel model, SeedTarget target, ModelSeeder seeder, ILogger logger,
        IReadOnlyList<string> kept, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var schema = await Telemetry.StageAsync("read", target.Provider, () => ModelSchema.ReadAsync(context, target, new(), cancellationToken));
        var options = seeder.PlanOptions with
        {
            Rules = seeder.Translate(model, schema.DefaultSchema),
            Exclude = [.. seeder.PlanOptions.Exclude, .. kept],
        };
        ContextChecks.RequireTables(context, model, schema);
        var prepared = await SeedSteps.PrepareAsync(target, schema, options, seeder.Appends, seeder.LoadOptions.Truncate, cancellationToken);
        var settled = await SeedSteps.SettleAsync(target, prepared, seeder.LoadOptions, seeder.Rehearses, cancellationToken);
        SeedingLog.Planned(logger, target.DisplayName, settled.Plan.Tables.Sum(t => t.WrittenRows), settled.Plan.Tables.Count, settled.Plan.Seed);
        foreach (var warning in settled.Plan.Warnings) SeedingLog.Warned(logger, warning);
        var report = await SeedSteps.LoadAsync(target, settled, progress: null, cancellationToken);
        SeedingLog.Loaded(logger, target.DisplayName, report.Load.Rows, Stopwatch.GetElapsedTime(started).TotalSeconds, report.Load.Digest);
        foreach (var note in report.Load.Notes) SeedingLog.Warned(logger, note);
        foreach (var finding in report.Verification.Findings) SeedingLog.Broken(logger, finding.Table.ToString(), finding.Constraint, finding.Rows);
        return report;
    }
}

/// <summary>What the context's logger factory is told, under the category <c>RelSeed</c>.</summary>
static partial class SeedingLog
{
    [LoggerMessage(1, LogLevel.Information, "Seeding {Database}: {Rows} rows in {Tables} tables (seed {Seed})")]
    public static partial void Planned(ILogger logger, string database, long rows, int tables, ulong seed);

    [LoggerMessage(2, LogLevel.Information, "Seeded {Database}: {Rows} rows in {Seconds:F1} s (digest {Digest})")]
    public static partial void Loaded(ILogger logger, string database, long rows, double seconds, string digest);

    [LoggerMessage(3, LogLevel.Warning, "{Warning}")]
    public static partial void Warned(ILogger logger, string warning);

    [LoggerMessage(4, LogLevel.Error, "{Rows} rows of {Table} break {Constraint}")]
    public static partial void Broken(ILogger logger, string table, string constraint, long rows);

    [LoggerMessage(5, LogLevel.Error, "{Context} was not seeded: {Error}; the database is as it was")]
    public static partial void Failed(ILogger logger, string context, string error);

    [LoggerMessage(6, LogLevel.Debug, "{Database} holds rows already ({Tables}): nothing is seeded")]
    public static partial void Filled(ILogger logger, string database, string tables);
}
