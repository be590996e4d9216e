using RelSeed.Generation;

namespace RelSeed.Tests.Generation.Arranging;

public class RowSearchTests
{
    const int Choices = 60;

    [Fact]
    public void A_search_in_vain_ends_however_many_choices_come_before()
    {
        // Each choice but the last may be null or one value, and none of those 2^60 rows has a parent at the last.
        var value = new Int64Vector();
        value.Reset(1);
        value.Values[0] = 7;
        var sources = Enumerable.Range(0, Choices + 1).Select(i => new ChoiceSource
        {
            Columns = [i],
            Values = [value],
            Targets = i < Choices ? [0] : [],
            MayBeNull = i < Choices,
        }).ToArray();
        var search = new RowSearch(1, sources, [.. sources.Select(_ => Array.Empty<ArrangementRule>())], [], new bool[Choices + 1], rows: 1, mayWait: false);
        Assert.Equal(0, search.Placed);
    }
}
