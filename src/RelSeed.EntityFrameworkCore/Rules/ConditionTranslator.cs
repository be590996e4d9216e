using System.Collections;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata;

namespace RelSeed.EntityFrameworkCore.Rules;

/// <summary>Writes a condition of C# on an entity's properties as SQL: comparisons with values, null, and, or, not, and lists.</summary>
sealed class ConditionTranslator(RuleTranslator rules, IEntityType type, LambdaExpression condition)
{
    /// <exception cref="UsageException">RS1412: it says what SQL on one row cannot.</exception>
    public string Translate() => Write(condition.Body);

    string Write(Expression expression) => expression switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso } both => $"({Write(both.Left)} AND {Write(both.Right)})",
        BinaryExpression { NodeType: ExpressionType.OrElse } either => $"({Write(either.Left)} OR {Write(either.Right)})",
        UnaryExpression { NodeType: ExpressionType.Not } not => $"NOT {Write(not.Operand)}",
        BinaryExpression comparison when Sign(comparison.NodeType) is { } sign => Compare(comparison, sign),
        MemberExpression { Member.Name: "HasValue", Expression: { } of } when Nullable.GetUnderlyingType(of.Type) is not null =>
            $"{Column(of)} IS NOT NULL",
        MemberExpression flag when flag.Type == typeof(bool) && IsOfRow(flag) => $"{Column(flag)} = {Property(flag).Literal(true)}",
        MethodCallExpression { Method.Name: "Contains" } call => Contains(call),
        _ => throw Untranslatable(expression),
    };

    static string? Sign(ExpressionType type) => type switch
    {
        ExpressionType.Equal => "=",
        ExpressionType.NotEqual => "<>",
        ExpressionType.LessThan => "<",
        ExpressionType.LessThanOrEqual => "<=",
        ExpressionType.GreaterThan => ">",
        ExpressionType.GreaterThanOrEqual => ">=",
        _ => null,
    };

    static string Mirrored(string sign) => sign switch
    {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        _ => sign,
    };

    string Compare(BinaryExpression comparison, string sign)
    {
        var (left, right) = (Member(comparison.Left), Member(comparison.Right));
        if (IsOfRow(left) && IsOfRow(right)) return $"{Column(left)} {sign} {Column(right)}";
        if (!IsOfRow(left) && !IsOfRow(right)) throw Untranslatable(comparison);
        if (!IsOfRow(left)) (left, right, sign) = (right, left, Mirrored(sign));
        if (Value(right) is not { } value)
            return sign switch { "=" => $"{Column(left)} IS NULL", "<>" => $"{Column(left)} IS NOT NULL", _ => throw Untranslatable(comparison) };
        var property = Property(left);
        return $"{property.Comparable} {sign} {Literal(property, value)}";
    }

    string Contains(MethodCallExpression call)
    {
        // items.Contains(o.Status), by the list's own method or LINQ's; an array may come as a span of it.
        var (list, item) = call.Object is null && (call.Arguments.Count == 2 || call.Arguments is [_, _, ConstantExpression { Value: null }])
            ? (call.Arguments[0], call.Arguments[1]) : call is { Object: { } of, Arguments: [var only] } ? (of, only) : throw Untranslatable(call);
        if (list is MethodCallExpression { Method.Name: "op_Implicit", Arguments: [var array] }) list = array;
        if (!IsOfRow(Member(item)) || IsOfRow(list) || Value(list) is not IEnumerable items || list.Type == typeof(string))
            throw Untranslatable(call);
        var property = Property(Member(item));
        var values = items.Cast<object?>().OfType<object>().Select(v => Literal(property, v)).ToList();
        return values.Count == 0 ? throw Untranslatable(call) : $"{property.Comparable} IN ({string.Join(", ", values)})";
    }

    // C# compares enums by their numbers.
    static object OfType(object value, MappedProperty property)
    {
        var clr = Nullable.GetUnderlyingType(property.Property.ClrType) ?? property.Property.ClrType;
        return clr.IsEnum && value.GetType() != clr ? Enum.ToObject(clr, value) : value;
    }

    static Expression Member(Expression expression) =>
        RuleTranslator.Plain(expression) is MemberExpression { Member.Name: "Value", Expression: { } of }
            && Nullable.GetUnderlyingType(of.Type) is not null ? of : RuleTranslator.Plain(expression);

    bool IsOfRow(Expression expression) => RuleTranslator.Plain(expression) switch
    {
        MemberExpression { Expression: { } of } => IsOfRow(of),
        MethodCallExpression { Method.Name: "Property", Arguments: [var of, ..] } => IsOfRow(of),
        ParameterExpression parameter => parameter == condition.Parameters[0],
        _ => false,
    };

    object? Value(Expression expression)
    {
        if (expression is ConstantExpression constant) return constant.Value;
        try
        {
            return Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            throw Untranslatable(expression);
        }
    }

    MappedProperty Property(Expression member)
    {
        try
        {
            return rules.Property(type, Expression.Lambda(member, condition.Parameters[0]));
        }
        catch (UsageException)
        {
            throw Untranslatable(member);
        }
    }

    string Column(Expression member) => Property(Member(member)).Comparable;

    static string Literal(MappedProperty property, object value) => property.ComparableLiteral(OfType(value, property));

    UsageException Untranslatable(Expression part) => new("RS1412",
        $"The condition {RuleTranslator.Text(condition)} of a rule for {type.ClrType.Name} cannot be told in SQL: {part}. Compare properties with values or one another, by ==, !=, <, <=, >, >=, &&, ||, ! and Contains of a list.");
}
