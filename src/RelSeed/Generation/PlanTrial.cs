using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Tries plan after plan of one schema: what a table that has not changed since, nor any it leads to, was found to be is not found out again.</summary>
sealed class PlanTrial(IReadOnlyDictionary<TableName, ExistingRows> existing)
{
    readonly HashSet<TableName> _holding = [];
    SeedPlan? _last;
    Dictionary<TableName, TableGenerator> _tables = [];

    /// <param name="given">Tables that are not tried.</param>
    /// <returns>The first table whose rows do not hold; null when all do, or when some table is short of rows.</returns>
    public TableName? FindBroken(SeedPlan plan, PlanFindings findings, HashSet<TableName> given)
    {
        var same = _last is not null && ReferenceEquals(_last.Schema, plan.Schema) && _last.Seed == plan.Seed ? PlanComparison.Unchanged(_last, plan) : [];
        _holding.IntersectWith(same);
        _tables = PlanCompiler.Compile(plan, existing, findings, same.ToDictionary(t => t, t => _tables[t]));
        _last = plan;
        return findings.IsEmpty ? RowTrial.FindBroken(plan, _tables, given, _holding) : null;
    }
}
