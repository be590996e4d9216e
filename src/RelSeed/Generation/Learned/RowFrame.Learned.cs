using RelSeed.Generation.Learned;

namespace RelSeed.Generation;

/// <summary>What a profile's trees draw for the frame's rows.</summary>
public sealed partial class RowFrame
{
    LearnedState? _learned;
    bool _hasLearned;

    /// <summary>By row: the attempt of its learned draws, when it is not the frame's; null for none.</summary>
    internal int[]? LearnedAttempts { get; set; }

    internal LearnedState Learned()
    {
        var rows = Table.Learned!;
        var state = _learned ??= new LearnedState(rows.Steps.Count, rows.References);
        if (_hasLearned) return state;
        _hasLearned = true;
        rows.Fill(this, state);
        return state;
    }

    /// <summary>Points the frame at rows as they are made, each with an attempt of its own.</summary>
    internal void ResetLearned(List<long> rows, int[] attempts)
    {
        ResetMade(rows, rows.Count, attempt: 0);
        LearnedAttempts = attempts;
    }
}
