using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Turns a tree into closures. What can be settled once (types, operators, patterns) is settled here, not per row.</summary>
sealed partial class ExpressionCompiler(EvaluationContext context, Func<string, int> indexOf)
{
    /// <summary>A condition's value: in SQLite any value counts as true or false.</summary>
    public Compute CompileCondition(Expression expression)
    {
        var compute = Compile(expression);
        return context.IsSqlite ? row => SqliteSemantics.Truth(compute(row)) : compute;
    }

    public Compute Compile(Expression expression) => expression switch
    {
        Expression.Column column => CompileColumn(column),
        Expression.Literal literal => Always(LiteralValue(literal)),
        Expression.Constant constant => Always(constant.Value),
        Expression.Logical logical => CompileLogical(logical),
        Expression.Unary unary => CompileUnary(unary),
        Expression.Binary binary => CompileBinary(binary),
        Expression.Is test => CompileIs(test),
        Expression.IsDistinct distinct => CompileIsDistinct(distinct),
        Expression.In list => CompileIn(list),
        Expression.Quantified quantified => CompileQuantified(quantified),
        Expression.Between between => Compile(Expand(between)),
        Expression.Like like => CompileLike(like),
        Expression.Call call => CompileCall(call),
        Expression.Cast cast => CompileCast(cast),
        Expression.Case choice => CompileCase(choice),
        Expression.Array array => CompileItems(array.Items, SqlValue.Array),
        Expression.Row row => CompileItems(row.Items, SqlValue.Row),
        Expression.Subscript subscript => CompileSubscript(subscript),
        Expression.Collate collate => CompileCollate(collate),
        Expression.AtTimeZone zone => CompileAtTimeZone(zone),
        _ => Unable($"{expression.GetType().Name.ToLowerInvariant()} is not evaluated"),
    };

    static Compute Always(SqlValue value) => _ => value;
    static Compute Unable(string reason) => Always(SqlValue.NotEvaluable(reason));

    Compute CompileColumn(Expression.Column column)
    {
        var index = indexOf(column.Name);
        if (index < 0) return Unable($"the row has no column {column.Name}");
        if (context.IsSqlite && context.Find(column.Name)?.IsCaseInsensitive != true) return row => SqliteSemantics.Store(row[index]);
        if (context.Find(column.Name)?.IsCaseInsensitive != true) return row => row[index];
        return row =>
        {
            var value = row[index];
            return value.Kind == SqlKind.Text ? SqlValue.CaseInsensitiveText(value.AsText) : value;
        };
    }

    /// <summary>The value a literal has in the dialect: SQLite's booleans are integers and its fractions are doubles.</summary>
    SqlValue LiteralValue(Expression.Literal literal) => literal.Kind switch
    {
        LiteralKind.Null => SqlValue.Null,
        LiteralKind.Boolean when context.IsSqlite => SqlValue.Integer(literal.Text == "true" ? 1 : 0),
        LiteralKind.Boolean => SqlValue.Boolean(literal.Text == "true"),
        LiteralKind.Integer => SqlValue.Integer(long.Parse(literal.Text)),
        LiteralKind.Decimal => SqlNumber.Parse(literal.Text, asDouble: context.IsSqlite),
        LiteralKind.String => SqlValue.Text(literal.Text),
        LiteralKind.Bytes when context.Dialect == Dialect.PostgreSql =>
            SqlValue.Bits(string.Concat(literal.Text.Select(d => Convert.ToString(Convert.ToInt32(d.ToString(), 16), 2).PadLeft(4, '0')))),
        LiteralKind.Bytes => SqlValue.Bytes(Convert.FromHexString(literal.Text)),
        _ => SqlValue.Bits(literal.Text),
    };

    Compute CompileItems(EquatableArray<Expression> items, Func<IReadOnlyList<SqlValue>, SqlValue> make)
    {
        var parts = items.Select(Compile).ToArray();
        return row =>
        {
            var values = new SqlValue[parts.Length];
            for (var i = 0; i < parts.Length; i++)
            {
                values[i] = parts[i](row);
                if (!values[i].IsEvaluable) return values[i];
            }
            return make(values);
        };
    }

    Compute CompileSubscript(Expression.Subscript subscript)
    {
        if (subscript.IsSlice || subscript.Index is null) return Unable("array slices are not evaluated");
        var (array, index) = (Compile(subscript.Operand), Compile(subscript.Index));
        return row =>
        {
            var (items, at) = (array(row), index(row));
            if (!items.IsEvaluable || items.IsNull) return items;
            if (!at.IsEvaluable || at.IsNull) return at;
            if (items.Kind != SqlKind.Array || at.Kind != SqlKind.Integer) return SqlValue.NotEvaluable("only arrays are subscripted");
            return at.AsInteger >= 1 && at.AsInteger <= items.Items.Count ? items.Items[(int)at.AsInteger - 1] : SqlValue.Null;
        };
    }

    Compute CompileCollate(Expression.Collate collate)
    {
        var operand = Compile(collate.Operand);
        return collate.Collation.ToUpperInvariant() switch
        {
            "NOCASE" when context.IsSqlite => row => AsText(operand(row), SqlValue.CaseInsensitiveText),
            "BINARY" when context.IsSqlite => row => AsText(operand(row), SqlValue.Text),
            "C" or "POSIX" or "UCS_BASIC" or "DEFAULT" when context.Dialect == Dialect.PostgreSql => operand,
            _ => Unable($"the collation {collate.Collation} is not known"),
        };
    }

    static SqlValue AsText(SqlValue value, Func<string, SqlValue> make) => value.IsText ? make(value.AsText) : value;

    Compute CompileAtTimeZone(Expression.AtTimeZone zone)
    {
        var (operand, name) = (Compile(zone.Operand), Compile(zone.Zone));
        return row =>
        {
            var (value, at) = (operand(row), name(row));
            if (!value.IsEvaluable || value.IsNull) return value;
            if (!at.IsText || at.AsText.ToUpperInvariant() is not ("UTC" or "GMT" or "Z" or "ETC/UTC"))
                return SqlValue.NotEvaluable("only UTC is converted");
            return value.Kind switch
            {
                SqlKind.Timestamp => SqlValue.TimestampTz(value.AsInteger),
                SqlKind.TimestampTz => SqlValue.Timestamp(value.AsInteger),
                _ => SqlValue.NotEvaluable("only timestamps change zones"),
            };
        };
    }

    Compute CompileCast(Expression.Cast cast)
    {
        var operand = Compile(cast.Operand);
        if (context.IsSqlite) return SqliteCast(operand, SqliteSemantics.AffinityOf(cast.Type.Name));
        var type = cast.Type;
        var isLiteral = cast.Operand is Expression.Literal or Expression.Constant;
        if (isLiteral) return Always(SqlCast.To(operand(NoRow.Instance), type, context, isLiteral));
        return row => SqlCast.To(operand(row), type, context, isLiteral: false);
    }

    static Compute SqliteCast(Compute operand, Affinity affinity) => row => SqliteSemantics.Cast(operand(row), affinity);

    /// <summary>For constants, which read no column.</summary>
    internal sealed class NoRow : IRow
    {
        public static readonly NoRow Instance = new();

        public SqlValue this[int column] => SqlValue.NotEvaluable("no row");
    }
}
