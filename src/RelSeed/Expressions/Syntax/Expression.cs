using System.Collections.Immutable;
using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>A scalar SQL expression as an immutable tree; equal when it is written the same but for spacing, case and redundant
/// parentheses.</summary>
/// <remarks><see cref="ToString"/> prints text that <see cref="ExpressionParser"/> reads back into an equal tree. Depth is bounded by the
/// parser.</remarks>
public abstract record Expression
{
    private protected Expression()
    {
    }

    /// <summary>A column of the row; a domain's value is the column <c>VALUE</c>.</summary>
    public sealed record Column(string Name) : Expression;

    /// <summary>A constant as written. A string has no type yet, as in PostgreSQL.</summary>
    /// <param name="Text">Digits with sign; <c>true</c>, <c>false</c>; the string's characters; hexadecimal or binary digits; empty for NULL.</param>
    public sealed record Literal(LiteralKind Kind, string Text) : Expression
    {
        public static readonly Literal Null = new(LiteralKind.Null, "");
        public static readonly Literal True = new(LiteralKind.Boolean, "true");
        public static readonly Literal False = new(LiteralKind.Boolean, "false");
    }

    /// <summary>A constant that folding computed; the parser makes none.</summary>
    public sealed record Constant(SqlValue Value) : Expression
    {
        public static readonly Constant True = new(SqlValue.True);
        public static readonly Constant False = new(SqlValue.False);
    }

    /// <param name="Operator"><c>NOT</c>, <c>-</c>, <c>+</c>, <c>~</c>, <c>@</c> and the like; <c>VARIADIC</c> before a last argument.</param>
    public sealed record Unary(string Operator, Expression Operand) : Expression;

    /// <summary>Any infix operator but AND, OR and pattern matches. Inequality is always <c>&lt;&gt;</c>, equality <c>=</c>.</summary>
    public sealed record Binary(string Operator, Expression Left, Expression Right) : Expression;

    /// <summary>AND or OR over two or more operands, none of which is the same connective.</summary>
    public sealed record Logical(bool IsAnd, EquatableArray<Expression> Operands) : Expression;

    public sealed record Is(Expression Operand, IsTest Test, bool Negated) : Expression;

    /// <summary>IS DISTINCT FROM; SQLite's IS between two values is the negated form.</summary>
    public sealed record IsDistinct(Expression Left, Expression Right, bool Negated) : Expression;

    public sealed record In(Expression Operand, EquatableArray<Expression> Items, bool Negated) : Expression;

    /// <summary><c>operand operator ANY (array)</c>, or ALL.</summary>
    public sealed record Quantified(Expression Operand, string Operator, bool IsAll, Expression Items) : Expression;

    public sealed record Between(Expression Operand, Expression Low, Expression High, bool Negated, bool Symmetric) : Expression;

    public sealed record Like(LikeKind Kind, Expression Operand, Expression Pattern, Expression? Escape, bool Negated) : Expression;

    /// <summary>A function call; forms with a grammar of their own (EXTRACT, POSITION, TRIM, …) become plain calls.</summary>
    /// <param name="Name">Lower case unless quoted; with its schema when one is written, but never <c>pg_catalog</c>.</param>
    public sealed record Call(string Name, EquatableArray<Expression> Arguments) : Expression;

    public sealed record Cast(Expression Operand, TypeName Type) : Expression;

    public sealed record Case(Expression? Operand, EquatableArray<When> Whens, Expression? Else) : Expression;

    public sealed record Array(EquatableArray<Expression> Items) : Expression;

    public sealed record Row(EquatableArray<Expression> Items) : Expression;

    /// <summary>An array's element, or its slice from <paramref name="Index"/> to <paramref name="Upper"/>.</summary>
    public sealed record Subscript(Expression Operand, Expression? Index, Expression? Upper, bool IsSlice) : Expression;

    /// <summary>A field of a composite value.</summary>
    public sealed record Field(Expression Operand, string Name) : Expression;

    public sealed record Collate(Expression Operand, string Collation) : Expression;

    public sealed record AtTimeZone(Expression Operand, Expression Zone) : Expression;

    /// <summary>The whole row, or all rows: <c>*</c>, <c>t.*</c>.</summary>
    public sealed record Star : Expression;

    public sealed record When(Expression Condition, Expression Result);

    public sealed override string ToString() => ExpressionPrinter.Print(this);

    /// <summary>AND of the operands, flattened; TRUE for none.</summary>
    public static Expression And(params IEnumerable<Expression> operands) => Join(isAnd: true, operands);

    /// <summary>OR of the operands, flattened; FALSE for none.</summary>
    public static Expression Or(params IEnumerable<Expression> operands) => Join(isAnd: false, operands);

    static Expression Join(bool isAnd, IEnumerable<Expression> operands)
    {
        var flat = ImmutableArray.CreateBuilder<Expression>();
        foreach (var operand in operands)
            if (operand is Logical inner && inner.IsAnd == isAnd) flat.AddRange(inner.Operands.AsSpan());
            else flat.Add(operand);
        return flat.Count switch
        {
            0 => isAnd ? Literal.True : Literal.False,
            1 => flat[0],
            _ => new Logical(isAnd, new(flat.ToImmutable())),
        };
    }
}

public enum LiteralKind { Null, Boolean, Integer, Decimal, String, Bytes, Bits }

public enum IsTest { Null, True, False, Unknown, Json, JsonObject, JsonArray, JsonScalar }

/// <summary>How a text is matched. Like and Glob as each dialect reads them; Regex is PostgreSQL's advanced form.</summary>
public enum LikeKind { Like, ILike, Similar, Glob, Regex, RegexIgnoreCase }
