namespace RelSeed.Expressions;

/// <summary>A value of a row, computed by one closure a node; safe for use by many threads.</summary>
delegate SqlValue Compute(IRow row);

/// <summary>An expression made ready to be evaluated row by row.</summary>
public sealed class CompiledExpression
{
    readonly Compute _compute;

    CompiledExpression(Expression source, Compute compute) => (Source, _compute) = (source, compute);

    public Expression Source { get; }

    /// <param name="indexOf">The index of a column in <see cref="IRow"/>, or -1 for one that rows do not hold: what reads it is not
    /// evaluable.</param>
    public static CompiledExpression Compile(Expression expression, EvaluationContext context, Func<string, int> indexOf) =>
        new(expression, new ExpressionCompiler(context, indexOf).Compile(expression));

    /// <summary>The value; <see cref="SqlKind.NotEvaluable"/> with a reason where the database would raise an error or the evaluator cannot
    /// tell.</summary>
    public SqlValue Evaluate(IRow row) => _compute(row);
}

/// <summary>A condition made ready to be tried row by row.</summary>
public sealed class CompiledPredicate
{
    readonly Compute _compute;
    readonly bool _passesNull;

    CompiledPredicate(Expression source, Compute compute, bool passesNull) => (Source, _compute, _passesNull) = (source, compute, passesNull);

    public Expression Source { get; }

    /// <summary>A CHECK: it holds unless it is false.</summary>
    public static CompiledPredicate Check(Expression expression, EvaluationContext context, Func<string, int> indexOf) =>
        new(expression, new ExpressionCompiler(context, indexOf).CompileCondition(expression), passesNull: true);

    /// <summary>A WHERE, as of a partial index: it holds only when it is true.</summary>
    public static CompiledPredicate Filter(Expression expression, EvaluationContext context, Func<string, int> indexOf) =>
        new(expression, new ExpressionCompiler(context, indexOf).CompileCondition(expression), passesNull: false);

    public Verdict Test(IRow row)
    {
        var value = _compute(row);
        return value.Kind switch
        {
            SqlKind.Null => _passesNull ? Verdict.Holds : Verdict.Fails,
            SqlKind.Boolean => value.IsTrue ? Verdict.Holds : Verdict.Fails,
            _ => value.IsError ? Verdict.Fails : Verdict.Unknown,
        };
    }
}

/// <summary>What a row is to a condition.</summary>
public enum Verdict
{
    Holds,

    /// <summary>The condition refuses the row, or raises an error on it.</summary>
    Fails,

    /// <summary>The evaluator cannot tell: ask the database.</summary>
    Unknown,
}

/// <summary>Evaluates an expression once, without compiling it for reuse.</summary>
public static class Evaluator
{
    public static SqlValue Evaluate(Expression expression, Func<string, SqlValue> columns, EvaluationContext context)
    {
        var names = new List<string>();
        var compiled = CompiledExpression.Compile(expression, context, name =>
        {
            if (!names.Contains(name)) names.Add(name);
            return names.IndexOf(name);
        });
        return compiled.Evaluate(new NamedRow(names, columns));
    }

    sealed class NamedRow(List<string> names, Func<string, SqlValue> columns) : IRow
    {
        public SqlValue this[int column] => columns(names[column]);
    }
}
