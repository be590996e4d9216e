namespace RelSeed.Expressions;

/// <summary>Infix operators that are words: AND, OR, IS, IN, BETWEEN, LIKE, COLLATE, AT TIME ZONE.</summary>
sealed partial class ExpressionReader
{
    Expression? ParseWordInfix(Expression left, int above)
    {
        var (match, test) = (Precedence.Match(dialect), Precedence.Test(dialect));
        return Current.Text.ToUpperInvariant() switch
        {
            "OR" => Connective(left, Precedence.Or, above),
            "AND" => Connective(left, Precedence.And, above),
            "IS" when test > above => ParseIs(left),
            "ISNULL" when test > above => Postfix(new Expression.Is(left, IsTest.Null, Negated: false)),
            "NOTNULL" when test > above => Postfix(new Expression.Is(left, IsTest.Null, Negated: true)),
            "NOT" when match > above => ParseNegatedMatch(left),
            "COLLATE" when Precedence.Collate > above => ParseCollate(left),
            "AT" when Precedence.AtZone > above => ParseAtTimeZone(left),
            "OPERATOR" when Precedence.Prefix(dialect) > above && Following.Is("(") => ParseNamedOperator(left),
            "OVERLAPS" or "MATCH" or "REGEXP" when match > above => ParseWordOperator(left, match),
            _ => match > above ? ParseMatch(left, negated: false) : null,
        };
    }

    Expression Postfix(Expression result)
    {
        _next++;
        return result;
    }

    /// <summary>All operands of one connective in one loop, so that a chain of thousands makes no depth.</summary>
    Expression? Connective(Expression left, int power, int above)
    {
        if (power <= above) return null;
        var word = Current.Text;
        var operands = new List<Expression> { left };
        while (AcceptWord(word)) operands.Add(Parse(power));
        return power == Precedence.And ? Expression.And(operands) : Expression.Or(operands);
    }

    Expression ParseNegatedMatch(Expression left)
    {
        _next++;
        if (AcceptWord("null")) return new Expression.Is(left, IsTest.Null, Negated: true);
        if (Current.IsWord("regexp") || Current.IsWord("match"))
            return new Expression.Unary("NOT", ParseWordOperator(left, Precedence.Match(dialect)));
        return ParseMatch(left, negated: true) ?? throw Unexpected();
    }

    Expression? ParseMatch(Expression left, bool negated)
    {
        switch (Current.Text.ToUpperInvariant())
        {
            case "IN":
                _next++;
                return ParseIn(left, negated);
            case "BETWEEN":
                _next++;
                return ParseBetween(left, negated);
            case "LIKE":
                _next++;
                return ParseLike(left, LikeKind.Like, negated);
            case "ILIKE":
                _next++;
                return ParseLike(left, LikeKind.ILike, negated);
            case "GLOB" when dialect == Dialect.Sqlite:
                _next++;
                return ParseLike(left, LikeKind.Glob, negated);
            case "SIMILAR":
                _next++;
                ExpectWord("to");
                return ParseLike(left, LikeKind.Similar, negated);
            default:
                return null;
        }
    }

    Expression.In ParseIn(Expression left, bool negated)
    {
        if (!Current.Is("(")) throw new SyntaxFaultException("IN is followed by a table");
        _next++;
        RefuseSubquery();
        return new Expression.In(left, new(ParseList(")")), negated);
    }

    Expression.Between ParseBetween(Expression left, bool negated)
    {
        var power = Precedence.Match(dialect);
        var symmetric = AcceptWord("symmetric");
        if (!symmetric) AcceptWord("asymmetric");
        var low = Parse(power);
        ExpectWord("and");
        return new Expression.Between(left, low, Parse(power), negated, symmetric);
    }

    Expression ParseLike(Expression left, LikeKind kind, bool negated)
    {
        if (Following.Is("(") && (Current.IsWord("any") || Current.IsWord("some") || Current.IsWord("all")))
            return ParseQuantified(left, (negated ? "!" : "") + (kind == LikeKind.ILike ? "~~*" : "~~"));
        var pattern = Parse(Precedence.Match(dialect));
        var escape = AcceptWord("escape") ? Parse(Precedence.Match(dialect)) : null;
        return new Expression.Like(kind, left, pattern, escape, negated);
    }

    Expression ParseIs(Expression left)
    {
        _next++;
        var negated = AcceptWord("not");
        if (AcceptWord("distinct"))
        {
            ExpectWord("from");
            return new Expression.IsDistinct(left, Parse(Precedence.Test(dialect)), negated);
        }
        if (ParseTest() is { } test) return new Expression.Is(left, test, negated);
        return dialect == Dialect.Sqlite ? new Expression.IsDistinct(left, Parse(Precedence.Test(dialect)), !negated) : throw Unexpected();
    }

    IsTest? ParseTest()
    {
        if (AcceptWord("null")) return IsTest.Null;
        if (AcceptWord("true")) return IsTest.True;
        if (AcceptWord("false")) return IsTest.False;
        if (dialect != Dialect.PostgreSql) return null;
        if (AcceptWord("unknown")) return IsTest.Unknown;
        if (!AcceptWord("json")) return null;
        if (AcceptWord("object")) return IsTest.JsonObject;
        if (AcceptWord("array")) return IsTest.JsonArray;
        if (AcceptWord("scalar")) return IsTest.JsonScalar;
        AcceptWord("value");
        return Current.IsWord("with") ? throw Unexpected() : IsTest.Json;
    }

    Expression.Collate ParseCollate(Expression left)
    {
        _next++;
        var name = ParseName();
        while (Accept(".")) name = $"{name}.{ParseName()}";
        return new Expression.Collate(left, name.StartsWith("pg_catalog.", StringComparison.Ordinal) ? name["pg_catalog.".Length..] : name);
    }

    Expression.AtTimeZone ParseAtTimeZone(Expression left)
    {
        _next++;
        ExpectWord("time");
        ExpectWord("zone");
        return new Expression.AtTimeZone(left, Parse(Precedence.AtZone));
    }

    Expression.Binary ParseWordOperator(Expression left, int power)
    {
        var word = Current.Text.ToUpperInvariant();
        _next++;
        return new Expression.Binary(word, left, Parse(power));
    }

    /// <summary>OPERATOR(schema.=), as PostgreSQL prints an operator that is not on the search path.</summary>
    Expression ParseNamedOperator(Expression left)
    {
        _next += 2;
        while (Current.Kind is TokenKind.Word or TokenKind.QuotedWord && Following.Is(".")) _next += 2;
        if (Current.Kind != TokenKind.Symbol || Precedence.Infix(Current.Text, dialect) < 0
            || "()[],.:".Contains(Current.Text, StringComparison.Ordinal))
            throw Unexpected();
        var symbol = Current.Text;
        _next++;
        Expect(")");
        return ParseRight(left, symbol, Precedence.Prefix(dialect));
    }
}
