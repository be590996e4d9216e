using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Choices of a table's rows that are made once, in memory, row by row, so that several keys hold together: the last resort
/// where no construction meets them. Costs 4 bytes a row and choice while rows are made.</summary>
/// <param name="Choices">What is chosen for each row.</param>
/// <param name="Keys">Keys whose columns the choices decide.</param>
public sealed record RowArrangement(EquatableArray<ArrangedChoice> Choices, EquatableArray<UniqueKey> Keys)
{
    /// <summary>All that keys, references and checks read is chosen, and rows may refer to rows chosen before them.</summary>
    public bool IsWhole { get; init; }
}

/// <summary>One choice of each row: a parent, or a value of a column. Exactly one of the two positions is at least 0.</summary>
/// <param name="Reference">0-based position among the table's references, or -1.</param>
/// <param name="Column">0-based position among its columns, or -1.</param>
/// <param name="Candidates">Parents, or values of the column's domain, to choose from.</param>
/// <param name="NullShare">Share of rows that take null first.</param>
public sealed record ArrangedChoice(int Reference, int Column, long Candidates, bool MayBeNull, double NullShare)
{
    /// <summary>The candidates are numbers, tried in their order.</summary>
    public bool InOrder { get; init; }
}

/// <summary>The parent that the table's arrangement chose.</summary>
/// <param name="Choice">0-based position among <see cref="RowArrangement.Choices"/>.</param>
public sealed record ArrangedReference(int Choice) : ReferenceSpec
{
    public override string Describe() => "chosen so that keys hold together";
}

/// <summary>The value of a domain that the table's arrangement chose.</summary>
public sealed record ArrangedSpec(DomainSpec Domain, int Choice) : GeneratorSpec
{
    public override string Describe() => $"{Domain.Describe()}, chosen so that keys hold together";
}
