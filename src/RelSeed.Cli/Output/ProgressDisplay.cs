using RelSeed.Loading;
using RelSeed.Planning;

namespace RelSeed.Cli.Output;

/// <summary>Shows a load's progress on stderr while it runs.</summary>
abstract class ProgressDisplay
{
    /// <summary>Bars where somebody watches, else now and then a line.</summary>
    public static ProgressDisplay For(SeedPlan plan) => Terminal.IsWatched ? new ProgressBars(plan) : new ProgressLines(plan);

    public abstract Task<T> RunAsync<T>(Func<IProgress<LoadProgress>, Task<T>> work);
}
