namespace RelSeed.Numerics.Trees;

/// <summary>Finds the best question of each feature for the rows of a node.</summary>
abstract class SplitFinder(IReadOnlyList<CodeColumn> features)
{
    protected IReadOnlyList<CodeColumn> Features { get; } = features;

    /// <summary>Prepares for the training rows.</summary>
    public virtual void Begin(ReadOnlySpan<int> rows) { }

    /// <summary>The best split of each feature that is strong enough, the best first.</summary>
    public IEnumerable<Split> Find(ReadOnlySpan<int> rows, TreeOptions options)
    {
        List<Split> found = [];
        var weight = Weight = Weigh(rows);
        if (weight <= 0) return found;
        // A chi-square is gain times this.
        var unit = rows.Length * Degrees / weight;
        for (var f = 0; f < Features.Count; f++)
        {
            if (FindOf(f, rows, options.LeafRows) is not { } split) continue;
            var chance = Chance(split.Categories);
            if (split.Gain * unit < chance + options.LeastStrength * Math.Sqrt(chance)) continue;
            // What chance explains tells no feature from another.
            split.Gain = (split.Gain - (chance - Degrees) / unit) * Features[f].Trust;
            found.Add(split);
        }
        found.Sort((a, b) => b.Gain != a.Gain ? b.Gain.CompareTo(a.Gain) : a.Feature.CompareTo(b.Feature));
        return found;
    }

    // A random split explains a chi-square of so many degrees. Names ordered by the very target they are to explain explain more: the largest
    // root of a random matrix (Johnstone 2001), of which the best cut of an order takes 2/pi.
    double Chance(int categories)
    {
        var root = Math.Sqrt(Degrees) + Math.Sqrt(Math.Max(0, categories - 1));
        return categories <= 2 ? Degrees : Math.Max(Degrees, Degrees - 1 + 2 / Math.PI * root * root);
    }

    /// <summary>The target's dispersion over the rows last looked at.</summary>
    public double Weight { get; private set; }

    /// <summary>In how many independent directions the target varies.</summary>
    protected virtual double Degrees => 1;

    /// <summary>The target's dispersion over the rows, in the unit of gains; 0 when there is none to explain.</summary>
    protected abstract double Weigh(ReadOnlySpan<int> rows);

    protected abstract Split? FindOf(int feature, ReadOnlySpan<int> rows, int leafRows);

    /// <summary>The codes of a category in an order, cut behind one of them.</summary>
    /// <param name="present">Codes that occur.</param>
    protected Split Cut(int feature, ReadOnlySpan<int> order, int count, int present, double gain)
    {
        var column = Features[feature];
        if (column.IsOrdinal) return new Split(feature, order[count - 1] + 1, gain);
        var left = order[..count].ToArray();
        Array.Sort(left);
        return new Split(feature, left, column.Size, gain) { Categories = present };
    }
}

/// <summary>For ordinal targets: the variance of the midrank.</summary>
sealed class RankSplitFinder(IReadOnlyList<CodeColumn> features, CodeColumn target) : SplitFinder(features)
{
    readonly double[] _rank = new double[target.Size];
    readonly int[] _counts = new int[features.Count == 0 ? 0 : features.Max(f => f.Size)];
    readonly double[] _sums = new double[features.Count == 0 ? 0 : features.Max(f => f.Size)];
    readonly int[] _order = new int[features.Count == 0 ? 0 : features.Max(f => f.Size)];
    readonly double[] _means = new double[features.Count == 0 ? 0 : features.Max(f => f.Size)];
    double[] _values = [];
    double _total;

    public override void Begin(ReadOnlySpan<int> rows)
    {
        var counts = new int[target.Size];
        foreach (var row in rows) counts[target.Codes[row]]++;
        double below = 0;
        for (var code = 0; code < counts.Length; code++)
        {
            _rank[code] = (below + counts[code] / 2.0) / rows.Length;
            below += counts[code];
        }
        _values = new double[rows.Length];
    }

    protected override double Weigh(ReadOnlySpan<int> rows)
    {
        double sum = 0, squares = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var rank = _rank[target.Codes[rows[i]]];
            _values[i] = rank;
            sum += rank;
            squares += rank * rank;
        }
        _total = sum;
        var dispersion = squares - sum * sum / rows.Length;
        return dispersion > 1e-12 * rows.Length ? dispersion : 0;
    }

    protected override Split? FindOf(int feature, ReadOnlySpan<int> rows, int leafRows)
    {
        var column = Features[feature];
        var counts = _counts.AsSpan(0, column.Size);
        var sums = _sums.AsSpan(0, column.Size);
        counts.Clear();
        sums.Clear();
        var codes = column.Codes;
        for (var i = 0; i < rows.Length; i++)
        {
            var code = codes[rows[i]];
            counts[code]++;
            sums[code] += _values[i];
        }
        var order = Order(column, counts, sums);
        double best = 0, leftSum = 0;
        int bestCut = 0, left = 0;
        for (var i = 0; i < order.Length - 1; i++)
        {
            left += counts[order[i]];
            leftSum += sums[order[i]];
            if (left < leafRows) continue;
            var right = rows.Length - left;
            if (right < leafRows) break;
            var rightSum = _total - leftSum;
            var score = leftSum * leftSum / left + rightSum * rightSum / right;
            if (score > best) (best, bestCut) = (score, i + 1);
        }
        var gain = best - _total * _total / rows.Length;
        return bestCut == 0 || gain <= 0 ? null : Cut(feature, order, bestCut, order.Length, gain);
    }

    ReadOnlySpan<int> Order(CodeColumn column, ReadOnlySpan<int> counts, ReadOnlySpan<double> sums)
    {
        var n = 0;
        for (var code = 0; code < counts.Length; code++)
        {
            if (counts[code] == 0) continue;
            _means[n] = sums[code] / counts[code];
            _order[n++] = code;
        }
        if (!column.IsOrdinal) Array.Sort(_means, _order, 0, n);
        return _order.AsSpan(0, n);
    }
}
