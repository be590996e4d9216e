using System.Runtime.InteropServices;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>How a row finds its parent's row index; see DESIGN's mechanisms in docs/architecture.md.</summary>
public abstract record ReferenceSpec
{
    /// <summary>Share of rows without a parent.</summary>
    public double NullShare { get; init; }

    /// <summary>The rows that have a parent at all; null for all.</summary>
    public NullOutside? Scope { get; init; }

    public abstract string Describe();
}

/// <summary>No row has a parent.</summary>
public sealed record NoReference : ReferenceSpec
{
    public override string Describe() => "always null";
}

/// <summary>The driving key: children stand in groups by parent, group sizes drawn from a fan-out shape.</summary>
/// <param name="ZeroShare">Share of parents without children.</param>
/// <param name="Weights">Relative group sizes at equal shares of parents, ascending; see FanOutShape.</param>
public sealed record FanOutReference(double ZeroShare, EquatableArray<double> Weights) : ReferenceSpec
{
    /// <summary>Children that every parent has at least; the shape spreads what is above them.</summary>
    public long Least { get; init; }

    /// <summary>Children come two and two; the shape spreads the pairs.</summary>
    public bool InPairs { get; init; }

    public override string Describe() => InPairs ? "in pairs, grouped by parent" : "grouped by parent";
}

/// <summary>The table itself, breadth first: the first rows are roots, every other row's parent stands before it.</summary>
/// <param name="RootsReferToThemselves">For a key that may not be null.</param>
public sealed record TreeReference(long Roots, double ZeroShare, EquatableArray<double> Weights, bool RootsReferToThemselves) : ReferenceSpec
{
    /// <summary>In a ring, when none may refer to itself.</summary>
    public bool RootsReferToOneAnother { get; init; }

    public override string Describe() => $"a tree with {Roots} roots";
}

/// <summary>Every row refers to itself.</summary>
public sealed record SelfReference : ReferenceSpec
{
    public override string Describe() => "the row itself";
}

/// <summary>Independent draws in which few parents take many children: parent rank = parents * u^Exponent, then a permutation.</summary>
/// <param name="Exponent">1 for uniform, 2 or 3 for more concentration.</param>
public sealed record ConcentratedReference(int Exponent) : ReferenceSpec
{
    public override string Describe() => Exponent == 1 ? "any parent alike" : "popular parents more often";
}

/// <summary>One-to-one: row i takes the parent at place offset + i of a permutation of the parents.</summary>
/// <param name="Offset">Where this table's range begins, so that sibling subtypes stay disjoint.</param>
/// <param name="Salt">Names the permutation; sibling subtypes share it.</param>
/// <param name="IsIdentity">No permutation: parent row = offset + i.</param>
public sealed record InjectiveReference(long Offset, string Salt, bool IsIdentity) : ReferenceSpec
{
    /// <summary>Every so many-th place, beginning at the offset, since siblings take those between.</summary>
    public long Step { get; init; } = 1;

    public override string Describe() => "one parent each";
}

/// <summary>A digit of a key's index: the parents of one key's references form distinct combinations.</summary>
public sealed record IndexedReference(IndexSpec Index) : ReferenceSpec
{
    public override string Describe() => $"parent {Index.Describe()}";
}

/// <summary>The parent is told by another reference: the parent of its parent, along these references.</summary>
/// <param name="Path">Reference of this table, then references of each parent in turn.</param>
public sealed record ImpliedReference(EquatableArray<int> Path) : ReferenceSpec
{
    public override string Describe() => "follows from another reference";
}

/// <summary>A parent among those that agree with the row on shared columns.</summary>
/// <param name="Shared">Columns of the row (positions) that other references or generators fix, in the order of
/// <paramref name="PrincipalColumns"/>.</param>
/// <param name="PrincipalColumns">The parent's columns they must equal (positions).</param>
/// <param name="Index">Which of the group, when the choice is part of a key; null for a concentrated draw.</param>
/// <param name="Exponent">Concentration of the draw.</param>
public sealed record GroupedReference(
    EquatableArray<int> Shared, EquatableArray<int> PrincipalColumns, IndexSpec? Index, int Exponent) : ReferenceSpec
{
    public override string Describe() => "a parent that agrees on the shared columns";
}

/// <summary>A row that a trigger makes: the row that causes it.</summary>
/// <param name="First">First of the table's made rows that come from there.</param>
/// <param name="SourceFirst">The made row of the source that causes the first.</param>
/// <param name="Rows">How many.</param>
public sealed record TriggeringRowReference(long First, long SourceFirst, long Rows) : ReferenceSpec
{
    public override string Describe() => "one row each";
}

/// <summary>A row that a trigger makes: its parent is that of the row that causes it.</summary>
/// <param name="Sources">One for each table that causes rows.</param>
public sealed record ThroughTriggerReference(EquatableArray<SourceReference> Sources) : ReferenceSpec
{
    public override string Describe() => "the same parent";
}

/// <param name="Via">Reference of this table to the row that causes it.</param>
/// <param name="Reference">That row's reference, or one of the constants.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SourceReference(int Via, int Reference)
{
    /// <summary>No parent is known.</summary>
    public const int None = -1;

    /// <summary>The row that causes it is the parent.</summary>
    public const int Itself = -2;
}

/// <summary>The table itself: rows of a band have their parents in another band.</summary>
public sealed record BandedReference(EquatableArray<ParentBand> Bands) : ReferenceSpec
{
    public override string Describe() => "a parent of the band above";
}

/// <param name="First">First of the rows.</param>
/// <param name="Rows">How many.</param>
/// <param name="ParentFirst">First of the rows that may be their parents.</param>
/// <param name="ParentRows">How many; none for no parent.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ParentBand(long First, long Rows, long ParentFirst, long ParentRows);
