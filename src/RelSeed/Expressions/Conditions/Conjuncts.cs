using System.Collections.Immutable;

namespace RelSeed.Expressions;

/// <summary>One of the conditions that an expression is the AND of.</summary>
/// <param name="Expression">In normal form, for evaluation.</param>
public sealed record Conjunct(Expression Expression, Condition Condition);

/// <summary>Splits an expression into its conjuncts and tells what each asks of a row.</summary>
public static class Conjuncts
{
    /// <summary>Of a CHECK or domain check, which holds unless it is false. What always holds is left out.</summary>
    /// <param name="context">With <see cref="EvaluationContext.Columns"/> types decide: whether a cast changes anything, what length() counts,
    /// whether a column is boolean. Without, casts among texts and among timestamps are taken to change nothing.</param>
    public static ImmutableArray<Conjunct> OfCheck(Expression expression, EvaluationContext context) =>
        Split(expression, new ConditionClassifier(context, passesNull: true), context);

    /// <summary>Of a WHERE, as of a partial index, which holds only when it is true.</summary>
    public static ImmutableArray<Conjunct> OfFilter(Expression expression, EvaluationContext context) =>
        Split(expression, new ConditionClassifier(context, passesNull: false), context);

    /// <summary>Of what makes a WHERE false or unknown: that a row lies outside a partial index.</summary>
    public static ImmutableArray<Conjunct> OfNegatedFilter(Expression expression, EvaluationContext context) =>
        OfFilter(new Expression.Is(expression, IsTest.True, Negated: true), context);

    /// <summary>An expression with the same value: NOT pushed down to the tests, constants folded, casts that change nothing left out,
    /// columns on the left.</summary>
    public static Expression Normalise(Expression expression, EvaluationContext context) => new NormalForm(context).Condition(expression);

    static ImmutableArray<Conjunct> Split(Expression expression, ConditionClassifier classifier, EvaluationContext context) =>
        ConditionMerge.Merge(classifier.Split(Normalise(expression, context)));
}
