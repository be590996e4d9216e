using System.Collections.Immutable;

namespace RelSeed.Expressions;

/// <summary>Function calls, and those of them that have a grammar of their own.</summary>
sealed partial class ExpressionReader
{
    Expression.Call ParseCall(List<string> path)
    {
        if (path.Count > 1 && path[0] == "pg_catalog") path.RemoveAt(0);
        Expect("(");
        if (Current.IsWord("distinct")) throw new SyntaxFaultException("it holds an aggregate");
        RefuseSubquery();
        var arguments = ParseList(")");
        if (Current.IsWord("over") || Current.IsWord("filter") || Current.IsWord("within")) throw new SyntaxFaultException("it holds an aggregate");
        var name = string.Join('.', path);
        return new(dialect == Dialect.PostgreSql ? name : name.ToLowerInvariant(), new(arguments));
    }

    static Expression.Literal Text(string text) => new(LiteralKind.String, text);

    static Expression.Call Call(string name, params ImmutableArray<Expression> arguments) => new(name, new(arguments));

    Expression? ParseSpecialCall(string word)
    {
        switch (word)
        {
            case "CAST" or "TRY_CAST":
                _next += 2;
                return word == "TRY_CAST" && dialect != Dialect.SqlServer ? throw Unexpected() : ParseCast();
            case "CONVERT" when dialect == Dialect.SqlServer:
                _next += 2;
                return ParseConvert();
            case "EXTRACT":
                return ParseExtract();
            case "POSITION":
                _next += 2;
                return ParsePosition();
            case "SUBSTRING":
                _next += 2;
                return ParseSubstring();
            case "OVERLAY":
                _next += 2;
                return ParseOverlay();
            case "TRIM":
                _next += 2;
                return ParseTrim();
            case "ARRAY":
                throw new SyntaxFaultException("it holds a subquery");
            default:
                return null;
        }
    }

    Expression.Cast ParseCast()
    {
        var operand = Parse(Precedence.Lowest);
        ExpectWord("as");
        var type = ParseType();
        Expect(")");
        return new(operand, type);
    }

    Expression.Cast ParseConvert()
    {
        var type = ParseType();
        Expect(",");
        var operand = Parse(Precedence.Lowest);
        return Accept(",") ? throw new SyntaxFaultException("CONVERT with a style is not read") : CloseWith(new Expression.Cast(operand, type));
    }

    T CloseWith<T>(T result)
    {
        Expect(")");
        return result;
    }

    /// <summary>Null when it is a plain call, <c>extract('year', x)</c>.</summary>
    Expression.Call? ParseExtract()
    {
        var field = tokens[Math.Min(_next + 2, tokens.Count - 1)];
        if (field.Kind is not (TokenKind.Word or TokenKind.String) || !tokens[Math.Min(_next + 3, tokens.Count - 1)].IsWord("from")) return null;
        _next += 4;
        return CloseWith(Call("extract", Text(field.Text.ToLowerInvariant()), Parse(Precedence.Lowest)));
    }

    Expression.Call ParsePosition()
    {
        var part = Parse(Precedence.Match(dialect));
        if (!AcceptWord("in")) Expect(",");
        return CloseWith(Call("position", part, Parse(Precedence.Lowest)));
    }

    Expression.Call ParseSubstring()
    {
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        arguments.Add(Parse(Precedence.Lowest));
        if (Current.IsWord("similar")) throw new SyntaxFaultException("SUBSTRING SIMILAR is not read");
        if (AcceptWord("from"))
        {
            arguments.Add(Parse(Precedence.Lowest));
            if (AcceptWord("for")) arguments.Add(Parse(Precedence.Lowest));
        }
        else if (AcceptWord("for"))
        {
            arguments.Add(Number("1"));
            arguments.Add(Parse(Precedence.Lowest));
        }
        else
        {
            while (Accept(",")) arguments.Add(Parse(Precedence.Lowest));
        }
        return CloseWith(Call("substring", arguments.ToImmutable()));
    }

    Expression.Call ParseOverlay()
    {
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        arguments.Add(Parse(Precedence.Lowest));
        if (!AcceptWord("placing")) Expect(",");
        arguments.Add(Parse(Precedence.Lowest));
        if (!AcceptWord("from")) Expect(",");
        arguments.Add(Parse(Precedence.Lowest));
        if (AcceptWord("for") || Accept(",")) arguments.Add(Parse(Precedence.Lowest));
        return CloseWith(Call("overlay", arguments.ToImmutable()));
    }

    Expression.Call ParseTrim()
    {
        var name = AcceptWord("leading") ? "ltrim" : AcceptWord("trailing") ? "rtrim" : "btrim";
        if (name == "btrim") AcceptWord("both");
        var first = Current.IsWord("from") ? null : Parse(Precedence.Lowest);
        if (AcceptWord("from"))
        {
            var text = Parse(Precedence.Lowest);
            return CloseWith(first is null ? Call(name, text) : Call(name, text, first));
        }
        if (first is null) throw Unexpected();
        return CloseWith(Accept(",") ? Call(name, first, Parse(Precedence.Lowest)) : Call(name, first));
    }
}
