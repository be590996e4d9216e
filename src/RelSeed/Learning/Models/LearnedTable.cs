using RelSeed.Learning.Codebooks;
using RelSeed.Learning.Sampling;
using RelSeed.Numerics.Trees;
using RelSeed.Profiling;

namespace RelSeed.Learning.Models;

/// <summary>A step with its codes at the sampled rows.</summary>
/// <param name="Time">What its values are of time.</param>
sealed record LearnedStep(StepKind Kind, int Target, int Reference, CodedColumn Coded, TimeScale Time = TimeScale.None)
{
    public StepProfile? Profile { get; set; }

    /// <summary>Differences of its values are durations.</summary>
    public bool IsTime => Time != TimeScale.None;
}

/// <summary>A table while it is learned: its columns' profiles, steps and order of siblings.</summary>
sealed class LearnedTable(SampleTable sample)
{
    public SampleTable Sample { get; } = sample;
    public ColumnProfile[] Columns { get; set; } = [];

    /// <summary>By column; null where nothing is drawn.</summary>
    public CodedColumn?[] Coded { get; set; } = [];

    public List<LearnedStep> Steps { get; } = [];
    public List<RuleProfile> Rules { get; } = [];
    public ReferenceProfile[] References { get; set; } = [];
    public SiblingOrder Siblings { get; set; } = SiblingOrder.None(0);

    /// <summary>It is about no person.</summary>
    public bool IsCatalogue { get; init; }

    /// <summary>So small and plain that its rows' names are told, however few have them.</summary>
    public bool IsToldWhole { get; set; }

    /// <summary>A dimension whose rows are told one by one.</summary>
    public bool IsToldByRow { get; set; }

    /// <summary>Rows that are told one by one, as they are told.</summary>
    public int[] ToldOrder { get; set; } = [];

    /// <summary>How many must share what is told of its rows.</summary>
    public required PrivacyRule Rule { get; init; }

    /// <summary>It has few rows, to which many others refer.</summary>
    public bool IsLookup { get; set; }

    public RowEntities? Entities => Sample.Entities is { } of ? new RowEntities(of, Sample.EntityCount) : null;

    /// <summary>The step draws names of a lookup's rows.</summary>
    public bool IsName(int step) => Steps[step].Kind == StepKind.Column && Columns[Steps[step].Target].IsDistinct;

    /// <summary>Position of a column's step; -1 when it has none.</summary>
    public int StepOf(int column) => Steps.FindIndex(s => s.Kind == StepKind.Column && s.Target == column);

    /// <summary>Tells a column by other codes, as many as before.</summary>
    public void Retell(int column, Codebook book) =>
        (Columns[column], Coded[column]) = (Columns[column] with { Codes = book }, Coded[column]! with { Codebook = book });

    /// <summary>The fewest rows of a leaf.</summary>
    public int LeafRows(LearnOptions options) => IsCatalogue ? options.CatalogueLeafRows : options.LeafRows;

    public TableProfile ToProfile(LearnOptions options) => new()
    {
        LeafRows = IsCatalogue ? LeafRows(options) : 0,
        K = IsCatalogue ? Rule.K : 0,
        IsToldWhole = IsToldWhole,
        Name = Sample.Table.Name,
        // Rows that are told are counted by whoever reads them.
        Rows = IsToldWhole || IsToldByRow ? Sample.TotalRows : Rounding.Count(Sample.TotalRows),
        Columns =
            [.. Columns.Select((c, i) => Rules.Exists(r => r.Column == i)
            ? new ColumnProfile { Name = c.Name, Kind = c.Kind, NullShare = c.NullShare, Treatment = ColumnTreatment.Implied,
            Reason = "it follows exactly from other columns" } : c)],
        References = [.. References],
        Driving = Sample.Driving,
        Steps = [.. Steps.Select(s => s.Profile!)],
        Rules = [.. Rules],
    };
}

/// <summary>Which rows are siblings, and in what order.</summary>
/// <param name="Previous">By row: the sibling before; -1 for a first one.</param>
/// <param name="Ordinals">By row: 0-based place.</param>
/// <param name="Remaining">By row: siblings behind it.</param>
sealed record SiblingOrder(int[] Previous, int[] Ordinals, int[] Remaining)
{
    public static SiblingOrder None(int rows)
    {
        var previous = new int[rows];
        previous.AsSpan().Fill(-1);
        return new(previous, new int[rows], new int[rows]);
    }
}
