namespace RelSeed.Expressions;

/// <summary>Walks over a tree.</summary>
public static class ExpressionTree
{
    /// <summary>The operands of the top node, in the order they are written.</summary>
    public static IEnumerable<Expression> Children(this Expression expression) => expression switch
    {
        Expression.Unary unary => [unary.Operand],
        Expression.Binary binary => [binary.Left, binary.Right],
        Expression.Logical logical => logical.Operands,
        Expression.Is test => [test.Operand],
        Expression.IsDistinct distinct => [distinct.Left, distinct.Right],
        Expression.In list => list.Items.Prepend(list.Operand),
        Expression.Quantified quantified => [quantified.Operand, quantified.Items],
        Expression.Between between => [between.Operand, between.Low, between.High],
        Expression.Like like => like.Escape is { } escape ? [like.Operand, like.Pattern, escape] : [like.Operand, like.Pattern],
        Expression.Call call => call.Arguments,
        Expression.Cast cast => [cast.Operand],
        Expression.Case choice => CaseParts(choice),
        Expression.Array array => array.Items,
        Expression.Row row => row.Items,
        Expression.Subscript subscript => new[] { subscript.Operand, subscript.Index, subscript.Upper }.OfType<Expression>(),
        Expression.Field field => [field.Operand],
        Expression.Collate collate => [collate.Operand],
        Expression.AtTimeZone zone => [zone.Operand, zone.Zone],
        _ => [],
    };

    static IEnumerable<Expression> CaseParts(Expression.Case choice)
    {
        if (choice.Operand is { } operand) yield return operand;
        foreach (var when in choice.Whens)
        {
            yield return when.Condition;
            yield return when.Result;
        }
        if (choice.Else is { } otherwise) yield return otherwise;
    }

    /// <summary>The same node over other operands.</summary>
    internal static Expression Map(this Expression expression, Func<Expression, Expression> change) => expression switch
    {
        Expression.Unary unary => unary with { Operand = change(unary.Operand) },
        Expression.Binary binary => binary with { Left = change(binary.Left), Right = change(binary.Right) },
        Expression.Logical logical =>
            logical.IsAnd ? Expression.And(logical.Operands.Select(change)) : Expression.Or(logical.Operands.Select(change)),
        Expression.Is test => test with { Operand = change(test.Operand) },
        Expression.IsDistinct distinct => distinct with { Left = change(distinct.Left), Right = change(distinct.Right) },
        Expression.In list => list with { Operand = change(list.Operand), Items = new([.. list.Items.Select(change)]) },
        Expression.Quantified quantified => quantified with { Operand = change(quantified.Operand), Items = change(quantified.Items) },
        Expression.Between between => between with { Operand = change(between.Operand), Low = change(between.Low), High = change(between.High) },
        Expression.Like like => like with { Operand = change(like.Operand), Pattern = change(like.Pattern), Escape = Optional(like.Escape, change) },
        Expression.Call call => call with { Arguments = new([.. call.Arguments.Select(change)]) },
        Expression.Cast cast => cast with { Operand = change(cast.Operand) },
        Expression.Case choice => new Expression.Case(Optional(choice.Operand, change),
            new([.. choice.Whens.Select(w => new Expression.When(change(w.Condition), change(w.Result)))]), Optional(choice.Else, change)),
        Expression.Array array => new Expression.Array(new([.. array.Items.Select(change)])),
        Expression.Row row => new Expression.Row(new([.. row.Items.Select(change)])),
        Expression.Subscript subscript => subscript with
        {
            Operand = change(subscript.Operand),
            Index = Optional(subscript.Index, change),
            Upper = Optional(subscript.Upper, change),
        },
        Expression.Field field => field with { Operand = change(field.Operand) },
        Expression.Collate collate => collate with { Operand = change(collate.Operand) },
        Expression.AtTimeZone zone => zone with { Operand = change(zone.Operand), Zone = change(zone.Zone) },
        _ => expression,
    };

    static Expression? Optional(Expression? part, Func<Expression, Expression> change) => part is null ? null : change(part);

    /// <summary>Names of the columns it reads, each once, in order of first use; <c>*</c> when it reads the whole row.</summary>
    public static IReadOnlyList<string> ColumnNames(this Expression expression)
    {
        var names = new List<string>();
        Collect(expression, names);
        return names;
    }

    static void Collect(Expression expression, List<string> names)
    {
        var name = expression switch { Expression.Column column => column.Name, Expression.Star => "*", _ => null };
        if (name is not null && !names.Contains(name)) names.Add(name);
        foreach (var child in expression.Children()) Collect(child, names);
    }

    /// <summary>Ends as soon as that is known.</summary>
    internal static bool HasMoreNodesThan(this Expression expression, int nodes)
    {
        var open = new Stack<Expression>([expression]);
        while (open.TryPop(out var top))
        {
            if (--nodes < 0) return true;
            foreach (var child in top.Children()) open.Push(child);
        }
        return false;
    }

    /// <summary>Without recursion, for it guards those who recurse.</summary>
    internal static bool IsDeeperThan(this Expression expression, int depth)
    {
        var open = new Stack<(Expression Node, int Level)>([(expression, 1)]);
        while (open.TryPop(out var top))
        {
            if (top.Level > depth) return true;
            foreach (var child in top.Node.Children()) open.Push((child, top.Level + 1));
        }
        return false;
    }
}
