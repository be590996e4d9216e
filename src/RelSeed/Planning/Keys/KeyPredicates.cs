using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>A unique key of only those rows of which its own columns are not null is the same key of all rows: two nulls are never equal.</summary>
static class KeyPredicates
{
    public static Table Apply(Table table, Dialect dialect) =>
        table.UniqueKeys.Any(k => IsOfAllRows(table, k, dialect))
            ? table with
            {
                UniqueKeys = table.UniqueKeys.Select(k => IsOfAllRows(table, k, dialect) ? k with { Predicate = null } : k)
            .ToEquatableArray()
            } : table;

    static bool IsOfAllRows(Table table, UniqueKey key, Dialect dialect)
    {
        if (key is not { Predicate: { } predicate, NullsNotDistinct: false } || !key.Parts.All(p => p.Column is not null)) return false;
        if (!ExpressionParser.TryParse(predicate, dialect, out var expression, out _, [.. table.Columns.Select(c => c.Name)])) return false;
        var context =
            new EvaluationContext(dialect, DateTimeOffset.UnixEpoch, name => table.IndexOf(name) is var c and >= 0 ? table.Columns[c] : null);
        return Conjuncts.OfFilter(expression, context).All(c => c.Condition is Condition.NotNull own && key.ColumnNames.Contains(own.Column));
    }
}
