using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Comparisons: of a column, its length, its type of JSON, a count of NULLs, two columns.</summary>
sealed partial class ConditionClassifier
{
    Condition Compare(Expression.Binary binary, Comparison comparison)
    {
        if (binary.Right is Expression.Constant { Value: var value })
        {
            if (value.IsNull) return passesNull ? Opaque(binary) : new Condition.Never();
            if (WithConstant(binary.Left, comparison, Plain(value)) is { } found) return found;
        }
        return Linear.Compare(binary.Left, comparison, binary.Right, context) ?? Derived(binary, comparison) ?? Opaque(binary);
    }

    Condition? WithConstant(Expression left, Comparison comparison, SqlValue value)
    {
        if (ColumnCasts.ColumnOf(left, context) is { } column) return ColumnWith(column, comparison, value);
        if (value.Kind == SqlKind.Integer && Measured(left) is { } measure && Bounds(comparison, value.AsInteger) is { } bounds)
            return bounds.Minimum > (bounds.Maximum ?? int.MaxValue)
                ? new Condition.Never()
                : new Condition.Length(measure.Column, bounds.Minimum, bounds.Maximum, measure.Unit, measure.IsTrimmed);
        if (value.IsText && comparison == Comparison.Equal && JsonTypeOf(left) is { } json) return new Condition.JsonShape(json, [value.AsText]);
        if (value.Kind == SqlKind.Integer && CountedColumns(left) is { } counted) return Count(counted, comparison, value.AsInteger);
        if (value.IsText && value.AsText.Length == 0 && comparison == Comparison.NotEqual && Trimmed(left) is { } trimmed)
            return new Condition.Length(trimmed, 1, null, LengthUnit.Characters, IsTrimmed: true);
        return PartOf(left, comparison, value) ?? (Condition?)(comparison == Comparison.Equal ? FixedPoints(left, [value]) : null);
    }

    static Condition ColumnWith(string column, Comparison comparison, SqlValue value)
    {
        if (comparison == Comparison.NotEqual && value.IsText && value.AsText.Length == 0)
            return new Condition.Length(column, 1, null, LengthUnit.Characters);
        return Bound(column, comparison, value);
    }

    /// <summary>A column against a constant.</summary>
    public static Condition Bound(string column, Comparison comparison, SqlValue value) => comparison switch
    {
        Comparison.Equal => new Condition.InSet(column, [value]),
        Comparison.NotEqual => new Condition.InSet(column, [value], Negated: true),
        Comparison.Less or Comparison.LessOrEqual => new Condition.Range(column, default, value, false, comparison == Comparison.LessOrEqual),
        _ => new Condition.Range(column, value, default, comparison == Comparison.GreaterOrEqual, false),
    };

    /// <summary>What counts something of a column: length, octet_length, cardinality and their like.</summary>
    (string Column, LengthUnit Unit, bool IsTrimmed)? Measured(Expression expression)
    {
        if (expression is not Expression.Call call || call.Arguments.Count == 0) return null;
        var isTrimmed = Trimmed(call.Arguments[0]) is not null;
        var column = Trimmed(call.Arguments[0]) ?? ColumnCasts.ColumnOf(CaseFolded(call.Arguments[0]), context);
        if (column is null) return null;
        LengthUnit? unit = (call.Name, call.Arguments.Count) switch
        {
            ("char_length" or "character_length" or "len", 1) => LengthUnit.Characters,
            ("octet_length" or "datalength", 1) => LengthUnit.Bytes,
            ("length", 1) => context.Find(column)?.Type.Kind switch
            {
                TypeKind.Bytes => LengthUnit.Bytes,
                TypeKind.Bit or TypeKind.VarBit => LengthUnit.Bits,
                _ => LengthUnit.Characters,
            },
            ("cardinality" or "jsonb_array_length" or "json_array_length", 1) => LengthUnit.Items,
            ("array_length" or "array_upper", 2) when passesNull && call.Arguments[1] is Expression.Constant { Value: { Kind: SqlKind.Integer, AsInteger: 1 } } =>
                LengthUnit.Items,
            _ => null,
        };
        return unit is { } known ? (column, known, isTrimmed) : null;
    }

