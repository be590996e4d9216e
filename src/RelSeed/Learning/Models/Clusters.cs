namespace RelSeed.Learning.Models;

/// <summary>Parts points so that those of a part lie near each other, by one question after the other, the most telling first.</summary>
/// <param name="points">By dimension and point.</param>
sealed class Clusters(double[][] points)
{
    const int Bins = 64;

    readonly int _count = points[0].Length;
    readonly byte[][] _bins = [.. points.Select(BinsOf)];

    /// <param name="least">The fewest points of a part.</param>
    /// <param name="leastGain">Share of all variance that a split must take away.</param>
    /// <returns>By point its part, from 1 on, and how many there are.</returns>
    public (ushort[] Parts, int Count) Split(int least, int most, double leastGain)
    {
        var parts = new ushort[_count];
        parts.AsSpan().Fill(1);
        var open = new PriorityQueue<(int[] Rows, Cut Cut), double>();
        var all = Enumerable.Range(0, _count).ToArray();
        var enough = leastGain * points.Sum(p => Dispersion(p));
        Offer(all);
        var count = 1;
        while (count < most && open.TryDequeue(out var best, out _))
        {
            count++;
            var right = Array.FindAll(best.Rows, r => _bins[best.Cut.Dimension][r] >= best.Cut.Bin);
            foreach (var row in right) parts[row] = (ushort)count;
            Offer(Array.FindAll(best.Rows, r => _bins[best.Cut.Dimension][r] < best.Cut.Bin));
            Offer(right);
        }
        return (parts, count);

        void Offer(int[] rows)
        {
            if (Best(rows, least) is { } cut && cut.Gain >= enough) open.Enqueue((rows, cut), -cut.Gain);
        }
    }

    Cut? Best(int[] rows, int least)
    {
        Cut? best = null;
        if (rows.Length < 2 * least) return best;
        for (var d = 0; d < points.Length; d++)
        {
            var (counts, sums) = Histogram(rows, _bins[d]);
            var (below, left, all) = (0, new double[points.Length], Enumerable.Range(0, points.Length).Select(g => sums.Sum(s => s[g])).ToArray());
            for (var bin = 1; bin < Bins; bin++)
            {
                below += counts[bin - 1];
                for (var g = 0; g < left.Length; g++) left[g] += sums[bin - 1][g];
                if (counts[bin - 1] == 0 || below < least || rows.Length - below < least) continue;
                double gain = 0;
                for (var g = 0; g < left.Length; g++)
                {
                    var right = all[g] - left[g];
                    gain += left[g] * left[g] / below + right * right / (rows.Length - below) - all[g] * all[g] / rows.Length;
                }
                if (best is null || gain > best.Gain) best = new Cut(d, bin, gain);
            }
        }
        return best;
    }

    (int[] Counts, double[][] Sums) Histogram(int[] rows, byte[] bins)
    {
        var counts = new int[Bins];
        var sums = new double[Bins][];
        for (var bin = 0; bin < Bins; bin++) sums[bin] = new double[points.Length];
        foreach (var row in rows)
        {
            counts[bins[row]]++;
            for (var g = 0; g < points.Length; g++) sums[bins[row]][g] += points[g][row];
        }
        return (counts, sums);
    }

    static double Dispersion(double[] values)
    {
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean));
    }

    // Alike many to a bin.
    static byte[] BinsOf(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort(order, (left, right) => values[left].CompareTo(values[right]) is var o and not 0 ? o : left.CompareTo(right));
        var bins = new byte[values.Length];
        for (var i = 0; i < order.Length; i++)
            bins[order[i]] = i > 0 && values[order[i]] == values[order[i - 1]] ? bins[order[i - 1]] : (byte)((long)i * Bins / order.Length);
        return bins;
    }

    sealed record Cut(int Dimension, int Bin, double Gain);
}
