using RelSeed.Learning.DifferentialPrivacy;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Tests.Learning.DifferentialPrivacy;

public sealed class CoarseAxisTests
{
    static (double Low, double High) Ends(Code code) => code is RangeCode r ? (r.Low, r.High) : (((NumberCode)code).Value, ((NumberCode)code).Value);

    public static TheoryData<TypeKind> Kinds =>
        [TypeKind.Int16, TypeKind.Int32, TypeKind.Int64, TypeKind.Decimal, TypeKind.Float64, TypeKind.Date, TypeKind.Timestamp, TypeKind.Time,
            TypeKind.Interval];

    static ColumnType Type(TypeKind kind) => new() { Kind = kind, Name = kind.ToString(), Scale = kind == TypeKind.Decimal ? 2 : null };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Cells_ascend_however_often_they_are_parted(TypeKind kind)
    {
        var cells = CoarseAxis.Cells(Type(kind));
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < cells.Count; i++)
            {
                Assert.True(Ends(cells[i]).Low <= Ends(cells[i]).High, $"{cells[i]}");
                if (i > 0)
                    Assert.True(Ends(cells[i]).Low >= Ends(cells[i - 1]).High
                        && (CoarseAxis.UnitOf(Type(kind)) == 0 || Ends(cells[i]).Low > Ends(cells[i - 1]).High), $"{cells[i - 1]} and {cells[i]}");
            }
            cells = CoarseAxis.Part(cells, [.. Enumerable.Range(0, cells.Count).Select(i => 1L + LearnerTests.Below(3, i, 100))], least: 10,
                parts: 200, CoarseAxis.UnitOf(Type(kind)));
        }
    }

    [Fact]
    public void Few_whole_numbers_get_a_code_each()
    {
        var cells = CoarseAxis.Cells(Type(TypeKind.Int32));
        var counts = cells.ConvertAll(c => Ends(c) is { Low: >= 1, High: <= 7 } ? 100L : 0L);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7],
            CoarseAxis.Part(cells, [.. counts], least: 10, parts: 48, unit: 1).Cast<NumberCode>().Select(c => c.Value));
    }
}
