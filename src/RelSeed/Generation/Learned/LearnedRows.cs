using RelSeed.Numerics;
using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>Draws the steps of a profiled table's rows: a pure function of the row, its parents and the siblings before it.</summary>
sealed class LearnedRows
{
    /// <summary>A row so many places behind the first is drawn as a first one again, so that a row far behind asks for few others.</summary>
    public const int Restart = 256;

    const int MostDraws = 16, BatchRows = 4_096, BytesPerDraw = 10;

    /// <summary>Draws of a table that are kept, at most, for those who ask for its rows at random.</summary>
    const long MostBytesKept = 256L << 20;

    const int AttemptShift = 40;

    /// <summary>From this attempt on every code is drawn alike often: what is learned leaves too few that differ.</summary>
    const int EvenFrom = 60;

    readonly TableGenerator _table;
    readonly int _driving;
    readonly bool _isChained;
    readonly List<Feature[]> _features = [];
    readonly int[] _pickedFirst;
    LearnedState? _kept;

    /// <param name="driving">Position among the table's references; -1 for none.</param>
    /// <param name="groups">Sizes of the driving parents' groups; null when they are not told.</param>
    public LearnedRows(TableGenerator table, IReadOnlyList<LearnedStep> steps, int driving, Lazy<CountedGroups>? groups, Lazy<ParentPicker>?[] pickers, ulong[] pickKeys)
    {
        (_table, Steps, _driving, Groups, Pickers, PickKeys) = (table, steps, driving, groups, pickers, pickKeys);
        _isChained = driving >= 0 && steps.Any(s => s.Profile.Next is not null);
        _pickedFirst = [.. Enumerable.Range(0, pickers.Length).Where(r => pickers[r] is not null && !steps.Any(s => s.Picks == r))];
        foreach (var model in steps.SelectMany(s => new[] { s.First, s.Next }).Distinct())
        {
            model.NullFeatures = AddFeatures(model.Nulls);
            model.ValueFeatures = AddFeatures(model.Values);
        }
        foreach (var step in steps.Where(s => s.Agreements.Length > 0))
        {
            _features.Add([.. step.Agreements.Select(a => a.Feature)]);
            step.AgreementFeatures = _features.Count - 1;
        }
    }

    public IReadOnlyList<LearnedStep> Steps { get; }
    public int References => Pickers.Length;
    public int Driving => _driving;
    public Lazy<CountedGroups>? Groups { get; }
    public Lazy<ParentPicker>?[] Pickers { get; }
    ulong[] PickKeys { get; }

    /// <summary>Attempts of rows that repeated a key, by made row; null for none.</summary>
    public Dictionary<long, int>? Attempts
    {
        get;
        set
        {
            field = value;
            _kept = null;
        }
    }

    /// <summary>Looks for rows that repeat a key; null when none is looked for.</summary>
    public LearnedKeys? Watch
    {
        get;
        set
        {
            field = value;
            _kept = null;
        }
    }

    static bool IsEven(long counter) => (int)(counter >> AttemptShift) >= EvenFrom;

    int AddFeatures(TreeProgram? tree)
    {
        if (tree is null) return -1;
        _features.Add(tree.Features);
        return _features.Count - 1;
    }

    public void Fill(RowFrame frame, LearnedState state)
    {
        state.Reset(frame.Count);
        if (frame.IsEmpty)
            for (var i = 0; i < frame.Count; i++) state.Clear(i);
        else
        {
            Locate(frame, state);
            if (!_isChained || (frame.Attempt == 0 && HasAllSiblings(frame, state))) Evaluate(frame, state);
            else if (frame.Attempt == 0 && Watch is null && Kept() is { } kept) Copy(frame, state, kept);
            else Expand(frame, state);
            for (var i = 0; i < frame.Count; i++)
                if (frame.IsAbsent(i)) state.Clear(i);
        }
    }

    // The parents as the reference makes them, before any check draws one again: such a check may ask for these very draws.
    void Locate(RowFrame frame, LearnedState state)
    {
        if (_driving < 0) return;
        _table.References[_driving].Generator.Fill(frame, state.Parents.AsSpan(0, frame.Count), state.Ordinals.AsSpan(0, frame.Count));
    }

