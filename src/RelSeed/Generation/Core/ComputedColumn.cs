using RelSeed.Expressions;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>What the database computes of a row's other columns; null where the evaluator cannot tell.</summary>
sealed class ComputedColumn : ColumnGenerator
{
    readonly CompiledExpression _expression;
    readonly List<ValueReader> _readers = [];
    readonly ColumnType _type;

    public ComputedColumn(SeedPlan plan, TablePlan table, Expression expression, ColumnType type)
    {
        var dialect = plan.Schema.Dialect();
        var context = new EvaluationContext(dialect, plan.AsOf, name => table.Table.IndexOf(name) is var c and >= 0 ? table.Columns[c].Column : null);
        _type = type;
        _expression = CompiledExpression.Compile(expression, context, name =>
        {
            if (table.Table.IndexOf(name) is not (var column and >= 0)) return -1;
            if (_readers.FindIndex(r => r.Column == column) is var known and >= 0) return known;
            var target = table.Columns[column].Column;
            _readers.Add(new ValueReader(column, target.Type, target.IsCaseInsensitive, dialect));
            return _readers.Count - 1;
        });
    }

    public override void Fill(RowFrame frame, ColumnVector target)
    {
        for (var i = 0; i < frame.Count; i++)
            if (_expression.Evaluate(new FrameRow(frame, _readers, i)) is not { IsEvaluable: true, IsNull: false } value
                || !ValueLists.TrySet(target, i, SqlFormat.Print(value), _type))
                target.CopyNullRow(i);
    }
}
