using RelSeed.Cli.Output;
using RelSeed.Loading;
using RelSeed.Planning;
using Spectre.Console;

namespace RelSeed.Cli.Commands;

/// <summary>A database that is not on this machine is written to only when the user says so.</summary>
static class Consent
{
    /// <exception cref="RelSeedException">RS1021: nobody can be asked; RS1022: declined.</exception>
    public static void Require(SeedTarget target, SeedPlan plan)
    {
        if (target.IsLocal) return;
        var what = $"{plan.Tables.Sum(t => t.Rows):N0} rows into {Count(plan.Tables.Count)}";
        if (!Terminal.CanAsk)
            throw new UsageException("RS1021",
                $"The database {target.DisplayName} is not on this machine, and nobody can be asked. Add --yes to write {what} of it.");
        if (!Terminal.Error.Confirm(Markup.Escape($"Write {what} of {target.DisplayName}?"), defaultValue: false))
            throw new RelSeedException("RS1022", "Declined: nothing was written.", ExitCode.Cancelled);
    }

    /// <summary>What is replaced cannot be had back, wherever it is.</summary>
    /// <exception cref="RelSeedException">RS1021: nobody can be asked; RS1022: declined.</exception>
    public static void RequireToReplace(SeedTarget target, int columns)
    {
        var what = $"the values of {(columns == 1 ? "1 column" : $"{columns:N0} columns")} of {target.DisplayName}";
        if (!Terminal.CanAsk)
            throw new UsageException("RS1021",
                $"Nobody can be asked whether to replace {what}. Add --yes, and keep a copy: they cannot be had back.");
        if (!Terminal.Error.Confirm(Markup.Escape($"Replace {what}? They cannot be had back."), defaultValue: false))
            throw new RelSeedException("RS1022", "Declined: nothing was written.", ExitCode.Cancelled);
    }

    static string Count(int tables) => tables == 1 ? "1 table" : $"{tables:N0} tables";
}
