using System.Runtime.CompilerServices;
using RelSeed.Numerics;
using RelSeed.Planning;

namespace RelSeed.Generation;

/// <summary>Instants of an interval, at believable times of day.</summary>
sealed class InstantColumn(ulong key, InstantSpec spec) : ValueGenerator
{
    readonly InstantDraw _draw = new(spec);

    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var (draw, columnKey) = (_draw, key);
        if (target is Int64Vector integers)
        {
            var values = integers.Values;
            var unit = spec.Form.UnitOf();
            for (var i = 0; i < values.Length; i++) values[i] = InstantDraw.Floor(draw.At(CounterRandom.At(columnKey, counters[i])), unit);
        }
        else
        {
            for (var i = 0; i < counters.Length; i++) InstantText.Append((BytesVector)target, draw.At(CounterRandom.At(columnKey, counters[i])), spec.Form);
        }
    }
}

/// <summary>One draw of an <see cref="InstantSpec"/>, in microseconds.</summary>
sealed class InstantDraw(InstantSpec spec)
{
    readonly long _min = spec.Min, _max = spec.Max, _step = Math.Max(spec.Step, spec.Form.UnitOf());
    readonly double _span = (double)spec.Max - spec.Min;
    readonly TimeOfDay _hours = spec.Form.UnitOf() >= TemporalForms.Day ? TimeOfDay.Midnight : spec.Hours;
    readonly bool _grows = spec.Growth > 1;

    public long At(ulong word)
    {
        var share = CounterRandom.ToUnit(word);
        if (_grows) share = Math.Sqrt(share);
        var instant = _min + (long)(share * _span);
        if (_hours != TimeOfDay.Any) instant = OnDay(Floor(instant, TemporalForms.Day), CounterRandom.Mix(word ^ 0x5851F42D4C957F2D));
        instant = Floor(instant, _step) * _step;
        return instant < _min ? AtLeastMin() : instant > _max ? Floor(_max, _step) * _step : instant;
    }

    long AtLeastMin()
    {
        var up = -Floor(-_min, _step) * _step;
        return up <= _max ? up : _min;
    }

    long OnDay(long day, ulong word) => _hours switch
    {
        TimeOfDay.Business => Weekday(day, word) * TemporalForms.Day + 8 * TemporalForms.Hour + Bell(word, 10 * TemporalForms.Hour),
        TimeOfDay.Waking when (word & 31) != 0 => day * TemporalForms.Day + 7 * TemporalForms.Hour + Bell(word, 16 * TemporalForms.Hour),
        TimeOfDay.Waking => day * TemporalForms.Day + (long)CounterRandom.Below(CounterRandom.Mix(word), TemporalForms.Day),
        _ => day * TemporalForms.Day,
    };

    // Saturdays and Sundays go to the Friday before, but for one in eight.
    static long Weekday(long day, ulong word)
    {
        var ofWeek = (day + 3) % 7;
        if (ofWeek < 0) ofWeek += 7;
        return ofWeek < 5 || (word & 7) == 0 ? day : day - (ofWeek - 4);
    }

    // The sum of two even draws: most in the middle of the span.
    static long Bell(ulong word, long span) => (long)((word >> 32) * (ulong)(span >> 33) + (uint)word * (ulong)(span >> 33));

    /// <summary>The quotient rounded down, also below zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Floor(long value, long unit)
    {
        if (unit == 1) return value;
        var quotient = value / unit;
        return value < 0 && quotient * unit != value ? quotient - 1 : quotient;
    }
}

/// <summary>Instants after others of the row or its parents.</summary>
sealed class AfterColumn(ulong key, AfterSpec spec) : ValueGenerator
{
    readonly InstantDraw _otherwise = new(spec.Otherwise);
    readonly QuantileTable _gap = QuantileTable.LogNormal(spec.Gap.Median, spec.Gap.Sigma, spec.Gap.Min, spec.Gap.Max);
    readonly ulong _zero = CounterRandom.Threshold(spec.Gap.ZeroShare);
    readonly TemporalForm _form = spec.Otherwise.Form;

    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        // The sources are computed before the target is written, since text is appended row by row.
        foreach (var source in spec.Sources) Column(source, frame);
        for (var i = 0; i < counters.Length; i++)
        {
            var latest = Latest(frame, i);
            var word = CounterRandom.At(key, counters[i]);
            var instant = latest == long.MinValue ? _otherwise.At(word) : After(latest, word);
            if (target is Int64Vector integers) integers.Values[i] = InstantDraw.Floor(instant, _form.UnitOf());
            else InstantText.Append((BytesVector)target, instant, _form);
        }
    }

    static ColumnVector Column(TemporalSource source, RowFrame frame) =>
        source.Reference < 0 ? frame.Column(source.Column) : frame.Parent(source.Reference).Column(source.Column);

    long Latest(RowFrame frame, int row)
    {
        var latest = long.MinValue;
        foreach (var source in spec.Sources)
        {
            var column = Column(source, frame);
            if (column.IsNull(row) || source.Reference >= 0 && frame.Parent(source.Reference).IsAbsent(row)) continue;
            var instant = column is Int64Vector integers ? integers.Values[row] * source.Form.UnitOf()
                : InstantText.Parse(((BytesVector)column)[row]);
            if (instant > latest) latest = instant;
        }
        return latest;
    }

    long After(long source, ulong word)
    {
        if (source < spec.Floor) source = spec.Floor;
        var rest = CounterRandom.Mix(word);
        if (rest < _zero) return Align(source, source);
        var instant = source + (long)_gap.Draw(word);
        return Align(instant > spec.Cap ? BelowCap(source, rest) : instant, source);
    }

    // The least gap holds as long as there is room for it.
    long BelowCap(long source, ulong word)
    {
        if (source >= spec.Cap) return source;
        var least = source + spec.Gap.Min <= spec.Cap ? source + spec.Gap.Min : source;
        return least + (long)(CounterRandom.ToUnit(word) * ((double)spec.Cap - least));
    }

    long Align(long instant, long source)
    {
        var step = Math.Max(spec.Otherwise.Step, _form.UnitOf());
        var aligned = InstantDraw.Floor(instant, step) * step;
        if (aligned >= source || _form.UnitOf() >= TemporalForms.Day) return aligned;
        var unit = _form.UnitOf();
        return -InstantDraw.Floor(-source, unit) * unit;
    }
}
