using System.Globalization;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Remembers between rounds which tables were taken slowly, so that they are not tried again while their rows stay the same.</summary>
sealed class SlowTables
{
    // Of a load that takes less for a table, nothing is told.
    const double LeastTold = 10;

    readonly HashSet<TableName> _taken = [];
    readonly Dictionary<TableName, double> _secondsOfRow = [];

    /// <summary>Those whose rows are as they were when they were taken.</summary>
    public IReadOnlySet<TableName> Taken => _taken;

    /// <summary>Forgets the others.</summary>
    public void Keep(HashSet<TableName> unchanged) => _taken.IntersectWith(unchanged);

    /// <summary>A table whose triggers write others is tried each time: others may need those rows.</summary>
    public void Add(RehearsalReport report)
    {
        _taken.UnionWith(report.Tables.Where(t => t.IsSlow && t.AlsoWritten.IsEmpty).Select(t => t.Table));
        foreach (var table in report.Tables)
            if (table.IsTaken && table.Rows > 0) _secondsOfRow[table.Table] = table.Seconds / table.Rows;
    }

    /// <summary>Tables with triggers that will take long to load, by what the database took for the rows that were tried.</summary>
    public IEnumerable<SlowTable> Among(SeedPlan plan) =>
        from table in plan.Tables
        where table.SetsOffTriggers && _secondsOfRow.GetValueOrDefault(table.Table.Name) * table.Rows >= LeastTold
        select new SlowTable(table.Table.Name, table.Rows, _secondsOfRow[table.Table.Name]);

    /// <summary>The plan with those slow tables last that have nothing to do with the tables between: what the database refuses of others, it then
    /// refuses before the time is spent.</summary>
    public static SeedPlan WriteLast(SeedPlan plan, IReadOnlyList<SlowTable> slow)
    {
        var last = slow.Select(s => plan.Find(s.Table)).OfType<TablePlan>().Where(t => IsAlone(plan, t)).ToList();
        return last.Count == 0 ? plan : plan with { Tables = [.. plan.Tables.Where(t => !last.Contains(t)), .. last] };
    }

    // Nobody refers to it or looks at it, and its triggers neither write nor look at what would now come before it.
    static bool IsAlone(SeedPlan plan, TablePlan table)
    {
        var own = table.Table.Triggers.Where(t => t.Enabled).Select(t => t.Text).ToList();
        var later = plan.Tables.SkipWhile(t => t != table).Skip(1).ToList();
        return !own.Exists(TriggerText.Writes) && later.TrueForAll(o => !own.Exists(t => TriggerText.Mentions(t, o.Table.Name.Name))
            && !o.Table.ForeignKeys.Any(k => k.Principal == table.Table.Name)
            && !o.Table.Triggers.Any(t => t.Enabled && TriggerText.Mentions(t.Text, table.Table.Name.Name)));
    }
}

/// <summary>A table whose triggers take most of its load.</summary>
/// <param name="Rows">As planned.</param>
/// <param name="SecondsOfRow">What the database took for one, of the few that were tried.</param>
public sealed record SlowTable(TableName Table, long Rows, double SecondsOfRow)
{
    // From here on, minutes say enough.
    const double MostSeconds = 120;

    /// <summary>A sentence for the user.</summary>
    internal string Describe(DatabaseSchema schema) => string.Create(CultureInfo.InvariantCulture,
        $"{schema.ShortName(Table)} takes long: by the rows tried, some {Duration(Rows * SecondsOfRow)} in its triggers for {Rows:N0} rows.");

    static string Duration(double seconds) => seconds < MostSeconds ? $"{seconds:F0} seconds" : $"{seconds / 60:F0} minutes";
}
