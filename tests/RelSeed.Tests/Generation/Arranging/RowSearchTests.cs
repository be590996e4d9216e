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

    [Fact]
    public void A_refusal_leads_back_to_what_it_is_about()
    {
        // The first choice and the last must be equal; any of those between goes with anything, and there are 4^60 ways to choose them.
        var sources = Enumerable.Range(0, Choices + 2).Select(i => new ChoiceSource { Columns = [i], Values = [Numbers(4)], Targets = [0, 1, 2, 3] })
            .Append(new ChoiceSource { Columns = [Choices + 2], Values = [Numbers(1)], Targets = [0] }).ToArray();
        var rules = sources.Select(_ => Array.Empty<ArrangementRule>()).ToArray();
        rules[^1] = [new EqualRule(0, Choices + 2)];
        var search = new RowSearch(1, sources, rules, [], [.. sources.Select(_ => true)], rows: 20, mayWait: false);
        Assert.Equal(20, search.Placed);
        Assert.All(Enumerable.Range(0, 20), row => Assert.Equal(0, search.Target(0, row)));
    }

    static Int64Vector Numbers(int count)
    {
        var vector = new Int64Vector();
        vector.Reset(count);
        for (var i = 0; i < count; i++) vector.Values[i] = i;
        return vector;
    }

    sealed class EqualRule(int left, int right) : ArrangementRule([left, right])
    {
        public override bool Allows(ChosenRow row) => Read(row, left) == Read(row, right);

        static long? Read(ChosenRow row, int column) => row.Find(column) is ({ } values, var place) ? ((Int64Vector)values).Values[place] : null;
    }
}
