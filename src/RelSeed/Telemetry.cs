using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RelSeed;

/// <summary>What observability tools see of a run: activities and metrics under the name <c>RelSeed</c>.</summary>
static class Telemetry
{
    public const string Name = "RelSeed";

    static readonly ActivitySource Source = new(Name);
    static readonly Meter Meter = new(Name);
    static readonly Counter<long> Rows = Meter.CreateCounter<long>("relseed.rows", "{row}", "Rows written.");
    static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("relseed.stage.duration", "s", "Time of a stage: read, plan, rehearse, load, verify.");

    /// <summary>Times a stage; a fault is told of its activity.</summary>
    public static async Task<T> StageAsync<T>(string stage, string provider, Func<Task<T>> run)
    {
        using var activity = Source.StartActivity($"relseed.{stage}");
        activity?.SetTag("db.system", provider);
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await run();
        }
        catch (Exception fault)
        {
            activity?.SetStatus(ActivityStatusCode.Error, (fault as RelSeedException)?.Id ?? fault.GetType().Name);
            throw;
        }
        finally
        {
            Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new("stage", stage), new("db.system", provider));
        }
    }

    public static void Wrote(string table, long rows, string provider) => Rows.Add(rows, new("table", table), new("db.system", provider));
}
