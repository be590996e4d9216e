using RelSeed.Generation.Learned;
using RelSeed.Profiling;

namespace RelSeed.Tests.Learned;

public sealed class AgreementTableTests
{
    // Codes 1 and 2 go with partner 1 and 2, code 3 with any.
    static readonly AgreementTable Table =
        new(new Agreement(new Feature(FeatureKind.Own, Step: 0), [[1], [2], []]) { Free = [1, 0.25, 0, 1] }, [0, 5, 5, 5]);

    [Fact]
    public void What_has_no_partners_goes_with_any()
    {
        Assert.True(Table.IsFree(3));
        Assert.True(Table.Holds(3, 1));
        Assert.False(Table.IsFree(1));
        Assert.True(Table.Holds(1, 1));
        Assert.False(Table.Holds(1, 2));
    }

    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(2, 0)]
    [InlineData(3, -1)]
    [InlineData(9, -1)]
    public void A_partner_with_codes_of_its_own_tells_how_often_any_stands_beside_it(int partner, double share) =>
        Assert.Equal(share, Table.FreeShare(partner));
}
