using RelSeed.Numerics;
using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>Picks the parents of references other than the driving one.</summary>
sealed partial class LearnedRows
{
    // Parents looked at one after the other, where no draw finds one that may be taken.
    const int MostLooked = 1_024;

    void Pick(int reference, ReadOnlySpan<int> rows, LearnedState state, RowFrame? parents, int presence)
    {
        var rule = Picks[reference];
        if (rule.Picker is not { } picker) return;
        if (!rule.Told.IsEmpty)
        {
            foreach (var row in rows) state.Picked[reference][row] = rule.Told[RowOf(state.Counters[row])];
            return;
        }
        var groups = Groups(rule, state, parents);
        foreach (var row in rows)
        {
            var picked = -1L;
            if (presence < 0 || state.Codes[presence][row] != 0)
            {
                var word = CounterRandom.At(rule.Key, state.Counters[row]);
                var group = IsLast(state.Counters[row]) ? -1 : GroupOf(rule, groups, row);
                picked = IsLast(state.Counters[row]) ? picker.Value.Other(word, IsVeryLast(state.Counters[row])) : IsLate(state.Counters[row]) ? picker.Value.Any(word, group)
                    : picker.Value.Pick(state, row, word, IsFirst(state.Counters[row]) ? state.Even : null, rule.Key, group);
                if (!rule.Bounds.IsEmpty && !IsAllowed(rule, picked, row, parents)) picked = Allowed(rule, picked, group, row, state, parents);
            }
            state.Picked[reference][row] = picked;
        }
        foreach (var behind in _pickedBehind[reference]) Pick(behind, rows, state, parents, presence: -1);
    }

    // A group that has too few parents for what must differ gives way.
    static bool IsLast(long counter) => (int)(counter >> AttemptShift) >= 2 * EvenFrom;

    // Nor do those suffice that are to have children.
    static bool IsVeryLast(long counter) => (int)(counter >> AttemptShift) >= 8 * EvenFrom;

    static bool IsFirst(long counter) => counter >> AttemptShift == 0;

    static long GroupOf(PickRule rule, ReadOnlySpan<long> groups, int row) => groups.IsEmpty ? -1
        : rule.Groups is { } above ? groups[row] < 0 ? -1 : above.Value[groups[row]] : groups[row];

    // By row: the row to which the parent must belong, or the parent through which it does; empty where all parents will do.
    ReadOnlySpan<long> Groups(PickRule rule, LearnedState state, RowFrame? parents) =>
        rule.Via < 0 ? [] : rule.Via != ProfileDriving ? state.Picked[rule.Via] : rule.Above < 0 ? state.Parents
            : parents is null ? [] : parents.ParentRows(rule.Above);

    // What comes first of the two, the row's own parent and the one it takes, comes first here too.
    static bool IsAllowed(PickRule rule, long picked, int row, RowFrame? parents)
    {
        if (parents?.Learned() is not { } above) return true;
        foreach (var bound in rule.Bounds)
        {
            var other = rule.Picker!.Value.Value(bound.Step, picked);
            if (above.Codes[bound.Driving][row] == 0 || double.IsNaN(other)) continue;
            if (bound.IsLeast ? above.Values[bound.Driving][row] < other : above.Values[bound.Driving][row] > other) return false;
        }
        return true;
    }

    static long Allowed(PickRule rule, long first, long group, int row, LearnedState state, RowFrame? parents)
    {
        var picker = rule.Picker!.Value;
        for (var draw = 1; draw <= MostBoundDraws; draw++)
        {
            var word = CounterRandom.At(rule.Key, state.Counters[row] + ((long)draw << AttemptShift));
            var picked = draw <= MostBoundDraws / 4 ? picker.Pick(state, row, word, even: null, rule.Key, group) : picker.Any(word, group);
            if (IsAllowed(rule, picked, row, parents)) return picked;
        }
        var (low, high) = picker.RangeOf(group);
        for (var place = low; place < Math.Min(high, low + MostLooked); place++)
            if (IsAllowed(rule, picker.At(place), row, parents)) return picker.At(place);
        return first;
    }

    // The reference whose parents' own values a model begins at: the parent that was taken may be another than wanted, and a range of values says little
    // of one.
    int PickedBase(int s, LearnedModel model)
    {
        if (model.Profile.Base != BaseKind.Own || Steps[model.Profile.BaseStep].Profile is not { Kind: StepKind.Attribute, Reference: var reference }) return -1;
        return reference != Steps[s].Profile.Reference && Picks[reference].Picker?.Value.ValuesOf(model.Profile.BaseStep) is not null ? reference : -1;
    }

    void BeginAt(int reference, int attribute, ReadOnlySpan<int> rows, LearnedState state)
    {
        var (values, picked) = (Picks[reference].Picker!.Value.ValuesOf(attribute)!, state.Picked[reference]);
        foreach (var row in rows)
        {
            var value = picked[row] < 0 ? double.NaN : values[picked[row]];
            (state.Sum[row], state.HasSum[row]) = double.IsNaN(value) ? (0, (ushort)0) : (value, (ushort)1);
        }
    }
}
