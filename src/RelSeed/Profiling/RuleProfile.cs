using RelSeed.Schema;

namespace RelSeed.Profiling;

public enum RuleKind
{
    /// <summary>The same as a column of the parent by a reference.</summary>
    ParentColumn,

    /// <summary>The same as another column of the row.</summary>
    Copy,

    /// <summary>Left plus Right.</summary>
    Sum,

    /// <summary>Left minus Right.</summary>
    Difference,

    /// <summary>Left times Right.</summary>
    Product,

    /// <summary>Left times <see cref="RuleProfile.Factor"/>: a tax of its price.</summary>
    Multiple,

    /// <summary>The sum of a column over the rows of <see cref="RuleProfile.ChildTable"/> that refer to the row.</summary>
    SumOfChildren,

    /// <summary>The number of such rows.</summary>
    CountOfChildren,
}

/// <summary>A column that follows from others exactly, in all rows seen (NULL where an operand is).</summary>
/// <param name="Column">Position among <see cref="TableProfile.Columns"/>.</param>
public sealed record RuleProfile(RuleKind Kind, int Column)
{
    /// <summary>First operand: a column of the row, of the parent, or of the children.</summary>
    public string? Left { get; init; }

    /// <summary>Second operand, a column of the row.</summary>
    public string? Right { get; init; }

    /// <summary>Of ParentColumn: position among <see cref="TableProfile.References"/>; of the children's rules: among those of
    /// <see cref="ChildTable"/>,
    /// of which it is the driving one.</summary>
    public int Reference { get; init; } = -1;

    public TableName? ChildTable { get; init; }

    /// <summary>Of Multiple: the same number in all rows; 0 elsewhere.</summary>
    public double Factor { get; init; }

    /// <summary>The result is rounded to so many digits after the point.</summary>
    public int Digits { get; init; }
}
