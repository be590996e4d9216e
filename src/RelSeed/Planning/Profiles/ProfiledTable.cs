using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What a table's plan takes from a profile.</summary>
public sealed record ProfiledTable(TableProfile Profile)
{
    /// <summary>One a step of the profile.</summary>
    public required EquatableArray<ProfiledStep> Steps { get; init; }

    /// <summary>The table's rows are as many as the learned fan-out draws, not as many as somebody asked for.</summary>
    public bool IsCounted { get; init; }

    /// <summary>Position among <see cref="TablePlan.References"/> of the reference whose parents group the rows as in the profile; -1 for
    /// none.</summary>
    public int Driving { get; init; } = -1;

    /// <summary>By reference of the profile: position among <see cref="TablePlan.References"/> of the one whose parents are picked as learned; -1 for
    /// none.</summary>
    public EquatableArray<int> Picked { get; init; } = [];

    /// <summary>Unique keys that hold because rows that repeat one are drawn again.</summary>
    public EquatableArray<ProfiledKey> Keys { get; init; } = [];

    /// <summary>Steps whose codes are to have other shares than learned, ascending.</summary>
    public EquatableArray<ReweightedStep> Reweighted { get; init; } = [];
}

/// <summary>What the target's constraints leave of a step.</summary>
/// <param name="Column">Position in the table; -1 when it has no such column, or none is drawn.</param>
/// <param name="MayBeNull">NULL may be drawn.</param>
/// <param name="Allowed">By code: whether it may be drawn; empty for all.</param>
/// <param name="Least">Ordinal: least value on the axis.</param>
/// <param name="Most">Ordinal: greatest value on the axis.</param>
public sealed record ProfiledStep(int Column, bool MayBeNull, EquatableArray<bool> Allowed, double Least = double.NegativeInfinity,
    double Most = double.PositiveInfinity)
{
    /// <summary>Of a step that draws what the parent is to be like: the codes of the parent's column, known also where the parent is not drawn as
    /// learned; null for others.</summary>
    public Codebook? Attribute { get; init; }
}

/// <param name="Steps">Steps whose values the key's columns hold.</param>
/// <param name="Picked">References of the profile that decide columns of it.</param>
/// <param name="IsWithinParent">The driving parent is part of it.</param>
public sealed record ProfiledKey(string Name, EquatableArray<int> Steps, EquatableArray<int> Picked, bool IsWithinParent)
{
    /// <summary>Columns of picked parents that are part of it, without the rest of the reference.</summary>
    public EquatableArray<PickedValue> Values { get; init; } = [];

    /// <summary>Columns of the driving parent that are part of it, without the rest of the reference: positions in the table.</summary>
    public EquatableArray<int> OfParent { get; init; } = [];
}

/// <param name="Reference">Of the profile.</param>
/// <param name="Step">Of the principal's profile.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct PickedValue(int Reference, int Step);

/// <summary>A column as the profile's trees draw it.</summary>
/// <param name="Step">Position among the profile's steps.</param>
/// <param name="Fresh">Values that may not be told are made so; null when there are none.</param>
public sealed record LearnedSpec(int Step, GeneratorSpec? Fresh) : GeneratorSpec
{
    public override string Describe() => "as learned";
}

/// <summary>The sum of a column of the table's children, or their number.</summary>
/// <param name="Reference">Position of the child's reference, which groups the children by this table's rows.</param>
/// <param name="Column">The child's column; -1 counts rows.</param>
public sealed record ChildSumSpec(TableName Child, int Reference, int Column, int Digits) : GeneratorSpec
{
    public override string Describe() => Column < 0 ? $"number of rows of {Child}" : $"sum over {Child}";
}

/// <summary>NULL as the profile's trees draw it.</summary>
public sealed record LearnedNulls(int Step) : NullSpec
{
    public override string Describe() => "null as learned";
}

/// <summary>Children in groups by parent, as many as the profile's tree draws for each parent: 4 bytes a parent.</summary>
/// <param name="Reference">Position among the profile's references.</param>
/// <param name="Largest">The most children a parent may have.</param>
public sealed record LearnedFanOutReference(int Reference, long Largest) : ReferenceSpec
{
    public override string Describe() => "grouped by parent, as learned";
}

/// <summary>The parent that the row's learned draws call for: some 16 bytes a parent.</summary>
public sealed record LearnedReference(int Reference) : ReferenceSpec
{
    public override string Describe() => "a parent as learned";
}

/// <summary>An earlier row of the table itself, as the moments of rows and parents were learned to lie: 8 bytes a row and moment.</summary>
/// <param name="Reference">Position among the profile's references.</param>
/// <param name="Step">Of the moment that no parent's lies after.</param>
public sealed record EarlierReference(int Reference, int Step) : ReferenceSpec
{
    public override string Describe() => "an earlier row, as learned";
}
