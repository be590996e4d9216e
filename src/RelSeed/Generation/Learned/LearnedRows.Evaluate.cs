using System.Runtime.InteropServices;
using RelSeed.Numerics;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Generation.Learned;

sealed partial class LearnedRows
{
    void Evaluate(RowFrame frame, LearnedState state, EvenDraws? even = null)
    {
        Count(frame, state, even is not null);
        state.Even = even;
        var parents = Parents(frame, state);
        state.Features = [.. _features.Select(f => f.Select(x => Column(x, state, parents)).ToArray())];
        Sort(frame, state);
        var start = 0;
        for (var wave = 0; wave < state.WaveEnds.Count; wave++)
        {
            var rows = state.Order.AsSpan(start, state.WaveEnds[wave] - start);
            start = state.WaveEnds[wave];
            Draw(frame, rows, state, parents, wave > 0);
            if (Watch is not null) DrawAgain(frame, rows, state, parents, wave > 0);
            else if (even is not null && Attempts is not null) Repeat(frame, rows, state, parents, wave > 0);
        }
    }

    void Draw(RowFrame frame, ReadOnlySpan<int> rows, LearnedState state, RowFrame? parents, bool hasPrevious)
    {
        foreach (var reference in _pickedFirst) Pick(reference, rows, state, parents, presence: -1);
        for (var s = 0; s < Steps.Count; s++) DrawStep(s, hasPrevious ? Steps[s].Next : Steps[s].First, rows, state, parents, hasPrevious);
        if (Reweighted.Count > 0) Reweigh(frame, rows, state, parents, hasPrevious);
    }

    void DrawStep(int s, LearnedModel model, ReadOnlySpan<int> rows, LearnedState state, RowFrame? parents, bool hasPrevious)
    {
        var isTold = IsTold && !Steps[s].Profile.Told.IsEmpty;
        if (isTold) Tell(s, rows, state);
        else Draw(s, model, rows, state, parents, hasPrevious);
        if (!isTold && !Steps[s].Profile.Bounds.IsEmpty) KeepWithin(s, model, rows, state, parents, hasPrevious);
        if (Steps[s].Picks >= 0) Pick(Steps[s].Picks, rows, state, parents, Steps[s].Profile.Kind == StepKind.Presence ? s : Steps[s].Presence);
    }

    // Behind its attempt.
    static int RowOf(long counter) => (int)(counter & ((1L << AttemptShift) - 1));

