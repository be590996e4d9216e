using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Remembers between rounds which tables were taken slowly, so that they are not tried again while their rows stay the same.</summary>
sealed class SlowTables
{
    readonly HashSet<TableName> _taken = [];

    /// <summary>Those whose rows are as they were when they were taken.</summary>
    public IReadOnlySet<TableName> Taken => _taken;

    /// <summary>Forgets the others.</summary>
    public void Keep(HashSet<TableName> unchanged) => _taken.IntersectWith(unchanged);

    /// <summary>A table whose triggers write others is tried each time: others may need those rows.</summary>
    public void Add(RehearsalReport report) => _taken.UnionWith(report.Tables.Where(t => t.IsSlow && t.AlsoWritten.IsEmpty).Select(t => t.Table));
}
