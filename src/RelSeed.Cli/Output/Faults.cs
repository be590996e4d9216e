using RelSeed.Cli.Targets;

namespace RelSeed.Cli.Output;

/// <summary>Says what went wrong: a paragraph on stderr, and with <c>--format json</c> an object on stdout as well.</summary>
static class Faults
{
    /// <param name="cancelled">The user has asked to stop.</param>
    public static ExitCode Report(Exception fault, bool asJson, bool cancelled)
    {
        var told = Translate(fault, cancelled);
        Console.Error.WriteLine(Secrets.Mask(told.Message));
        if (WantsTrace) Console.Error.WriteLine(fault);
        if (asJson) Console.Out.WriteLine(Json(told));
        return told.ExitCode;
    }

    static RelSeedException Translate(Exception fault, bool cancelled) => fault switch
    {
        RelSeedException known => known,
        OperationCanceledException when cancelled => new("RS9002", "Cancelled before anything was written.", ExitCode.Cancelled),
        _ => new("RS9001", $"RelSeed failed in a way it did not foresee ({fault.GetType().Name}). " +
            "Set RELSEED_DEBUG=1 and run it again to see where, and report that; a load that had begun was rolled back.", ExitCode.Fault),
    };

    static string Json(RelSeedException fault) => JsonObject.Write(json =>
    {
        json.WriteStartObject("error");
        json.WriteString("id", fault.Id);
        json.WriteString("message", Secrets.Mask(fault.Message[(fault.Id.Length + 1)..]));
        json.WriteEndObject();
    });

    static bool WantsTrace => Environment.GetEnvironmentVariable("RELSEED_DEBUG") is "1" or "true";
}
