using FsCheck;
using FsCheck.Fluent;
using RelSeed.Expressions;
using RelSeed.Schema;
using Xunit;

namespace RelSeed.Tests.Expressions;

public sealed class ExpressionPropertyTests
{
    static readonly EvaluationContext Context = Sql.Context(Dialect.PostgreSql, ExpressionGenerators.Columns);

    static Config Times(int count) => Config.QuickThrowOnFailure.WithMaxTest(count);

    static void ForAll<T>(Arbitrary<T> values, Func<T, bool> holds, int count = 500) => Prop.ForAll(values, holds).Check(Times(count));

    static Arbitrary<(Expression Condition, Dictionary<string, SqlValue> Row)> ConditionsAndRows =>
        Arb.From(from condition in ExpressionGenerators.Conditions.Generator from row in ExpressionGenerators.Row select (condition, row));

    static readonly string[] Pieces =
    [
        "a", "VALUE", "(", ")", "[", "]", ",", ".", "::", "'x'", "'", "\"", "$", "$$", "1", "1.5e3", "0x", " ", "AND", "OR", "NOT", "IS", "NULL",
            "IN", "LIKE", "BETWEEN",
        "CASE", "WHEN", "THEN", "END", "ANY", "ARRAY", "ROW", "CAST", "AS", "text", "+", "-", "--", "/*", "*/", "~", "->>", "@>", "TRIM", "FROM",
        "EXTRACT", "INTERVAL", "\u00e9", "\ud83d",
        "\u0000", "E'\\", "COLLATE", "OPERATOR", "timestamp", "with", "time", "zone", "SIMILAR", "TO", "ESCAPE", "POSITION", "VARIADIC",
        "SELECT", "DISTINCT",
    ];

    [Fact]
    public void Any_text_is_read_or_refused_with_a_reason_in_every_dialect()
    {
        var anything = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""),
            Gen.Elements(Pieces).ListOf().Select(p => string.Join(' ', p)),
            Gen.Elements(Pieces).ListOf().Select(string.Concat));
        ForAll(Arb.From(anything), text => Enum.GetValues<Dialect>().All(dialect =>
        {
            var isRead = ExpressionParser.TryParse(text, dialect, out var expression, out var reason);
            if (!isRead) return reason.Length > 0;
            return Conjuncts.OfCheck(expression!, Sql.Context(dialect)).All(c => c.ToString().Length > 0) && expression!.ToString().Length > 0;
        }), 2_000);
    }

    [Fact]
    public void What_is_printed_is_read_back_as_the_same_tree() =>
        ForAll(ExpressionGenerators.Conditions, expression => Sql.Parse(expression.ToString()) == expression);

    [Fact]
    public void The_normal_form_has_the_value_of_the_expression() => ForAll(ConditionsAndRows, sample =>
    {
        var expected = ExpressionGenerators.Evaluate(sample.Condition, sample.Row);
        var actual = ExpressionGenerators.Evaluate(Conjuncts.Normalise(sample.Condition, Context), sample.Row);
        return expected.Kind == SqlKind.NotEvaluable || actual.Kind == SqlKind.NotEvaluable || expected == actual;
    }, 800);

    [Fact]
    public void The_conjuncts_of_a_check_hold_together_exactly_where_it_does() => ForAll(ConditionsAndRows, sample =>
    {
        var expected = ExpressionGenerators.Evaluate(sample.Condition, sample.Row);
        var parts = Conjuncts.OfCheck(sample.Condition, Context).Select(c => ExpressionGenerators.Evaluate(c.Expression, sample.Row)).ToArray();
        return expected.Kind == SqlKind.NotEvaluable || parts.Any(p => p.Kind == SqlKind.NotEvaluable)
            || expected.IsFalse == parts.Any(p => p.IsFalse);
    }, 800);

    [Fact]
    public void The_conjuncts_of_a_filter_hold_together_exactly_where_it_does() => ForAll(ConditionsAndRows, sample =>
    {
        var expected = ExpressionGenerators.Evaluate(sample.Condition, sample.Row);
        var parts = Conjuncts.OfFilter(sample.Condition, Context).Select(c => ExpressionGenerators.Evaluate(c.Expression, sample.Row)).ToArray();
        return expected.Kind == SqlKind.NotEvaluable || parts.Any(p => p.Kind == SqlKind.NotEvaluable) || expected.IsTrue == parts.All(p => p.IsTrue);
    }, 800);

    [Fact]
    public void A_condition_never_admits_a_row_that_its_check_refuses() => ForAll(ConditionsAndRows, sample =>
    {
        var conditions = Conjuncts.OfCheck(sample.Condition, Context).Select(c => ConditionOracle.Holds(c.Condition, sample.Row, Context)).ToArray();
        var expected = ExpressionGenerators.Evaluate(sample.Condition, sample.Row);
        return expected.Kind == SqlKind.NotEvaluable || conditions.Any(c => c is null or false) || !expected.IsFalse;
    }, 1_500);

    [Fact]
    public void A_filters_conditions_admit_only_rows_that_it_takes() => ForAll(ConditionsAndRows, sample =>
    {
        var conditions = Conjuncts.OfFilter(sample.Condition, Context).Select(c => ConditionOracle.Holds(c.Condition, sample.Row, Context)).ToArray();
        var expected = ExpressionGenerators.Evaluate(sample.Condition, sample.Row);
        return expected.Kind == SqlKind.NotEvaluable || conditions.Any(c => c is null or false) || expected.IsTrue;
    }, 1_500);

    static SqlValue Not(Expression e, Dictionary<string, SqlValue> row) => ExpressionGenerators.Evaluate(new Expression.Unary("NOT", e), row);

    [Fact]
    public void NOT_NOT_is_nothing() => ForAll(ConditionsAndRows, s =>
        ExpressionGenerators.Evaluate(new Expression.Unary("NOT", new Expression.Unary("NOT", s.Condition)),
            s.Row) == ExpressionGenerators.Evaluate(s.Condition, s.Row));

    [Fact]
    public void NOT_of_AND_is_OR_of_NOTs()
    {
        var pairs = Arb.From(from l in ExpressionGenerators.Condition(4)
                             from r in ExpressionGenerators.Condition(4)
                             from row in ExpressionGenerators.Row
                             select (l, r, row));
        ForAll(pairs,
            s => Not(Expression.And(s.l, s.r),
            s.row) == ExpressionGenerators.Evaluate(Expression.Or(new Expression.Unary("NOT", s.l), new Expression.Unary("NOT", s.r)), s.row));
    }

    [Fact]
    public void Excluded_middle_fails_only_for_NULL() => ForAll(ConditionsAndRows, s =>
    {
        var value = ExpressionGenerators.Evaluate(s.Condition, s.Row);
        var either = ExpressionGenerators.Evaluate(Expression.Or(s.Condition, new Expression.Unary("NOT", s.Condition)), s.Row);
        return value.Kind == SqlKind.NotEvaluable || either == (value.IsNull ? SqlValue.Null : SqlValue.True);
    });
}
