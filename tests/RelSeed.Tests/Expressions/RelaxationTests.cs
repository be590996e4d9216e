using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Tests.Expressions;

public sealed class RelaxationTests
{
    static readonly EvaluationContext Context = Sql.Context(Dialect.PostgreSql,
        [.. "abcd".Select(c => Sql.Column(c.ToString(), TypeKind.Int32)), Sql.Column("kind", TypeKind.Text)]);

    static Expression Normal(string text) => Conjuncts.Normalise(Sql.Parse(text), Context);

    [Theory]
    [InlineData("a > 1 AND kind = 'x'", "a > 1")]
    [InlineData("a > 1 OR kind = 'x'", null)]
    [InlineData("kind = 'x'", null)]
    [InlineData("kind = 'x' AND a > 1 OR kind = 'y' AND b > 2", "a > 1 OR b > 2")]
    [InlineData("NOT (a > 1 OR kind = 'x')", "a <= 1")]
    [InlineData("(a > 1 OR kind = 'x') AND b > 2", "b > 2")]
    [InlineData("a > 1 OR b > 2", "a > 1 OR b > 2")]
    public void What_is_asked_of_the_other_columns_is_left_out(string text, string? expected) =>
        Assert.Equal(expected is null ? null : Normal(expected), Relaxation.Of(Normal(text), name => name != "kind"));

    [Theory]
    [InlineData("kind = 'x' AND a IS NOT NULL AND b IS NULL OR kind = 'y' AND a IS NULL AND b IS NOT NULL", "1 to 1 of a, b not null")]
    [InlineData("a IS NOT NULL AND b IS NULL AND c IS NULL OR kind = 'y' AND a IS NULL AND b IS NOT NULL AND c IS NOT NULL",
        "1 to 2 of a, b, c not null")]
    [InlineData("c > 1 AND (kind = 'x' AND a IS NULL AND b IS NOT NULL OR a IS NULL AND b IS NULL)", "0 to 1 of a, b not null")]
    [InlineData("kind = 'x' AND a IS NOT NULL AND b IS NULL OR kind = 'y'", "")]
    [InlineData("kind = 'x' AND a IS NOT NULL AND b IS NOT NULL OR kind = 'y' AND a IS NULL AND b IS NULL", "")]
    public void Arms_tell_how_many_columns_have_a_value(string text, string expected) =>
        Assert.Equal(expected, string.Join("; ", Relaxation.Counts(Normal(text))));
}
