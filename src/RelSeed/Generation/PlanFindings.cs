using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>What is known only once a plan's rows can be made.</summary>
sealed class PlanFindings
{
    /// <summary>Rows that a table has room for, with the reason.</summary>
    public Dictionary<TableName, (long Rows, string Reason)> Shortfalls { get; } = [];

    /// <summary>Rows are bounded from outside, whatever is drawn.</summary>
    public bool IsBounded { get; init; }

    /// <summary>Rows that the learned fan-out draws, where that is another number than planned.</summary>
    public Dictionary<TableName, long> Drawn { get; } = [];

    public bool IsEmpty => Shortfalls.Count + Drawn.Count == 0;
}
