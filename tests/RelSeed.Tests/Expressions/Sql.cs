using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Tests.Expressions;

/// <summary>Short forms for tests of expressions.</summary>
static class Sql
{
    public static readonly DateTimeOffset AsOf = new(2024, 5, 17, 12, 30, 0, TimeSpan.Zero);

    public static Expression Parse(string text, Dialect dialect = Dialect.PostgreSql) =>
        ExpressionParser.TryParse(text, dialect, out var expression, out var reason) ? expression
            : throw new InvalidOperationException($"{reason}: {text}");

    public static EvaluationContext Context(Dialect dialect = Dialect.PostgreSql, params Column[] columns) =>
        new(dialect, AsOf, columns.Length == 0 ? null : name => Array.Find(columns, c => c.Name == name));

    public static Column Column(string name, TypeKind kind, bool isNullable = true, string typeName = "", bool isCaseInsensitive = false) => new()
    {
        Name = name,
        IsNullable = isNullable,
        IsCaseInsensitive = isCaseInsensitive,
        Type = new() { Kind = kind, Name = typeName },
    };

    /// <summary>Of an expression without columns.</summary>
    public static SqlValue Evaluate(string text, Dialect dialect = Dialect.PostgreSql) =>
        Evaluator.Evaluate(Parse(text, dialect), static _ => SqlValue.Null, Context(dialect));

    public static SqlValue Evaluate(string text, Dialect dialect, params (string Name, SqlValue Value)[] row) =>
        Evaluator.Evaluate(Parse(text, dialect), name => Array.Find(row, c => c.Name == name).Value, Context(dialect));
}
