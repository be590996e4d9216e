using RelSeed.Expressions;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>What several tables ask of one parent's rows: where no value of a column meets two of them, each must choose among the parents.</summary>
sealed class ParentWishes(SeedPlan plan)
{
    // Stands for all texts that no condition names.
    const string AnyOther = "\u0001";

    /// <summary>Some other wish leaves the condition no value.</summary>
    /// <param name="feature">The parent's column that the condition reads.</param>
    public bool Contradict(PlanOptions options, RowFeature feature, string condition) =>
        OfTables(options, feature.Owner.Name).Concat(OfOwner(options, feature.Owner.Name).Select(c => c.Expression))
            .Any(other => Excludes(feature.Column, condition, other));

    /// <summary>Takes back what all of the parent's rows were to meet, where the condition leaves it no value.</summary>
    public PlanOptions Release(PlanOptions options, RowFeature feature, string condition) =>
        Release(options, feature.Owner.Name, c => Excludes(feature.Column, condition, c.Expression));

    /// <summary>Takes back what all of a table's rows were to meet.</summary>
    public static PlanOptions Release(PlanOptions options, TableName owner, Func<CheckConstraint, bool> isReleased)
    {
        if (!options.Learned.TryGetValue(owner, out var known)) return options;
        var left = known.Checks.Where(c => !isReleased(c)).ToEquatableArray();
        return left.Count == known.Checks.Count ? options
            : options with { Learned = new Dictionary<TableName, LearnedTable>(options.Learned) { [owner] = known with { Checks = left } } };
    }

    /// <summary>Names of the columns that a condition on a table reads.</summary>
    public static IReadOnlyList<string> ColumnsOf(SeedPlan plan, TableName table, string condition) =>
        ExpressionParser.TryParse(condition, plan.Schema.Dialect(), out var expression, out _,
            [.. plan.Find(table)!.Table.Columns.Select(c => c.Name)]) ? [.. expression.ColumnNames()] : [];

    static EquatableArray<CheckConstraint> OfOwner(PlanOptions options, TableName owner) =>
        options.Learned.TryGetValue(owner, out var known) ? known.Checks : [];

    IEnumerable<string> OfTables(PlanOptions options, TableName owner) =>
        from table in options.Learned
        from parent in table.Value.Parents
        where plan.Find(table.Key)?.References.Any(r => r.Key.Name == parent.Key && r.Key.Principal == owner) == true
        select parent.Expression;

    // Only where all values are known, or those of which the conditions speak tell all.
    bool Excludes(Column column, string left, string right)
    {
        IEnumerable<SqlValue> values = column.Type.Kind switch
        {
            TypeKind.Enum => column.Type.Labels.Select(SqlValue.Text),
            TypeKind.Boolean => [SqlValue.Boolean(true), SqlValue.Boolean(false)],
            var kind when kind.IsText() =>
                TriggerText.Literals(left).Concat(TriggerText.Literals(right)).Append(AnyOther).Select(SqlValue.Text),
            _ => [],
        };
        var (first, second) = (Read(column, left), Read(column, right));
        return first is not null && second is not null && values.Any() && !values.Any(v => Holds(column, first, v) && Holds(column, second, v));
    }

    Expression? Read(Column column, string text) =>
        ExpressionParser.TryParse(text, plan.Schema.Dialect(), out var expression, out _, [column.Name])
            && expression.ColumnNames().All(n => n == column.Name) ? expression : null;

    bool Holds(Column column, Expression condition, SqlValue value) =>
        Evaluator.Evaluate(condition, _ => value,
            new EvaluationContext(plan.Schema.Dialect(), plan.AsOf, name => name == column.Name ? column : null)) is { Kind: SqlKind.Boolean } held
            && held.IsTrue;
}
