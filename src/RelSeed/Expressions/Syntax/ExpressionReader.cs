using System.Collections.Immutable;

namespace RelSeed.Expressions;

/// <summary>A Pratt parser: an operand, then operators as long as they bind more tightly than what stands to the left.</summary>
sealed partial class ExpressionReader(List<Token> tokens, Dialect dialect, IReadOnlyCollection<string>? columns)
{
    public static readonly string TooDeep = $"it is nested deeper than {ExpressionParser.MaxDepth} levels";

    int _next;
    int _depth;

    Token Current => tokens[_next];
    Token Following => tokens[Math.Min(_next + 1, tokens.Count - 1)];

    public Expression ReadAll()
    {
        var expression = Parse(Precedence.Lowest);
        return Current.Kind == TokenKind.End ? expression : throw Unexpected();
    }

    Expression Parse(int above)
    {
        if (++_depth > ExpressionParser.MaxDepth) throw new SyntaxFaultException(TooDeep);
        var left = ParseOperand();
        while (ParseInfix(left, above) is { } longer) left = longer;
        _depth--;
        return left;
    }

    /// <summary>Takes one operator that binds more tightly than <paramref name="above"/>; null when there is none.</summary>
    Expression? ParseInfix(Expression left, int above) => Current.Kind switch
    {
        TokenKind.Symbol => ParseSymbol(left, above),
        TokenKind.Word => ParseWordInfix(left, above),
        _ => null,
    };

    Expression? ParseSymbol(Expression left, int above)
    {
        var symbol = Current.Text;
        switch (symbol)
        {
            case "::" when Precedence.Postfix > above:
                _next++;
                return new Expression.Cast(left, ParseType());
            case "[" when Precedence.Postfix > above && dialect == Dialect.PostgreSql:
                return ParseSubscript(left);
            case "." when Precedence.Postfix > above && left is not Expression.Column:
                _next++;
                return new Expression.Field(left, ParseName());
            case "(" or ")" or "[" or "]" or "," or "." or ":" or "::":
                return null;
        }
        var power = Precedence.Infix(symbol, dialect);
        if (power < 0) throw Unexpected();
        if (power <= above) return null;
        _next++;
        return ParseRight(left, symbol, power);
    }

    Expression ParseRight(Expression left, string symbol, int power)
    {
        if (Current.IsWord("any") || Current.IsWord("some") || Current.IsWord("all"))
            if (Following.Is("(")) return ParseQuantified(left, Normalise(symbol));
        return MakeBinary(left, Normalise(symbol), Parse(power));
    }

    static string Normalise(string symbol) => symbol switch { "!=" => "<>", "==" => "=", _ => symbol };

    Expression MakeBinary(Expression left, string symbol, Expression right) => dialect != Dialect.PostgreSql
        ? new Expression.Binary(symbol, left, right)
        : symbol switch
        {
            "~~" or "!~~" => new Expression.Like(LikeKind.Like, left, right, null, symbol[0] == '!'),
            "~~*" or "!~~*" => new Expression.Like(LikeKind.ILike, left, right, null, symbol[0] == '!'),
            "~" or "!~" => new Expression.Like(LikeKind.Regex, left, right, null, symbol[0] == '!'),
            "~*" or "!~*" => new Expression.Like(LikeKind.RegexIgnoreCase, left, right, null, symbol[0] == '!'),
            _ => new Expression.Binary(symbol, left, right),
        };

    Expression.Quantified ParseQuantified(Expression left, string symbol)
    {
        var isAll = Current.IsWord("all");
        _next += 2;
        RefuseSubquery();
        var array = Parse(Precedence.Lowest);
        Expect(")");
        return new Expression.Quantified(left, symbol, isAll, array);
    }

    Expression.Subscript ParseSubscript(Expression left)
    {
        Expect("[");
        var index = Current.Is(":") ? null : Parse(Precedence.Lowest);
        var isSlice = Accept(":");
        var upper = isSlice && !Current.Is("]") ? Parse(Precedence.Lowest) : null;
        Expect("]");
        return new Expression.Subscript(left, index, upper, isSlice);
    }

    bool Accept(string symbol)
    {
        if (!Current.Is(symbol)) return false;
        _next++;
        return true;
    }

    bool AcceptWord(string word)
    {
        if (!Current.IsWord(word)) return false;
        _next++;
        return true;
    }

    void Expect(string symbol)
    {
        if (!Accept(symbol)) throw Unexpected();
    }

    void ExpectWord(string word)
    {
        if (!AcceptWord(word)) throw Unexpected();
    }

    void RefuseSubquery()
    {
        if (Current.IsWord("select") || Current.IsWord("with") || Current.IsWord("values")) throw new SyntaxFaultException("it holds a subquery");
    }

    SyntaxFaultException Unexpected() => new(Current.Kind == TokenKind.End
        ? "it ends too early"
        : $"{(Current.Kind is TokenKind.Symbol or TokenKind.Word && Current.Text.Length <= 63 ? $"\"{Current.Text}\"" : "something")} at character {Current.Start + 1} is not expected");

    ImmutableArray<Expression> ParseList(string close)
    {
        var items = ImmutableArray.CreateBuilder<Expression>();
        if (Accept(close)) return [];
        do items.Add(Parse(Precedence.Lowest));
        while (Accept(","));
        Expect(close);
        return items.ToImmutable();
    }

    string ParseName()
    {
        var token = Current;
        if (token.Kind is not (TokenKind.Word or TokenKind.QuotedWord)) throw Unexpected();
        _next++;
        return token.Kind == TokenKind.Word && dialect == Dialect.PostgreSql ? token.Text.ToLowerInvariant() : token.Text;
    }
}
