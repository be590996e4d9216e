using RelSeed.Schema;

namespace RelSeed.Profiling;

/// <summary>What was learned of a database: statistics and small trees from which rows like its own are drawn. Holds no row but those of dimensions
/// that are about no person; safe to commit by the rules of docs/privacy.md.</summary>
public sealed record DataProfile
{
    /// <summary>Of the file's form; a reader refuses one it does not know.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;
    public required ProfileOrigin Origin { get; init; }

    /// <summary>Ascending by name.</summary>
    public required EquatableArray<TableProfile> Tables { get; init; }

    public TableProfile? Find(TableName name) => Tables.FirstOrDefault(t => t.Name == name);
}

/// <summary>Where a profile comes from, and by which rules it may be told.</summary>
public sealed record ProfileOrigin
{
    /// <summary>RelSeed's version.</summary>
    public required string Version { get; init; }

    public required string Provider { get; init; }
    public required string SchemaDigest { get; init; }

    /// <summary>To the minute.</summary>
    public required DateTimeOffset LearnedAt { get; init; }

    /// <summary>The fewest entities that must share what is told.</summary>
    public required int K { get; init; }

    /// <summary>The fewest rows of a tree's leaf.</summary>
    public required int LeafRows { get; init; }

    /// <summary>The fewest root entities of a tree's leaf.</summary>
    public required int LeafEntities { get; init; }

    /// <summary>Rows a table of which trees were learned, at most.</summary>
    public required long SampleRows { get; init; }

    /// <summary>What the profile may cost an entity, where it is differentially private; null where k says what is told.</summary>
    public PrivacyLoss? Loss { get; init; }
}

/// <summary>The profile would have come out nearly as likely without any one entity: by a factor of at most e^epsilon, but for delta.</summary>
/// <param name="Epsilon">Above 0: of an entity in any one family of tables.</param>
/// <param name="Delta">How likely more than that is told.</param>
/// <param name="Ledger">What every measurement has cost.</param>
public sealed record PrivacyLoss(double Epsilon, double Delta, EquatableArray<PrivacyCharge> Ledger);

/// <param name="Family">The root whose rows, with all that depend on them, are the entities; costs of a family add up.</param>
/// <param name="What">What was measured: <c>values of age</c>.</param>
/// <param name="Rho">In zero-concentrated differential privacy.</param>
public sealed record PrivacyCharge(TableName Family, TableName Table, string What, double Rho);

/// <summary>What was learned of one table.</summary>
public sealed record TableProfile
{
    public required TableName Name { get; init; }

    /// <summary>Rounded to two significant digits above a hundred.</summary>
    public required long Rows { get; init; }

    /// <summary>The fewest rows of a leaf, where the table is about no person and so they may be fewer; 0 for the origin's.</summary>
    public int LeafRows { get; init; }

    /// <summary>The fewest rows that must share what is told, where the table is about no person and so they may be fewer; 0 for the
    /// origin's.</summary>
    public int K { get; init; }

    /// <summary>A small catalogue whose short texts are all told, however few rows have them.</summary>
    public bool IsToldWhole { get; init; }

    /// <summary>A dimension that is about no person, whose rows are told one by one as they stand: as many of them are made just so.</summary>
    public bool IsToldByRow => Steps.Any(s => !s.Told.IsEmpty);

    /// <summary>In catalog order.</summary>
    public required EquatableArray<ColumnProfile> Columns { get; init; }

    /// <summary>One a foreign key whose principal was learned too, in catalog order.</summary>
    public EquatableArray<ReferenceProfile> References { get; init; } = [];

    /// <summary>Position among <see cref="References"/> of the one whose parents group the rows; -1 for none.</summary>
    public int Driving { get; init; } = -1;

    /// <summary>What is drawn for a row, in this order.</summary>
    public EquatableArray<StepProfile> Steps { get; init; } = [];

    /// <summary>Columns that follow from others exactly; they have no step.</summary>
    public EquatableArray<RuleProfile> Rules { get; init; } = [];
}

/// <summary>How the values of a learned column come about.</summary>
public enum ColumnTreatment
{
    /// <summary>Its values are told, as codes.</summary>
    Told,

    /// <summary>Its values are made anew, by what the column means: keys of their own, names, free text, what is personal.</summary>
    Fresh,

    /// <summary>It follows from a reference, a rule or the server.</summary>
    Implied,
}

public sealed record ColumnProfile
{
    public required string Name { get; init; }
    public required TypeKind Kind { get; init; }

