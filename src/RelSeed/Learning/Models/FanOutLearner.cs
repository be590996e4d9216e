using RelSeed.Learning.Codebooks;
using RelSeed.Learning.Sampling;
using RelSeed.Numerics.Trees;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Models;

/// <summary>Learns how many children parents have, those without any included.</summary>
sealed class FanOutLearner(LearnOptions options, IReadOnlyDictionary<SampleTable, LearnedTable> learned)
{
    // Of so few parents that are no persons, how many children each has is an aggregate of those children.
    const int MostLookupRows = 500;

    // So many parents without children hide how many the others have.
    const double MostlyNone = 0.5;

    readonly Dictionary<SampleTable, List<ModelFeature>> _earlier = [];

    TreeOptions LookupTrees => new() { LeafRows = options.CatalogueLeafRows, LeafEntities = 0 };

    /// <param name="tables">In the order of the profile: fan-outs of a later one may ask those of an earlier one.</param>
    public void Learn(IReadOnlyList<LearnedTable> tables)
    {
        foreach (var table in tables)
            for (var r = 0; r < table.References.Length; r++)
                table.References[r] = table.References[r] with { Children = Learn(table, r) };
    }

    FanOutProfile? Learn(LearnedTable table, int r)
    {
        var reference = table.Sample.References[r];
        var principal = reference.Principal;
        if (principal.Count == 0) return null;
        var counts = Array.ConvertAll(reference.Degrees, d => (double)d);
        var isTold = learned[principal].IsToldByRow;
        var isLookup = (principal.Count <= MostLookupRows || isTold) && learned[principal].IsCatalogue && !options.IsStrict;
        // What persons' rows are counted is shared by as many of them as anything else of theirs.
        var rule = isTold && principal.Count > MostLookupRows && table.Sample.Entities is not null
            ? new PrivacyRule(options.K, options.Secret) : learned[principal].Rule;
        var weights = isLookup ? Array.ConvertAll(reference.Degrees, d => Math.Max(1, d)) : null;
        // How many things belong to a thing that is told whole says nothing of persons.
        var isWhole = isLookup && learned[principal].IsToldWhole && table.IsCatalogue;
        var coder = new OrdinalCoder(TypeKind.Int64, rule, principal.Entities, weights) { HasTails = false, IsWhole = isWhole };
        if (coder.Make(counts) is not { } book) return null;
        var codes = OrdinalCoder.Encode(book, counts);
        var target = new CodeColumn(codes, book.Size, IsOrdinal: true);
        var rows = Enumerable.Range(0, principal.Count).ToArray();
        var modeler = new TreeModeler(isLookup ? PrivacyRule.None : rule, isLookup ? LookupTrees : TableLearner.TreesOf(options, learned[principal]),
            learned[principal].Entities);
        var map = Map(learned[principal], new CodedColumn(book, codes, counts), rows);
        var features = Features(learned[principal]).ToList();
        var undecided = Undecided(learned[principal], map, rows);
        var both = modeler.Learn(features, target, undecided)!;
        var (none, tree) = HasMostlyNone(book, codes, undecided) && InTwo(modeler, features, target, undecided) is { } two && two.Fit < both.Fit
            ? (two.None, two.Tree) : (null, both.Tree);
        if (principal != table.Sample) _earlier[principal].Add(new(new Feature(FeatureKind.Children, r, Table: table.Sample.Table.Name),
            new CodeColumn(Array.ConvertAll(reference.Degrees, d => (ushort)CountCodes.Of(d)), CountCodes.Size, IsOrdinal: true)));
        return new FanOutProfile(book, tree, map)
        {
            None = none,
            Told = isTold ? [.. learned[principal].ToldOrder.Select(row => (int)codes[row])] : [],
        };
    }

    static bool HasMostlyNone(Codebook book, ushort[] codes, int[] rows) =>
        book.Codes[0] is NumberCode { Value: 0 } && rows.Count(r => codes[r] == 1) is var none && none < rows.Length && none >= rows.Length * MostlyNone;

    // Whether there is a child, then how many: among so many without any a few more or less of the others would go unnoticed.
    static (TreeModel None, TreeModel Tree, double Fit)? InTwo(TreeModeler modeler, List<ModelFeature> features, CodeColumn target, int[] rows)
    {
        var marks = new CodeColumn(Array.ConvertAll(target.Codes, c => (ushort)(c == 1 ? 1 : 0)), 2, IsOrdinal: false);
        var some = Array.FindAll(rows, r => target.Codes[r] > 1);
        return modeler.Learn(features, marks, rows) is { } none && modeler.Learn(features, target, some) is { } counts
            ? (none.Tree, counts.Tree, none.Fit + counts.Fit) : null;
    }

    static CodeMap? Map(LearnedTable principal, CodedColumn counts, int[] rows)
    {
        var names = principal.Steps.FindIndex(s => s.Kind == StepKind.Column && principal.Columns[s.Target].IsDistinct);
        return names < 0 ? null : CodeMaps.Find(principal.Steps, new(StepKind.Column, -1, -1, counts), rows, principal.Rule, names);
    }

    static int[] Undecided(LearnedTable principal, CodeMap? map, int[] rows) =>
        map is not null && Array.FindAll(rows, r => map.Codes[principal.Steps[map.Step].Coded.Codes[r]] < 0) is { Length: > 0 } undecided
            ? undecided : rows;

    IEnumerable<ModelFeature> Features(LearnedTable parent)
    {
        if (!_earlier.TryGetValue(parent.Sample, out var earlier)) _earlier[parent.Sample] = earlier = [];
        var own = parent.Steps.Select((s, i) => new ModelFeature(new Feature(FeatureKind.Own, Step: i), s.Coded.Column));
        if (parent.Sample.DrivingReference is not { } driving || driving.Principal == parent.Sample) return own.Concat(earlier);
        var above = learned[driving.Principal].Steps.Select((s, i) =>
            new ModelFeature(new Feature(FeatureKind.Parent, parent.Sample.Driving, i), FeatureSource.Gather(s.Coded.Column, driving.Parents)));
        return own.Concat(above).Concat(earlier);
    }
}
