using RelSeed.Cli.Output;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;
using Spectre.Console;

namespace RelSeed.Cli.Commands;

/// <summary>What must be so before anything is written.</summary>
static class TargetGuard
{
    const int MostNames = 8;

    /// <summary>Rows that are there are touched only when the user says how.</summary>
    /// <exception cref="UsageException">RS1020: tables hold rows.</exception>
    public static async Task RequireEmptyAsync(SeedTarget target, SeedPlan plan, CancellationToken cancellationToken)
    {
        var filled = await target.FindFilledTablesAsync(plan.Tables.Where(t => t.Rows > 0).Select(t => t.Table), cancellationToken);
        if (filled.Count == 0) return;
        var names = string.Join(", ", filled.Take(MostNames).Select(n => plan.Schema.ShortName(n)));
        var more = filled.Count > MostNames ? $" and {filled.Count - MostNames} more" : "";
        var tables = filled.Count == 1 ? "This table of" : "These tables of";
        throw new UsageException("RS1020",
            $"{tables} {target.DisplayName} hold{(filled.Count == 1 ? "s" : "")} rows already: {names}{more}. " +
            "Add --append to keep them and add to them, --truncate to empty the tables first, or leave tables out with --exclude.");
    }

    /// <summary>A database that is not on this machine is written to only when the user says so.</summary>
    /// <exception cref="RelSeedException">RS1021: nobody can be asked; RS1022: declined.</exception>
    public static void RequireConsent(SeedTarget target, SeedPlan plan)
    {
        if (target.IsLocal) return;
        var what = $"{plan.Tables.Sum(t => t.Rows):N0} rows into {plan.Tables.Count:N0} tables";
        if (!Terminal.CanAsk)
            throw new UsageException("RS1021", $"The database {target.DisplayName} is not on this machine, and nobody can be asked. Add --yes to write {what} of it.");
        if (!Terminal.Error.Confirm(Markup.Escape($"Write {what} of {target.DisplayName}?"), defaultValue: false))
            throw new RelSeedException("RS1022", "Declined: nothing was written.", ExitCode.Cancelled);
    }
}
