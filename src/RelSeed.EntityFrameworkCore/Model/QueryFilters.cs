using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>Lets most rows pass the filters that queries put on a type: few are deleted, most are active.</summary>
static class QueryFilters
{
    const double Visible = 0.92;

    public static ColumnModel Add(ColumnModel model, IProperty property, ColumnType type)
    {
        if (property.DeclaringType is not IEntityType entity) return model;
        foreach (var filter in entity.GetRootType().GetDeclaredQueryFilters())
            if (filter.Expression is { } expression)
                foreach (var condition in Conditions(expression.Body)) model = Add(model, condition, property.Name, type);
        return model;
    }

    static IEnumerable<Expression> Conditions(Expression body) =>
        body is BinaryExpression { NodeType: ExpressionType.AndAlso } both ? Conditions(both.Left).Concat(Conditions(both.Right)) : [body];

    static ColumnModel Add(ColumnModel model, Expression condition, string property, ColumnType type) => condition switch
    {
        UnaryExpression { NodeType: ExpressionType.Not } not when IsProperty(not.Operand, property) => Favour(model, "false", type),
        _ when IsProperty(condition, property) => Favour(model, "true", type),
        BinaryExpression { NodeType: ExpressionType.Equal or ExpressionType.NotEqual } compare when Constant(compare, property) is { } constant =>
            Compare(model, constant.Value, compare.NodeType == ExpressionType.Equal, type),
        _ => model,
    };

    static ColumnModel Compare(ColumnModel model, object? value, bool isEqual, ColumnType type) => value switch
    {
        null => model with { NullShare = isEqual ? Visible : 1 - Visible },
        bool truth => Favour(model, truth == isEqual ? "true" : "false", type),
        _ => model,
    };

    static ColumnModel Favour(ColumnModel model, string value, ColumnType type)
    {
        if (type.Kind != TypeKind.Boolean) return model;
        return model with { Values = [new("true", value == "true" ? Visible : 1 - Visible), new("false", value == "false" ? Visible : 1 - Visible)] };
    }

    static ConstantExpression? Constant(BinaryExpression compare, string property) =>
        IsProperty(compare.Left, property) ? Unwrap(compare.Right) as ConstantExpression : IsProperty(compare.Right, property)
            ? Unwrap(compare.Left) as ConstantExpression : null;

    static bool IsProperty(Expression expression, string property) => Unwrap(expression) switch
    {
        MemberExpression { Expression: { } holder } member => member.Member.Name == property && Unwrap(holder) is ParameterExpression,
        MethodCallExpression { Method.Name: nameof(EF.Property), Arguments: [_, ConstantExpression { Value: string name }] } => name == property,
        _ => false,
    };

    static Expression Unwrap(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert ? Unwrap(convert.Operand)
            : expression;
}
