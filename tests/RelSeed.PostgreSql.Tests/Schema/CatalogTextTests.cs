using RelSeed.PostgreSql.Schema;

namespace RelSeed.PostgreSql.Tests.Schema;

public sealed class CatalogTextTests
{
    [Theory]
    [InlineData("(a > 0)", "a > 0")]
    [InlineData("((a > 0) AND (b > 0))", "(a > 0) AND (b > 0)")]
    [InlineData("(a > 0) AND (b > 0)", "(a > 0) AND (b > 0)")]
    [InlineData("((a))", "a")]
    [InlineData("f(a)", "f(a)")]
    [InlineData("(a = ')(')", "a = ')('")]
    [InlineData("(a = ')') OR (b = '(')", "(a = ')') OR (b = '(')")]
    [InlineData("(\"x)\" = 'it''s)')", "\"x)\" = 'it''s)'")]
    [InlineData("true", "true")]
    public void Only_parentheses_that_enclose_all_are_taken_off(string printed, string bare) => Assert.Equal(bare, CatalogText.Bare(printed));
}
