namespace RelSeed.Expressions;

/// <summary>Infix operators: each is settled into a function of two values.</summary>
sealed partial class ExpressionCompiler
{
    Compute CompileBinary(Expression.Binary binary)
    {
        var (left, right) = (Compile(binary.Left), Compile(binary.Right));
        var apply = Operator(binary.Operator, binary.Left, binary.Right);
        return row => apply(left(row), right(row));
    }

    Func<SqlValue, SqlValue, SqlValue> Operator(string symbol, Expression left, Expression right)
    {
        switch (symbol)
        {
            case "=":
                return Equality(left, right);
            case "<>":
                var equal = Equality(left, right);
                return (a, b) => Not(equal(a, b));
            case "<" or "<=" or ">" or ">=":
                return Ordering(symbol, left, right);
            case "~~" or "!~~" or "~~*" or "!~~*":
                var (ignoreCase, negated) = (symbol.EndsWith('*'), symbol[0] == '!');
                return Strictly((t, p) => LikeValue(t, p, '\\', ignoreCase, negated));
        }
        return context.IsSqlite ? SqliteOperator(symbol) : PlainOperator(symbol, left, right);
    }

    /// <summary>NULL when either value is; the closure is made once, so that a row allocates nothing.</summary>
    static Func<SqlValue, SqlValue, SqlValue> Strictly(Func<SqlValue, SqlValue, SqlValue> apply) => (a, b) => Strict(a, b, apply);

    static SqlValue Strict(SqlValue a, SqlValue b, Func<SqlValue, SqlValue, SqlValue> apply) =>
        !a.IsEvaluable ? a : !b.IsEvaluable ? b : a.IsNull || b.IsNull ? SqlValue.Null : apply(a, b);

    Func<SqlValue, SqlValue, SqlValue> Equality(Expression left, Expression right, bool isList = false)
    {
        if (context.IsSqlite)
        {
            var (a, b) = (SqliteSemantics.AffinityOf(left, context), isList ? Affinity.None : SqliteSemantics.AffinityOf(right, context));
            var ignoresCase = MayIgnoreCase(left, right);
            return Strictly((p, q) => SqliteSemantics.Compare(Plain(p, ignoresCase), a, Plain(q, ignoresCase), b) is { } order
                ? SqlValue.Boolean(order == 0) : SqlCompare.Mismatch(p, q));
        }
        var (leftIsOpen, rightIsOpen) = (IsUntyped(left), IsUntyped(right));
        if (!leftIsOpen && !rightIsOpen) return SqlCompare.Equal;
        return Strictly((x, y) => SqlCompare.Equal(Coerce(x, y, leftIsOpen), Coerce(y, x, rightIsOpen)));
    }

    /// <summary>In SQLite the left column's collation decides, unless one is written.</summary>
    bool MayIgnoreCase(Expression left, Expression right) =>
        right is Expression.Collate || left is not Expression.Column column || context.Find(column.Name)?.IsCaseInsensitive != false;

    static SqlValue Plain(SqlValue value, bool ignoresCase) =>
        !ignoresCase && value.Kind == SqlKind.CaseInsensitiveText ? SqlValue.Text(value.AsText) : value;

    /// <summary>A string literal takes the type of what it is compared with.</summary>
    static bool IsUntyped(Expression expression) => expression is Expression.Literal { Kind: LiteralKind.String }
        or Expression.Array { Items: [Expression.Literal { Kind: LiteralKind.String }, ..] };

    SqlValue Coerce(SqlValue value, SqlValue other, bool isUntyped) =>
        isUntyped && value.Kind == SqlKind.Text && !other.IsText ? SqlCast.ToKindOf(value, other, context) : value;

    Func<SqlValue, SqlValue, SqlValue> Ordering(string symbol, Expression left, Expression right)
    {
        Func<int, bool> holds = symbol switch
        {
            "<" => order => order < 0,
            "<=" => order => order <= 0,
            ">" => order => order > 0,
            _ => order => order >= 0,
        };
        if (context.IsSqlite)
        {
            var (a, b) = (SqliteSemantics.AffinityOf(left, context), SqliteSemantics.AffinityOf(right, context));
            var ignoresCase = MayIgnoreCase(left, right);
            return Strictly((p, q) => SqliteSemantics.Compare(Plain(p, ignoresCase), a, Plain(q, ignoresCase), b) is { } order
                ? SqlValue.Boolean(holds(order)) : SqlCompare.Mismatch(p, q));
        }
        var (leftIsOpen, rightIsOpen) = (IsUntyped(left), IsUntyped(right));
        var isBinary = context.HasBinaryTextOrder && left is not Expression.Collate && right is not Expression.Collate || IsBinary(left)
            || IsBinary(right);
        return Strictly((x, y) => Ordered(Coerce(x, y, leftIsOpen), Coerce(y, x, rightIsOpen), holds, isBinary));
    }

