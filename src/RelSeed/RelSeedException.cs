namespace RelSeed;

/// <summary>A fault that the user can mend: its text names the object, what was found and what to do next, and no data value.</summary>
/// <param name="id">Stable identifier, <c>RS2003</c>: 1xxx usage and configuration, 2xxx schema and plan, 3xxx loading, 4xxx verification.</param>
/// <param name="message">One paragraph, without the identifier.</param>
public class RelSeedException(string id, string message, ExitCode exitCode, Exception? inner = null) : Exception($"{id} {message}", inner)
{
    public string Id { get; } = id;
    public ExitCode ExitCode { get; } = exitCode;
}

/// <summary>What the process tells its caller; also the class of a fault.</summary>
public enum ExitCode
{
    Done = 0,

    /// <summary>A gate or a verification failed.</summary>
    GateFailed = 1,

    /// <summary>Wrong usage or configuration.</summary>
    Usage = 2,

    /// <summary>The schema or plan cannot be satisfied.</summary>
    Unsatisfiable = 3,

    /// <summary>The database refused.</summary>
    DatabaseRefused = 4,

    /// <summary>A fault of RelSeed itself.</summary>
    Fault = 70,
    Cancelled = 130,
}

public sealed class UsageException(string id, string message) : RelSeedException(id, message, ExitCode.Usage);

public sealed class PlanException(string id, string message) : RelSeedException(id, message, ExitCode.Unsatisfiable)
{
    /// <summary>The tables it speaks of, each with what is wrong with it; empty when it concerns the whole plan.</summary>
    public IReadOnlyList<TableFault> Tables { get; init; } = [];
}

/// <param name="Table">With its schema.</param>
/// <param name="Reason">One clause.</param>
public sealed record TableFault(string Table, string Reason);

public sealed class DatabaseException(string id, string message, Exception? inner = null)
    : RelSeedException(id, message, ExitCode.DatabaseRefused, inner);
