using RelSeed.Numerics;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Generation.Learned;

/// <summary>A codebook made ready for a column's type: values from codes, and codes from values.</summary>
sealed class CodeTable
{
    const int TailKnots = 64;

    // Endings are told to so many parts of one.
    const double Parts = 1e6;

    // The dozen rows of a tail lie so: half of them in its first quarter, the last near its end.
    const double TailSpread = 12;

    const double NearEnd = 0.1;

    readonly double[] _low;
    readonly double[] _high;
    readonly double[]?[] _tails;
    readonly double[] _values;
    readonly double[] _weekdays;
    readonly DayTimes? _hours;
    readonly double _unit;
    readonly double _perUnit;
    readonly double _ending;

    /// <param name="least">Values below it are not drawn.</param>
    /// <param name="most">Values above it are not drawn.</param>
    public CodeTable(Codebook book, double least = double.NegativeInfinity, double most = double.PositiveInfinity)
    {
        (Size, IsOrdinal, _unit) = (book.Size, book.IsOrdinal, book.Unit);
        _ending = _unit >= 1 ? EndingOf(book) : 0;
        _perUnit = _ending > 0 ? Parts : _unit is > 0 and < 1 && Math.Abs(Math.Round(1 / _unit) - 1 / _unit) < 1e-6 ? Math.Round(1 / _unit) : 0;
        _weekdays = [.. book.Weekdays];
        _hours = book.Hours.IsEmpty ? null : new DayTimes(book.Hours, _unit);
        _low = new double[Size];
        _high = new double[Size];
        _tails = new double[]?[Size];
        _values = new double[Size];
        for (var code = 1; code < Size; code++)
        {
            if (book.Codes[code - 1] is NumberCode number) _low[code] = _high[code] = number.Value;
            if (book.Codes[code - 1] is OtherCode) OtherCode = code;
            if (book.Codes[code - 1] is not RangeCode range) continue;
            (_low[code], _high[code]) = (Math.Max(range.Low, least), Math.Min(range.High, most));
            if (_unit > 0) _values[code] = Math.Floor((_high[code] - _low[code]) / _unit + 1e-9) + 1;
            if (range.Tail == 0 || _high[code] <= _low[code]) continue;
            _tails[code] = Math.Abs(range.Tail) == RangeCode.ReachesHigh ? Reach(_low[code], _high[code], range.Tail)
                : Tail(_low[code], _high[code], range.Tail, _unit);
        }
    }

    // What all values of the ranges end with beside multiples of the unit: prices of 4.99 and 19.99.
    static double EndingOf(Codebook book) =>
        book.Codes.OfType<RangeCode>().FirstOrDefault(r => r.High - r.Low >= book.Unit) is { } range ? Math.Round((range.Low - Math.Floor(range.Low)) * Parts) / Parts : 0;

    /// <summary>Codes with NULL.</summary>
    public int Size { get; }

    public bool IsOrdinal { get; }

    /// <summary>Grid of an ordinal codebook's values; 0 for none.</summary>
    public double Unit => _unit;

    /// <summary>Least and greatest value of an ordinal codebook.</summary>
    public (double Least, double Most) Range => Size > 1 ? (_low[1], _high[Size - 1]) : (0, 0);

    /// <summary>The code of a told value: of one on the axis that of its range, else itself; 0 for NaN.</summary>
    public int CodeOf(double told) => double.IsNaN(told) ? 0 : IsOrdinal ? Encode(told) : (int)told;

    /// <summary>The code of values that are made anew; 0 for none.</summary>
    public int OtherCode { get; }

    // Distances from the dense end, uniform on a logarithmic scale, at equal shares.
    static double[] Tail(double low, double high, int tail, double unit)
    {
        var least = Math.Max(unit, (high - low) / TailSpread);
        var span = StableMath.Ln((high - low) / least + 1);
        var knots = new double[TailKnots + 1];
        for (var k = 0; k <= TailKnots; k++)
        {
            var distance = Math.Min(high - low, (StableMath.Exp(span * k / TailKnots) - 1) * least);
            knots[k] = tail > 0 ? low + distance : high - distance;
        }
        return knots;
    }

