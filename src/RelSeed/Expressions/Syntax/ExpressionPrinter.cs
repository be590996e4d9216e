using System.Buffers;
using System.Text;
using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Prints a tree so that any dialect's parser reads it back: every compound in parentheses, casts as CAST.</summary>
static class ExpressionPrinter
{
    static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    public static string Print(Expression expression)
    {
        var text = new StringBuilder();
        Write(text, expression);
        return text.ToString();
    }

    /// <summary>A name as it must be written to be read back: bare when it is lower case and no key word.</summary>
    public static string Quote(string name) =>
        name.Length > 0 && name[0] is (>= 'a' and <= 'z') or '_' && !name.AsSpan().ContainsAnyExcept(NameCharacters) && !Keywords.IsReserved(name)
            ? name
            : $"\"{name.Replace("\"", "\"\"")}\"";

    /// <summary>Like <see cref="Quote"/>, for names with their schema.</summary>
    public static string QuotePath(string path) => string.Join('.', path.Split('.').Select(Quote));

    public static string QuoteText(string text) => $"'{text.Replace("'", "''")}'";

    static void Write(StringBuilder text, Expression expression)
    {
        switch (expression)
        {
            case Expression.Column column:
                text.Append(column.Name == "VALUE" ? "VALUE" : Quote(column.Name));
                break;
            case Expression.Literal literal:
                text.Append(LiteralText(literal));
                break;
            case Expression.Constant constant:
                text.Append(constant.Value.ToSql());
                break;
            case Expression.Call call:
                List(text, QuotePath(call.Name) + "(", call.Arguments, ")");
                break;
            case Expression.Cast cast:
                Parts(text, "CAST(", cast.Operand, $" AS {cast.Type})");
                break;
            case Expression.Array array:
                List(text, "ARRAY[", array.Items, "]");
                break;
            case Expression.Row row:
                List(text, "ROW(", row.Items, ")");
                break;
            case Expression.Case choice:
                WriteCase(text, choice);
                break;
            case Expression.Star:
                text.Append('*');
                break;
            default:
                text.Append('(');
                WriteCompound(text, expression);
                text.Append(')');
                break;
        }
    }

    static void WriteCompound(StringBuilder text, Expression expression)
    {
        switch (expression)
        {
            case Expression.Unary unary:
                Parts(text, unary.Operator + " ", unary.Operand, "");
                break;
            case Expression.Binary binary:
                Infix(text, binary.Left, binary.Operator, binary.Right);
                break;
            case Expression.Logical logical:
                WriteLogical(text, logical);
                break;
            case Expression.Is test:
                Parts(text, "", test.Operand, $" IS {(test.Negated ? "NOT " : "")}{TestText(test.Test)}");
                break;
            case Expression.IsDistinct distinct:
                Infix(text, distinct.Left, distinct.Negated ? "IS NOT DISTINCT FROM" : "IS DISTINCT FROM", distinct.Right);
                break;
            case Expression.In list:
                Write(text, list.Operand);
                List(text, list.Negated ? " NOT IN (" : " IN (", list.Items, ")");
                break;
            case Expression.Quantified quantified:
                Write(text, quantified.Operand);
                Parts(text, $" {quantified.Operator} {(quantified.IsAll ? "ALL" : "ANY")} (", quantified.Items, ")");
                break;
            default:
                WriteRarer(text, expression);
                break;
        }
    }

    static void WriteRarer(StringBuilder text, Expression expression)
    {
        switch (expression)
        {
            case Expression.Between between:
                Infix(text, between.Operand, $"{(between.Negated ? "NOT " : "")}BETWEEN{(between.Symmetric ? " SYMMETRIC" : "")}", between.Low);
                Parts(text, " AND ", between.High, "");
                break;
            case Expression.Like like:
                Infix(text, like.Operand, LikeText(like.Kind, like.Negated), like.Pattern);
                if (like.Escape is { } escape) Parts(text, " ESCAPE ", escape, "");
                break;
            case Expression.Subscript subscript:
                Parts(text, "(", subscript.Operand, ")[");
                if (subscript.Index is { } index) Write(text, index);
                if (subscript.IsSlice) text.Append(':');
                if (subscript.Upper is { } upper) Write(text, upper);
                text.Append(']');
                break;
            case Expression.Field field:
                Parts(text, "(", field.Operand, ").").Append(Quote(field.Name));
                break;
            case Expression.Collate collate:
                Parts(text, "", collate.Operand, " COLLATE ").Append(QuotePath(collate.Collation));
                break;
            case Expression.AtTimeZone zone:
                Infix(text, zone.Operand, "AT TIME ZONE", zone.Zone);
                break;
        }
    }

    static void WriteLogical(StringBuilder text, Expression.Logical logical)
    {
        for (var i = 0; i < logical.Operands.Count; i++)
        {
            if (i > 0) text.Append(logical.IsAnd ? " AND " : " OR ");
            Write(text, logical.Operands[i]);
        }
    }

    static void WriteCase(StringBuilder text, Expression.Case choice)
    {
        text.Append("CASE");
        if (choice.Operand is { } operand) Parts(text, " ", operand, "");
        foreach (var when in choice.Whens)
        {
            Parts(text, " WHEN ", when.Condition, "");
            Parts(text, " THEN ", when.Result, "");
        }
        if (choice.Else is { } otherwise) Parts(text, " ELSE ", otherwise, "");
        text.Append(" END");
    }

    static void Infix(StringBuilder text, Expression left, string symbol, Expression right)
    {
        Write(text, left);
        Parts(text, $" {symbol} ", right, "");
    }

    static StringBuilder Parts(StringBuilder text, string before, Expression expression, string after)
    {
        text.Append(before);
        Write(text, expression);
        return text.Append(after);
    }

    static void List(StringBuilder text, string before, EquatableArray<Expression> items, string after)
    {
        text.Append(before);
        for (var i = 0; i < items.Count; i++) Parts(text, i > 0 ? ", " : "", items[i], "");
        text.Append(after);
    }

    static string LiteralText(Expression.Literal literal) => literal.Kind switch
    {
        LiteralKind.Null => "NULL",
        LiteralKind.Boolean => literal.Text == "true" ? "TRUE" : "FALSE",
        LiteralKind.String => QuoteText(literal.Text),
        LiteralKind.Bytes => $"X'{literal.Text}'",
        LiteralKind.Bits => $"B'{literal.Text}'",
        _ => literal.Text,
    };

    static string TestText(IsTest test) => test switch
    {
        IsTest.JsonObject => "JSON OBJECT",
        IsTest.JsonArray => "JSON ARRAY",
        IsTest.JsonScalar => "JSON SCALAR",
        _ => test.ToString().ToUpperInvariant(),
    };

    static string LikeText(LikeKind kind, bool negated) => kind switch
    {
        LikeKind.Regex => negated ? "!~" : "~",
        LikeKind.RegexIgnoreCase => negated ? "!~*" : "~*",
        _ => $"{(negated ? "NOT " : "")}{(kind == LikeKind.Similar ? "SIMILAR TO" : kind.ToString().ToUpperInvariant())}",
    };
}