    /// <summary>The column under a trim of blanks.</summary>
    string? Trimmed(Expression expression) =>
        CaseFolded(expression) is Expression.Call { Name: "btrim" or "trim", Arguments: [var text, ..] arguments }
        && (arguments.Count == 1
        || arguments[1] is Expression.Constant { Value: { IsText: true } } set && set.Value.AsText.AsSpan().Trim(' ').IsEmpty)
        ? Trimmed(text) ?? ColumnCasts.ColumnOf(CaseFolded(text), context)
        : null;

    static Expression CaseFolded(Expression expression) =>
        expression is Expression.Call { Name: "lower" or "upper", Arguments: [var text] } ? CaseFolded(text) : expression;

    static (int Minimum, int? Maximum)? Bounds(Comparison comparison, long value)
    {
        var limit = (int)Math.Clamp(value, -1, int.MaxValue - 1);
        return comparison switch
        {
            Comparison.Less => (0, limit - 1),
            Comparison.LessOrEqual => (0, limit),
            Comparison.Equal => (Math.Max(limit, 0), limit),
            Comparison.GreaterOrEqual => (Math.Max(limit, 0), null),
            Comparison.Greater => (limit + 1, null),
            _ => value == 0 ? (1, null) : null,
        };
    }

    string? JsonTypeOf(Expression expression) =>
        expression is Expression.Call { Name: "jsonb_typeof" or "json_typeof" or "json_type", Arguments: [var json] }
            ? ColumnCasts.ColumnOf(json, context) : null;

    /// <summary>left(x, n) = 'text', substr(x, 1, n) = 'text', position('text' in x) = 0.</summary>
    Condition.Pattern? PartOf(Expression left, Comparison comparison, SqlValue value)
    {
        if (left is not Expression.Call call) return null;
        if (value.IsText && comparison is Comparison.Equal or Comparison.NotEqual && StartOf(call) is { } start
            && TextFunctions.CharacterCount(value.AsText) == start.Length)
            return Prefix(start.Column, value.AsText, comparison == Comparison.NotEqual);
        if (value.Kind != SqlKind.Integer || Searched(call) is not { } search) return null;
        var isFound = (comparison, value.AsInteger) switch
        {
            (Comparison.Equal, 0) or (Comparison.Less, 1) or (Comparison.LessOrEqual, 0) => false,
            (Comparison.Greater or Comparison.NotEqual, 0) or (Comparison.GreaterOrEqual, 1) => (bool?)true,
            _ => null,
        };
        if (isFound is null && comparison == Comparison.Equal && value.AsInteger == 1) return Prefix(search.Column, search.Part, negated: false);
        return isFound is { } found ? new(search.Column, LikeKind.Like, $"%{EscapeLike(search.Part)}%", '\\', !found) : null;
    }

    (string Column, long Length)? StartOf(Expression.Call call)
    {
        var length = call switch
        {
            { Name: "left", Arguments: [_, Expression.Constant { Value.Kind: SqlKind.Integer } count] } => count.Value.AsInteger,
            {
                Name: "substr" or "substring",
                Arguments: [_, Expression.Constant { Value: { Kind: SqlKind.Integer, AsInteger: 1 } },
                Expression.Constant { Value.Kind: SqlKind.Integer } count]
            } => count.Value.AsInteger,
            _ => -1,
        };
        return length > 0 && (ColumnCasts.ColumnOf(call.Arguments[0], context) ?? (isExact ? null : Trimmed(call.Arguments[0]))) is { } column
            ? (column, length) : null;
    }

