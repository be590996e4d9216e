using System.Diagnostics;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Cli.Output;

/// <summary>Progress for logs: a line when the phase changes, and otherwise one every few seconds.</summary>
sealed class ProgressLines(SeedPlan plan) : ProgressDisplay, IProgress<LoadProgress>
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    readonly Lock _lock = new();
    readonly Stopwatch _sinceLine = new();
    LoadPhase? _phase;

    public override Task<T> RunAsync<T>(Func<IProgress<LoadProgress>, Task<T>> work) => work(this);

    public void Report(LoadProgress value)
    {
        lock (_lock)
        {
            if (value.Phase == _phase && _sinceLine.Elapsed < Pause) return;
            if (value.Phase != _phase && Line(value) is { } line || value.Phase == _phase && (line = Line(value)) is not null)
                Console.Error.WriteLine(line);
            _phase = value.Phase;
            _sinceLine.Restart();
        }
    }

    string? Line(LoadProgress value) => value switch
    {
        { Phase: LoadPhase.Finished } => null,
        { Table: { } table, Phase: LoadPhase.Loading } => $"loading {plan.Schema.ShortName(table)}: {value.Rows:N0} of {value.Total:N0} rows",
        { Step: { } step } => $"{value.Phase.ToString().ToLowerInvariant()}: {step}",
        { Table: { } table } => $"{value.Phase.ToString().ToLowerInvariant()} {plan.Schema.ShortName(table)}",
        _ => value.Phase.ToString().ToLowerInvariant(),
    };
}
