using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What becomes of a check.</summary>
public sealed record CheckPlan
{
    /// <summary>The constraint's name; for a domain's check the domain's.</summary>
    public required string Name { get; init; }

    /// <summary>The condition as the catalog prints it.</summary>
    public required string Text { get; init; }

    /// <summary>Null when it cannot be read; then <see cref="Reason"/> says why, and the database alone decides.</summary>
    public Expression? Expression { get; init; }

    /// <summary>For a domain's check: the column's position that stands for VALUE; else -1.</summary>
    public int ValueColumn { get; init; } = -1;

    public required CheckTreatment Treatment { get; init; }

    public required string Reason { get; init; }

    /// <summary>Columns drawn again until the check holds; only for <see cref="CheckTreatment.Redrawn"/>.</summary>
    public EquatableArray<int> Columns { get; init; } = [];

    /// <summary>References drawn again with them.</summary>
    public EquatableArray<int> References { get; init; } = [];

    /// <summary>Of a partial key that rows are kept out of: rows that are the first with their values in these columns need not be.
    /// Null for every other check; empty when only the table's first row may be in the key.</summary>
    public EquatableArray<int>? FirstOf { get; init; }

    /// <summary>Pairs of whole numbers that it wants in order; a redraw folds the lower one into what the upper one leaves.</summary>
    public EquatableArray<OrderedPair> Orders { get; init; } = [];
}

/// <param name="Low">Position of the column that must not be above the other.</param>
/// <param name="High">Position of the other.</param>
/// <param name="Least">The lower column's least value, in its lane's unit.</param>
/// <param name="IsStrict">They must differ.</param>
public sealed record OrderedPair(int Low, int High, long Least, bool IsStrict);

public enum CheckTreatment
{
    /// <summary>Every value made meets it.</summary>
    ByConstruction,

    /// <summary>Rows that it refuses are drawn again.</summary>
    Redrawn,

    /// <summary>Nothing it reads can be changed; it is tried, and a refusal is a fault of the plan.</summary>
    Watched,

    /// <summary>It cannot be evaluated here.</summary>
    Unread,
}
