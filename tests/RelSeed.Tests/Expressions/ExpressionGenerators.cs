using FsCheck;
using FsCheck.Fluent;
using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Tests.Expressions;

/// <summary>Random trees, and random rows for them.</summary>
static class ExpressionGenerators
{
    public static readonly string[] Booleans = ["p", "q", "r"], Numbers = ["a", "b", "c"], Texts = ["s", "t"];

    public static readonly Column[] Columns =
    [
        .. Booleans.Select(n => Sql.Column(n, TypeKind.Boolean)), .. Numbers.Select(n => Sql.Column(n, TypeKind.Int32)),
        .. Texts.Select(n => Sql.Column(n, TypeKind.Text)),
    ];

    static Gen<Expression> Column(string[] names) => Gen.Elements(names).Select(n => (Expression)new Expression.Column(n));

    static Gen<Expression> Literal(LiteralKind kind, params string[] texts) =>
        Gen.Elements(texts).Select(t => (Expression)new Expression.Literal(kind, t));

    static Gen<Expression> Number(int size) => size <= 0
        ? Gen.OneOf(Column(Numbers), Literal(LiteralKind.Integer, "0", "1", "2", "-1"), Gen.Constant((Expression)Expression.Literal.Null))
        : Gen.OneOf(
            Number(0),
            from op in Gen.Elements("+", "-", "*")
            from l in Number(size / 2)
            from r in Number(size / 2)
            select (Expression)new Expression.Binary(op, l, r),
            from l in Number(size / 2) from r in Number(size / 2) select (Expression)new Expression.Call("coalesce", [l, r]),
            from x in Text(size / 2) select (Expression)new Expression.Call("length", [x]));

    static Gen<Expression> Text(int size) => size <= 0
        ? Gen.OneOf(Column(Texts), Literal(LiteralKind.String, "", "a", "it's", "ab%"))
        : Gen.OneOf(
            Text(0),
            from x in Text(size / 2) select (Expression)new Expression.Call("lower", [x]),
            from x in Text(size / 2) select (Expression)new Expression.Cast(x, new TypeName("text")),
            from l in Text(size / 2) from r in Text(size / 2) select (Expression)new Expression.Binary("||", l, r));

    /// <summary>Of a boolean value.</summary>
    public static Gen<Expression> Condition(int size) => size <= 0
        ? Gen.OneOf(Column(Booleans), Literal(LiteralKind.Boolean, "true", "false"), Gen.Constant((Expression)Expression.Literal.Null))
        : Gen.OneOf(
            Condition(0),
            from op in Gen.Elements("=", "<>", "<", "<=", ">", ">=")
            from l in Number(size / 2)
            from r in Number(size / 2)
            select (Expression)new Expression.Binary(op, l, r),
            from op in Gen.Elements("=", "<>") from l in Text(size / 2) from r in Text(size / 2) select (Expression)new Expression.Binary(op, l, r),
            from op in Gen.Elements("=", "<>")
            from l in Condition(size / 2)
            from r in Condition(size / 2)
            select (Expression)new Expression.Binary(op, l, r),
            from isAnd in Gen.Elements(true, false)
            from l in Condition(size / 2)
            from r in Condition(size / 2)
            from m in Condition(size / 2)
            select isAnd ? Expression.And(l, r, m) : Expression.Or(l, r, m),
            from x in Condition(size / 2) select (Expression)new Expression.Unary("NOT", x),
            from x in Condition(size / 2)
            from test in Gen.Elements(IsTest.Null, IsTest.True, IsTest.False, IsTest.Unknown)
            from n in Gen.Elements(true, false)
            select (Expression)new Expression.Is(x, test, n),
            from x in Number(size / 2) from n in Gen.Elements(true, false) select (Expression)new Expression.Is(x, IsTest.Null, n),
            from x in Number(size / 2)
            from y in Number(size / 2)
            from n in Gen.Elements(true, false)
            select (Expression)new Expression.IsDistinct(x, y, n),
            from x in Number(size / 2)
            from low in Number(0)
            from high in Number(0)
            from n in Gen.Elements(true, false)
            from s in Gen.Elements(true, false)
            select (Expression)new Expression.Between(x, low, high, n, s),
            from x in Number(size / 2)
            from items in Number(0).ArrayOf(3)
            from n in Gen.Elements(true, false)
            select (Expression)new Expression.In(x, new([.. items]), n),
            from x in Number(size / 2)
            from items in Number(0).ArrayOf(3)
            from all in Gen.Elements(true, false)
            from op in Gen.Elements("=", "<>", "<")
            select (Expression)new Expression.Quantified(x, op, all, new Expression.Array(new([.. items]))),
            from x in Text(size / 2)
            from kind in Gen.Elements(LikeKind.Like, LikeKind.ILike, LikeKind.Regex)
            from y in Text(0)
            from n in Gen.Elements(true, false)
            select (Expression)new Expression.Like(kind, x, y, null, n),
            from x in Condition(size / 2)
            from y in Condition(size / 2)
            from z in Condition(size / 2)
            select (Expression)new Expression.Case(null, [new(x, y)], z));

    public static Arbitrary<Expression> Conditions => Arb.From(Gen.Sized(size => Condition(Math.Min(size, 24))));

    static Gen<SqlValue> Value(string name) => Array.IndexOf(Booleans, name) >= 0
        ? Gen.Elements(SqlValue.True, SqlValue.False, SqlValue.Null)
        : Array.IndexOf(Numbers, name) >= 0
            ? Gen.Elements(SqlValue.Null, SqlValue.Integer(-1), SqlValue.Integer(0), SqlValue.Integer(1), SqlValue.Integer(2), SqlValue.Integer(3))
            : Gen.Elements(SqlValue.Null, SqlValue.Text(""), SqlValue.Text("a"), SqlValue.Text("A"), SqlValue.Text("ab"), SqlValue.Text("it's"));

    public static Gen<Dictionary<string, SqlValue>> Row =>
        Columns.Select(c => Value(c.Name).Select(v => (c.Name, Value: v))).Aggregate(
            Gen.Constant(new List<(string Name, SqlValue Value)>()), (rows, column) =>
                from r in rows from c in column select new List<(string Name, SqlValue Value)>(r) { c })
            .Select(r => r.ToDictionary(c => c.Name, c => c.Value));

    public static SqlValue Evaluate(Expression expression, Dictionary<string, SqlValue> row) =>
        Evaluator.Evaluate(expression, name => row[name], Sql.Context(Dialect.PostgreSql, Columns));
}
