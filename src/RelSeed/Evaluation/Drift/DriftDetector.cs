using RelSeed.Generation;
using RelSeed.Learning;
using RelSeed.Learning.Sampling;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Evaluation.Drift;

/// <summary>Compares the rows of a database with those that a profile draws: both are sampled in the same way, and each column and number of
/// children is compared by itself.</summary>
public static class DriftDetector
{
    /// <param name="source">Read once, every table from end to end.</param>
    /// <exception cref="PlanException">RS20xx: the database's constraints leave no rows to the profile.</exception>
    public static async Task<DriftReport> CompareAsync(
        DataProfile profile, RowReader source, DatabaseSchema schema, DriftOptions options, IProgress<LearnProgress>? progress,
        CancellationToken cancellationToken)
    {
        profile = ProfileMatch.Rename(profile, schema, options.Rules);
        var learning = new LearnOptions { Now = profile.Origin.LearnedAt, SampleRows = options.SampleRows, Secret = 0 };
        var actual = await new Sampler(source, schema, learning, progress).ReadAsync(cancellationToken);
        var told = actual.Where(t => profile.Find(t.Table.Name) is not null).ToList();
        await using var rows = new PlannedRows(Plan(profile, schema, told, options));
        var expected = (await new Sampler(rows, schema, learning, progress: null).ReadAsync(cancellationToken)).ToDictionary(t => t.Table.Name);
        // As long as the column's texts are the moments that they were.
        foreach (var table in told)
            for (var c = 0; c < table.Columns.Length; c++)
                if (WrittenMoments.FormOf(table, c) is { } form && WrittenMoments.FormOf(expected[table.Table.Name], c) == form)
                {
                    table.Take(c, form);
                    expected[table.Table.Name].Take(c, form);
                }
        return new DriftReport(
            [.. ProfileMatch.Describe(profile, schema, [.. actual.Select(t => t.Table)])],
            [.. told.Select(t => new TableDrift(t.Table.Name, profile.Find(t.Table.Name)!.Rows, t.TotalRows))],
            [.. told.SelectMany(t => Columns(profile.Find(t.Table.Name)!, expected[t.Table.Name], t, options))],
            [.. told.SelectMany(t => Children(profile.Find(t.Table.Name)!, expected[t.Table.Name], t, options))]);
    }

    // As many rows as were learned, or as are looked at.
    static SeedPlan Plan(DataProfile profile, DatabaseSchema schema, List<SampleTable> tables, DriftOptions options)
    {
        var most = profile.Tables.Select(t => t.Rows).DefaultIfEmpty(1).Max();
        return FittedPlan.Make(schema, new PlanOptions
        {
            Profile = profile,
            Scale = Math.Min(1, (double)options.SampleRows / Math.Max(1, most)),
            Include = [.. tables.Select(t => t.Table.Name.ToString())],
            SkipUnsolvable = true,
        });
    }

    static IEnumerable<ColumnDrift> Columns(TableProfile profile, SampleTable expected, SampleTable actual, DriftOptions options)
    {
        if (expected.Count == 0 || actual.Count == 0) yield break;
        for (var c = 0; c < actual.Columns.Length; c++)
        {
            var column = actual.Table.Columns[c];
            if (profile.Columns.FirstOrDefault(p => p.Name == column.Name) is not { } told || column.IsComputed) continue;
            var isRuled = profile.Rules.Any(r => profile.Columns[r.Column].Name == told.Name);
            // A number that identifies the row, or a reference, says nothing of its own.
            if (told.Treatment == ColumnTreatment.Implied && !isRuled) continue;
            yield return ColumnComparison.Compare(actual.Table.Name, expected.Columns[c], actual.Columns[c], told, options);
        }
    }

    static IEnumerable<ChildrenDrift> Children(TableProfile profile, SampleTable expected, SampleTable actual, DriftOptions options)
    {
        foreach (var reference in profile.References.Where(r => r.Children is not null))
        {
            if (Find(expected, reference) is not { Degrees.Length: > 0 } was || Find(actual, reference) is not { Degrees.Length: > 0 } now) continue;
            var (left, right) = (Sorted(was.Degrees), Sorted(now.Degrees));
            var ks = Numerics.DistributionShift.KolmogorovSmirnov(left, right);
            yield return new ChildrenDrift(actual.Table.Name, reference.Columns, reference.Principal, ks, left.Average(), right.Average(),
                ColumnComparison.IsBeyond(ks, left.Length, right.Length, options));
        }
    }

    static SampleReference? Find(SampleTable table, ReferenceProfile reference) =>
        table.References.FirstOrDefault(r => r.Key.Principal == reference.Principal && r.Key.Columns.SequenceEqual(reference.Columns));

    static double[] Sorted(int[] degrees)
    {
        var sorted = Array.ConvertAll(degrees, d => (double)d);
        Array.Sort(sorted);
        return sorted;
    }
}
