using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Tests.Learned;

public sealed class ProfileCodesTests
{
    [Fact]
    public void A_guessed_tail_of_times_ends_at_midnight()
    {
        var book = new Codebook(true, 900, [new RangeCode(61_200, 64_800), new RangeCode(79_200, 90_000, 1), new NumberCode(91_800)]);
        var column = new Column { Name = "ends", Type = new ColumnType { Kind = TypeKind.Time, Name = "time" } };
        var (allowed, least, most) = ProfileCodes.Of(book, column, ValueDomain.Any, mayBeOther: false);
        Assert.Equal([false, true, true, false], allowed);
        Assert.Equal((0, 86_399), (least, most));
    }
}
