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
        var told = new ColumnProfile { Name = "ends", Kind = TypeKind.Time, NullShare = 0, Treatment = ColumnTreatment.Told, Codes = book };
        var (allowed, least, most) = ProfileCodes.Of(told, column, ValueDomain.Any, mayBeOther: false);
        Assert.Equal([false, true, true, false], allowed);
        Assert.Equal((0, 86_399), (least, most));
    }

    [Theory, InlineData(null, true), InlineData(10, true), InlineData(9, false)]
    public void Days_kept_as_text_are_drawn_where_there_is_room_for_them(int? length, bool isAllowed)
    {
        var book = new Codebook(true, 86_400, [new RangeCode(0, 864_000)]);
        var told = new ColumnProfile { Name = "day", Kind = TypeKind.Date, NullShare = 0, Treatment = ColumnTreatment.Told, Codes = book, Form = "yyyy-MM-dd" };
        var column = new Column { Name = "day", Type = new ColumnType { Kind = TypeKind.Text, Name = "text", Length = length } };
        Assert.Equal([false, isAllowed], ProfileCodes.Of(told, column, ValueDomain.Any, mayBeOther: false).Allowed);
    }
}
