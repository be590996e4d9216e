using RelSeed.Numerics;

namespace RelSeed.Generation.Learned;

sealed partial class LearnedRows
{
    // Candidates of a row are told apart by these bits of its counter, below those of the attempts.
    const int CandidateShift = 34;

    const int MostTries = 31, TriesBeforeForce = 7, Candidates = 32;

    /// <summary>Steps that are to have other shares than learned, ascending.</summary>
    public IReadOnlyList<Reweighting> Reweighted { get; set; } = [];

    /// <summary>What its rows count for; null without a scenario.</summary>
    public Lazy<ScenarioWeights>? Weights { get; set; }

    /// <summary>Draws rows that a scenario does not take anew, the columns before the reweighted ones too, so that the whole row follows.</summary>
    /// <remarks>First by rejection. Where that takes too long, as for rare values, some candidates are drawn with the wanted codes and one of them is
    /// taken by its odds of having led there (sampling and resampling by importance, Rubin 1987).</remarks>
    void Reweigh(RowFrame frame, ReadOnlySpan<int> rows, LearnedState state, RowFrame? parents, bool hasPrevious)
    {
        var even = state.Even;
        Span<Reweighting.Group> groups = new Reweighting.Group[Reweighted.Count];
        foreach (var row in rows)
        {
            if (frame.IsAbsent(row)) continue;
            for (var r = 0; r < groups.Length; r++) groups[r] = Reweighted[r].GroupOf(frame.Rows[row]);
            if (Accepts(groups, state, row)) continue;
            // Draws of candidates are not among those that come out even.
            state.Even = null;
            Replace(groups, row, state, parents, hasPrevious);
            for (var s = Reweighted[^1].Step + 1; s < Steps.Count; s++) DrawStep(s, Natural(s, hasPrevious), [row], state, parents, hasPrevious);
            state.Even = even;
        }
    }

    LearnedModel Natural(int s, bool hasPrevious) => hasPrevious ? Steps[s].Next : Steps[s].First;

    bool Accepts(ReadOnlySpan<Reweighting.Group> groups, LearnedState state, int row)
    {
        for (var r = 0; r < groups.Length; r++)
            if (!Reweighted[r].Accepts(groups[r], state.Codes[Reweighted[r].Step][row], state.Counters[row])) return false;
        return true;
    }

    // Leaves the row's steps drawn up to the last reweighted one.
    void Replace(ReadOnlySpan<Reweighting.Group> groups, int row, LearnedState state, RowFrame? parents, bool hasPrevious)
    {
        var counter = state.Counters[row];
        var isForced = false;
        foreach (var group in groups) isForced |= (hasPrevious ? group.Next : group.First) is not null;
        var tries = isForced ? TriesBeforeForce : MostTries;
        for (var t = 1; t <= tries; t++)
        {
            state.Counters[row] = counter + ((long)t << CandidateShift);
            DrawCandidate([], row, state, parents, hasPrevious);
            if (Accepts(groups, state, row)) return;
        }
        if (!isForced) return;
        Span<double> odds = stackalloc double[Candidates];
        for (var c = 0; c < Candidates; c++)
        {
            state.Counters[row] = Candidate(counter, c);
            odds[c] = DrawCandidate(groups, row, state, parents, hasPrevious);
        }
        state.Counters[row] = Candidate(counter, Choose(odds, counter));
        DrawCandidate(groups, row, state, parents, hasPrevious);
    }

    static long Candidate(long counter, int place) => counter + ((long)(MostTries + 1 + place) << CandidateShift);

    int Choose(ReadOnlySpan<double> odds, long counter)
    {
        double total = 0;
        foreach (var odd in odds) total += odd;
        var left = CounterRandom.ToUnit(CounterRandom.At(EvenKey, counter)) * total;
        for (var c = 0; c < odds.Length; c++)
            if ((left -= odds[c]) < 0) return c;
        return 0;
    }

    /// <summary>Draws a row's steps up to the last reweighted one.</summary>
    /// <param name="groups">Of which codes are forced; empty for none.</param>
    /// <returns>The odds that draws as learned lead there.</returns>
    double DrawCandidate(ReadOnlySpan<Reweighting.Group> groups, int row, LearnedState state, RowFrame? parents, bool hasPrevious)
    {
        var odds = 1.0;
        var r = 0;
        foreach (var reference in _pickedFirst) Pick(reference, [row], state, parents, presence: -1);
        for (var s = 0; s <= Reweighted[^1].Step; s++)
        {
            var natural = Natural(s, hasPrevious);
            var group = !groups.IsEmpty && Reweighted[r].Step == s ? groups[r] : null;
            if (Reweighted[r].Step == s) r++;
            var forced = hasPrevious ? group?.Next : group?.First;
            DrawStep(s, forced ?? natural, [row], state, parents, hasPrevious);
            if (group is null) continue;
            odds *= group.Factors[state.Codes[s][row]];
            if (forced is not null) odds *= Odds(natural, forced, state, row);
        }
        return odds;
    }

    // That the learned model draws one of the forced one's codes.
    static double Odds(LearnedModel natural, LearnedModel forced, LearnedState state, int row)
    {
        var odds = forced.Nulls is { } nulls ? nulls.ShareAt(nulls.LeafOf(state.Features[forced.NullFeatures], row)) : 1;
        if (forced.Values is not { } values || natural.Values is null) return odds;
        var leaf = values.LeafOf(state.Features[forced.ValueFeatures], row);
        return natural.Values.ShareAt(leaf) is > 0 and var all ? odds * values.ShareAt(leaf) / all : odds;
    }
}
