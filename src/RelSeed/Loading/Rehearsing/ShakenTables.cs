using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Tables of which rows were refused, and those whose rows lack them as parents: what their parents lack may be all that they
/// lack.</summary>
public sealed class ShakenTables(SeedPlan plan)
{
    readonly HashSet<TableName> _shaken = [];

    /// <summary>A parent of the table's rows may be missing.</summary>
    public bool IsBlocked(TableName table) => plan.Find(table)!.References.Any(r => r.Key.Principal != table && IsShaken(r.Key.Principal));

    /// <summary>Takes in what was found of a table; tables come in the plan's order.</summary>
    public void Add(TableRehearsal table)
    {
        if (IsBlocked(table.Table) || table.Refused > 0 || table.Variant is not null) _shaken.Add(table.Table);
    }

    // Rows that triggers make lack what the rows lack that cause them.
    bool IsShaken(TableName table) => _shaken.Contains(table) || plan.Find(table)?.Sources.Any(s => s.Table != table && IsShaken(s.Table)) == true;
}
