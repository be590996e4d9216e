namespace RelSeed.Generation.Learned;

/// <summary>Values that are those of a sibling before.</summary>
readonly ref partial struct StepDrawer
{
    // The nearest sibling before that has a value: what is paid to one bank each month stands between payments to none. -1 for none.
    int LastPresent(int row)
    {
        if (!_hasPrevious) return -1;
        var kinds = _model.Profile.SameWithin is >= 0 and var within ? _state.Codes[within] : null;
        for (var before = row - 1; before >= 0; before--)
        {
            if (_codes[before] != 0 && (kinds is null || kinds[before] == kinds[row])) return before;
            if (_state.Ordinals[before] % LearnedRows.Restart == 0) break;
        }
        return -1;
    }

    // Where none before has a value the row has one of its own.
    void SetSame(int row, long counter)
    {
        if (LastPresent(row) is >= 0 and var last)
        {
            (_codes[row], _values[row]) = (_codes[last], _values[last]);
            return;
        }
        var leaf = _model.Values!.LeafOf(_valueFeatures, row);
        for (var draw = 1; draw < MostDraws; draw++)
        {
            var code = _model.Values.DrawAt(leaf, _step.CodeWord(counter + ((long)draw << DrawShift)));
            if (code == _model.SameCode) continue;
            Set(row, code, counter);
            return;
        }
        Set(row, 1, counter);
    }
}
