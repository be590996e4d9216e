using System.Diagnostics;
using RelSeed.Loading;

namespace RelSeed.PostgreSql.Loading.Rehearsing;

/// <summary>How long tables take to be tried: what takes many times as long as others is slow, however busy the machine is.</summary>
sealed class TrialPace
{
    // Below, it is no matter.
    const double LeastSeconds = 0.1;
    const double Times = 20;

    // What a rehearsal has for a table of which nothing was refused so far.
    const double MostSeconds = 10;

    double _seconds;
    int _tables;

    public bool IsSlow(long started) =>
        Stopwatch.GetElapsedTime(started).TotalSeconds > Math.Max(LeastSeconds, Times * _seconds / Math.Max(_tables, 1));

    /// <param name="rows">How many came since it started.</param>
    /// <param name="others">How many are to come.</param>
    public static bool TakesLong(long started, int rows, int others) => Stopwatch.GetElapsedTime(started).TotalSeconds / rows * others > MostSeconds;

    public async Task<TableRehearsal> TimeAsync(Func<Task<TableRehearsal>> trial)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await trial();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        _seconds += seconds;
        _tables++;
        return result with { Seconds = seconds };
    }
}
