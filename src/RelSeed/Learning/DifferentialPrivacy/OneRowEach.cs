using RelSeed.Learning.Sampling;
using RelSeed.Numerics;

namespace RelSeed.Learning.DifferentialPrivacy;

/// <summary>Bounds what an entity contributes: of each table one of its rows is looked at, chosen by chance, so that every histogram of the chosen
/// rows changes
/// by one when an entity comes or goes.</summary>
static class OneRowEach
{
    /// <returns>Rows, ascending: one an entity that has any.</returns>
    /// <param name="secret">Makes the choice.</param>
    public static int[] Choose(SampleTable table, ulong secret)
    {
        if (table.Entities is not { } entities) return [.. Enumerable.Range(0, table.Count)];
        var chosen = new int[table.EntityCount];
        var least = new ulong[table.EntityCount];
        chosen.AsSpan().Fill(-1);
        for (var row = 0; row < entities.Length; row++)
        {
            var word = CounterRandom.At(secret, row);
            if (chosen[entities[row]] >= 0 && word >= least[entities[row]]) continue;
            (chosen[entities[row]], least[entities[row]]) = (row, word);
        }
        return [.. chosen.Where(r => r >= 0).Order()];
    }

    /// <returns>By <see cref="Profiling.CountCodes"/>: entities that have so many rows, of those that have any.</returns>
    public static long[] RowsOfEntities(SampleTable table)
    {
        var rows = new int[table.EntityCount];
        foreach (var entity in table.Entities!) rows[entity]++;
        var counts = new long[Profiling.CountCodes.Size];
        foreach (var count in rows)
            if (count > 0) counts[Profiling.CountCodes.Of(count)]++;
        return counts;
    }
}
