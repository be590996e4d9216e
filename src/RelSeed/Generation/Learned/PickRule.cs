using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Generation.Learned;

/// <summary>Which parents a row may take by a reference other than the driving one.</summary>
/// <param name="Key">Of its own draws.</param>
/// <param name="Bounds">Moments of the driving parent's that the parent's lie before or after.</param>
sealed record PickRule(Lazy<ParentPicker>? Picker, ulong Key, EquatableArray<ParentBound> Bounds)
{
    /// <summary>By made row: the parent, where both are told row by row; empty where it is picked.</summary>
    public EquatableArray<int> Told { get; init; } = [];

    /// <summary>Reference of the profile that leads to the group whose parents alone will do; -1 where all will.</summary>
    public int Via { get; init; } = -1;

    /// <summary>Reference of that one's parent that leads to the group; -1 where the parent itself is the group.</summary>
    public int Above { get; init; } = -1;

    /// <summary>By parent of a reference other than the driving one: the row to which <see cref="Above"/> leads.</summary>
    public Lazy<int[]>? Groups { get; init; }
}
