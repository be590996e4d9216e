using System.Runtime.InteropServices;
using RelSeed.Learning.DifferentialPrivacy;
using RelSeed.Numerics;

namespace RelSeed.Tests.Learning.DifferentialPrivacy;

public sealed class DiscreteGaussianTests
{
    /// <summary>Noise that can be repeated.</summary>
    internal static DiscreteGaussian Repeatable(ulong seed)
    {
        long counter = 0;
        return new(bytes =>
        {
            foreach (ref var word in MemoryMarshal.Cast<byte, ulong>(bytes)) word = CounterRandom.At(seed, counter++);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(50)]
    public void Every_number_comes_as_often_as_its_weight_says(long variance)
    {
        const int Draws = 200_000;
        var noise = Repeatable(1);
        var seen = new Dictionary<long, int>();
        for (var i = 0; i < Draws; i++)
        {
            var drawn = noise.Next(variance);
            seen[drawn] = seen.GetValueOrDefault(drawn) + 1;
        }

        var reach = (int)(4 * Math.Sqrt(variance));
        var all = Enumerable.Range(-10 * reach, 20 * reach + 1).Sum(x => Math.Exp(-(double)x * x / (2.0 * variance)));
        for (var x = -reach; x <= reach; x++)
        {
            var expected = Draws * Math.Exp(-(double)x * x / (2.0 * variance)) / all;
            Assert.InRange(seen.GetValueOrDefault(x), expected - 5 * Math.Sqrt(expected) - 1, expected + 5 * Math.Sqrt(expected) + 1);
        }
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(DiscreteGaussian.MostVariance)]
    public void Wide_noise_has_its_variance(long variance)
    {
        const int Draws = 20_000;
        var noise = Repeatable(2);
        double sum = 0, squares = 0;
        for (var i = 0; i < Draws; i++)
        {
            double drawn = noise.Next(variance);
            sum += drawn;
            squares += drawn * drawn;
        }

        Assert.InRange(sum / Draws / Math.Sqrt(variance), -0.04, 0.04);
        Assert.InRange(squares / Draws / variance, 0.95, 1.05);
    }

    [Fact]
    public void Noise_that_is_secret_is_never_the_same() =>
        Assert.NotEqual(Enumerable.Range(0, 20).Select(_ => DiscreteGaussian.Secret().Next(1_000_000)),
            Enumerable.Range(0, 20).Select(_ => DiscreteGaussian.Secret().Next(1_000_000)));

    [Theory]
    [InlineData(0)]
    [InlineData(DiscreteGaussian.MostVariance + 1)]
    public void A_variance_that_cannot_be_drawn_exactly_is_refused(long variance) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Repeatable(1).Next(variance));
}