    // Half of the values next to the end, the others anywhere.
    static double[] Reach(double low, double high, int tail)
    {
        var knots = new double[TailKnots + 1];
        for (var k = 0; k <= TailKnots; k++)
        {
            var share = (double)k / TailKnots;
            var distance = share < 0.5 ? share * 2 * NearEnd : NearEnd + (share - 0.5) * 2 * (1 - NearEnd);
            knots[k] = tail < 0 ? low + distance * (high - low) : high - distance * (high - low);
        }
        return knots;
    }

    /// <summary>A value of an ordinal code, on the axis.</summary>
    public double Draw(int code, ulong word)
    {
        var (low, high) = (_low[code], _high[code]);
        if (high <= low) return low;
        var share = CounterRandom.ToUnit(word);
        double value;
        if (_tails[code] is { } knots)
        {
            var at = share * TailKnots;
            value = knots[(int)at] + (at - (int)at) * (knots[(int)at + 1] - knots[(int)at]);
            if (_unit > 0) value = low + Math.Round((value - low) / _unit) * _unit;
        }
        else if (_unit > 0) value = low + Math.Floor(share * _values[code]) * _unit;
        else value = low + share * (high - low);
        if (_weekdays.Length > 0) value = OnWeekday(value, low, high, word);
        if (_hours is not null) value = _hours.Of(value, low, high, word);
        return _perUnit > 0 ? Math.Round(value * _perUnit) / _perUnit : value;
    }

    /// <summary>A moment of the same time of day in the same week, on a day of the week as the column prefers them; the same where it prefers
    /// none.</summary>
    /// <param name="least">The earliest that it may become.</param>
    /// <param name="most">The latest.</param>
    public double OnWeekday(double moment, double least, double most, ulong word)
    {
        if (_weekdays.Length == 0) return moment;
        var day = Math.Floor(moment / Weekdays.SecondsADay);
        var time = moment - day * Weekdays.SecondsADay;
        var from = Math.Max(day - Weekdays.Count, Math.Ceiling((least - time) / Weekdays.SecondsADay));
        var to = Math.Min(day + Weekdays.Count, Math.Floor((most - time) / Weekdays.SecondsADay));
        var first = (long)Math.Max(from, Math.Min(day - 3, to - Weekdays.Count + 1));
        var last = (long)Math.Min(to, first + Weekdays.Count - 1);
        double sum = 0;
        for (var d = first; d <= last; d++) sum += _weekdays[Weekdays.OfDay(d)];
        var left = CounterRandom.ToUnit(CounterRandom.Mix(word)) * sum;
        if (sum <= 0) return moment;
        for (; first < last && (left -= _weekdays[Weekdays.OfDay(first)]) >= 0; first++) { }
        return first * Weekdays.SecondsADay + time;
    }

    /// <summary>A moment of the same day, in an hour as the column prefers them; the same where it prefers none.</summary>
    /// <inheritdoc cref="OnWeekday"/>
    public double AtHour(double moment, double least, double most, ulong word) => _hours?.Of(moment, least, most, word) ?? moment;

    /// <summary>The column has no moment on such a day of the week, or in such an hour.</summary>
    public bool IsUnused(double moment) => _weekdays.Length > 0 && _weekdays[Weekdays.Of(moment)] == 0 || _hours?.IsUnused(moment) == true;

    /// <summary>The nearest multiple of the values' unit.</summary>
    public double OnGrid(double value) => _unit > 0 ? Math.Round(value / _unit) * _unit : value;

    /// <summary>The ends of an ordinal code.</summary>
    public (double Low, double High) EndsOf(int code) => (_low[code], _high[code]);

    /// <summary>The nearest value on the grid from least to most; the nearer end where there is none.</summary>
    public double Within(double value, double least, double most)
    {
        var near = Math.Clamp(value, least, Math.Max(least, most));
        if (_unit <= 0) return near;
        var (down, up) = (Math.Floor((near - _ending) / _unit) * _unit + _ending, Math.Ceiling((near - _ending) / _unit) * _unit + _ending);
        return down >= least ? down : up <= most ? up : near;
    }

    /// <summary>The ordinal code whose interval holds a value, else the nearest.</summary>
    public int Encode(double value)
    {
        int low = 1, high = Size - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_low[middle] <= value) low = middle;
            else high = middle - 1;
        }
        return low < Size - 1 && value > _high[low] && _low[low + 1] - value < value - _high[low] ? low + 1 : low;
    }
}
