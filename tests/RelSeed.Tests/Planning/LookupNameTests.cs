using RelSeed.Generation;
using RelSeed.Planning;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

/// <summary>The rows of a small list have names of their own.</summary>
public class LookupNameTests
{
    static KeyRows Genres(long? rows = null, string[]? columns = null, string[]? checks = null) => new(FittedPlan.Make(Database(
        Table("genres", columns ?? ["id int!", "name text"], pk: ["id"], checks: checks),
        Table("films", ["id int!", "title text!", "genre_id int!"], pk: ["id"], fks: [(["genre_id"], "genres", ["id"])])),
        new PlanOptions { RowsPerTable = rows }), "genres");

    [Fact]
    public void They_differ_and_are_never_null_where_there_are_as_many_words()
    {
        var names = Genres()["name"].ToList();
        Assert.Equal(20, names.Count);
        Assert.DoesNotContain(null, names);
        KeyRows.AssertDistinct(names);
    }

    [Fact]
    public void They_come_again_where_there_are_not() => Assert.InRange(Genres(rows: 500)["name"].Distinct().Count(), 20, 40);

    [Fact]
    public void A_list_in_a_check_is_all_there_is() =>
        Assert.Subset(new HashSet<string?> { "Rock", "Jazz", null }, Genres(checks: ["name in ('Rock', 'Jazz')"])["name"].ToHashSet());

    [Fact]
    public void A_table_of_many_columns_is_no_list() =>
        Assert.Contains(null, Genres(columns: ["id int!", "name text", "made date", "changed date", "note text"])["name"]);

    [Fact]
    public void One_that_a_check_ties_to_another_column_is_drawn_again_where_it_does_not_hold()
    {
        var genres = Genres(columns: ["id int!", "name text!", "size int!"], checks: ["size between 1 and 9", "char_length(name) < size"]);
        Assert.All(genres.Tuples("name", "size").Select(t => t.Split('|')), t => Assert.True(t[0].Length < int.Parse(t[1], null), t[0]));
    }
}
