using RelSeed.PostgreSql.Loading.Rehearsing;

namespace RelSeed.PostgreSql.Tests.Loading;

public sealed class ViewWordsTests
{
    [Theory]
    [InlineData("exists (select 1 from kinds where name = kind)", "kinds", "name")]
    [InlineData("EXISTS (SELECT 1 FROM app.kinds k WHERE k.name = kind)", null, null)]
    [InlineData("EXISTS (SELECT * FROM app.routines WHERE CONCAT(space, '.', name) = $1)", "app.routines", "CONCAT(space, '.', name)")]
    [InlineData("exists (select 1 from kinds where pg_terminate_backend(1) = kind)", null, null)]
    [InlineData("exists (select 1 from kinds where 1) from pg_authid; drop table a -- = kind)", null, null)]
    [InlineData("exists (select 1 from kinds where lower(pg_sleep(9)) = kind)", null, null)]
    [InlineData("exists (select 1 from kinds where concat('a', 'b''; drop table a --') = kind)", null, null)]
    [InlineData("exists (select 1 from kinds where (select rolpassword from pg_authid limit 1) = kind)", null, null)]
    public void Only_names_and_literals_of_a_functions_text_are_looked_up(string text, string? view, string? value)
    {
        var match = ViewWords.Asked.Match(text);
        Assert.Equal((view, value), match.Success ? (match.Groups["view"].Value, match.Groups["value"].Value) : (null, null));
    }
}
