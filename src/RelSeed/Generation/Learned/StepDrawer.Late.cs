using RelSeed.Numerics;

namespace RelSeed.Generation.Learned;

/// <summary>Rows that repeat a key however often they are drawn as learned.</summary>
readonly ref partial struct StepDrawer
{
    // From this attempt on what is learned leaves too few that differ.
    const int LateFrom = 60;

    // So many places beside the base are tried, one after the other, before all codes are.
    const int MostNear = 600;

    static int AttemptOf(long counter) => (int)(counter >> AttemptShift);

    // The next free place behind the base, else before it; without a base every code is drawn alike often.
    void SetLate(int row, long counter)
    {
        if (_model is { Differences: not null, Profile.IsFactor: false } && AttemptOf(counter) - LateFrom is < MostNear and var tried && HasBase(row)
            && Near(_model.From(BaseValues![row + BaseShift], _step.IsDay), tried + 1) is { } value)
            (_codes[row], _values[row]) = ((ushort)_step.Table.Encode(value), value);
        else Set(row, _step.Even[CounterRandom.Below(_step.CodeWord(counter), (ulong)_step.Even.Length)], counter);
    }

    double? Near(double from, int place)
    {
        var (unit, least, most) = (_step.Table.Unit, Math.Max(_step.Table.Range.Least, _step.Planned.Least), Most);
        if (unit <= 0) return null;
        var ahead = (int)Math.Clamp((most - from) / unit, 0, MostNear);
        var value = _step.Table.OnGrid(from + (place <= ahead ? place : ahead - place) * unit);
        return value >= least && value <= most ? value : null;
    }
}
