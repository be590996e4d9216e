using RelSeed.Numerics;
using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>Draws one step of some rows.</summary>
readonly ref partial struct StepDrawer
{
    const int MostDraws = 16, AttemptShift = 40;

    // Then a moment is moved to a usual time.
    const int UsualDraws = 12;

    // Rows whose leaves are found before their codes are drawn.
    const int Together = 128;

    // A draw inside an attempt.
    const int DrawShift = 56;

    // Models for rows without a base have streams of their own.
    const int LevelShift = 32;

    // Differences that spread over so much of a column's range are wide.
    const double MostBeyond = 0.1;

    readonly LearnedStep _step;
    readonly LearnedModel _model;
    readonly LearnedState _state;
    readonly EvenDraws? _even;
    readonly ushort[] _codes;
    readonly double[] _values;
    readonly FeatureColumn[] _nullFeatures, _valueFeatures, _partners;
    readonly bool _hasPrevious;

    public StepDrawer(LearnedStep step, LearnedModel model, LearnedState state, int place, bool hasPrevious)
    {
        (_step, _model, _state, _even, _hasPrevious) = (step, model, state, state.Even, hasPrevious);
        (_codes, _values) = (state.Codes[place], state.Values[place]);
        (_nullFeatures, _valueFeatures, _partners) = (Of(model.NullFeatures), Of(model.ValueFeatures), Of(step.AgreementFeatures));

        FeatureColumn[] Of(int features) => features < 0 ? [] : state.Features[features];
    }

    /// <summary>Where differences begin; null for none.</summary>
    public ushort[]? BaseCodes { get; init; }

    public double[]? BaseValues { get; init; }
    public int BaseShift { get; init; }

    /// <summary>Takes the rows without a base, which are left undrawn; null to draw them by what is told for them.</summary>
    public List<int>? Left { get; init; }

    public void Draw(ReadOnlySpan<int> rows)
    {
        if (_step.Presence < 0 && _model is { Map: null, Differences: null, Values: not null, Profile.IsSpread: false } && _even is null && !IsBound && _step.LeastAhead <= 0)
        {
            DrawByTrees(rows, _model.Values);
            return;
        }
        foreach (var row in rows)
        {
            var counter = _state.Counters[row];
            if (_step.Presence >= 0 && _state.Codes[_step.Presence][row] == 0) _codes[row] = 0;
            else if (_model.Map is { } map && _state.Codes[_model.Profile.Map!.Step][row] is var key && key < map.Length && map[key] >= 0
                && (map[key] > 0 || _step.Planned.MayBeNull))
                Set(row, map[key], counter);
            else if (_model.Nulls is not null && Draw(_model.Nulls, _nullFeatures, row, Purpose.Null, counter, _step.NullWord(counter)) == 1)
                _codes[row] = 0;
            else if (_model.Values is null) Set(row, 1, counter);
            else if (AttemptOf(counter) >= LateFrom) SetLate(row, counter);
            else if (_model.Differences is null && _step.LeastAhead > 0) SetFirst(row, counter);
            else if (_model.Differences is null) SetDrawn(row, counter);
            else if (!HasBase(row) && Left is not null) Left.Add(row);
            else if (!HasBase(row))
                Set(row, _model.Fallback!.Draw(Word(Purpose.Fallback, 0, counter, _step.CodeWord(counter))), counter);
            else if (_model.Profile.IsFactor) Multiply(row, BaseValues![row + BaseShift], counter);
            else Differ(row, _model.From(BaseValues![row + BaseShift], _step.IsDay), counter);
        }
    }

    bool HasBase(int row) => BaseCodes is not null && BaseCodes[row + BaseShift] != 0
        && (!_model.Profile.IsFactor || BaseValues![row + BaseShift] > 0)
        && (_model.Profile.Since is not { } since || _model.From(BaseValues![row + BaseShift], _step.IsDay) >= since);

    // What most steps are: a tree for NULL, a tree for codes, and nothing else to ask.
    void DrawByTrees(ReadOnlySpan<int> rows, TreeProgram values)
    {
        Span<int> leaves = stackalloc int[Together], nullLeaves = stackalloc int[Together];
        var (counters, nulls) = (_state.Counters, _model.Nulls);
        for (; !rows.IsEmpty; rows = rows[Math.Min(Together, rows.Length)..])
        {
            var some = rows[..Math.Min(Together, rows.Length)];
            values.FindLeaves(_valueFeatures, some, leaves[..some.Length]);
            nulls?.FindLeaves(_nullFeatures, some, nullLeaves[..some.Length]);
            for (var i = 0; i < some.Length; i++)
            {
                var (row, counter) = (some[i], counters[some[i]]);
                if (nulls is not null && nulls.DrawAt(nullLeaves[i], _step.NullWord(counter)) == 1) _codes[row] = 0;
                else if (AttemptOf(counter) >= LateFrom) SetLate(row, counter);
                else
                {
                    var code = values.DrawAt(leaves[i], _step.CodeWord(counter));
                    if (code == _model.SameCode) SetSame(row, counter);
                    else Set(row, code, counter);
                }
            }
        }
    }

    enum Purpose { Null, Code, Value, Fallback, Difference }

    // Draws that must come out even are, the first time.
    ulong Word(Purpose purpose, int place, long counter, ulong word) => _even is null || counter >> AttemptShift != 0 ? word
        : _even.Word(_step.Key + ((ulong)purpose << 1 | (_hasPrevious ? 1UL : 0)), place + ((long)_model.Level << LevelShift), word);

    int Draw(TreeProgram tree, FeatureColumn[] features, int row, Purpose purpose, long counter, ulong word)
    {
        var leaf = tree.LeafOf(features, row);
        return tree.DrawAt(leaf, Word(purpose, leaf, counter, word));
    }

    // Of n siblings each draws from its own n-th of what is told.
    ulong Spread(int row, ulong word)
    {
        if (!_model.Profile.IsSpread || _state.HasRemaining[row] == 0) return word;
        var part = ulong.MaxValue / (ulong)(_state.Ordinals[row] + 1 - (long)_state.Remaining[row]);
        return part * (ulong)_state.Ordinals[row] + Math.BigMul(word, part, out _);
    }

    int DrawCode(int row, long counter) => _model.Profile.IsSpread ? DrawSpread(row, counter) : IsDistinct && _step.Total > 0 && _model.Values!.IsLeaf && counter >> AttemptShift == 0
        ? _model.Values.DrawAt(0, _even!.Slot(_step.Key, _step.Total))
        : Draw(_model.Values!, _valueFeatures, row, Purpose.Code, counter, _step.CodeWord(counter));

    int DrawSpread(int row, long counter)
    {
        var leaf = _model.Values!.LeafOf(_valueFeatures, row);
        return _model.Values.DrawAt(leaf, Spread(row, Word(Purpose.Code, leaf, counter, _step.CodeWord(counter))));
    }

    void SetDrawn(int row, long counter)
    {
        var code = IsBound ? Agreeing(row, counter) : DrawCode(row, counter);
        if (IsDistinct && code != _step.Table.OtherCode) _even!.Take(_step.Key, code);
        if (code == _model.SameCode) SetSame(row, counter);
        else Set(row, code, counter);
    }

    // The siblings that are left lead on, and must have room.
    double MostOf(int row)
    {
        if (_step.LeastAhead <= 0 || _state.HasRemaining[row] == 0) return Most;
        var room = Most + _step.LeastAhead * _state.Remaining[row];
        return room >= Math.Max(_step.Table.Range.Least, _step.Planned.Least) ? room : Most;
    }

    double Most => Math.Min(_step.Table.Range.Most, _step.Planned.Most);

    // A first sibling's own code, low enough for those behind it.
    void SetFirst(int row, long counter)
    {
        var most = MostOf(row);
        for (var draw = 0; draw < MostDraws; draw++)
        {
            SetDrawn(row, counter + ((long)draw << DrawShift));
            if (_codes[row] == 0 || _values[row] <= most) return;
        }
        (_codes[row], _values[row]) = ((ushort)_step.Table.Encode(most), most);
    }

    void Set(int row, int code, long counter)
    {
        _codes[row] = (ushort)code;
        if (_step.Table.IsOrdinal)
            _values[row] = code == 0 ? 0 : _step.Table.Draw(code, Word(Purpose.Value, code, counter, _step.ValueWord(counter)));
    }

    // A code that goes with what it must agree with; where the tree draws none, any that does.
    int Agreeing(int row, long counter)
    {
        var code = 0;
        var free = IsToBeFree(row, counter);
        var before = _model.SameCode > 0 && LastPresent(row) is >= 0 and var last ? _codes[last] : 0;
        for (var draw = 0; draw < MostDraws; draw++)
        {
            code = DrawCode(row, counter + ((long)draw << DrawShift));
            // What goes with any would be found more often, the more is drawn again.
            if (before > 0 && code == before) continue;
            if (free is { } wanted && code != _model.SameCode && _step.Agreements[0].IsFree(code) != wanted) continue;
            if (Agrees(code == _model.SameCode ? Math.Max(before, 1) : code, row)) return code;
        }
        if (free is true)
            return _step.Agreements[0].DrawFree(_step.CodeWord(counter + ((long)MostDraws << DrawShift))) is > 0 and var any ? any : code;
        if (IsDistinct) return Untaken(row, code);
        return _step.Agreements[0].Draw(_partners[0].At(row), _step.CodeWord(counter + ((long)MostDraws << DrawShift))) is > 0 and var other
            ? other : code;
    }

    // Whether the row's code goes with any other, as often as such do beside the code that it must go with.
    bool? IsToBeFree(int row, long counter)
    {
        if (_partners.Length == 0 || IsDistinct) return null;
        var share = _step.Agreements[0].FreeShare(_partners[0].At(row));
        return share < 0 ? null : CounterRandom.ToUnit(_step.CodeWord(counter + ((long)(MostDraws + 1) << DrawShift))) < share;
    }

    int Untaken(int row, int code)
    {
        foreach (var other in _step.Even)
            if (Agrees(other, row)) return other;
        return _step.Table.OtherCode > 0 ? _step.Table.OtherCode : code;
    }

    bool IsDistinct => _step.IsDistinct && _even is not null;

    bool IsBound => _partners.Length > 0 || IsDistinct;

    bool Agrees(int code, int row)
    {
        if (IsDistinct && code != _step.Table.OtherCode && _even!.TimesTaken(_step.Key, code) >= _step.MostOf(code)) return false;
        for (var a = 0; a < _partners.Length; a++)
            if (!_step.Agreements[a].Holds(code, _partners[a].At(row))) return false;
        return true;
    }
}
