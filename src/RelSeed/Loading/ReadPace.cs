using System.Diagnostics;

namespace RelSeed.Loading;

/// <summary>Holds a reader back to a number of rows a second.</summary>
/// <param name="mostRowsPerSecond">0 for no bound.</param>
public sealed class ReadPace(long mostRowsPerSecond)
{
    readonly long _start = Stopwatch.GetTimestamp();
    long _rows;

    /// <summary>Waits until so many more rows are due.</summary>
    public async ValueTask WaitAsync(int rows, CancellationToken cancellationToken)
    {
        if (mostRowsPerSecond <= 0) return;
        _rows += rows;
        var ahead = TimeSpan.FromSeconds((double)_rows / mostRowsPerSecond) - Stopwatch.GetElapsedTime(_start);
        if (ahead > TimeSpan.FromMilliseconds(20)) await Task.Delay(ahead, cancellationToken);
    }
}
