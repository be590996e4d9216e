using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore;

/// <summary>What must be true of a context before anything is written.</summary>
static class ContextChecks
{
    const int MostNames = 10;

    /// <returns>The design-time model.</returns>
    /// <exception cref="UsageException">RS1403 to RS1405: the context has no provider, none for a relational database, or no model.</exception>
    public static IModel Require(DbContext context)
    {
        var name = context.GetType().Name;
        // EF tells all that is wrong with a context when it is first used.
        var provider = Ask(() => context.Database.ProviderName, fault => fault.Message == CoreStrings.NoProviderConfigured
            ? new UsageException("RS1403", $"The context {name} has no database provider. Configure one, with UseNpgsql or UseSqlite.")
            : Unbuilt(name, fault));
        if (!Ask(context.Database.IsRelational, fault => Unbuilt(name, fault)))
            throw new UsageException("RS1404",
                $"The context {name} uses {provider}, which is no relational database. RelSeed fills PostgreSQL and SQLite: use Npgsql.EntityFrameworkCore.PostgreSQL or Microsoft.EntityFrameworkCore.Sqlite.");
        return Ask(() => context.GetService<IDesignTimeModel>().Model, fault => Unbuilt(name, fault));
    }

    static T Ask<T>(Func<T> question, Func<Exception, UsageException> explain)
    {
        try
        {
            return question();
        }
#pragma warning disable CA1031 // Building a model runs the application's own code.
        catch (Exception fault) when (fault is not RelSeedException)
#pragma warning restore CA1031
        {
            throw explain(fault);
        }
    }

    static UsageException Unbuilt(string name, Exception fault) =>
        new("RS1405", $"The model of {name} cannot be built: {Sentence(fault)} Correct the model.");

    static string Sentence(Exception fault) =>
        fault.Message.ReplaceLineEndings(" ").Trim() is { Length: > 0 } text ? text.EndsWith('.') ? text : $"{text}." : fault.GetType().Name;

    public static UsageException Production(SeedTarget target) => new("RS1407",
        $"The database {target.DisplayName} is not on this machine, and may be one that people work with. Say AllowProduction() to fill it all the same.");

    /// <exception cref="UsageException">RS1406: migrations wait to be applied; all of them are named.</exception>
    public static async Task RequireMigratedAsync(DbContext context, CancellationToken cancellationToken)
    {
        var pending = await PendingAsync(context, cancellationToken);
        if (pending.Count > 0)
            throw new UsageException("RS1406",
                $"The database of {context.GetType().Name} is behind its model: {pending.Count} {(pending.Count == 1 ? "migration waits" : "migrations wait")} to be applied ({Names(pending)}). Call MigrateAsync first.");
    }

    /// <summary>Migrations that wait to be applied.</summary>
    public static async Task<List<string>> PendingAsync(DbContext context, CancellationToken cancellationToken) =>
        // Without the table of migrations the database was made in another way.
        !context.Database.GetMigrations().Any() || !await context.GetService<IHistoryRepository>().ExistsAsync(cancellationToken) ? []
            : [.. await context.Database.GetPendingMigrationsAsync(cancellationToken)];

    /// <exception cref="UsageException">RS1406: the database lacks tables of the model; all of them are named.</exception>
    public static void RequireTables(DbContext context, IModel model, DatabaseSchema schema)
    {
        var wanted = model.GetRelationalModel().Tables.Where(t => t.EntityTypeMappings.Any())
            .Select(t => new TableName(schema.Provider == "sqlite" ? schema.DefaultSchema : t.Schema ?? schema.DefaultSchema, t.Name)).ToList();
        var missing = wanted.Where(t => schema.Find(t) is null).Select(schema.ShortName).ToList();
        if (missing.Count == 0) return;
        throw new UsageException("RS1406",
            $"The database of {context.GetType().Name} lacks {(missing.Count == wanted.Count ? "all" : $"{missing.Count} of the")} {wanted.Count} tables of its model ({Names(missing)}). Call EnsureCreatedAsync or MigrateAsync first.");
    }

    static string Names(List<string> names) => string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? ", …" : "");
}
