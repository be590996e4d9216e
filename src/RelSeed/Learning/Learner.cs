using RelSeed.Generation;
using RelSeed.Learning.Codebooks;
using RelSeed.Learning.DifferentialPrivacy;
using RelSeed.Learning.Models;
using RelSeed.Learning.Sampling;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning;

/// <summary>Learns a profile of the rows that stand in a database.</summary>
public static class Learner
{
    /// <param name="source">Read once, every table from end to end.</param>
    /// <remarks>Memory: what the sampled rows need, at most <see cref="LearnOptions.SampleRows"/> a table.</remarks>
    public static async Task<DataProfile> LearnAsync(
        RowReader source, DatabaseSchema schema, LearnOptions options, IProgress<LearnProgress>? progress, CancellationToken cancellationToken)
    {
        if (options.Epsilon is not null) return await LearnPrivatelyAsync(source, schema, options, progress, cancellationToken);
        var samples = await new Sampler(source, schema, options, progress).ReadAsync(cancellationToken);
        WrittenMoments.Read(samples);
        var rule = new PrivacyRule(options.K, options.Secret);
        var columns = new ColumnLearner(options, rule);
        var tables = new TableLearner(options, samples);
        var referring = samples.SelectMany(s => s.References).Where(r => r.Principal != r.Dependent).ToLookup(r => r.Principal);
        var learned = samples.ToDictionary(s => s, s => Begin(s, [.. referring[s]], options, rule));
        var told = new ToldRows(options, learned);
        told.Choose();
        // What needs no other table's steps, as many at a time as there are cores.
        Parallel.ForEach(learned.Values, new ParallelOptions { CancellationToken = cancellationToken }, table =>
        {
            table.Siblings = Siblings.Order(table.Sample);
            columns.Learn(table, [.. referring[table.Sample]]);
            RuleFinder.Find(table, samples);
        });
        SnapshotEnds.Apply(learned.Values);
        RuleCycles.Break(learned);
        var kinds = new KindFinder(options, learned);
        foreach (var sample in samples)
        {
            tables.AddSteps(learned[sample], learned);
            kinds.AddStep(learned[sample], [.. referring[sample]]);
        }
        // The steps of all tables stand; what they ask of each other no longer changes.
        Parallel.ForEach(samples, new ParallelOptions { CancellationToken = cancellationToken }, sample =>
        {
            tables.Learn(learned[sample], learned);
            if (progress is null) return;
            lock (progress) progress.Report(new(LearnPhase.Learning, sample.Table.Name, sample.Count, sample.TotalRows));
        });
        told.Tell();
        foreach (var table in learned.Values) OrderFinder.Find(table, learned.Values);
        new FanOutLearner(options, learned).Learn([.. learned.Values.OrderBy(t => t.Sample.Table.Name)]);
        progress?.Report(new(LearnPhase.Finished, Table: null, 0, 0));
        return ProfileFile.Fit(new DataProfile
        {
            Origin = Origin(schema, options),
            Tables = learned.Values.Select(t => t.ToProfile(options)).OrderBy(t => t.Name).ToEquatableArray(),
        });
    }

    static async Task<DataProfile> LearnPrivatelyAsync(
        RowReader source, DatabaseSchema schema, LearnOptions options, IProgress<LearnProgress>? progress, CancellationToken cancellationToken)
    {
        var (tables, loss) = await new PrivateLearner(options, options.Noise ?? DiscreteGaussian.Secret())
            .LearnAsync(source, schema, progress, cancellationToken);
        progress?.Report(new(LearnPhase.Finished, Table: null, 0, 0));
        return ProfileFile.Fit(new DataProfile
        {
            Origin = Origin(schema, options) with { K = 1, LeafRows = 1, LeafEntities = 1, Loss = loss },
            Tables = tables.OrderBy(t => t.Name).ToEquatableArray(),
        });
    }

    static LearnedTable Begin(SampleTable sample, SampleReference[] referring, LearnOptions options, PrivacyRule rule)
    {
        var isCatalogue = Things.IsCatalogue(sample, referring);
        return new LearnedTable(sample)
        {
            IsCatalogue = isCatalogue,
            Rule = isCatalogue ? rule with { K = options.CatalogueK, IsPlain = !options.IsStrict } : rule
        };
    }

    // From a digest a number of rows could be guessed and tried.
    static DatabaseSchema WithoutCounts(DatabaseSchema schema) =>
        schema with { Tables = schema.Tables.Select(t => t with { EstimatedRows = -1 }).ToEquatableArray() };

    static ProfileOrigin Origin(DatabaseSchema schema, LearnOptions options) => new()
    {
        Version = typeof(Learner).Assembly.GetName().Version!.ToString(3),
        Provider = schema.Provider,
        SchemaDigest =
            Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(SchemaJson.Write(WithoutCounts(schema)))))[..16],
        LearnedAt = new DateTimeOffset(options.Now.UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero),
        K = options.K,
        LeafRows = options.LeafRows,
        LeafEntities = options.LeafEntities,
        SampleRows = options.SampleRows,
    };
}
