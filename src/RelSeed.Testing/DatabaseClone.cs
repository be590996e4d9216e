using System.Data.Common;
using System.Diagnostics;

namespace RelSeed.Testing;

/// <summary>A database of a test's or class's own, made from a template; its disposal drops it.</summary>
public abstract class DatabaseClone : IAsyncDisposable
{
    readonly SeededDatabaseOptions _options;

    private protected DatabaseClone(string name, SeededDatabaseOptions options) => (Name, _options) = (name, options);

    /// <summary>The database's name, or the file's.</summary>
    public string Name { get; }

    /// <summary>For ADO.NET and EF Core. Its connections are pooled; the pool is cleared when the database is dropped or made anew.</summary>
    public abstract string ConnectionString { get; }

    /// <summary>An open connection, an NpgsqlConnection or SqliteConnection; the caller disposes it.</summary>
    public abstract Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken = default);

    /// <summary>Brings the seeded state back: rows, sequences and schema. Only what was changed is restored; where that is not possible, the database
    /// is dropped and cloned again under the same name. With <see cref="SeededDatabaseOptions.Reset"/>, that is run instead.</summary>
    /// <exception cref="TemplateException">RS3505: a transaction was left open.</exception>
    public async Task<ResetReport> ResetAsync(CancellationToken cancellationToken = default)
    {
        var watch = Stopwatch.StartNew();
        var (kind, tables, reason) = _options.Reset is { } reset ? await RunAsync(reset, cancellationToken) : await RestoreAsync(cancellationToken);
        var report = new ResetReport(kind, tables, watch.Elapsed, reason);
        _options.Log?.Invoke($"{Name}: {report}");
        return report;
    }

    public abstract ValueTask DisposeAsync();

    private protected abstract Task<RestoreResult> RestoreAsync(CancellationToken cancellationToken);

    async Task<RestoreResult> RunAsync(Func<DbConnection, Task> reset, CancellationToken cancellationToken)
    {
        await using var connection = await OpenConnectionAsync(cancellationToken);
        await reset(connection);
        return new(ResetKind.Custom, []);
    }
}

readonly record struct RestoreResult(ResetKind Kind, IReadOnlyList<string> Tables, string? Reason = null);

/// <summary>How a reset was done.</summary>
public enum ResetKind
{
    /// <summary>Nothing had changed.</summary>
    Unchanged,

    /// <summary>Changed rows and sequences were put back.</summary>
    Rows,

    /// <summary>The whole database was copied from the template again.</summary>
    Clone,

    /// <summary>The caller's own reset was run.</summary>
    Custom,
}

/// <summary>What a reset did.</summary>
/// <param name="Tables">Tables and sequences whose content was put back, with their schema.</param>
/// <param name="Reason">Why rows alone would not do; null when they did.</param>
public sealed record ResetReport(ResetKind Kind, IReadOnlyList<string> Tables, TimeSpan Elapsed, string? Reason = null)
{
    /// <summary>A line for a log.</summary>
    public override string ToString() => Kind switch
    {
        ResetKind.Unchanged => $"nothing to reset ({Elapsed.TotalMilliseconds:F1} ms)",
        ResetKind.Rows => $"reset {string.Join(", ", Tables)} ({Elapsed.TotalMilliseconds:F1} ms)",
        ResetKind.Clone => $"cloned again{(Reason is null ? "" : $", since {Reason}")} ({Elapsed.TotalMilliseconds:F1} ms)",
        _ => $"reset by the caller's own ({Elapsed.TotalMilliseconds:F1} ms)",
    };
}
