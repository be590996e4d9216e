namespace RelSeed.Expressions;

/// <summary>Reads the body of a function that only computes its value: <c>select …</c>, <c>return …</c>, and IF with RETURN in PL/pgSQL.</summary>
sealed class FunctionBodyReader
{
    const int MostStatements = 40;

    readonly string _text;
    readonly List<Token> _tokens;
    readonly Func<string, Expression?> _parse;
    int _at, _statements;

    FunctionBodyReader(string text, Func<string, Expression?> parse)
    {
        (_text, _parse) = (BodyTokens.WithoutComments(text, Dialect.PostgreSql), parse);
        _tokens = BodyTokens.Read(_text, Dialect.PostgreSql);
        // What follows the last statement.
        _tokens.Add(new(TokenKind.End, "", text.Length));
    }

    /// <param name="parse">Reads an expression of the body; null for what cannot be read.</param>
    /// <returns>The function's value over its parameters; null when the body does more, or cannot be read.</returns>
    public static Expression? Read(SqlFunction function, Func<string, Expression?> parse)
    {
        var reader = new FunctionBodyReader(function.Body, parse);
        return function.IsProcedural ? reader.ReadBlock() : reader.ReadStatement();
    }

    Token Current => _tokens[Math.Min(_at, _tokens.Count - 1)];

    bool Accept(string word)
    {
        if (!Current.IsWord(word) && !Current.Is(word)) return false;
        _at++;
        return true;
    }

    Expression? ReadStatement()
    {
        if (!Accept("select") && !Accept("return")) return null;
        var value = ReadUpTo(";");
        return Accept(";") && Current.Kind != TokenKind.End ? null : value;
    }

    Expression? ReadBlock()
    {
        if (CastFunctionReader.Condition(_text, _tokens) is { } cast) return _parse(cast);
        if (!Accept("begin") || ReadSteps() is not { } steps || !Accept("end")) return null;
        Accept(";");
        return Current.Kind == TokenKind.End ? ValueOf(steps, 0, static () => null) : null;
    }

    abstract record Step
    {
        public sealed record Return(Expression Value) : Step;

        public sealed record If(List<(Expression Condition, List<Step> Steps)> Branches, List<Step> Else) : Step;
    }

    List<Step>? ReadSteps()
    {
        var steps = new List<Step>();
        while (!Current.IsWord("end") && !Current.IsWord("elsif") && !Current.IsWord("elseif") && !Current.IsWord("else"))
        {
            if (_statements++ > MostStatements || ReadStep() is not { } step) return null;
            steps.Add(step);
        }
        return steps;
    }

    Step? ReadStep()
    {
        if (Accept("if")) return ReadIf();
        return Accept("return") && ReadUpTo(";") is { } value && Accept(";") ? new Step.Return(value) : null;
    }

    Step.If? ReadIf()
    {
        var (branches, otherwise) = (new List<(Expression, List<Step>)>(), new List<Step>());
        do
        {
            if (ReadUpTo("then") is not { } condition || !Accept("then") || ReadSteps() is not { } steps) return null;
            branches.Add((condition, steps));
        }
        while (Accept("elsif") || Accept("elseif"));
        if (Accept("else"))
        {
            if (ReadSteps() is not { } steps) return null;
            otherwise = steps;
        }
        return Accept("end") && Accept("if") && Accept(";") ? new(branches, otherwise) : null;
    }

    // Parentheses and CASE hold words of their own.
    Expression? ReadUpTo(string word)
    {
        var (first, depth) = (_at, 0);
        for (; Current.Kind != TokenKind.End; _at++)
        {
            if (depth == 0 && (Current.IsWord(word) || Current.Is(word))) break;
            if (Current.Is("(") || Current.Is("[") || Current.IsWord("case")) depth++;
            else if (Current.Is(")") || Current.Is("]") || (Current.IsWord("end") && depth > 0)) depth--;
        }
        return _at == first ? null : _parse(_text[_tokens[first].Start..Current.Start]);
    }

    static Expression? ValueOf(List<Step> steps, int from, Func<Expression?> after)
    {
        if (from == steps.Count) return after();
        if (steps[from] is Step.Return { Value: var value }) return value;
        var choice = (Step.If)steps[from];
        Expression? Rest() => ValueOf(steps, from + 1, after);
        var result = ValueOf(choice.Else, 0, Rest);
        foreach (var (condition, branch) in Enumerable.Reverse(choice.Branches))
        {
            if (result is null || ValueOf(branch, 0, Rest) is not { } then) return null;
            result = Choose(condition, then, result);
        }
        return result;
    }

    // A choice of truth values is told by AND and OR, which a check's solver sees through.
    static Expression Choose(Expression condition, Expression then, Expression otherwise) => (then, otherwise) switch
    {
        (Expression.Literal { Kind: LiteralKind.Boolean, Text: "true" }, Expression.Literal { Kind: LiteralKind.Boolean, Text: "false" }) =>
            IsTrue(condition, negated: false),
        (Expression.Literal { Kind: LiteralKind.Boolean, Text: "true" }, _) => Expression.Or(IsTrue(condition, negated: false), otherwise),
        (Expression.Literal { Kind: LiteralKind.Boolean, Text: "false" }, _) => Expression.And(IsTrue(condition, negated: true), otherwise),
        _ => new Expression.Case(null, new([new(condition, then)]), otherwise),
    };

    static Expression.Is IsTrue(Expression condition, bool negated) => condition is Expression.Is { Test: IsTest.Null } test
        ? test with { Negated = test.Negated != negated } : new Expression.Is(condition, IsTest.True, negated);
}
