using RelSeed.Generation;
using RelSeed.Planning;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

/// <summary>A list of categories is one of what its rows are categories of.</summary>
public class ListedThingsTests
{
    [Theory]
    [InlineData("genres", "track", false, "[genre song]")]
    [InlineData("genres", "album", true, "[genre song]")]
    [InlineData("genres", "film", false, "[genre]")]
    [InlineData("genres", "shop", false, "[genre]")]
    [InlineData("categories", "film", true, "[genre]")]
    [InlineData("categories", "book", false, "[genre book]")]
    [InlineData("categories", "product", false, "[category]")]
    public void It_holds_such_as_these_have(string list, string thing, bool isJoined, string words)
    {
        var things = Table($"{thing}s", ["id int!", "title text!", "list_id int!"], pk: ["id"], fks: isJoined ? [] : [(["list_id"], list, ["id"])]);
        var joins = Table($"{thing}_{list}", ["thing_id int!", "list_id int!"], pk: ["thing_id", "list_id"],
            fks: [(["thing_id"], $"{thing}s", ["id"]), (["list_id"], list, ["id"])]);
        var schema = Database([Table(list, ["id int!", "name text!"], pk: ["id"]), things, .. isJoined ? new[] { joins } : []]);
        var name = FittedPlan.Make(schema, new PlanOptions()).Find(new("public", list))!.Columns[1];
        Assert.Equal($"{words}, each row another", name.Generator.Describe());
    }
}
