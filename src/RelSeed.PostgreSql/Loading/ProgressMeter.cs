using System.Diagnostics;
using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading;

/// <summary>Tells how far the load is, of one step at most some ten times a second.</summary>
sealed class ProgressMeter(IProgress<LoadProgress>? progress)
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    long _last;

    /// <summary>Tells at once: a step of the whole begins.</summary>
    public void Step(LoadPhase phase, TableName? table, string step) => Tell(new(phase, table, 0, 0, step));

    /// <summary>Tells at once: a table begins or ends, or all is done.</summary>
    public void Mark(LoadPhase phase, TableName? table, long rows, long total) => Tell(new(phase, table, rows, total));

    /// <summary>Tells when the last time is long enough ago.</summary>
    public void Advance(TableName table, long rows, long total)
    {
        if (progress is null || Stopwatch.GetElapsedTime(_last) < Interval) return;
        Tell(new(LoadPhase.Loading, table, rows, total));
    }

    void Tell(LoadProgress state)
    {
        _last = Stopwatch.GetTimestamp();
        progress?.Report(state);
    }
}
