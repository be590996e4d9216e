using RelSeed.Numerics;
using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>Keeps drawn values within what earlier ones, and parents', allow.</summary>
sealed partial class LearnedRows
{
    // Then the bound itself is taken.
    const int MostBoundDraws = 16;

    void KeepWithin(int s, LearnedModel model, ReadOnlySpan<int> rows, LearnedState state, RowFrame? parents, bool hasPrevious)
    {
        var step = Steps[s];
        var (codes, values) = (state.Codes[s], state.Values[s]);
        foreach (var row in rows)
        {
            if (codes[row] == 0) continue;
            if (IsWithin(step, row, values[row], state, parents)) continue;
            // A moment that the next siblings count on stays; what the row took gives way.
            if (step.Next.Profile.Base == BaseKind.Previous) PickAgain(step, row, values[row], state, parents);
            var (least, most) = Limits(step, row, state, parents);
            if (values[row] >= least && values[row] <= most) continue;
            var (counter, first, found) = (state.Counters[row], values[row], false);
            for (var draw = 1; draw <= MostBoundDraws && !found; draw++)
            {
                state.Counters[row] = counter + ((long)draw << AttemptShift);
                Draw(s, model, [row], state, parents, hasPrevious);
                found = codes[row] > 0 && IsWithin(step, row, values[row], state, parents);
            }
            state.Counters[row] = counter;
            if (found) continue;
            var value = step.Table.Within(first, Math.Max(least, step.Planned.Least), Math.Min(most, step.Planned.Most));
            (codes[row], values[row]) = ((ushort)step.Table.Encode(value), value);
        }
    }

    bool IsWithin(LearnedStep step, int row, double value, LearnedState state, RowFrame? parents)
    {
        var (least, most) = Limits(step, row, state, parents);
        return value >= least && value <= most;
    }

    // Of parents that are picked another may be meant: who came at that time took what there was.
    void PickAgain(LearnedStep step, int row, double value, LearnedState state, RowFrame? parents)
    {
        foreach (var bound in step.Profile.Bounds)
        {
            var reference = bound.Feature.Reference;
            if (bound.Feature.Kind != FeatureKind.Parent || reference >= Picks.Length || Picks[reference].Picker is not { } picker) continue;
            var groups = Groups(Picks[reference], state, parents);
            var (picked, group) = (state.Picked[reference][row], GroupOf(Picks[reference], groups, row));
            for (var draw = 1; draw <= MostBoundDraws && !Allows(picker.Value.Value(bound.Feature.Step, picked)); draw++)
            {
                var word = CounterRandom.At(Picks[reference].Key, state.Counters[row] + ((long)draw << AttemptShift));
                picked = draw <= MostBoundDraws / 4 ? picker.Value.Pick(state, row, word, even: null, Picks[reference].Key, group)
                    : picker.Value.Any(word, group);
            }
            if (Allows(picker.Value.Value(bound.Feature.Step, picked))) state.Picked[reference][row] = picked;

            bool Allows(double other) => double.IsNaN(other) || (bound.IsLeast ? value >= other : value <= other);
        }
    }

    (double Least, double Most) Limits(LearnedStep step, int row, LearnedState state, RowFrame? parents)
    {
        var (least, most) = (double.NegativeInfinity, double.PositiveInfinity);
        foreach (var bound in step.Profile.Bounds)
        {
            var value = ValueOf(bound.Feature, row, state, parents);
            if (double.IsNaN(value)) continue;
            if (bound.IsLeast) least = Math.Max(least, value);
            else most = Math.Min(most, value);
        }
        // What begins late ends late, where both cannot be.
        return (least, Math.Max(least, most));
    }

    double ValueOf(Feature feature, int row, LearnedState state, RowFrame? parents)
    {
        if (feature.Kind == FeatureKind.Own) return state.Codes[feature.Step][row] == 0 ? double.NaN : state.Values[feature.Step][row];
        if (feature.Kind == FeatureKind.Grandparent) return Above(feature.Step, row, state, parents);
        if (feature.Reference < Picks.Length && Picks[feature.Reference].Picker is { } picker)
            return picker.Value.Value(feature.Step, state.Picked[feature.Reference][row]);
        if (!IsDriving(feature) || parents is null || _driving >= 0 && state.Parents[row] < 0 || parents.Learned() is not { } above
            || above.Codes[feature.Step][row] == 0)
            return double.NaN;
        return above.Values[feature.Step][row];
    }

    // Of the driving parent's driving parent.
    static double Above(int step, int row, LearnedState state, RowFrame? parents)
    {
        if (state.Parents[row] < 0 || parents?.Table.Learned is not { Driving: >= 0 and var up }
            || parents.Table.References[up].Parent.Learned is null)
            return double.NaN;
        var above = parents.Parent(up).Learned();
        return above.Codes[step][row] == 0 ? double.NaN : above.Values[step][row];
    }
}
