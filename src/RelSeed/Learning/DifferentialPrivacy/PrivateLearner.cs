using RelSeed.Generation;
using RelSeed.Learning.Codebooks;
using RelSeed.Learning.Sampling;
using RelSeed.Numerics;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.DifferentialPrivacy;

/// <summary>Learns a profile that is differentially private for every entity: noisy counts of columns, of a tree of pairs of columns, and of
/// children.</summary>
/// <remarks>All rows are in memory: whether a table is sampled would tell how many there are. Tables of different families have no entity in common,
/// so each family
/// spends the whole epsilon.</remarks>
sealed class PrivateLearner(LearnOptions options, DiscreteGaussian noise)
{
    public async Task<(List<TableProfile> Tables, PrivacyLoss Loss)> LearnAsync(
        RowReader source, DatabaseSchema schema, IProgress<LearnProgress>? progress, CancellationToken cancellationToken)
    {
        var all = options with { SampleRows = int.MaxValue, IsStrict = true };
        var tables = (await new Sampler(source, schema, all, progress).ReadAsync(cancellationToken)).ConvertAll(s => new PrivateTable(s, options));
        foreach (var table in tables)
            table.CountOrders(table.FollowsParent ? tables.Find(t => t.Sample == table.Sample.DrivingReference!.Principal) : null);
        var budgets = tables.GroupBy(t => t.Family)
            .ToDictionary(f => f.Key, f => new PrivacyBudget(f.Key.Table.Name, options.Epsilon!.Value, f.Sum(t => t.Weight)));
        var names = tables.GroupBy(t => t.Family).ToDictionary(f => f.Key, f => Math.Max(1, f.Sum(t => t.Names)));
        var learned = new Dictionary<SampleTable, PrivateTable>();
        List<TableProfile> profiles = [];
        foreach (var table in tables)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new(LearnPhase.Learning, table.Sample.Table.Name, table.Sample.Count, table.Sample.Count));
            profiles.Add(new TableMeasurer(table, budgets[table.Family], noise, options.Secret, PrivacyBudget.Delta / 2 / names[table.Family])
                .Learn(learned));
            learned.Add(table.Sample, table);
        }
        var ledger = budgets.Values.SelectMany(b => b.Ledger).OrderBy(c => c.Family).ThenBy(c => c.Table).ToEquatableArray();
        return (profiles, new PrivacyLoss(options.Epsilon!.Value, PrivacyBudget.Delta, ledger));
    }
}

/// <summary>Measures one table.</summary>
sealed class TableMeasurer(PrivateTable table, PrivacyBudget budget, DiscreteGaussian noise, ulong secret, double namingDelta)
{
    // Deviations of the noise.
    const double Sure = 5;

    readonly SampleTable _sample = table.Sample;
    readonly TableName _name = table.Sample.Table.Name;
    readonly int[] _chosen = OneRowEach.Choose(table.Sample, StableHash.Key(secret, table.Sample.Table.Name.ToString()));

    public TableProfile Learn(Dictionary<SampleTable, PrivateTable> learned)
    {
        var rows = Rows();
        table.References = [.. Enumerable.Range(0, _sample.References.Length).Select(Reference)];
        var steps = Measure();
        var parent = table.FollowsParent && learned.TryGetValue(_sample.DrivingReference!.Principal, out var known) ? known : null;
        var above = parent?.Steps.ConvertAll(s => s with { Codes = Gather(s.Codes, _sample.DrivingReference!.Parents) }) ?? [];
        var variance = steps.Count == 0 ? 1 : PairVariance();
        var pairs = new PairChooser(steps, above, _chosen).Choose(_name, budget, noise, variance);
        var order = Enumerable.Range(0, steps.Count).OrderBy(s => pairs.FindIndex(p => p.To == s)).ToList();
        table.Steps = order.ConvertAll(s => steps[s]);
        var orders = new OrderMeasurer(table, parent, _chosen, budget, noise);
        return new TableProfile
        {
            Name = _name,
            Rows = rows,
            Columns =
                [.. Enumerable.Range(0, table.Treatments.Length).Select(c => Column(c, steps.Find(s => s.Kind == StepKind.Column && s.Target == c)))],
            References = [.. table.References],
            Driving = _sample.Driving,
            Steps = [
                .. order.Select((s, place) => Step(steps, above, s, pairs.Where(p => p.To == s).Select(p => (ChosenPair?)p).FirstOrDefault(), order)
                with { Bounds = orders.Find(steps[s], table.Steps.GetRange(0, place)).ToEquatableArray() })],
        };
    }

    // What a pair will cost is known before the pairs are.
    long PairVariance() => Math.Max(1, (long)Math.Ceiling(1 / (2 * budget.RhoOfWeight(PrivateTable.PairWeight))));

    long Rows()
    {
        var variance = budget.Spend(_name, "rows", PrivateTable.RowsWeight);
        if (_sample.Entities is null) return Rounding.Count(Math.Max(0, _sample.Count + noise.Next(variance)));
        var counts = ToLargest(OneRowEach.RowsOfEntities(_sample), variance);
        double rows = 0;
        for (var code = 1; code < counts.Length; code++) rows += counts[code] * (CountCodes.LowOf(code) + CountCodes.LowOf(code + 1) - 1) / 2.0;
        return Rounding.Count((long)Math.Max(0, rows));
    }

    // Up to the last count that surely has entities: beyond, noise alone would speak of millions of rows.
    long[] ToLargest(long[] counts, long variance)
    {
        var noisy = Array.ConvertAll(counts, c => c + noise.Next(variance));
        return noisy[..(Array.FindLastIndex(noisy, n => n > Sure * Math.Sqrt(variance)) + 1)];
    }

