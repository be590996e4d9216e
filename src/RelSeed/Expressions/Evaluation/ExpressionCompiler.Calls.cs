using System.Runtime.CompilerServices;
using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Function calls. Arguments of up to four lie on the stack.</summary>
sealed partial class ExpressionCompiler
{
    const int StackArguments = 4;

    [InlineArray(StackArguments)]
    struct ArgumentBuffer
    {
        SqlValue _first;
    }

    Compute CompileCall(Expression.Call call)
    {
        var arguments = Spread(call.Arguments);
        switch (call.Name)
        {
            case "coalesce" or "ifnull":
                return Coalesce([.. arguments.Select(Compile)]);
            case "nullif" when arguments.Count == 2:
                return NullIf(arguments);
            case "iif" or "if" when context.IsSqlite && arguments.Count is 2 or 3:
                return CompileCase(new(null, [new(arguments[0], arguments[1])], arguments.Count == 3 ? arguments[2] : null));
            case "likely" or "unlikely" when context.IsSqlite && arguments.Count == 1:
                return Compile(arguments[0]);
            case "like" or "glob" when context.IsSqlite && arguments.Count is 2 or 3:
                return CompileLike(new(call.Name == "like" ? LikeKind.Like : LikeKind.Glob, arguments[1], arguments[0],
                    arguments.Count == 3 ? arguments[2] : null, Negated: false));
        }
        if (FunctionCatalog.Find(context.Dialect, call.Name, arguments.Count) is not { } function)
            return Unable($"the function {call.Name} is not evaluated");
        return Invoke(function, [.. arguments.Select(Compile)]);
    }

    /// <summary>VARIADIC ARRAY[a, b] as two arguments.</summary>
    static EquatableArray<Expression> Spread(EquatableArray<Expression> arguments) =>
        arguments.Count > 0 && arguments[arguments.Count - 1] is Expression.Unary { Operator: "VARIADIC", Operand: Expression.Array array }
            ? new([.. arguments.Take(arguments.Count - 1), .. array.Items])
            : arguments;

    static Compute Coalesce(Compute[] arguments) => row =>
    {
        foreach (var argument in arguments)
        {
            var value = argument(row);
            if (!value.IsNull) return value;
        }
        return SqlValue.Null;
    };

    Compute NullIf(EquatableArray<Expression> arguments)
    {
        var (left, right, equal) = (Compile(arguments[0]), Compile(arguments[1]), Equality(arguments[0], arguments[1]));
        return row =>
        {
            var value = left(row);
            var same = equal(value, right(row));
            return !same.IsEvaluable ? same : same.IsTrue ? SqlValue.Null : value;
        };
    }

    Compute Invoke(ScalarFunction function, Compute[] arguments)
    {
        var evaluation = context;
        if (arguments.Length > StackArguments) return row => Apply(function, arguments, row, new SqlValue[arguments.Length], evaluation);
        return row =>
        {
            var buffer = default(ArgumentBuffer);
            return Apply(function, arguments, row, ((Span<SqlValue>)buffer)[..arguments.Length], evaluation);
        };
    }

    static SqlValue Apply(ScalarFunction function, Compute[] arguments, IRow row, Span<SqlValue> values, EvaluationContext context)
    {
        var sawNull = false;
        for (var i = 0; i < arguments.Length; i++)
        {
            values[i] = arguments[i](row);
            if (!values[i].IsEvaluable) return values[i];
            sawNull |= values[i].IsNull;
        }
        return sawNull && function.IsStrict ? SqlValue.Null : function.Body(values, context);
    }
}
