using RelSeed.Numerics;
using RelSeed.Planning;

namespace RelSeed.Generation;

/// <summary>Numbers of a distribution in an integer lane.</summary>
sealed class DistributedInteger(ulong key, NumberSpec spec) : ValueGenerator
{
    readonly NumberDraw _draw = new(spec);

    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var values = ((Int64Vector)target).Values;
        var (draw, columnKey) = (_draw, key);
        for (var i = 0; i < values.Length; i++) values[i] = draw.At(CounterRandom.At(columnKey, counters[i]));
    }
}

/// <summary>The same in a floating lane.</summary>
sealed class DistributedFloat(ulong key, NumberSpec spec) : ValueGenerator
{
    readonly NumberDraw _draw = new(spec);
    readonly double _unit = StableMath.PowerOfTen(spec.Decimals);

    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var values = ((Float64Vector)target).Values;
        var (draw, columnKey, unit) = (_draw, key, _unit);
        for (var i = 0; i < values.Length; i++) values[i] = draw.At(CounterRandom.At(columnKey, counters[i])) / unit;
    }
}

/// <summary>One draw of a <see cref="NumberSpec"/> as an integer of 10^-Decimals.</summary>
sealed class NumberDraw
{
    // In hundredths, by how often shops use them.
    static readonly byte[] Endings = [99, 99, 99, 99, 99, 99, 99, 95, 95, 95, 0, 0, 50, 49, 90, 0];
    readonly QuantileTable _table;
    readonly long _min, _max, _step, _unit;

    public NumberDraw(NumberSpec spec)
    {
        (_min, _max, _step) = (spec.Min, spec.Max, Math.Max(1, spec.Step));
        _unit = spec.IsPrice && spec.Decimals >= 2 ? StableMath.PowerOfTen(spec.Decimals) : 0;
        // The greatest integer too gets a whole unit of the table.
        double min = spec.Min, max = spec.Max + 1.0;
        _table = spec.Shape switch
        {
            NumberShape.Uniform => QuantileTable.Uniform(min, max),
            NumberShape.Normal => QuantileTable.Normal(spec.Center, spec.Spread, min, max),
            NumberShape.LogNormal => QuantileTable.LogNormal(spec.Center, spec.Spread, min, max),
            _ => QuantileTable.Exponential(spec.Center, min, max),
        };
    }

    public long At(ulong word)
    {
        var value = (long)Math.Floor(_table.Draw(word));
        if (_step > 1) value -= value % _step;
        if (_unit > 0 && value >= _unit) value = value - value % _unit + Endings[(int)CounterRandom.Mix(word) & 15] * (_unit / 100);
        return value < _min ? AboveMin() : value > _max ? BelowMax() : value;
    }

    long AboveMin()
    {
        var value = _min + (_step - _min % _step) % _step;
        return value <= _max ? value : _min;
    }

    long BelowMax()
    {
        var value = _max - _max % _step;
        return value >= _min ? value : _max;
    }
}

/// <summary>Even integers of an interval, the whole of 64 bits if need be.</summary>
sealed class UniformInteger(ulong key, UniformSpec spec) : ValueGenerator
{
    readonly ulong _choices = (ulong)UInt128.Min((UInt128)((Int128)spec.Max - spec.Min) / (ulong)spec.Step + 1, ulong.MaxValue);

    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var values = ((Int64Vector)target).Values;
        var (columnKey, min, step, choices) = (key, spec.Min, spec.Step, _choices);
        for (var i = 0; i < values.Length; i++)
            values[i] = min + (long)CounterRandom.Below(CounterRandom.At(columnKey, counters[i]), choices) * step;
    }
}

/// <summary>The number at the shared draw's place in a list, a little off.</summary>
sealed class PlaceNumber(ulong shared, ulong own, PlaceNumberSpec spec) : ValueGenerator
{
    readonly RelSeed.Semantics.WordList _words = RelSeed.Semantics.WordLists.Get(spec.List);
    readonly double _unit = StableMath.PowerOfTen(spec.Decimals);
    readonly double[] _numbers =
        [.. RelSeed.Semantics.WordLists.Get(spec.List).Words.Select(w =>
            (CanonicalText.ParseFloat64(w) ?? 0) * StableMath.PowerOfTen(spec.Decimals))];

    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        for (var i = 0; i < counters.Length; i++)
        {
            var jitter = (long)CounterRandom.Below(CounterRandom.At(own, counters[i]), (ulong)(2 * spec.Jitter + 1)) - spec.Jitter;
            var value = Math.Clamp((long)Math.Floor(_numbers[_words.Draw(CounterRandom.At(shared, counters[i]))] + 0.5) + jitter, spec.Min, spec.Max);
            if (target is Int64Vector integers) integers.Values[i] = value;
            else ((Float64Vector)target).Values[i] = value / _unit;
        }
    }
}