    ReferenceProfile Reference(int r)
    {
        var reference = _sample.References[r];
        var profile = new ReferenceProfile { Columns = reference.Key.Columns, Principal = reference.Key.Principal };
        // A parent of another entity would change by what this one's rows are.
        return r == _sample.Driving && table.FollowsParent ? profile with { Children = Children(reference) } : profile;
    }

    // One parent of each entity, by its children.
    FanOutProfile? Children(SampleReference reference)
    {
        var variance = budget.Spend(_name, $"rows by {string.Join(", ", reference.Key.Columns)}", PrivateTable.ChildrenWeight);
        var counts = new long[CountCodes.Size];
        foreach (var parent in OneRowEach.Choose(reference.Principal, CounterRandom.Derive(secret, 7)))
            counts[CountCodes.Of(reference.Degrees[parent])]++;
        var noisy = ToLargest(counts, variance);
        var present = Enumerable.Range(0, noisy.Length).Where(code => noisy[code] > 0).ToList();
        if (present.Count == 0) return null;
        var codes = present.Select(code => CountCodes.LowOf(code + 1) - 1 is var high && high > CountCodes.LowOf(code)
            ? (Code)new RangeCode(CountCodes.LowOf(code), high) : new NumberCode(CountCodes.LowOf(code)));
        return new FanOutProfile(new Codebook(true, 1, codes.ToEquatableArray()),
            ConditionalTree.Of([0, .. present.Select(code => noisy[code])], lowest: 1));
    }

    List<MeasuredStep> Measure()
    {
        var measurer = new ColumnMeasurer(_sample, _chosen, budget, noise, namingDelta);
        List<MeasuredStep> steps = [];
        foreach (var r in table.OptionalReferences)
        {
            var presence = measurer.Presence(StepKind.Presence, -1, r, row => _sample.References[r].Parents[row] == -1, PrivateTable.PresenceWeight);
            table.References[r] = table.References[r] with { NullShare = NullShare(presence) };
            if (r != _sample.Driving) steps.Add(presence);
        }
        foreach (var c in table.Told.Concat(table.Marks).Order())
            if ((table.Treatments[c].Kind == ColumnTreatment.Told ? measurer.Told(c) : null) is { } told) steps.Add(told);
            else if (table.ColumnAt(c).IsNullable)
                steps.Add(measurer.Presence(StepKind.Column, c, -1, row => _sample.Columns[c].IsNull(row), PrivateTable.PresenceWeight));
        return steps;
    }

    static double NullShare(MeasuredStep step) => Rounding.Share(step.Counts[0] / Math.Max(1.0, step.Counts.Sum()));

    ColumnProfile Column(int c, MeasuredStep? step)
    {
        var treatment = table.Treatments[c];
        if (treatment.Kind == ColumnTreatment.Told && step is null or { IsMark: true })
            treatment = new(ColumnTreatment.Fresh, "none of its values rises above the noise");
        return new ColumnProfile
        {
            Name = table.ColumnAt(c).Name,
            Kind = table.ColumnAt(c).Type.Kind,
            NullShare = step is { HasNulls: true } ? NullShare(step) : 0,
            Treatment = treatment.Kind,
            Reason = treatment.Reason,
            Codes = step?.Book ?? Codebook.Fresh,
        };
    }

    StepProfile Step(List<MeasuredStep> steps, List<MeasuredStep> above, int s, ChosenPair? pair, List<int> order)
    {
        var step = steps[s];
        var first = pair is not { } p ? Alone(step)
            : p.IsParent ? Following(step, above[p.From], new Feature(FeatureKind.Parent, _sample.Driving, p.From))
            : Following(step, steps[p.From], new Feature(FeatureKind.Own, Step: order.IndexOf(p.From)));
        return new StepProfile { Kind = step.Kind, Target = step.Target, Reference = step.Reference, First = first };
    }

    static ValueModel Alone(MeasuredStep step) => new()
    {
        Nulls = step.HasNulls ? ConditionalTree.Of(Nulls(step), lowest: 0) : null,
        Values = step.IsMark ? null : ConditionalTree.Of(step.Counts, lowest: 1),
    };

    // Of a null's tree: 0 a value, 1 none.
    static long[] Nulls(MeasuredStep step) => [step.Counts.Skip(1).Sum(), step.Counts[0]];

    ValueModel Following(MeasuredStep step, MeasuredStep given, Feature feature)
    {
        var variance = budget.Spend(_name, "a pair", PrivateTable.PairWeight);
        var joint = new long[given.Size, step.Size];
        foreach (var row in _chosen) joint[given.Codes[row], step.Codes[row]]++;
        var nulls = new long[given.Size, 2];
        for (var g = 0; g < given.Size; g++)
            for (var code = 0; code < step.Size; code++)
            {
                joint[g, code] += noise.Next(variance);
                nulls[g, code == 0 ? 1 : 0] += joint[g, code];
            }
        var deviation = Math.Sqrt(variance);
        return new()
        {
            Nulls = step.HasNulls ? ConditionalTree.Of(Nulls(step), 0, nulls, deviation * Math.Sqrt(step.Size), feature, given.Book.IsOrdinal) : null,
            Values = step.IsMark ? null : ConditionalTree.Of(step.Counts, 1, joint, deviation, feature, given.Book.IsOrdinal),
        };
    }

    static ushort[] Gather(ushort[] codes, int[] rows) => Array.ConvertAll(rows, r => r < 0 ? (ushort)0 : codes[r]);
}
