using RelSeed.Profiling;

namespace RelSeed.Learning.Codebooks;

/// <summary>Where values end, of which nothing is told that fewer than k entities have.</summary>
sealed partial class OrdinalCoder
{
    double Lowest(Piece piece)
    {
        var (kth, far, least) = (Extreme(rule.K, fromLow: true), _groups[piece.Last].Value, _groups[piece.First].Value);
        if (ReachesEnds && least < kth && least != 0) return NeverNegative(Grid.Below(least, (far - least) / 10, _unit));
        var low = NeverNegative(Down(kth - Beyond(fromLow: true)));
        if (low == least && kth > least) low = least is 0 || least == -_ending ? Down(kth) : Grid.Below(low, (far - low) / 10, _unit);
        // The smallest value itself may stand there only when enough have it.
        return low != least || kth <= least ? low : Math.Min(far, Grid.RoundUp(kth, (far - kth) / 10, _unit));

        double Down(double value) => Grid.RoundDown(value, (far - value) / 10, _unit);

        double NeverNegative(double value) => value >= -_ending || least < -_ending ? value : least >= 0 ? 0 : -_ending;
    }

    double Highest(Piece piece)
    {
        var (kth, far, most) = (Extreme(rule.K, fromLow: false), _groups[piece.First].Value, _groups[piece.Last].Value);
        if (ReachesEnds && most > kth && most != 0) return -Grid.Below(-most, (most - far) / 10, _unit);
        var high = Up(kth + Beyond(fromLow: false));
        if (high > -_ending && most <= -_ending) high = -_ending;
        if (high == most && kth < most) high = most is 0 || most == -_ending ? Up(kth) : -Grid.Below(-high, (high - far) / 10, _unit);
        return high != most || kth >= most ? high : Math.Max(far, Grid.RoundDown(kth, (kth - far) / 10, _unit));

        double Up(double value) => Grid.RoundUp(value, (value - far) / 10, _unit);
    }

    // How far beyond the k-th extreme values may lie, by how the distances between the extremes of k, 4k and 16k entities grow (Pickands 1975, over
    // wider steps, which a few values sway less); nothing that fewer than k have plays a part.
    double Beyond(bool fromLow)
    {
        if (!HasTails || _values.Length < 4 * rule.K) return 0;
        var (near, far) = (Extreme(rule.K, fromLow), Extreme(4 * rule.K, fromLow));
        // Where enough have the very end, there is nothing beyond.
        if (near == (fromLow ? _values[0] : _values[^1])) return 0;
        var middle = Extreme(2 * rule.K, fromLow);
        var (gap, before) = (Math.Abs(near - middle), Math.Abs(middle - far));
        if (!HasAtLeast(32 * rule.K)) return BeyondKth * Growing(gap, Ratio(gap, before), MostGrowthOfFew);
        var (wide, wider) = (Math.Abs(near - far), Math.Abs(far - Extreme(16 * rule.K, fromLow)));
        var growth = Math.Clamp(Math.Sqrt(Ratio(wide, wider)), LeastGrowth, 1);
        // A tail that comes to an end (minutes of a game) shows it next to the end.
        return Math.Min(BeyondKth * Growing(wide / (1 + 1 / growth), growth, 1), BeyondByNearest * Growing(gap, Ratio(gap, before), 1));
    }

    // Three more steps, each growing as the last one did.
    static double Growing(double gap, double growth, double most)
    {
        growth = Math.Clamp(growth, LeastGrowth, most);
        return gap * (growth + growth * growth + growth * growth * growth);
    }

    static double Ratio(double gap, double before) => before > 0 ? gap / before : 1;

    bool HasAtLeast(int many)
    {
        if (entities is null || weights is not null) return _values.Length >= many;
        var seen = new HashSet<int>();
        for (var i = 0; i < _rows.Length && seen.Count < many; i++) seen.Add(entities[_rows[i]]);
        return seen.Count >= many;
    }

    // The value of the k-th entity from an end.
    double Extreme(int k, bool fromLow)
    {
        var seen = new HashSet<int>();
        long weight = 0;
        for (int i = fromLow ? 0 : _values.Length - 1; fromLow ? i < _values.Length : i >= 0; i += fromLow ? 1 : -1)
        {
            seen.Add(entities is null ? _rows[i] : entities[_rows[i]]);
            weight += weights is null ? 0 : weights[_rows[i]];
            if ((weights is null ? seen.Count : weight) >= k) return _values[i];
        }
        return fromLow ? _values[^1] : _values[0];
    }

    int TailOf(Piece piece, int place, double low, double high)
    {
        // Of a few rows one is to lie near the end.
        if (ReachesEnds && piece.Rows < 2 * rule.Enough)
            return place == _pieces.Count - 1 ? RangeCode.ReachesHigh : place == 0 ? RangeCode.ReachesLow : 0;
        var middle = _values[(_groups[piece.First].Start + _groups[piece.Last].Start + _groups[piece.Last].Count) / 2];
        var share = (middle - low) / (high - low);
        return place == _pieces.Count - 1 && share < 0.35 ? 1 : place == 0 && share > 0.65 ? -1 : 0;
    }
}
