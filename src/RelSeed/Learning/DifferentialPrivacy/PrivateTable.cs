using RelSeed.Learning.Sampling;
using RelSeed.Learning.Treatments;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.DifferentialPrivacy;

/// <summary>What will be measured of a table, decided by the schema alone, and what it costs.</summary>
sealed class PrivateTable
{
    /// <summary>Weight of the number of rows, of children, of rows without a parent, of a pair's counts.</summary>
    public const double RowsWeight = 0.3, ChildrenWeight = 0.5, PresenceWeight = 0.2, PairWeight = 1;

    /// <summary>Weight of all orders of moments together.</summary>
    public const double OrdersWeight = 0.5;

    public PrivateTable(SampleTable sample, LearnOptions options)
    {
        Sample = sample;
        // Without rows: a treatment that followed from values would tell of them.
        var empty = new SampleTable(sample.Table, 0) { References = sample.References };
        var treatments = new ColumnTreatments(options);
        Treatments = [.. Enumerable.Range(0, sample.Columns.Length).Select(c => treatments.Of(empty, c, isLookup: false))];
    }

    public SampleTable Sample { get; }

    public Treatment[] Treatments { get; }

    /// <summary>In the order in which they are drawn.</summary>
    public List<MeasuredStep> Steps { get; set; } = [];

    public ReferenceProfile[] References { get; set; } = [];

    public Column ColumnAt(int column) => Sample.Table.Columns[column];

    public IEnumerable<int> Told => Enumerable.Range(0, Treatments.Length).Where(c => Treatments[c].Kind == ColumnTreatment.Told);

    public int Names => Told.Count(c => Sample.Columns[c] is TextSample);

    /// <summary>Columns that are made anew and may be null.</summary>
    public IEnumerable<int> Marks =>
        Enumerable.Range(0, Treatments.Length).Where(c => Treatments[c].Kind == ColumnTreatment.Fresh && ColumnAt(c).IsNullable);

    public IEnumerable<int> OptionalReferences =>
        Enumerable.Range(0, Sample.References.Length).Where(r => Sample.References[r].Columns.Any(c => ColumnAt(c).IsNullable));

    /// <summary>Its rows belong to the entities of its driving parent's.</summary>
    public bool FollowsParent => Sample.EntityReference is { } through && through == Sample.DrivingReference;

    /// <summary>Of dates and times: a time of day comes round again.</summary>
    public static bool IsMoment(ColumnType type) => type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz;

    int Moments => Told.Count(c => IsMoment(ColumnAt(c).Type));

    /// <summary>Pairs of moments, of the row or with the driving parent's, whose order may be measured.</summary>
    /// <param name="parent">Null for none.</param>
    public void CountOrders(PrivateTable? parent) => OrderPairs = Moments * (Moments - 1) / 2 + Moments * (parent?.Moments ?? 0);

    public int OrderPairs { get; private set; }

    /// <summary>The root whose rows are its entities.</summary>
    public SampleTable Family
    {
        get
        {
            var at = Sample;
            while (at.EntityReference is { } through) at = through.Principal;
            return at;
        }
    }

    public double Weight
    {
        get
        {
            var presences = OptionalReferences.Count(r => r != Sample.Driving);
            var steps = Told.Count() + Marks.Count() + presences;
            var children = FollowsParent ? ChildrenWeight : 0;
            return RowsWeight + children + OptionalReferences.Count() * PresenceWeight + ColumnMeasurer.Weight * Told.Count()
                + PresenceWeight * (Marks.Count() + Told.Count())
                + steps * (PairChooser.Weight + PairWeight) + (OrderPairs > 0 ? OrdersWeight : 0);
        }
    }
}
