using System.Collections.Immutable;

namespace RelSeed.Expressions;

/// <summary>What an expression begins with: literals, columns, prefix operators, parentheses, CASE.</summary>
sealed partial class ExpressionReader
{
    Expression ParseOperand()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                _next++;
                return Number(token.Text);
            case TokenKind.String:
                _next++;
                return new Expression.Literal(LiteralKind.String, token.Text);
            case TokenKind.Bytes:
                _next++;
                return dialect == Dialect.Sqlite && token.Text.Length % 2 != 0
                    ? throw new SyntaxFaultException($"a wrong digit in the literal at character {token.Start + 1}")
                    : new Expression.Literal(LiteralKind.Bytes, token.Text);
            case TokenKind.Bits:
                _next++;
                return new Expression.Literal(LiteralKind.Bits, token.Text);
            case TokenKind.Symbol:
                return ParsePrefix(token.Text);
            case TokenKind.Word:
                return ParseWord();
            case TokenKind.QuotedWord:
                return ParsePath();
            default:
                throw Unexpected();
        }
    }

    static Expression.Literal Number(string text) =>
        new(text.AsSpan().ContainsAny('.', 'e') || !long.TryParse(text, out _) ? LiteralKind.Decimal : LiteralKind.Integer, text);

    Expression ParsePrefix(string symbol)
    {
        switch (symbol)
        {
            case "(":
                return ParseParenthesised();
            case "-" when Following.Kind == TokenKind.Number && !tokens[Math.Min(_next + 2, tokens.Count - 1)].Is("::"):
                _next += 2;
                return Number("-" + tokens[_next - 1].Text);
            case "-" or "+":
                _next++;
                return new Expression.Unary(symbol, Parse(Precedence.Sign - 1));
            case "~":
                break;
            case "@" or "|/" or "||/" or "!!" or "@-@" or "@@" or "#" when dialect == Dialect.PostgreSql:
                break;
            case "*":
                _next++;
                return new Expression.Star();
            default:
                throw Unexpected();
        }
        _next++;
        return new Expression.Unary(symbol, Parse(Precedence.Prefix(dialect) - 1));
    }

    Expression ParseParenthesised()
    {
        Expect("(");
        RefuseSubquery();
        var first = Parse(Precedence.Lowest);
        if (Accept(")")) return ParseFields(first);
        if (!Accept(",")) throw Unexpected();
        return new Expression.Row(new([first, .. ParseList(")")]));
    }

    /// <summary>(c).f: a field can be told from a table's column by the parentheses alone.</summary>
    Expression ParseFields(Expression composite)
    {
        while (Accept(".")) composite = new Expression.Field(composite, ParseName());
        return composite;
    }

    Expression ParseWord()
    {
        var word = Current.Text.ToUpperInvariant();
        switch (word)
        {
            case "NULL":
                return Postfix(Expression.Literal.Null);
            case "TRUE":
                return Postfix(Expression.Literal.True);
            case "FALSE":
                return Postfix(Expression.Literal.False);
            case "NOT":
                _next++;
                return new Expression.Unary("NOT", Parse(Precedence.Not - 1));
            case "CASE":
                return ParseCase();
            case "ARRAY" when Following.Is("["):
                _next++;
                return ParseArray();
            case "ROW" when Following.Is("("):
                _next += 2;
                return new Expression.Row(new(ParseList(")")));
            case "CURRENT_DATE" or "CURRENT_TIME" or "CURRENT_TIMESTAMP" or "LOCALTIME" or "LOCALTIMESTAMP" or "CURRENT_USER" or "SESSION_USER"
                when !Following.Is("("):
                return Postfix(new Expression.Call(word.ToLowerInvariant(), []));
            case "VARIADIC" when dialect == Dialect.PostgreSql:
                _next++;
                return new Expression.Unary("VARIADIC", Parse(Precedence.Lowest));
            case "SELECT" or "EXISTS":
                throw new SyntaxFaultException("it holds a subquery");
        }
        if (ParseTypedLiteral() is { } typed) return typed;
        if (Following.Is("(") && ParseSpecialCall(word) is { } call) return call;
        return Keywords.EndsOperand(word) && !Following.Is("(") ? throw Unexpected() : ParsePath();
    }

    Expression.Array ParseArray()
    {
        Expect("[");
        var items = ImmutableArray.CreateBuilder<Expression>();
        if (Accept("]")) return new Expression.Array([]);
        do items.Add(Current.Is("[") ? NestedArray() : Parse(Precedence.Lowest));
        while (Accept(","));
        Expect("]");
        return new Expression.Array(new(items.ToImmutable()));
    }

    Expression.Array NestedArray()
    {
        if (++_depth > ExpressionParser.MaxDepth) throw new SyntaxFaultException(TooDeep);
        var array = ParseArray();
        _depth--;
        return array;
    }

    Expression.Case ParseCase()
    {
        ExpectWord("case");
        var operand = Current.IsWord("when") ? null : Parse(Precedence.Lowest);
        var whens = ImmutableArray.CreateBuilder<Expression.When>();
        while (AcceptWord("when"))
        {
            var condition = Parse(Precedence.Lowest);
            ExpectWord("then");
            whens.Add(new(condition, Parse(Precedence.Lowest)));
        }
        if (whens.Count == 0) throw Unexpected();
        var otherwise = AcceptWord("else") ? Parse(Precedence.Lowest) : null;
        ExpectWord("end");
        return new Expression.Case(operand, new(whens.ToImmutable()), otherwise);
    }

    /// <summary>A column, perhaps with its table, or a function call, perhaps with its schema.</summary>
    Expression ParsePath()
    {
        var first = Current;
        var parts = new List<string> { ParseName() };
        while (Current.Is("."))
        {
            _next++;
            if (Accept("*")) return new Expression.Star();
            parts.Add(ParseName());
        }
        if (Current.Is("(")) return ParseCall(parts);
        if (parts.Count > 1) return Column(parts[^1]);
        if (first is { Kind: TokenKind.Word, Text: "VALUE" } && dialect == Dialect.PostgreSql) return new Expression.Column("VALUE");
        var isQuotedString = dialect == Dialect.Sqlite && first.Kind == TokenKind.QuotedWord && columns is not null
            && !columns.Contains(parts[0], StringComparer.OrdinalIgnoreCase);
        return isQuotedString ? new Expression.Literal(LiteralKind.String, parts[0]) : Column(parts[0]);
    }

    Expression.Column Column(string name) => new(dialect == Dialect.PostgreSql || columns is null
        ? name
        : columns.FirstOrDefault(c => c.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name);
}
