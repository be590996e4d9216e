using FsCheck;
using FsCheck.Fluent;
using RelSeed.Learning.Codebooks;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Tests.Learning;

public sealed class OrdinalCoderTests
{
    static readonly PrivacyRule Rule = new(11, 0);

    static Codebook? Make(double[] values, TypeKind kind = TypeKind.Float64, int[]? entities = null) =>
        new OrdinalCoder(kind, Rule, entities, weights: null).Make(values);

    [Fact]
    public void Any_values_give_codes_that_ascend_and_hold_enough_of_them() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(), ArbMap.Default.ArbFor<byte>(),
        (numbers, spread) =>
        {
            var values = numbers.SelectMany(n => Enumerable.Repeat((double)(n % (spread + 1)), 1 + Math.Abs(n % 9))).ToArray();
            if (Make(values) is not { } book) return values.Length < Rule.Enough || values.Length < 100;
            var codes = OrdinalCoder.Encode(book, values);
            var ends = book.Codes.Select(c => c is RangeCode r ? (r.Low, r.High) : (((NumberCode)c).Value, ((NumberCode)c).Value)).ToList();
            return ends.Zip(ends.Skip(1)).All(p => p.First.Item1 <= p.First.Item2 && p.First.Item2 < p.Second.Item1)
                && Enumerable.Range(1, book.Codes.Count).All(code => codes.Count(c => c == code) >= Rule.K)
                && book.Codes.OfType<NumberCode>().All(n => values.Count(v => v == n.Value) >= Rule.K)
                && book.Codes.OfType<RangeCode>()
                .All(r => (r.Low != values.Min() || values.Count(v => v == r.Low) >= Rule.K)
                && (r.High != values.Max() || values.Count(v => v == r.High) >= Rule.K));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_common_value_among_many_stands_for_itself()
    {
        var book = Make([.. Enumerable.Repeat(0.0, 500), .. Enumerable.Range(1, 500).Select(i => i * 3.7)])!;
        Assert.Equal(new NumberCode(0), book.Codes[0]);
        Assert.All(book.Codes.Skip(1), c => Assert.IsType<RangeCode>(c));
    }

    [Theory, InlineData(TypeKind.Int32, 1), InlineData(TypeKind.Float64, 0.5), InlineData(TypeKind.Decimal, 0.5)]
    public void The_unit_is_the_widest_grid_of_the_values(TypeKind kind, double unit) =>
        Assert.Equal(unit, Make([.. Enumerable.Range(0, 400).Select(i => kind == TypeKind.Int32 ? i : i * 0.5)], kind)!.Unit);

    [Fact]
    public void Small_numbers_have_no_wide_grid() => Assert.Equal(1e-3, Make([.. Enumerable.Range(0, 400).Select(i => i * 0.001)])!.Unit);

    [Fact]
    public void Amounts_that_end_alike_lie_on_the_grid_of_their_ending()
    {
        var book = Make([.. Enumerable.Range(0, 2000).Select(i => i % 40 == 0 ? i * 0.5 : i + 0.99)])!;
        Assert.Equal(1, book.Unit);
        var ranges = book.Codes.OfType<RangeCode>().Where(r => r.High >= r.Low + 1).ToList();
        // But for those that begin at an amount that ends otherwise.
        Assert.InRange(ranges.Count(r => Math.Abs(r.Low - Math.Floor(r.Low) - 0.99) > 1e-6), 0, ranges.Count / 20);
        Assert.True(book.Codes[0] is RangeCode { Low: >= 0 });
    }

    // Points are halved now and then: the ends lie beyond the extremes, and not on them once the halves are taken off.
    [Fact]
    public void Ends_on_the_grid_of_an_ending_are_none_of_the_extremes()
    {
        for (var most = 600; most < 700; most++)
        {
            double[] values = [.. Enumerable.Range(1, most).Select(i => i % 90 == 0 ? i - 0.5 : i)];
            var book = new OrdinalCoder(TypeKind.Float32, new PrivacyRule(3, 0), entities: null, weights: null) { ReachesEnds = true }.Make(values)!;
            Assert.Equal(1, book.Unit);
            Assert.InRange(Assert.IsType<RangeCode>(book.Codes[^1]).High, values[^1] + 0.25, values[^1] + 50);
        }
    }

    // Digits that codes are cleaned of would otherwise tell them apart.
    [Fact]
    public void Microseconds_of_this_century_have_no_grid()
    {
        var book = Make([.. Enumerable.Range(0, 400).Select(i => 1_500_000_000 + i * 500_000.0), .. Enumerable.Repeat(1_795_346_857.965973, 20)],
            TypeKind.TimestampTz)!;
        Assert.Equal(0, book.Unit);
        var ends = book.Codes.Select(c => c is RangeCode r ? (r.Low, r.High) : (((NumberCode)c).Value, ((NumberCode)c).Value)).ToList();
        Assert.All(ends.Zip(ends.Skip(1)), p => Assert.True(p.First.Item2 <= p.Second.Item1));
    }

    [Fact]
    public void Many_rows_of_few_entities_tell_nothing() =>
        Assert.Null(Make([.. Enumerable.Repeat(5.0, 1000)], entities: [.. Enumerable.Range(0, 1000).Select(i => i % 10)]));

    [Fact]
    public void Few_far_values_make_a_tail_without_their_end()
    {
        var values = Enumerable.Range(0, 1000).Select(i => (double)i).Concat(Enumerable.Range(1, 30).Select(i => 1000.0 * i * i)).ToArray();
        var last = Assert.IsType<RangeCode>(Make(values, TypeKind.Int64)!.Codes[^1]);
        Assert.InRange(last.High, 400_000, 1_500_000);
        Assert.NotEqual(900_000, last.High);
    }

    [Fact]
    public void What_few_have_at_the_end_does_not_move_the_tail()
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => i * 1.0)];
        var (near, far) = (Make(values, TypeKind.Int64)!, Make([.. values, .. Enumerable.Range(0, 9).Select(i => 1e6 + 977 * i)], TypeKind.Int64)!);
        Assert.InRange(Assert.IsType<RangeCode>(near.Codes[^1]).High, 985, 1010);
        Assert.InRange(Assert.IsType<RangeCode>(far.Codes[^1]).High, 990, 1100);
    }

    [Fact]
    public void Nothing_lies_beyond_an_end_that_enough_have()
    {
        var book = Make([.. Enumerable.Range(0, 2000).Select(i => 20.0 + i % 500 * 0.1), .. Enumerable.Repeat(20.0, 12)])!;
        Assert.Equal(20, book.Codes[0] is RangeCode r ? r.Low : ((NumberCode)book.Codes[0]).Value);
    }

    [Fact]
    public void What_is_never_negative_stays_so()
    {
        var book = Make([.. Enumerable.Range(1, 400).Select(i => i * i * 0.01)])!;
        Assert.True(Assert.IsType<RangeCode>(book.Codes[0]).Low >= 0);
    }

    static readonly PrivacyRule OfThings = new(3, 0) { IsPlain = true };

    static Codebook Whole(double[] values) =>
        new OrdinalCoder(TypeKind.Int32, OfThings, entities: null, weights: null) { IsWhole = true, ReachesEnds = true }.Make(values)!;

    [Fact]
    public void Of_few_rows_told_whole_each_value_stands_for_itself() =>
        Assert.Equal([234, 240, 241, 261, 262, 268, 269], Whole([234, 240, 240, 240, 241, 261, 262, 268, 268, 268, 269]).Codes
            .Select(c => Assert.IsType<NumberCode>(c).Value));

    [Fact]
    public void But_for_what_lies_far_out()
    {
        var book = Whole([.. Enumerable.Range(0, 60).Select(i => 100.0 + i), 7_654_321, -98_765]);
        Assert.All(book.Codes, c => Assert.DoesNotContain(c is RangeCode r ? r.High : ((NumberCode)c).Value, new[] { 7_654_321, -98_765.0 }));
        Assert.All(book.Codes, c => Assert.DoesNotContain(c is RangeCode r ? r.Low : ((NumberCode)c).Value, new[] { 7_654_321, -98_765.0 }));
    }

    [Fact]
    public void Numbers_that_differ_by_ratio_are_not_far_out() =>
        Assert.Equal(10, Whole([.. Enumerable.Range(0, 10).Select(i => Math.Pow(7, i))]).Codes.OfType<NumberCode>().Count());

    [Fact]
    public void Any_range_of_things_reaches_beyond_the_last_value_and_does_not_end_there() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(), numbers =>
        {
            double[] values = [.. numbers.Select(n => 10.0 + Math.Abs(n % 1_000)), .. Enumerable.Range(1, 400)];
            var book = new OrdinalCoder(TypeKind.Int32, OfThings, entities: null, weights: null) { ReachesEnds = true }.Make(values)!;
            var (low, high) = (book.Codes[0], book.Codes[^1]);
            return (low is NumberCode || low is RangeCode l && l.Low < values.Min()) && (high is NumberCode || high is RangeCode h && h.High > values.Max())
                && Enumerable.Range(1, book.Codes.Count).All(code => OrdinalCoder.Encode(book, values).Count(c => c == code) >= 3);
        }).QuickCheckThrowOnFailure();

    static double HighOf(double[] values) => ((RangeCode)Make(values)!.Codes[^1]).High;

    // A rounded end that happens to be the greatest value must not be told, but neither may all beyond the k-th be lost.
    [Fact]
    public void An_end_that_meets_the_greatest_value_lies_beyond_it()
    {
        double[] values = [.. Enumerable.Range(1, 4000).Select(i => Math.Round(-1000 * Math.Log(i / 4001.0)))];
        var high = HighOf(values);
        values[0] = high;
        Assert.InRange(HighOf(values), high + 1, high * 1.2);
    }

    [Theory, InlineData(0, 3.9), InlineData(1, 8.3)]
    public void A_tail_reaches_about_as_far_as_so_many_values_do(int kind, double most)
    {
        var values = Enumerable.Range(1, 4000).Select(i => i / 4001.0).Select(u => kind == 0 ? 4 * (1 - u) : -Math.Log(u)).ToArray();
        Assert.InRange(HighOf(values), 0.9 * most, 1.5 * most);
    }
}
