using System.Runtime.InteropServices;
using RelSeed.Schema;

namespace RelSeed.Profiling;

public enum StepKind
{
    /// <summary>A column's code.</summary>
    Column,

    /// <summary>Whether an optional reference other than the driving one has a parent: 0 none, 1 one.</summary>
    Presence,

    /// <summary>A code that a reference's parent is to have; 0 as well when the reference is absent.</summary>
    Attribute,

    /// <summary>Which kind of parent the row is by what its children have in common; no column shows it.</summary>
    Kind,
}

/// <summary>One draw of a row.</summary>
public sealed record StepProfile
{
    public required StepKind Kind { get; init; }

    /// <summary>Of <see cref="StepKind.Column"/>: position among <see cref="TableProfile.Columns"/>; of an attribute: the step of the principal's
    /// profile.</summary>
    public int Target { get; init; } = -1;

    /// <summary>Of a presence or an attribute: position among <see cref="TableProfile.References"/>.</summary>
    public int Reference { get; init; } = -1;

    /// <summary>Of a kind: how many there are.</summary>
    public int Kinds { get; init; }

    /// <summary>For rows without a previous sibling: the first child of its driving parent, and every row of a table that has none.</summary>
    public required ValueModel First { get; init; }

    /// <summary>For rows behind a sibling; null draws them as the first.</summary>
    public ValueModel? Next { get; init; }

    /// <summary>All models, those for rows without a base behind the one that lacks it.</summary>
    internal IEnumerable<ValueModel> Models
    {
        get
        {
            for (var model = First; model is not null; model = model.Otherwise) yield return model;
            for (var model = Next; model is not null; model = model.Otherwise) yield return model;
        }
    }

    /// <summary>What a drawn code must go together with; the first counts most. Only where codes are names.</summary>
    public EquatableArray<Agreement> Agreements { get; init; } = [];

    /// <summary>What a value on an axis may not lie beyond, where neither is NULL.</summary>
    public EquatableArray<OrderBound> Bounds { get; init; } = [];

    /// <summary>Of a table whose rows are told one by one: by row its value on the axis, else its code; NaN for NULL. Empty elsewhere, and of what is
    /// drawn all the same.</summary>
    public EquatableArray<double> Told { get; init; } = [];
}

/// <param name="Feature">An earlier step of the row, or a step of a parent or of the driving parent's own, of values on an axis.</param>
/// <param name="IsLeast">The step's value is at least the feature's; else at most.</param>
public sealed record OrderBound(Feature Feature, bool IsLeast);

/// <param name="Feature">An earlier step of the row, or a step of the driving parent's.</param>
/// <param name="Codes">By the step's code, from 1 on: the feature's codes that it goes with, ascending; empty for any.</param>
public sealed record Agreement(Feature Feature, EquatableArray<EquatableArray<int>> Codes)
{
    /// <summary>By the feature's code: the share of its rows whose code goes with any, rounded; empty when not learned.</summary>
    public EquatableArray<double> Free { get; init; } = [];
}

/// <summary>Where a difference begins.</summary>
public enum BaseKind
{
    /// <summary>No difference: the tree's codes are the step's own.</summary>
    None,

    /// <summary>An earlier step of the row.</summary>
    Own,

    /// <summary>A step of the driving parent's row.</summary>
    Parent,

    /// <summary>The same step of the previous sibling.</summary>
    Previous,

    /// <summary>So many strides below 0 as siblings are left: first siblings that count up to one end begin the earlier, the more they are.</summary>
    Remaining,

    /// <summary>A weighted sum of earlier steps of the row, or of products of two, on the step's grid.</summary>
    Sum,
}

/// <param name="Step">An earlier step of the row, of an ordinal column.</param>
/// <param name="Weight">What each unit of its value counts.</param>
/// <param name="Times">Another one that it is multiplied by (a price by its months); -1 for none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BaseTerm(int Step, double Weight, int Times = -1);

/// <summary>How a step's value is drawn.</summary>
public sealed record ValueModel
{
    /// <summary>Ordinal columns only: the value is that of the base plus a difference. Where the base is null, the step's
    /// own codes are drawn alike often as <see cref="Fallback"/> says.</summary>
    public BaseKind Base { get; init; }

    /// <summary>Of <see cref="BaseKind.Own"/> and <see cref="BaseKind.Parent"/>: the step, which is one of an ordinal column's. Of a moment, whole numbers
    /// begin at its year and days at its day; of a year, moments begin at its first.</summary>
    public int BaseStep { get; init; } = -1;

    /// <summary>Of <see cref="BaseKind.Remaining"/>: how far each sibling leads on from the one before, above 0; 0 elsewhere.</summary>
    public double Stride { get; init; }

    /// <summary>Of <see cref="BaseKind.Own"/>, <see cref="BaseKind.Parent"/> and <see cref="BaseKind.Sum"/>: differences are factors by which the base is multiplied. A base that is not above 0
    /// is none.</summary>
    public bool IsFactor { get; init; }