    void Tell(int s, ReadOnlySpan<int> rows, LearnedState state)
    {
        var (told, table) = (Steps[s].Profile.Told, Steps[s].Table);
        foreach (var row in rows)
        {
            var value = told[RowOf(state.Counters[row])];
            (state.Codes[s][row], state.Values[s][row]) = ((ushort)table.CodeOf(value), double.IsNaN(value) ? 0 : value);
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
                Draw(frame, [row], state, parents, hasPrevious);
            }
            if (attempt > 0) Watch.Keep(frame.Rows[row], attempt);
        }
    }

    // Rows that are known to repeat a key as they stand.
    void Repeat(RowFrame frame, ReadOnlySpan<int> rows, LearnedState state, RowFrame? parents, bool hasPrevious)
    {
        foreach (var row in rows)
        {
            // One by one as they were found: what a draw takes of values that stand once is missing for those after it.
            for (var left = Attempts!.GetValueOrDefault(frame.Rows[row]); left > 0; left--)
            {
                state.Counters[row] += 1L << AttemptShift;
                Draw(frame, [row], state, parents, hasPrevious);
            }
        }
    }

    void Count(RowFrame frame, LearnedState state, bool isFirst)
    {
        var rows = frame.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            var attempt = frame.LearnedAttempts is { } own ? own[i] : frame.Attempt;
            if (Attempts is not null && !isFirst) attempt += Attempts.GetValueOrDefault(rows[i]);
            state.Counters[i] = rows[i] + ((long)attempt << AttemptShift);
        }
        if (_driving < 0) return;
        for (var i = 0; i < rows.Length; i++)
        {
            state.OrdinalCodes[i] = (ushort)CountCodes.Of(state.Ordinals[i]);
            (state.RemainingCodes[i], state.HasRemaining[i]) = (0, 0);
            if (SiblingGroups is not { } groups || state.Parents[i] < 0) continue;
            var remaining = Math.Max(0, groups.Value.SizeOf(state.Parents[i]) - 1 - state.Ordinals[i]);
            (state.RemainingCodes[i], state.Remaining[i], state.HasRemaining[i]) = ((ushort)CountCodes.Of(remaining), -remaining, 1);
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
            case FeatureKind.Ordinal: return new(_driving < 0 ? [] : state.OrdinalCodes);
            case FeatureKind.Remaining: return new(_driving < 0 ? [] : state.RemainingCodes);
            case FeatureKind.Parent when feature.Reference >= 0 && feature.Reference < Picks.Length && Picks[feature.Reference].Picker is { } picker:
                return new(picker.Value.Codes(feature.Step), 0, state.Picked[feature.Reference]);
            case FeatureKind.Parent when IsDriving(feature) && parents is not null: return new(parents.Learned().Codes[feature.Step]);
            case FeatureKind.Grandparent when parents?.Table.Learned is { Driving: >= 0 and var up }
                && parents.Table.References[up].Parent.Learned is not null:
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
        if (_isChained && IsEven && frame.LearnedAttempts is { } attempts)
        {
            SortRepeated(frame, state, attempts);
            return;
        }
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

    // Siblings before the rows stand as they were drawn with all others.
    void SortRepeated(RowFrame frame, LearnedState state, int[] attempts)
    {
        var (kept, count) = (Kept()!, 0);
        for (var isNext = 0; isNext < 2; isNext++)
        {
            for (var i = 0; i < frame.Count; i++)
            {
                if (attempts[i] == 0 && frame.Rows[i] < _table.MadeRows)
                {
                    if (isNext == 0 && !frame.IsAbsent(i)) state.CopyRow(i, kept, (int)frame.Rows[i]);
                }
                else if ((Wave(state, i) > 0 ? 1 : 0) == isNext) state.Order[count++] = i;
            }
            state.WaveEnds.Add(count);
        }
    }

    static int Wave(LearnedState state, int row) => state.Parents[row] < 0 || row == 0 ? 0 : (int)(state.Ordinals[row] % Restart);

    void Draw(int s, LearnedModel model, ReadOnlySpan<int> rows, LearnedState state, RowFrame? parents, bool hasPrevious)
    {
        if (model.Profile.Base == BaseKind.Sum) AddUp(model.Profile.Terms, Steps[s].Table, rows, state);
        var picked = PickedBase(s, model);
        if (picked >= 0) BeginAt(picked, model.Profile.BaseStep, rows, state);
        var (codes, values, shift) = picked < 0 ? Base(s, model, state, parents, hasPrevious) : (state.HasSum, state.Sum, 0);
        List<int>? left = model.Otherwise is null ? null : [];
        new StepDrawer(Steps[s], model, state, s, hasPrevious) { BaseCodes = codes, BaseValues = values, BaseShift = shift, Left = left }.Draw(rows);
        if (left is { Count: > 0 }) Draw(s, model.Otherwise!, CollectionsMarshal.AsSpan(left), state, parents, hasPrevious);
    }

    static void AddUp(EquatableArray<BaseTerm> terms, CodeTable table, ReadOnlySpan<int> rows, LearnedState state)
    {
        foreach (var row in rows)
        {
            (state.Sum[row], state.HasSum[row]) = (0, 1);
            foreach (var term in terms)
            {
                var isMissing = state.Codes[term.Step][row] == 0 || term.Times >= 0 && state.Codes[term.Times][row] == 0;
                if (isMissing) state.HasSum[row] = 0;
                else state.Sum[row] += term.Weight * state.Values[term.Step][row] * (term.Times < 0 ? 1 : state.Values[term.Times][row]);
            }
            state.Sum[row] = table.OnGrid(state.Sum[row]);
        }
    }

    static (ushort[]? Codes, double[]? Values, int Shift) Base(int s, LearnedModel model, LearnedState state, RowFrame? parents, bool hasPrevious) =>
        model.Profile.Base switch
        {
            BaseKind.Own => (state.Codes[model.Profile.BaseStep], state.Values[model.Profile.BaseStep], 0),
            BaseKind.Previous when hasPrevious => (state.Codes[s], state.Values[s], -1),
            BaseKind.Sum => (state.HasSum, state.Sum, 0),
            BaseKind.Remaining => (state.HasRemaining, state.Remaining, 0),
            BaseKind.Parent when parents?.Learned() is { } above => (above.Codes[model.Profile.BaseStep], above.Values[model.Profile.BaseStep], 0),
            _ => (null, null, 0),
        };
}
