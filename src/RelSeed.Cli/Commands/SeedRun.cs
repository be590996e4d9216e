using RelSeed.Cli.Output;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Cli.Commands;

/// <summary>A plan carried out: loaded, then verified.</summary>
static class SeedRun
{
    /// <exception cref="RelSeedException">RS9002: cancelled; the text says what became of the rows.</exception>
    public static Task<SeedReport> ExecuteAsync(SeedTarget target, SettledSeed seed, CancellationToken cancellationToken) =>
        ProgressDisplay.For(seed.Plan).RunAsync(async progress =>
        {
            var (plan, load) = await LoadAsync(target, seed, progress, cancellationToken);
            progress.Report(new(LoadPhase.Verifying, Table: null, 0, 0));
            return await VerifyAsync(target, plan, load, cancellationToken);
        });

    static async Task<(SeedPlan Plan, LoadReport Load)> LoadAsync(
        SeedTarget target, SettledSeed seed, IProgress<LoadProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            return await SeedSteps.LoadRowsAsync(target, seed, progress, cancellationToken);
        }
        catch (Exception fault) when (fault is OperationCanceledException or DatabaseException && cancellationToken.IsCancellationRequested)
        {
            throw Cancelled($"Cancelled: the load was rolled back, and {target.DisplayName} is as it was.", fault);
        }
    }

    static async Task<SeedReport> VerifyAsync(SeedTarget target, SeedPlan plan, LoadReport load, CancellationToken cancellationToken)
    {
        try
        {
            return await SeedSteps.VerifyAsync(target, plan, load, cancellationToken);
        }
        catch (Exception fault) when (fault is OperationCanceledException or DatabaseException && cancellationToken.IsCancellationRequested)
        {
            throw Cancelled($"Cancelled while verifying: all rows are in {target.DisplayName} and stay. 'relseed verify' checks them.", fault);
        }
    }

    static RelSeedException Cancelled(string message, Exception fault) => new("RS9002", message, ExitCode.Cancelled, fault);
}
