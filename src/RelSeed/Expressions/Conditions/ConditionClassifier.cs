using System.Collections.Immutable;
using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Tells what each conjunct of a condition in normal form asks of a row.</summary>
/// <param name="passesNull">A CHECK, which holds unless false; else a filter, which holds when true.</param>
/// <param name="isExact">No condition may be narrower than its conjunct, for it is a guard, or one of two sides.</param>
sealed partial class ConditionClassifier(EvaluationContext context, bool passesNull, bool isExact = false)
{
    const int MostNestedEquivalences = 4;

    ConditionClassifier ForTruth => isExact ? this : field ??= new(context, passesNull: false, isExact: true);

    public List<Conjunct> Split(Expression condition)
    {
        var conjuncts = new List<Conjunct>();
        Add(condition, conjuncts);
        return conjuncts;
    }

    EquatableArray<Condition> Conditions(Expression condition) =>
        ConditionMerge.Merge(Split(condition)).Select(c => c.Condition).ToEquatableArray();

    /// <summary>What makes the condition true.</summary>
    EquatableArray<Condition> Truth(Expression condition) => ForTruth.Conditions(condition);

    /// <summary>What makes the condition false.</summary>
    EquatableArray<Condition> Falsehood(Expression condition) => ForTruth.Conditions(new NormalForm(context).Condition(condition, negated: true));

    void Add(Expression condition, List<Conjunct> conjuncts)
    {
        switch (condition)
        {
            case Expression.Logical { IsAnd: true } and:
                foreach (var operand in and.Operands) Add(operand, conjuncts);
                return;
            case Expression.Logical or:
                AddDisjunction(or.Operands, conjuncts);
                return;
            case Expression.Constant constant:
                if (constant.Value.IsFalse || constant.Value.IsNull && !passesNull) conjuncts.Add(new(condition, new Condition.Never()));
                return;
            case Expression.In { Items.Count: > 0 } list when ExpandList(list) is { } expanded:
                Add(expanded, conjuncts);
                return;
        }
        if (passesNull && ZeroFactors(condition) is { Count: > 1 } factors)
        {
            AddDisjunction([.. factors], conjuncts);
            return;
        }
        if (Classify(condition) is { } found) conjuncts.Add(new(condition, found));
        if (!passesNull) AddNotNull(condition, conjuncts);
    }

    // A product is zero where one of its factors is.
    static List<Expression> ZeroFactors(Expression condition) =>
        condition is Expression.Binary
        {
            Operator: "=", Left: Expression.Binary { Operator: "*" } product, Right: Expression.Constant { Value: var value } zero
        }
        && value.IsNumber && SqlCompare.ToDouble(value) == 0
            ? [.. Factors(product).Select(f => new Expression.Binary("=", f, zero))] : [];

    static IEnumerable<Expression> Factors(Expression expression) => expression is Expression.Binary { Operator: "*" } product
        ? Factors(product.Left).Concat(Factors(product.Right)) : [expression];

    /// <summary>A filter's columns may not be NULL where NULL makes it unknown.</summary>
    void AddNotNull(Expression condition, List<Conjunct> conjuncts)
    {
        foreach (var column in condition.ColumnNames())
            if (Strictness.IsNullWhen(condition, column) && context.Find(column)?.IsNullable != false)
                conjuncts.Add(new(new Expression.Is(new Expression.Column(column), IsTest.Null, Negated: true), new Condition.NotNull(column)));
    }

    /// <summary>Null for what always holds.</summary>
    Condition? Classify(Expression condition) => condition switch
    {
        Expression.Column column => BooleanColumn(column.Name, isTrue: true),
        Expression.Unary { Operator: "NOT", Operand: Expression.Column column } => BooleanColumn(column.Name, isTrue: false),
        Expression.Is { Test: IsTest.Null, Operand: Expression.Column column } test =>
            test.Negated ? new Condition.NotNull(column.Name) : new Condition.IsNull(column.Name),
        Expression.Is test => JsonTest(test),
        Expression.In list => InList(list),
        Expression.Like like => Matching(like),
        Expression.Binary { Operator: "=" } binary when IsEquivalence(binary) => Equivalence(binary),
        Expression.Binary binary when Comparisons.Parse(binary.Operator) is { } comparison => Compare(binary, comparison),
        Expression.Call call => Call(call),
        _ => Opaque(condition),
    };

    static Condition.Opaque Opaque(Expression condition) => new(condition, condition.ColumnNames().ToEquatableArray());

    Condition.InSet BooleanColumn(string column, bool isTrue) => context.IsSqlite
        ? new(column, [SqlValue.Integer(0)], Negated: isTrue)
        : new(column, [SqlValue.Boolean(isTrue)]);

    Condition JsonTest(Expression.Is test) => ColumnCasts.ColumnOf(test.Operand, context) is { } column && !test.Negated && test.Test >= IsTest.Json
        ? new Condition.JsonShape(column, test.Test switch
        {
            IsTest.JsonObject => ["object"],
            IsTest.JsonArray => ["array"],
            IsTest.JsonScalar => ["string", "number", "boolean", "null"],
            _ => [],
        })
        : Opaque(test);

