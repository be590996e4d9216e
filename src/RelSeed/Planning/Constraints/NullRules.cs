using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>A column that is null as another column says.</summary>
/// <param name="Column">Position of the column.</param>
/// <param name="Guard">Position of the column that decides.</param>
/// <param name="Values">The guard's values that call for a value; empty when the guard's own null decides.</param>
/// <param name="IsNegated">The values call for null instead.</param>
/// <param name="Opposite">With no values: null just when the guard is not.</param>
sealed record NullRule(int Column, int Guard, EquatableArray<string> Values, bool IsNegated, bool Opposite)
{
    /// <param name="guard">The guard's values as far as constraints tell them.</param>
    /// <returns>Null when the guard's values are not known.</returns>
    public NullSpec? ToSpec(Table table, ValueDomain guard)
    {
        var name = table.Columns[Guard].Name;
        if (Values.IsEmpty) return new NullFollows(Guard, Opposite, name);
        if (!IsNegated) return new NullUnlessIn(Guard, Values, name);
        var known = guard.Allowed.Count > 0 ? guard.Allowed : table.Columns[Guard].Type.Labels;
        var others = known.Where(v => !Values.Contains(v)).ToEquatableArray();
        return others.IsEmpty ? null : new NullUnlessIn(Guard, others, name);
    }
}

/// <summary>Reads "null if and only if" out of conditions.</summary>
static class NullRules
{
    public static IEnumerable<NullRule> Of(Condition condition, Table table) => condition switch
    {
        Condition.AllOrNoneNull all => Follow([.. all.Columns.Select(table.IndexOf)]),
        Condition.Iff { Left: [var left], Right: [var right] } => Pair(left, right, table),
        Condition.Implies { Guard: [Condition.InSet guard], Consequence: [Condition.NotNull value] } =>
            Guarded(guard, value.Column, isNull: false, table),
        Condition.Implies { Guard: [Condition.InSet guard], Consequence: [Condition.IsNull value] } =>
            Guarded(guard, value.Column, isNull: true, table),
        _ => [],
    };

    static IEnumerable<NullRule> Follow(int[] columns) =>
        columns.Skip(1).Select(c => new NullRule(c, columns[0], [], IsNegated: false, Opposite: false));

    static IEnumerable<NullRule> Pair(Condition left, Condition right, Table table) => (left, right) switch
    {
        (Condition.InSet guard, Condition.NotNull value) => Guarded(guard, value.Column, isNull: false, table),
        (Condition.NotNull value, Condition.InSet guard) => Guarded(guard, value.Column, isNull: false, table),
        (Condition.InSet guard, Condition.IsNull value) => Guarded(guard, value.Column, isNull: true, table),
        (Condition.IsNull value, Condition.InSet guard) => Guarded(guard, value.Column, isNull: true, table),
        (Condition.IsNull one, Condition.IsNull two) => [Follow(two.Column, one.Column, opposite: false, table)],
        (Condition.NotNull one, Condition.NotNull two) => [Follow(two.Column, one.Column, opposite: false, table)],
        (Condition.IsNull one, Condition.NotNull two) => [Follow(two.Column, one.Column, opposite: true, table)],
        (Condition.NotNull one, Condition.IsNull two) => [Follow(two.Column, one.Column, opposite: true, table)],
        _ => [],
    };

    static NullRule Follow(string column, string guard, bool opposite, Table table) =>
        new(table.IndexOf(column), table.IndexOf(guard), [], IsNegated: false, opposite);

    static IEnumerable<NullRule> Guarded(Condition.InSet guard, string column, bool isNull, Table table) =>
        table.IndexOf(guard.Column) is var index and >= 0 && guard.Values.All(v => IsOf(v, table.Columns[index].Type))
            ? [new NullRule(table.IndexOf(column), index, [.. guard.Values.Select(v => v.ToString())], guard.Negated != isNull, Opposite: false)]
            : [];

    static bool IsOf(SqlValue value, ColumnType type) =>
        type.Kind.IsText() || (type.Lane == Lane.Int64 && CanonicalText.ParseInt64(value.ToString(), type) is not null);
}
