using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>What is known only once a plan's rows can be made.</summary>
sealed class PlanFindings
{
    /// <summary>Tables that have room for fewer rows than planned.</summary>
    public Dictionary<TableName, Shortfall> Shortfalls { get; } = [];

    /// <summary>Rows are bounded from outside, whatever is drawn.</summary>
    public bool IsBounded { get; init; }

    /// <summary>Rows that the learned fan-out draws, where that is another number than planned.</summary>
    public Dictionary<TableName, long> Drawn { get; } = [];

    /// <summary>What the plan was made with.</summary>
    public IReadOnlyDictionary<(TableName Table, string Key), long> KnownPassing { get; init; } = new Dictionary<(TableName, string), long>();

    /// <summary>Parents that pass what was learned of a foreign key, where the plan was made with another number.</summary>
    public Dictionary<(TableName Table, string Key), long> Passing { get; } = [];

    public bool IsEmpty => Shortfalls.Count + Drawn.Count + Passing.Count == 0;
}

/// <summary>A table has room for fewer rows than planned.</summary>
/// <param name="What">What leaves them no more, with its verb: <c>the keys a, b together have</c>.</param>
/// <param name="IsRedrawn">Rows are drawn together: fewer of them come out as others.</param>
sealed record Shortfall(long Rows, string What, bool IsRedrawn)
{
    public string Reason => $"{What} room for {Rows} rows";
}
