using System.Runtime.CompilerServices;
using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What a table's triggers refuse by the new row alone binds it like a check.</summary>
static class TriggerChecks
{
    // A trigger belongs to one table, whose columns keep their names.
    static readonly ConditionalWeakTable<Trigger, IReadOnlyList<string>> Known = [];

    public static Table Apply(Table table, Dialect dialect)
    {
        if (dialect != Dialect.PostgreSql || table.Triggers.IsEmpty) return table;
        var columns = table.Columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var checks = table.Triggers.SelectMany(t => Known.GetValue(t, own => RaiseReader.Read(own, columns))
            .Select(c => new CheckConstraint($"trigger {t.Name}", $"NOT ({c})"))).ToList();
        return checks.Count == 0 ? table : table with { Checks = [.. table.Checks, .. checks] };
    }
}