    /// <summary>Of all rows, from 0 to 1, rounded.</summary>
    public required double NullShare { get; init; }

    public required ColumnTreatment Treatment { get; init; }

    /// <summary>Why it is treated so: <c>recognised as an e-mail address</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Of a lookup's names: no value stands twice.</summary>
    public bool IsDistinct { get; init; }

    /// <summary>Of moments made anew: none is later, since all that follows in the source begins there; on the axis of <see cref="Axis"/>. Null for
    /// any.</summary>
    public double? Latest { get; init; }

    /// <summary>Of moments that are kept as text: how they are written, <c>yyyy-MM-dd HH:mm</c>; null elsewhere.</summary>
    public string? Form { get; init; }

    /// <summary>What the column's codes mean. A fresh column has the single code <see cref="OtherCode"/>.</summary>
    public Codebook Codes { get; init; } = Codebook.Fresh;

    /// <summary>Characters of fresh text at equally spaced shares of its rows, ascending; empty when not learned.</summary>
    public EquatableArray<int> Lengths { get; init; } = [];

    /// <summary>Forms of fresh text with their shares: <c>A</c> an upper-case letter, <c>a</c> a lower-case one, <c>9</c> a digit, a number
    /// behind for a run, all else as it stands; empty when no form is common.</summary>
    public EquatableArray<TextShape> Shapes { get; init; } = [];
}

public readonly record struct TextShape(string Form, double Share);

/// <summary>What was learned of a foreign key.</summary>
public sealed record ReferenceProfile
{
    /// <summary>The dependent's columns, by which the foreign key is known again.</summary>
    public required EquatableArray<string> Columns { get; init; }

    public required TableName Principal { get; init; }

    /// <summary>Rows without a parent.</summary>
    public double NullShare { get; init; }

    /// <summary>Steps of the principal's profile whose codes the child draws before it takes a parent that has them, as far as one does:
    /// the last ones give way first. For every reference but the driving one.</summary>
    public EquatableArray<int> Attributes { get; init; } = [];

    /// <summary>The parent is that of another parent: a reference of this table, then one of its principal's, both positions among
    /// <see cref="TableProfile.References"/>; empty when it does not follow.</summary>
    public EquatableArray<int> Follows { get; init; } = [];

    /// <summary>The parent is taken among those of a group (a customer's addresses): a reference of the principal, -1 for its row itself, then one of this table that leads to the
    /// same row, then, where it is not that row itself, a reference of that one's principal; empty where all parents are open.</summary>
    public EquatableArray<int> Within { get; init; } = [];

    /// <summary>Between which moments of the driving parent the parent's lie: what is not yet sold is not ordered.</summary>
    public EquatableArray<ParentBound> Bounds { get; init; } = [];

    /// <summary>Of a table whose rows are told one by one, and a principal whose rows are too: by row the parent's, from 0 on; -1 for none. The driving
    /// reference's ascend, rows without a parent behind all others. Empty elsewhere.</summary>
    public EquatableArray<int> Parents { get; init; } = [];

    /// <summary>Children a parent: the driving reference draws them, another one takes parents by them as weights.</summary>
    public FanOutProfile? Children { get; init; }
}

/// <param name="Step">Of the principal's profile, of a moment.</param>
/// <param name="Driving">Step of the driving parent's profile, of a moment.</param>
/// <param name="IsLeast">The driving parent's is at least the parent's; else at most.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct ParentBound(int Step, int Driving, bool IsLeast);

/// <summary>How many children a parent has, by what the parent is.</summary>
/// <param name="Codes">Ordinal, of whole numbers from 0 on.</param>
/// <param name="Tree">Its target codes are those of <paramref name="Codes"/>, from 1 on (there is no null). Features of kind
/// <see cref="FeatureKind.Own"/> are steps of the parent, <see cref="FeatureKind.Children"/> its children by an earlier reference.</param>
/// <param name="Map">A step of the parent, whose code decides the number of children; null for none.</param>
public sealed record FanOutProfile(Codebook Codes, TreeModel Tree, CodeMap? Map = null)
{
    /// <summary>Draws 1 for no child and 0 for some, where most parents have none; <see cref="Tree"/> is of the others. Null where that tells all.</summary>
    public TreeModel? None { get; init; }

    /// <summary>Of parents whose rows are told one by one: by row its code; empty elsewhere.</summary>
    public EquatableArray<int> Told { get; init; } = [];

    internal IEnumerable<Feature> Features => None is null ? Tree.Features : Tree.Features.Concat(None.Features);
}
