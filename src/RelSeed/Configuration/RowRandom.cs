using RelSeed.Numerics;

namespace RelSeed.Configuration;

/// <summary>Chance of one row: the same numbers in the same order whenever the row is made.</summary>
/// <param name="key">The column's key of chance.</param>
/// <param name="counter">The row.</param>
public sealed class RowRandom(ulong key, long counter)
{
    ulong _draws;

    /// <summary>64 uniform bits.</summary>
    public ulong NextUInt64() => CounterRandom.At(CounterRandom.Derive(key, ++_draws), counter);

    /// <summary>From 0 to below 1.</summary>
    public double NextDouble() => CounterRandom.ToUnit(NextUInt64());

    /// <param name="min">Included.</param>
    /// <param name="max">Not included; above <paramref name="min"/>.</param>
    public int Next(int min, int max)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(min, max);
        return (int)(min + (long)CounterRandom.Below(NextUInt64(), (ulong)((long)max - min)));
    }

    /// <summary>From 0 to below <paramref name="max"/>.</summary>
    public int Next(int max) => Next(0, max);

    /// <summary>True with a probability from 0 to 1.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>One of the items, all alike.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];
}
