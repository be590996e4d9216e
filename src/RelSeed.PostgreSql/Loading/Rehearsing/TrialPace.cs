using System.Diagnostics;

namespace RelSeed.PostgreSql.Loading.Rehearsing;

/// <summary>How long tables take to be tried: what takes many times as long is slow, however busy the machine is.</summary>
sealed class TrialPace
{
    // Below, it is no matter.
    const double LeastSeconds = 0.1;
    const double Times = 20;

    double _seconds;
    int _tables;

    public bool IsSlow(long started) =>
        Stopwatch.GetElapsedTime(started).TotalSeconds > Math.Max(LeastSeconds, Times * _seconds / Math.Max(_tables, 1));

    public async Task<T> TimeAsync<T>(Func<Task<T>> trial)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await trial();
        _seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
        _tables++;
        return result;
    }
}