    Condition Call(Expression.Call call)
    {
        switch (call)
        {
            case { Name: "json_valid", Arguments: [var json, ..] } when ColumnCasts.ColumnOf(json, context) is { } column:
                return new Condition.JsonShape(column, []);
            case { Name: "starts_with", Arguments: [var text, Expression.Constant { Value.IsText: true } prefix] } when ColumnCasts.ColumnOf(text,
                context) is { } column:
                return Prefix(column, prefix.Value.AsText, negated: false);
            case { Name: "regexp_like", Arguments: [var text, Expression.Constant { Value.IsText: true } pattern] } when ColumnCasts.ColumnOf(text,
                context) is { } column:
                return new Condition.Pattern(column, LikeKind.Regex, pattern.Value.AsText, '\\');
            default:
                return Opaque(call);
        }
    }

    static Condition.Pattern Prefix(string column, string prefix, bool negated) =>
        new(column, LikeKind.Like, EscapeLike(prefix) + "%", '\\', negated);

    static string EscapeLike(string text) => text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");

    /// <summary>IN over what is no column, such as a length, as the OR of its cases.</summary>
    Expression? ExpandList(Expression.In list)
    {
        if (list.Items.Count > 16 || !isExact && !list.Negated && IsIdempotent(list.Operand)
            || ColumnCasts.ColumnOf(list.Operand, context) is not null || JsonTypeOf(list.Operand) is not null
            || CountedColumns(list.Operand) is not null)
            return null;
        return list.Negated
            ? Expression.And(list.Items.Select(i => new Expression.Binary("<>", list.Operand, i)))
            : Expression.Or(list.Items.Select(i => new Expression.Binary("=", list.Operand, i)));
    }

    Condition? InList(Expression.In list)
    {
        var values = list.Items.OfType<Expression.Constant>().Select(c => Plain(c.Value)).ToImmutableArray();
        if (values.Length < list.Items.Count) return Opaque(list);
        var known = values.Where(v => !v.IsNull).Distinct().ToImmutableArray();
        var hasNull = known.Length < values.Length && values.Any(v => v.IsNull);
        if (hasNull && passesNull && !list.Negated) return null;
        if (hasNull && !passesNull && list.Negated) return new Condition.Never();
        if (JsonTypeOf(list.Operand) is { } json && !list.Negated) return new Condition.JsonShape(json, new([.. known.Select(v => v.ToString())]));
        if (CountedColumns(list.Operand) is { } counted && !list.Negated) return CountIn(counted, known) ?? Opaque(list);
        if (ColumnCasts.ColumnOf(list.Operand, context) is { } column) return new Condition.InSet(column, new(known), list.Negated);
        return !list.Negated && FixedPoints(list.Operand, known) is { } found ? found : Opaque(list);
    }

    /// <summary>Labels and case-insensitive texts as plain texts.</summary>
    static SqlValue Plain(SqlValue value) => value.Kind is SqlKind.Label or SqlKind.CaseInsensitiveText ? SqlValue.Text(value.AsText) : value;

    Condition Matching(Expression.Like like)
    {
        if (like.Pattern is not Expression.Constant { Value: { IsText: true } pattern }) return Opaque(like);
        if (ColumnCasts.ColumnOf(like.Operand, context) is not { } column) return Opaque(like);
        char? escape = like.Escape switch
        {
            null => context.Dialect == Dialect.PostgreSql ? '\\' : '\0',
            Expression.Literal { Text: [var single] } => single,
            Expression.Constant { Value: { IsText: true, AsText: [var single] } } => single,
            Expression.Literal { Text: "" } or Expression.Constant { Value: { IsText: true, AsText: "" } } => '\0',
            _ => null,
        };
        if (escape is null) return Opaque(like);
        var kind = like.Kind switch { LikeKind.ILike => LikeKind.Like, LikeKind.RegexIgnoreCase => LikeKind.Regex, var other => other };
        var ignoreCase = kind != like.Kind || context.IsSqlite && kind == LikeKind.Like || pattern.Kind == SqlKind.CaseInsensitiveText
            || !context.IsSqlite && context.Find(column)?.IsCaseInsensitive == true;
        return new Condition.Pattern(column, kind, pattern.AsText, escape.Value, like.Negated, ignoreCase);
    }

    bool IsEquivalence(Expression.Binary binary) =>
        (NormalForm.HasNormalForm(binary.Left) || NormalForm.HasNormalForm(binary.Right)) && IsBoolean(binary.Left) && IsBoolean(binary.Right);

    bool IsBoolean(Expression expression) => new NormalForm(context).IsCondition(expression);

    /// <summary>Each level doubles the work, for both sides are told as true and as false.</summary>
    static bool IsNestedDeeper(Expression expression, int levels)
    {
        if (expression is Expression.Binary { Operator: "=" } && levels-- == 0) return true;
        return expression.Children().Any(c => IsNestedDeeper(c, levels));
    }

    Condition Equivalence(Expression.Binary binary)
    {
        if (binary is
            {
                Left: Expression.Is { Test: IsTest.Null, Operand: Expression.Column a } left,
                Right: Expression.Is { Test: IsTest.Null, Operand: Expression.Column b } right
            } && a != b)
            return left.Negated == right.Negated
                ? new Condition.AllOrNoneNull([a.Name, b.Name])
                : new Condition.NonNullCount([a.Name, b.Name], 1, 1);
        if (IsNestedDeeper(binary, MostNestedEquivalences)) return Opaque(binary);
        return new Condition.Iff(Truth(binary.Left), Truth(binary.Right), Falsehood(binary.Left), Falsehood(binary.Right));
    }
}
