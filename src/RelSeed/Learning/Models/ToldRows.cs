using RelSeed.Learning.Sampling;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Learning.Models;

/// <summary>Chooses the dimensions whose rows are told one by one: tables about no person to whose rows the rows of others lead, such as a shop's
/// products or a league's teams. Drawn rows would never come near them, since hardly two are alike.</summary>
sealed class ToldRows(LearnOptions options, IReadOnlyDictionary<SampleTable, LearnedTable> learned)
{
    /// <summary>So many rows of a table are told one by one, and so many values.</summary>
    public const int MostRows = 4_096, MostValues = 200_000;

    // So many rows lead to each of them in the mean, beside those that they own.
    const int LeastReferring = 4;

    // Share of the rows that have a moment of their own.
    const double MostlyOwn = 0.9;

    readonly ILookup<SampleTable, SampleReference> _referring =
        learned.Keys.SelectMany(s => s.References).Where(r => r.Principal != r.Dependent).ToLookup(r => r.Principal);

    /// <summary>Marks the tables, before their columns are learned.</summary>
    public void Choose()
    {
        if (options.IsStrict) return;
        foreach (var table in learned.Values)
            if (IsDimension(table) && Chain(table) is { } chain) chain.ForEach(t => t.IsToldByRow = true);
    }

    /// <summary>Tells the rows, once every step and rule stands.</summary>
    public void Tell()
    {
        foreach (var table in learned.Values.Where(t => t.IsToldByRow))
        {
            var order = table.ToldOrder = OrderOf(table);
            foreach (var step in table.Steps.Where(s => !IsOfChildren(table, s)))
                step.Profile = step.Profile! with { Told = [.. order.Select(row => ValueOf(step, row))] };
            for (var r = 0; r < table.References.Length; r++)
                if (PlacesOf(table.Sample.References[r]) is { } places)
                    table.References[r] = table.References[r] with { Parents = [.. order.Select(row => places[row])] };
        }
    }

    // Where others only belong to a table it may be what they were parted by, and its rows as good as secret: those of a dimension stand beside.
    bool IsDimension(LearnedTable table) =>
        _referring[table.Sample].Where(r => r.Dependent.DrivingReference != r).Sum(r => (long)r.Dependent.TotalRows) >= (long)LeastReferring * table.Sample.TotalRows
        && MayBeTold(table);

    bool MayBeTold(LearnedTable table) =>
        table.IsCatalogue && table.Sample is { IsWhole: true, Count: > 0 and <= MostRows } sample && sample.Count == sample.TotalRows
        && (long)sample.Count * sample.Columns.Length <= MostValues
        && !_referring[sample].Any(r => r.Dependent.DrivingReference == r && r.Dependent.Entities is not null) && !IsOfEvents(sample);

    // Rows that hardly share a moment are what happens (races, games, flights), by which a source is parted as often as not; when a row was written down
    // says nothing of it.
    static bool IsOfEvents(SampleTable sample) => sample.Columns.OfType<AxisSample>().Any(moments =>
        (moments.Form is not null || moments.Column.Type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz)
        && Meanings.Of(sample.Table, moments.Column).Kind is not (Meaning.CreatedAt or Meaning.UpdatedAt or Meaning.DeletedAt or Meaning.VerifiedAt or Meaning.LastSeenAt)
        && moments.Values.ToArray().Where(v => !double.IsNaN(v)).Distinct().Count() >= MostlyOwn * sample.Count);

    // The table and those that own it, all of which must be told, so that a row finds its parent.
    List<LearnedTable>? Chain(LearnedTable table)
    {
        var chain = new List<LearnedTable>();
        for (var at = table; ; at = learned[at.Sample.DrivingReference!.Principal])
        {
            if (!MayBeTold(at)) return null;
            chain.Add(at);
            if (at.Sample.DrivingReference is null) return chain;
        }
    }

    // By children a row's kind is known, which may be those of persons.
    bool IsOfChildren(LearnedTable table, LearnedStep step) => step.Kind == StepKind.Kind
        || step.Kind == StepKind.Attribute && learned[table.Sample.References[step.Reference].Principal].Steps[step.Target].Kind == StepKind.Kind;

    static double ValueOf(LearnedStep step, int row) => step.Coded.Codes[row] == 0 ? double.NaN : step.Coded.Values is { } values ? values[row] : step.Coded.Codes[row];

    // By row: where its parent stands among the told ones; null where those are not told.
    int[]? PlacesOf(SampleReference reference)
    {
        if (reference.Principal == reference.Dependent || !learned[reference.Principal].IsToldByRow) return null;
        var order = OrderOf(learned[reference.Principal]);
        var places = new int[order.Length];
        for (var place = 0; place < order.Length; place++) places[order[place]] = place;
        return Array.ConvertAll(reference.Parents, p => p < 0 ? -1 : places[p]);
    }

    // Rows by their place: children as their parents stand, those without one behind all others.
    int[] OrderOf(LearnedTable table)
    {
        var rows = Enumerable.Range(0, table.Sample.Count);
        return table.Sample.DrivingReference is { } driving && PlacesOf(driving) is { } places
            ? [.. rows.OrderBy(row => places[row] < 0 ? int.MaxValue : places[row])] : [.. rows];
    }
}