    /// <summary>Of <see cref="BaseKind.Sum"/>: what is added up; empty elsewhere. Where one of them is null, there is no base.</summary>
    public EquatableArray<BaseTerm> Terms { get; init; } = [];

    /// <summary>Of <see cref="BaseKind.Own"/> and <see cref="BaseKind.Parent"/>, where it is no factor: a base below it, in the unit in which
    /// differences count, is none; null where all are.</summary>
    public double? Since { get; init; }

    /// <summary>What the tree's codes mean when there is a base; its Unit is that of the difference.</summary>
    public Codebook? Differences { get; init; }

    /// <summary>With a base: weights of the step's own codes, NULL first, for rows whose base is null.</summary>
    public EquatableArray<double> Fallback { get; init; } = [];

    /// <summary>With a base: how rows whose base is null are drawn, which never come out NULL; null to draw by <see cref="Fallback"/>.</summary>
    public ValueModel? Otherwise { get; init; }

    /// <summary>The tree's last code, behind those of the codebook, says: the same value as that of the nearest sibling before that has one.
    /// Only in <see cref="StepProfile.Next"/> without a base.</summary>
    public bool HasSame { get; init; }

    /// <summary>With <see cref="HasSame"/>: the earlier step, of names, whose code that sibling shares with the row; -1 for any sibling.</summary>
    public int SameWithin { get; init; } = -1;

    /// <summary>Ordinal columns of children only, without a base: siblings are spread over what the tree tells, in order; the second of four lies in
    /// its second quarter.</summary>
    public bool IsSpread { get; init; }

    /// <summary>Draws 1 for NULL and 0 for a value; null when it is never NULL.</summary>
    public TreeModel? Nulls { get; init; }

    /// <summary>Draws codes from 1 on: never NULL. Null when the only code is 1 (fresh columns, presence: <see cref="Nulls"/> tells all).</summary>
    public TreeModel? Values { get; init; }

    /// <summary>An earlier step that decides this one: by its code, this step's code; -1 where it does not.</summary>
    public CodeMap? Map { get; init; }
}

/// <param name="Step">Earlier step of the same row.</param>
/// <param name="Codes">By that step's code, NULL first.</param>
public sealed record CodeMap(int Step, EquatableArray<int> Codes);

public enum FeatureKind
{
    /// <summary>An earlier step of the row (in a fan-out tree: any step of the parent).</summary>
    Own,

    /// <summary>Any step of the previous sibling.</summary>
    Previous,

    /// <summary>Whether an earlier step of the row has the code of the previous sibling's: 1, else 0.</summary>
    Same,

    /// <summary>A step of the row that a reference leads to: of the driving one, or of one whose attributes all come before. In a fan-out
    /// tree: of the parent's own driving parent. NULL when absent.</summary>
    Parent,

    /// <summary>A step of the driving parent of the driving parent.</summary>
    Grandparent,

    /// <summary>0-based place among the siblings, by <see cref="CountCodes"/>.</summary>
    Ordinal,

    /// <summary>Siblings after the row, by <see cref="CountCodes"/>.</summary>
    Remaining,

    /// <summary>Fan-out trees: children of the parent by an earlier reference, by <see cref="CountCodes"/>.</summary>
    Children,
}

/// <summary>What a tree may ask.</summary>
/// <param name="Reference">Of <see cref="FeatureKind.Parent"/>: position among the table's references. Of <see cref="FeatureKind.Children"/>:
/// position among the references of <paramref name="Table"/>.</param>
/// <param name="Step">Position among the steps of the row's own, the parent's or the grandparent's profile; -1 where none is needed.</param>
public sealed record Feature(FeatureKind Kind, int Reference = -1, int Step = -1, TableName? Table = null);

/// <summary>A decision tree over codes, which ends in weights over codes.</summary>
/// <param name="Nodes">The root first; children stand behind their parents.</param>
public sealed record TreeModel(EquatableArray<Feature> Features, EquatableArray<TreeNode> Nodes);

/// <summary>A node: a question, or a leaf. Both tell a distribution, since a leaf falls back to the nodes above.</summary>
public sealed record TreeNode
{
    /// <summary>Position among <see cref="TreeModel.Features"/>; -1 in a leaf.</summary>
    public int Feature { get; init; } = -1;

    /// <summary>Codes below it go left, when above 0; else <see cref="LeftCodes"/> tells.</summary>
    public int Below { get; init; }

    /// <summary>Codes that go left, ascending.</summary>
    public EquatableArray<int> LeftCodes { get; init; } = [];

    public int Left { get; init; } = -1;
    public int Right { get; init; } = -1;

    /// <summary>Weights of intervals of codes, ascending, none overlapping. Inside an interval weights go by the node above; a single code stands for
    /// itself.</summary>
    public EquatableArray<CodeShare> Shares { get; init; } = [];

    /// <summary>Weight that goes to all codes outside of <see cref="Shares"/>, by the node above. Weights and rest need not sum to 1. The root has
    /// none,
    /// and only single codes.</summary>
    public double Rest { get; init; }
}

/// <param name="First">First code.</param>
/// <param name="Last">Last code, at least First.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CodeShare(int First, int Last, double Weight);