    static bool HasAllSiblings(RowFrame frame, LearnedState state)
    {
        var rows = frame.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            if (state.Ordinals[i] % Restart == 0 || frame.IsAbsent(i) || state.Parents[i] < 0) continue;
            if (i == 0 || rows[i] != rows[i - 1] + 1 || state.Ordinals[i] != state.Ordinals[i - 1] + 1) return false;
        }
        return true;
    }

    // A dimension that others refer to at random: all of its rows are drawn once, for to draw one takes all siblings before it.
    LearnedState? Kept()
    {
        var size = _table.MadeRows * Steps.Count * BytesPerDraw;
        if (size > MostBytesKept) return null;
        return _kept ?? Interlocked.CompareExchange(ref _kept, Keep(), null) ?? _kept;
    }

    LearnedState Keep()
    {
        var all = new LearnedState(Steps.Count, References);
        all.Reset((int)_table.MadeRows);
        var frame = new RowFrame(_table);
        for (long first = 0; first < _table.MadeRows; first += BatchRows)
        {
            frame.ResetMade(first, (int)Math.Min(BatchRows, _table.MadeRows - first));
            var state = new LearnedState(Steps.Count, References);
            state.Reset(frame.Count);
            Locate(frame, state);
            if (HasAllSiblings(frame, state)) Evaluate(frame, state);
            else Expand(frame, state);
            for (var i = 0; i < frame.Count; i++) all.CopyRow((int)first + i, state, i);
        }
        return all;
    }

    static void Copy(RowFrame frame, LearnedState state, LearnedState kept)
    {
        for (var i = 0; i < frame.Count; i++)
            if (!frame.IsAbsent(i)) state.CopyRow(i, kept, (int)frame.Rows[i]);
    }

    // Rows with the siblings that stand before them, each once where they follow one another.
    void Expand(RowFrame frame, LearnedState state)
    {
        var (rows, places) = (new List<long>(frame.Count), new int[frame.Count]);
        var attempts = new List<int>(frame.Count);
        for (var i = 0; i < frame.Count; i++)
        {
            var row = frame.Rows[i];
            var isNext = i > 0 && row == frame.Rows[i - 1] + 1 && frame.Attempt == 0;
            var before = state.Parents[i] < 0 || isNext ? 0 : state.Ordinals[i] % Restart;
            for (var b = before; b > 0; b--)
            {
                rows.Add(row - b);
                attempts.Add(0);
            }
            places[i] = rows.Count;
            rows.Add(row);
            attempts.Add(frame.Attempt);
        }
        var expanded = state.Expanded ??= new RowFrame(_table);
        expanded.ResetLearned(rows, [.. attempts]);
        var all = expanded.Learned();
        for (var i = 0; i < frame.Count; i++) state.CopyRow(i, all, places[i]);
    }

    void Evaluate(RowFrame frame, LearnedState state)
    {
        Count(frame, state);
        var parents = Parents(frame, state);
        state.Features = [.. _features.Select(f => f.Select(x => Column(x, state, parents)).ToArray())];
        Sort(frame, state);
        var start = 0;
        for (var wave = 0; wave < state.WaveEnds.Count; wave++)
        {
            var rows = state.Order.AsSpan(start, state.WaveEnds[wave] - start);
            start = state.WaveEnds[wave];
            Draw(rows, state, parents, wave > 0);
            if (Watch is not null) DrawAgain(frame, rows, state, parents, wave > 0);
        }
    }

    void Draw(ReadOnlySpan<int> rows, LearnedState state, RowFrame? parents, bool hasPrevious)
    {
        foreach (var reference in _pickedFirst) Pick(reference, rows, state, presence: -1);
        for (var s = 0; s < Steps.Count; s++)
        {
            Draw(s, hasPrevious ? Steps[s].Next : Steps[s].First, rows, state, parents, hasPrevious);
            if (Steps[s].Picks >= 0) Pick(Steps[s].Picks, rows, state, Steps[s].Profile.Kind == StepKind.Presence ? s : Steps[s].Presence);
        }
    }

    // Until no row of the wave repeats a key.
    void DrawAgain(RowFrame frame, ReadOnlySpan<int> rows, LearnedState state, RowFrame? parents, bool hasPrevious)
    {
        foreach (var row in rows)
        {
            if (frame.IsAbsent(row)) continue;
            var attempt = 0;
            while (!Watch!.Take(frame, state, row))
            {
                if (++attempt > LearnedKeys.MostAttempts)
                {
                    Watch.Fail();
                    break;
                }
                state.Counters[row] += 1L << AttemptShift;
                Draw([row], state, parents, hasPrevious);
            }
            if (attempt > 0) Watch.Keep(frame.Rows[row], attempt);
        }
    }

    void Count(RowFrame frame, LearnedState state)
    {
        var rows = frame.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            var attempt = frame.LearnedAttempts is { } own ? own[i] : frame.Attempt;
            if (Attempts is not null) attempt += Attempts.GetValueOrDefault(rows[i]);
            state.Counters[i] = rows[i] + ((long)attempt << AttemptShift);
        }
        if (_driving < 0) return;
        for (var i = 0; i < rows.Length; i++)
        {
            state.OrdinalCodes[i] = (ushort)CountCodes.Of(state.Ordinals[i]);
            if (Groups is { } groups && state.Parents[i] >= 0)
                state.RemainingCodes[i] = (ushort)CountCodes.Of(Math.Max(0, groups.Value.SizeOf(state.Parents[i]) - 1 - state.Ordinals[i]));
        }
    }

    RowFrame? Parents(RowFrame frame, LearnedState state)
    {
        if (_driving < 0 || _table.References[_driving].Parent.Learned is null) return null;
        if (_table.GroupOfReference(_driving) < 0) return frame.Parent(_driving);
        var parents = state.ParentFrame ??= new RowFrame(_table.References[_driving].Parent);
        parents.Reset(state.Parents.AsSpan(0, frame.Count));
        return parents;
    }

    FeatureColumn Column(Feature feature, LearnedState state, RowFrame? parents)
    {
        switch (feature.Kind)
        {
            case FeatureKind.Own: return new(state.Codes[feature.Step]);
            case FeatureKind.Previous: return new(state.Codes[feature.Step], -1);
            case FeatureKind.Same: return new(state.Codes[feature.Step], IsSame: true);
            case FeatureKind.Ordinal: return _driving < 0 ? default : new(state.OrdinalCodes);
            case FeatureKind.Remaining: return _driving < 0 ? default : new(state.RemainingCodes);
            case FeatureKind.Parent when feature.Reference >= 0 && feature.Reference < Pickers.Length && Pickers[feature.Reference] is { } picker:
                return new(picker.Value.Codes(feature.Step), 0, state.Picked[feature.Reference]);
            case FeatureKind.Parent when IsDriving(feature) && parents is not null: return new(parents.Learned().Codes[feature.Step]);
            case FeatureKind.Grandparent when parents?.Table.Learned is { Driving: >= 0 and var up } && parents.Table.References[up].Parent.Learned is not null:
                return new(parents.Parent(up).Learned().Codes[feature.Step]);
            default: return new([]);
        }
    }

    /// <summary>Position of the driving reference in the profile.</summary>
    public int ProfileDriving { get; init; } = -1;

    bool IsDriving(Feature feature) => feature.Reference == ProfileDriving;

    void Sort(RowFrame frame, LearnedState state)
    {
        state.WaveEnds.Clear();
        if (!_isChained)
        {
            for (var i = 0; i < frame.Count; i++) state.Order[i] = i;
            state.WaveEnds.Add(frame.Count);
            return;
        }
        for (var i = 0; i < frame.Count; i++)
        {
            var wave = Wave(state, i);
            while (state.WaveEnds.Count <= wave) state.WaveEnds.Add(0);
            state.WaveEnds[wave]++;
        }
        for (int w = 0, sum = 0; w < state.WaveEnds.Count; w++) (state.WaveEnds[w], sum) = (sum, sum + state.WaveEnds[w]);
        for (var i = 0; i < frame.Count; i++)
        {
            var wave = Wave(state, i);
            state.Order[state.WaveEnds[wave]++] = i;
        }
    }

    static int Wave(LearnedState state, int row) => state.Parents[row] < 0 || row == 0 ? 0 : (int)(state.Ordinals[row] % Restart);

    void Pick(int reference, ReadOnlySpan<int> rows, LearnedState state, int presence)
    {
        if (Pickers[reference] is not { } picker) return;
        foreach (var row in rows)
            state.Picked[reference][row] = presence >= 0 && state.Codes[presence][row] == 0 ? -1
                : picker.Value.Pick(state, row, CounterRandom.At(PickKeys[reference], state.Counters[row]), IsEven(state.Counters[row]));
    }

    void Draw(int s, LearnedModel model, ReadOnlySpan<int> rows, LearnedState state, RowFrame? parents, bool hasPrevious)
    {
        var step = Steps[s];
        var (codes, values) = (state.Codes[s], state.Values[s]);
        var (nullFeatures, valueFeatures) = (model.NullFeatures < 0 ? [] : state.Features[model.NullFeatures], model.ValueFeatures < 0 ? [] : state.Features[model.ValueFeatures]);
        var (baseCodes, baseValues, shift) = Base(s, model, state, parents, hasPrevious);
        foreach (var row in rows)
        {
            var counter = state.Counters[row];
            if (step.Presence >= 0 && state.Codes[step.Presence][row] == 0) codes[row] = 0;
            else if (model.Map is { } map && state.Codes[model.Profile.Map!.Step][row] is var key && key < map.Length && map[key] >= 0 && (map[key] > 0 || step.Planned.MayBeNull))
                Set(step, row, map[key], counter);
            else if (model.Nulls is not null && model.Nulls.Draw(nullFeatures, row, step.NullWord(counter)) == 1) codes[row] = 0;
            else if (model.Values is null) Set(step, row, 1, counter);
            else if (IsEven(counter)) Set(step, row, step.Even[CounterRandom.Below(step.CodeWord(counter), (ulong)step.Even.Length)], counter);
            else if (model.Differences is null)
            {
                var code = step.Agreements.Length > 0 ? Agreeing(row, counter) : model.Values.Draw(valueFeatures, row, step.CodeWord(counter));
                if (code == model.SameCode && hasPrevious) (codes[row], values[row]) = (codes[row - 1], values[row - 1]);
                else Set(step, row, code == model.SameCode ? 1 : code, counter);
            }
            else if (baseCodes is null || baseCodes[row + shift] == 0) Set(step, row, model.Fallback!.Draw(step.CodeWord(counter)), counter);
            else Differ(row, baseValues![row + shift], counter);
        }

        void Set(LearnedStep of, int row, int code, long counter)
        {
            codes[row] = (ushort)code;
            if (of.Table.IsOrdinal) values[row] = code == 0 ? 0 : of.Table.Draw(code, of.ValueWord(counter));
        }

        int Agreeing(int row, long counter)
        {
            var partners = state.Features[step.AgreementFeatures];
            int code = 0;
            for (var draw = 0; draw < MostDraws; draw++)
            {
                code = model.Values!.Draw(valueFeatures, row, step.CodeWord(counter + ((long)draw << 56)));
                var actual = code == model.SameCode ? hasPrevious ? codes[row - 1] : 1 : code;
                var holds = true;
                for (var a = 0; a < partners.Length && holds; a++) holds = step.Agreements[a].Holds(actual, partners[a].At(row));
                if (holds) return code;
            }
            return step.Agreements[0].Draw(partners[0].At(row), step.CodeWord(counter + ((long)MostDraws << 56))) is > 0 and var other ? other : code;
        }

        void Differ(int row, double from, long counter)
        {
            var (least, most) = (Math.Max(step.Table.Range.Least, step.Planned.Least), Math.Min(step.Table.Range.Most, step.Planned.Most));
            for (var draw = 0; draw < MostDraws; draw++)
            {
                var at = counter + ((long)draw << 56);
                var value = from + model.Differences!.Draw(model.Values!.Draw(valueFeatures, row, step.CodeWord(at)), step.ValueWord(at));
                // At the very end, where no difference leads back, the end itself.
                if (draw == MostDraws - 1 && least <= most) value = Math.Clamp(value, least, most);
                if (value < least || value > most) continue;
                (codes[row], values[row]) = ((ushort)step.Table.Encode(value), value);
                return;
            }
            Set(step, row, model.Fallback!.Draw(step.CodeWord(counter)), counter);
        }
    }

    static (ushort[]? Codes, double[]? Values, int Shift) Base(int s, LearnedModel model, LearnedState state, RowFrame? parents, bool hasPrevious) => model.Profile.Base switch
    {
        BaseKind.Own => (state.Codes[model.Profile.BaseStep], state.Values[model.Profile.BaseStep], 0),
        BaseKind.Previous when hasPrevious => (state.Codes[s], state.Values[s], -1),
        BaseKind.Parent when parents?.Learned() is { } above => (above.Codes[model.Profile.BaseStep], above.Values[model.Profile.BaseStep], 0),
        _ => (null, null, 0),
    };
}
