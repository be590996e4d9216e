using System.Globalization;

namespace RelSeed.Expressions;

/// <summary>Writes out the calls of a schema's own functions in an expression of PostgreSQL, where their bodies only compute a value.</summary>
/// <remarks>Any body is safe: functions that call themselves, that multiply into long texts, or that are not read stay calls.</remarks>
public sealed class FunctionInliner(IEnumerable<SqlFunction> functions)
{
    const int MostLevels = 8, MostNodes = 4_000;

    readonly ILookup<(string Name, int Parameters), SqlFunction> _functions = functions
        .SelectMany(f => new[] { (Name: $"{f.Schema}.{f.Name}", Function: f), (f.Name, Function: f) })
        .ToLookup(f => (f.Name, f.Function.Parameters.Count), f => f.Function);

    readonly Dictionary<SqlFunction, Expression?> _bodies = [];
    int _nodes;

    /// <param name="text">The condition of a check.</param>
    /// <returns>The text with the bodies in the calls' place; null when it calls none that can be written out.</returns>
    public string? WriteOut(string text)
    {
        if (_functions.Count == 0 || !ExpressionParser.TryParse(text, Dialect.PostgreSql, out var expression, out _)) return null;
        _nodes = 0;
        var written = WriteOut(expression, 0, isCondition: true);
        return _nodes > MostNodes || written.Equals(expression) || written.IsDeeperThan(ExpressionParser.MaxDepth) ? null : written.ToString();
    }

    // A condition may be true instead of null.
    Expression WriteOut(Expression expression, int level, bool isCondition)
    {
        if (++_nodes > MostNodes) return expression;
        var written = expression.Map(part => WriteOut(part, level, isCondition && expression is Expression.Logical));
        if (written is not Expression.Call call || level >= MostLevels || Find(call) is not { } function || BodyOf(function) is not { } body)
            return written;
        var arguments = function.Parameters.Select((_, i) => (Name: Parameter(i), Value: call.Arguments[i])).ToDictionary(a => a.Name, a => a.Value);
        var replaced = WithNulls(function, body, Replace(body, arguments), call.Arguments, isCondition);
        if (!replaced.HasMoreNodesThan(MostNodes)) return WriteOut(replaced, level + 1, isCondition);
        _nodes = MostNodes + 1;
        return written;
    }

    // Those that are overloaded by types alone cannot be told from the call, so they must do the same.
    SqlFunction? Find(Expression.Call call)
    {
        var found = _functions[(call.Name, call.Arguments.Count)].ToList();
        return found.Count > 0 && found.Skip(1).All(f => f.IsStrict == found[0].IsStrict && BodyOf(f)?.Equals(BodyOf(found[0])) == true)
            ? found[0] : null;
    }

    static Expression WithNulls(SqlFunction function, Expression body, Expression replaced, IEnumerable<Expression> arguments, bool isCondition)
    {
        if (!function.IsStrict || IsStrict(body)) return replaced;
        var nulls = arguments.Where(a => a is not Expression.Literal).Distinct()
            .Select(a => new Expression.Is(a, IsTest.Null, Negated: false)).ToList();
        if (nulls.Count == 0) return replaced;
        return isCondition ? Expression.Or([.. nulls, replaced])
            : new Expression.Case(null, new([new(Expression.Or(nulls), Expression.Literal.Null)]), replaced);
    }

    Expression? BodyOf(SqlFunction function)
    {
        if (_bodies.TryGetValue(function, out var known)) return known;
        var names = function.Parameters.Select((name, i) => (Name: name, Place: i)).Where(p => p.Name.Length > 0)
            .ToDictionary(p => p.Name, p => (Expression)new Expression.Column(Parameter(p.Place)), StringComparer.Ordinal);
        var places = Enumerable.Range(0, function.Parameters.Count).Select(Parameter).ToHashSet(StringComparer.Ordinal);
        var body = FunctionBodyReader.Read(function, text =>
            ExpressionParser.TryParse(NumberedByName(text), Dialect.PostgreSql, out var read, out _) ? Replace(read, names) : null);
        if (body is not null && !body.ColumnNames().All(places.Contains)) body = null;
        return _bodies[function] = body;
    }

    static string Parameter(int place) => $"\u0001{place + 1}";

    // Parameters by number have no place in an expression, so they get a name.
    static string NumberedByName(string text)
    {
        var named = new System.Text.StringBuilder();
        var at = 0;
        foreach (var token in BodyTokens.Read(text, Dialect.PostgreSql).Where(IsNumbered))
        {
            var place = int.Parse(token.Text.AsSpan(1), CultureInfo.InvariantCulture) - 1;
            named.Append(text, at, token.Start - at).Append('"').Append(Parameter(place)).Append('"');
            at = token.Start + token.Text.Length;
        }
        return named.Append(text, at, text.Length - at).ToString();
    }

    static bool IsNumbered(Token token) =>
        token is { Kind: TokenKind.Word, Text: ['$', _, ..] and { Length: < 5 } } && token.Text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    static Expression Replace(Expression expression, Dictionary<string, Expression> values) =>
        expression is Expression.Column column ? values.GetValueOrDefault(column.Name, expression) : expression.Map(part => Replace(part, values));

    // Null comes out by itself.
    static bool IsStrict(Expression expression) =>
        expression is Expression.Binary or Expression.Like or Expression.Cast or Expression.Column or Expression.Literal or Expression.Between
            or Expression.Unary { Operator: "NOT" or "-" }
        && expression.Children().All(IsStrict);
}
