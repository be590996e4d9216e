using System.Diagnostics;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Cli.Output;

/// <summary>Progress for logs: a line when the phase changes, and otherwise one every few seconds while there is something new.</summary>
sealed class ProgressLines(SeedPlan plan) : ProgressDisplay, IProgress<LoadProgress>
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    readonly Lock _lock = new();
    readonly Stopwatch _sinceLine = new();
    LoadPhase? _phase;
    LoadProgress? _held;

    public override async Task<T> RunAsync<T>(Func<IProgress<LoadProgress>, Task<T>> work)
    {
        // A table whose triggers are slow tells nothing for minutes; what it began with is told in time.
        await using var timer = new Timer(_ => TellHeld(), null, Pause, Pause);
        return await work(this);
    }

    public void Report(LoadProgress value)
    {
        lock (_lock)
        {
            var isDue = value.Phase != _phase || _sinceLine.Elapsed >= Pause;
            _held = value;
            if (isDue) Tell(value);
        }
    }

    void TellHeld()
    {
        lock (_lock)
            if (_held is { } held) Tell(held);
    }

    void Tell(LoadProgress value)
    {
        if (Line(value) is { } line) Console.Error.WriteLine(line);
        (_held, _phase) = (null, value.Phase);
        _sinceLine.Restart();
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