    (string Column, string Part)? Searched(Expression.Call call)
    {
        if (call.Arguments.Count != 2 || call.Name is not ("position" or "strpos" or "instr" or "charindex")) return null;
        var (part, text) = call.Name is "position" or "charindex" ? (call.Arguments[0], call.Arguments[1]) : (call.Arguments[1], call.Arguments[0]);
        if (part is not Expression.Constant { Value: { IsText: true } wanted } || wanted.AsText.Length == 0
            || wanted.AsText.Trim(' ') != wanted.AsText)
            return null;
        return (ColumnCasts.ColumnOf(text, context) ?? Trimmed(text)) is { } column ? (column, wanted.AsText) : null;
    }

    /// <summary>lower(x) = 'a' is met by x = 'a': of the values, those that the function leaves as they are.</summary>
    Condition.InSet? FixedPoints(Expression left, IEnumerable<SqlValue> values)
    {
        if (isExact || !IsIdempotent(left) || left.ColumnNames() is not [var column]) return null;
        var compiled = new ExpressionCompiler(context, _ => 0).Compile(left);
        var kept = values.Where(v => compiled(new OneValue(v)) == v).ToArray();
        return kept.Length > 0 ? new(column, new([.. kept])) : null;
    }

    sealed class OneValue(SqlValue value) : IRow
    {
        public SqlValue this[int column] => value;
    }

    /// <summary>length(trim(x)) = length(x).</summary>
    Condition.Normalised? SameLength(Expression.Binary binary)
    {
        if (binary is not { Left: Expression.Call { Arguments: [var a] } left, Right: Expression.Call { Arguments: [var b] } right }
            || left.Name != right.Name || left.Name is not ("length" or "char_length"))
            return null;
        var (form, plain) = IsIdempotent(a) ? (a, b) : (b, a);
        return IsIdempotent(form) && Trimmed(form) is { } column && ColumnCasts.ColumnOf(plain, context) == column ? new(column, form) : null;
    }

    /// <summary>Every function of it is one that the evaluator knows.</summary>
    bool IsEvaluable(Expression expression) =>
        (expression is not Expression.Call call || call.Name is "coalesce" or "nullif" or "ifnull" or "iif"
            || FunctionCatalog.Find(context.Dialect, call.Name, call.Arguments.Count) is not null)
        && expression.Children().All(IsEvaluable);

    /// <summary>A column that is computed of itself, or of others.</summary>
    Condition? Derived(Expression.Binary binary, Comparison comparison)
    {
        if (comparison != Comparison.Equal) return null;
        if (SameLength(binary) is { } trimmed) return trimmed;
        foreach (var (side, other) in new[] { (binary.Left, binary.Right), (binary.Right, binary.Left) })
        {
            if (ColumnCasts.ColumnOf(side, context) is not { } column) continue;
            var sources = other.ColumnNames();
            if (sources is [var only] && only == column && IsIdempotent(other)) return new Condition.Normalised(column, other);
            if (!sources.Contains(column) && IsEvaluable(other)) return new Condition.Equation(column, other);
        }
        return null;
    }

    bool IsIdempotent(Expression expression) => expression switch
    {
        Expression.Call
        {
            Name: "lower" or "upper" or "btrim" or "ltrim" or "rtrim" or "trim" or "date" or "datetime" or "trunc" or "floor" or "ceil"
            or "ceiling" or "abs", Arguments: [var operand, ..] arguments
        } =>
            arguments.Skip(1).All(a => a is Expression.Constant) && (ColumnCasts.ColumnOf(operand, context) is not null || IsIdempotent(operand)),
        Expression.Call { Name: "left" or "round", Arguments: [var operand, Expression.Constant] } =>
            ColumnCasts.ColumnOf(operand, context) is not null,
        Expression.Call { Name: "round", Arguments: [var operand] } => ColumnCasts.ColumnOf(operand, context) is not null,
        Expression.Call { Name: "date_trunc", Arguments: [Expression.Constant, var operand] } => ColumnCasts.ColumnOf(operand, context) is not null,
        Expression.Cast cast => cast.Type.Modifiers.IsEmpty && IsIdempotent(cast.Operand),
        _ => false,
    };
}
