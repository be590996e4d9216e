using System.Data.Common;

namespace RelSeed.Testing;

/// <summary>How templates are kept, and what a reset is.</summary>
public sealed record SeededDatabaseOptions
{
    /// <summary>Fills the tables with made rows; false where the schema step does, as EF Core's UseSeeding.</summary>
    public bool Seeds { get; init; } = true;

    /// <summary>Anything else that a template depends on; another text makes another template.</summary>
    public string Key { get; init; } = "";

    /// <summary>What <see cref="DatabaseClone.ResetAsync"/> does instead of bringing back the seeded state, on an open connection: Respawn, for
    /// example.</summary>
    public Func<DbConnection, Task>? Reset { get; init; }

    /// <summary>Templates kept on a server or in a folder, those used last; at least 1.</summary>
    public int KeepTemplates { get; init; } = 8;

    /// <summary>Templates that were not used for so long are dropped; above zero.</summary>
    public TimeSpan KeepUnused { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long a reset or a clone's disposal waits for transactions that a test left open.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets a line for each template, clone and reset.</summary>
    public Action<string>? Log { get; init; }

    /// <exception cref="UsageException">RS1601: every option that cannot be used.</exception>
    internal void Check()
    {
        var faults = new List<string>();
        if (KeepTemplates < 1) faults.Add($"KeepTemplates is {KeepTemplates} and must be at least 1");
        if (KeepUnused <= TimeSpan.Zero) faults.Add("KeepUnused must be above zero");
        if (Wait < TimeSpan.Zero) faults.Add("Wait must not be negative");
        if (faults.Count > 0) throw new UsageException("RS1601", $"The options of a seeded database cannot be used: {string.Join("; ", faults)}.");
    }
}
