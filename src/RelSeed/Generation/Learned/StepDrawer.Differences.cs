using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>Values that begin at another one.</summary>
readonly ref partial struct StepDrawer
{
    // Some days off, but on the same side of where it begins; a difference that is told for itself stays, unless it counts from a year's first.
    double OnUsualDay(double value, double from, int code, double least, double most, ulong word)
    {
        var (low, high) = _model.Differences!.EndsOf(code);
        if (low >= high && !_model.IsFromYear || IsShort(low, high)) return value;
        (least, most) = Around(from, low, high, least, most);
        return _step.Table.OnWeekday(value, least, most, word);
    }

    // What is told in hours keeps its own range.
    double AtUsualTime(double value, double from, int code, double least, double most, ulong word)
    {
        var (low, high) = _model.Differences!.EndsOf(code);
        if (low >= high && !_model.IsFromYear) return value;
        value = OnUsualDay(value, from, code, least, most, word);
        (least, most) = IsShort(low, high) ? (Math.Max(least, from + low), Math.Min(most, from + high)) : Around(from, low, high, least, most);
        return _step.Table.AtHour(value, least, most, word);
    }

    static bool IsShort(double low, double high) => low > -Weekdays.SecondsADay && high < Weekdays.SecondsADay;

    static (double Least, double Most) Around(double from, double low, double high, double least, double most)
    {
        var earliest = low > 0 ? from + Math.Min(low, Weekdays.SecondsADay) : low == 0 ? from : double.MinValue;
        var latest = high < 0 ? from + Math.Max(high, -Weekdays.SecondsADay) : high == 0 ? from : double.MaxValue;
        return (Math.Max(least, earliest), Math.Min(most, latest));
    }

    void Multiply(int row, double by, long counter)
    {
        var (least, most) = (Math.Max(_step.Table.Range.Least, _step.Planned.Least), Most);
        double value = 0;
        for (var draw = 0; draw < MostDraws; draw++)
        {
            var at = counter + ((long)draw << DrawShift);
            var code = DrawCode(row, at);
            value = _step.Table.OnGrid(by * _model.Differences!.Draw(code, Word(Purpose.Difference, code, at, _step.ValueWord(at))));
            if (value >= least && value <= most) break;
        }
        value = _step.Table.Within(value, least, Math.Max(least, most));
        (_codes[row], _values[row]) = ((ushort)_step.Table.Encode(value), value);
    }

    void Differ(int row, double from, long counter)
    {
        var (least, most) = (Math.Max(_step.Table.Range.Least, _step.Planned.Least), MostOf(row));
        if (from + _model.Differences!.Range.Least > most) most = Most;
        // What begins at the end or beyond and leads one way only is not turned back.
        var (back, ahead) = _model.Differences.Range;
        if (back >= 0 && from > most) most = Math.Min(from + back, _step.Planned.Most);
        if (ahead <= 0 && from < least) least = Math.Max(from + ahead, _step.Planned.Least);
        // Where no difference leads so far, the distance counts more than the end; but siblings in a row do not go on for ever.
        // Of wide ones the nearest is far enough.
        if (_model.Profile.Base != BaseKind.Previous)
        {
            var isWide = ahead - back > MostBeyond * (_step.Table.Range.Most - _step.Table.Range.Least);
            if (from + ahead < least) least = Math.Max(from + (isWide ? ahead : back), _step.Planned.Least);
            if (from + back > most) most = Math.Min(from + (isWide ? back : ahead), _step.Planned.Most);
        }
        for (var draw = 0; draw < MostDraws; draw++)
        {
            var at = counter + ((long)draw << DrawShift);
            var code = DrawCode(row, at);
            var value = from + _model.Differences.Draw(code, Word(Purpose.Difference, code, at, _step.ValueWord(at)));
            if (draw < UsualDraws && _model.Usual?.Allow(value, _step.ValueWord(at)) == false) continue;
            if (draw >= UsualDraws && _model.Usual is not null || _step.Table.IsUnused(value))
                value = AtUsualTime(value, from, code, least, most, _step.ValueWord(at));
            // Siblings that go on by whole weeks would stay on a rare day.
            if (_model.Profile.Base == BaseKind.Previous) value = OnUsualDay(value, from, code, least, most, _step.ValueWord(at));
            // Siblings that have come to the very end turn back there; elsewhere, where no difference leads back, the end itself will do.
            if (_model.Profile.Base == BaseKind.Previous && (from <= least || from >= most))
                value = from >= most ? Math.Min(value, 2 * most - value) : Math.Max(value, 2 * least - value);
            else if (draw == MostDraws - 1 && least <= most) value = Math.Clamp(value, least, most);
            if (value < least || value > most) continue;
            (_codes[row], _values[row]) = ((ushort)_step.Table.Encode(value), value);
            return;
        }
        Set(row, _model.Fallback!.Draw(_step.CodeWord(counter)), counter);
    }
}