    static bool IsBinary(Expression expression) => expression is Expression.Collate { Collation: "C" or "POSIX" or "ucs_basic" };

    static SqlValue Ordered(SqlValue left, SqlValue right, Func<int, bool> holds, bool isBinary)
    {
        if (!left.IsEvaluable) return left;
        if (!right.IsEvaluable) return right;
        if (SqlCompare.Order(left, right) is not { } order) return SqlCompare.Mismatch(left, right);
        if (order != 0 && left.IsText && !isBinary && !IsOrderedAlike(left.AsText, right.AsText))
            return SqlValue.NotEvaluable("the order of texts depends on the collation");
        return SqlValue.Boolean(holds(order));
    }

    /// <summary>Every collation puts a text behind what it begins with, and digits in their order.</summary>
    static bool IsOrderedAlike(string left, string right) =>
        IsDigits(left) && IsDigits(right) || left.StartsWith(right, StringComparison.Ordinal) || right.StartsWith(left, StringComparison.Ordinal);

    static bool IsDigits(string text) => !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    Func<SqlValue, SqlValue, SqlValue> PlainOperator(string symbol, Expression left, Expression right)
    {
        var (leftIsOpen, rightIsOpen) = (IsUntyped(left), IsUntyped(right));
        Func<SqlValue, SqlValue, SqlValue> apply = symbol switch
        {
            "+" => SqlArithmetic.Add,
            "-" => (a, b) => a.Kind == SqlKind.Json ? SqlValue.NotEvaluable("json - is not evaluated") : SqlArithmetic.Subtract(a, b),
            "*" => SqlArithmetic.Multiply,
            "/" => SqlArithmetic.Divide,
            "%" => SqlArithmetic.Remainder,
            "^" when context.Dialect == Dialect.PostgreSql => SqlArithmetic.Power,
            "&" or "|" or "#" or "<<" or ">>" or "^" => (a, b) =>
                a.Kind == SqlKind.Network ? NetworkFunctions.Contain(symbol, a, b) : SqlArithmetic.Bitwise(symbol, a, b),
            "<<=" or ">>=" => (a, b) => NetworkFunctions.Contain(symbol, a, b),
            "||" => Concatenate,
            "->" or "->>" or "#>" or "#>>" or "?" => (a, b) => JsonFunctions.Apply(symbol, a, b),
            "@>" or "<@" or "&&" or "-|-" => (a, b) =>
                a.Kind == SqlKind.Network && symbol == "&&" ? NetworkFunctions.Contain(symbol, a, b) : Containment.Apply(symbol, a, b),
            "OVERLAPS" => Containment.Overlaps,
            _ => (_, _) => SqlValue.NotEvaluable($"the operator {symbol} is not evaluated"),
        };
        if (symbol is "||" or "->" or "->>" or "#>" or "#>>" or "?") return Strictly(apply);
        return Strictly((x, y) =>
        {
            var (p, q) = (Coerce(x, y, leftIsOpen), Coerce(y, x, rightIsOpen));
            return !p.IsEvaluable ? p : !q.IsEvaluable ? q : apply(p, q);
        });
    }

    static SqlValue Concatenate(SqlValue left, SqlValue right)
    {
        if (left.Kind == SqlKind.Array && right.Kind == SqlKind.Array) return SqlValue.Array([.. left.Items, .. right.Items]);
        if (left.Kind == SqlKind.Bytes && right.Kind == SqlKind.Bytes) return SqlValue.Bytes((byte[])[.. left.AsBytes, .. right.AsBytes]);
        if (!left.IsText && !right.IsText) return SqlValue.NotEvaluable("|| of these is not evaluated");
        var (a, b) = (SqlCast.ToText(left), SqlCast.ToText(right));
        return !a.IsEvaluable ? a : !b.IsEvaluable ? b : SqlValue.Text(a.AsText + b.AsText);
    }

    static Func<SqlValue, SqlValue, SqlValue> SqliteOperator(string symbol) => symbol switch
    {
        "+" or "-" or "*" or "/" or "%" => Strictly((x, y) => SqliteSemantics.Arithmetic(symbol, x, y)),
        "&" or "|" or "<<" or ">>" => Strictly((x, y) => SqliteSemantics.Bitwise(symbol, x, y)),
        "||" => Strictly((x, y) => SqliteSemantics.Concatenate(x, y)),
        "->" or "->>" => Strictly((x, y) => JsonFunctions.SqliteArrow(symbol, x, y)),
        _ => (_, _) => SqlValue.NotEvaluable($"the operator {symbol} is not evaluated"),
    };
}
