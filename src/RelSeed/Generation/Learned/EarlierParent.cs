using System.Runtime.InteropServices;
using RelSeed.Numerics;

namespace RelSeed.Generation.Learned;

/// <param name="Own">The row's step.</param>
/// <param name="Parent">The parent's.</param>
/// <param name="IsLeast">The row's value is at least the parent's; else at most.</param>
[StructLayout(LayoutKind.Auto)]
readonly record struct EarlierBound(int Own, int Parent, bool IsLeast);

/// <summary>A row of the same table that stands before it in time and that no bound rules out; none where there is none.</summary>
/// <param name="step">Whose moments put the rows in order.</param>
/// <param name="values">By step and row, NaN for NULL, of the steps that the bounds speak of.</param>
/// <param name="degrees">Children that each row is to have: those with more are found more often.</param>
sealed class EarlierParent(ulong key, int step, EarlierBound[] bounds, Lazy<double[]?[]> values, Lazy<int[]> degrees) : ReferenceGenerator
{
    const int MostDraws = 64;

    readonly Lazy<Ranks> _ranks = new(() => new(values.Value[step]!, degrees.Value));

    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals)
    {
        var ranks = _ranks.Value;
        for (var i = 0; i < parents.Length; i++) parents[i] = Pick((int)(frame.Rows[i] % ranks.Rows), frame.Counters[i], ranks);
    }

    long Pick(int row, long counter, Ranks ranks)
    {
        for (ulong draw = 0; draw < MostDraws; draw++)
        {
            var parent = ranks.Earlier(row, CounterRandom.At(CounterRandom.Derive(key, draw), counter));
            if (parent < 0 || Array.TrueForAll(bounds, b => Holds(b, row, parent))) return parent;
        }
        return -1;
    }

    bool Holds(EarlierBound bound, int row, int parent)
    {
        var (own, other) = (values.Value[bound.Own]![row], values.Value[bound.Parent]![parent]);
        return double.IsNaN(own) || double.IsNaN(other) || (bound.IsLeast ? own >= other : own <= other);
    }

    // Rows with a moment, by it; of rows without one all others stand before, since none refers to them.
    sealed class Ranks
    {
        readonly int[] _order, _before;
        readonly long[] _sums;

        public Ranks(double[] moments, int[] degrees)
        {
            _order = [.. Enumerable.Range(0, moments.Length).Where(r => !double.IsNaN(moments[r])).OrderBy(r => moments[r])];
            _before = new int[moments.Length];
            _sums = new long[_order.Length + 1];
            Array.Fill(_before, _order.Length);
            for (var i = 0; i < _order.Length; i++) (_before[_order[i]], _sums[i + 1]) = (i, _sums[i] + degrees[_order[i]]);
        }

        public int Rows => _before.Length;

        /// <summary>A row before another, by 64 uniform bits; -1 when none is to have children.</summary>
        public int Earlier(int row, ulong word)
        {
            var before = _before[row];
            if (_sums[before] == 0) return -1;
            var at = Array.BinarySearch(_sums, 0, before + 1, (long)CounterRandom.Below(word, (ulong)_sums[before]));
            if (at < 0) return _order[~at - 1];
            // Of rows that are to have none the sums are alike.
            while (_sums[at + 1] == _sums[at]) at++;
            return _order[at];
        }
    }
}
