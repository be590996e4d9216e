using RelSeed.Generation.Learned;
using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Masking;

/// <summary>Replaces numbers and dates by others of the same learned range, which holds the values of k rows at least; a value that so many share
/// stays.</summary>
sealed class NearbyValues(Codebook book, ColumnType type, ulong seed)
{
    readonly CodeTable _codes = new(book);
    readonly double _scale = Axis.ScaleOf(type);

    /// <param name="place">Of the value among the different ones.</param>
    public string Replace(string value, long place)
    {
        if (OnAxis(value) is not { } old) return value;
        var drawn = _codes.Draw(_codes.Encode(old), CounterRandom.At(seed, place));
        return type.Lane == Lane.Float64 ? CanonicalText.Format(drawn) : CanonicalText.Format((long)Math.Round(drawn / _scale), type);
    }

    double? OnAxis(string value) => type.Lane == Lane.Float64 ? CanonicalText.ParseFloat64(value) : CanonicalText.ParseInt64(value, type) * _scale;
}
