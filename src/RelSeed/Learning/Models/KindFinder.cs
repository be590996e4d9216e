using RelSeed.Learning.Codebooks;
using RelSeed.Learning.Sampling;
using RelSeed.Numerics;
using RelSeed.Numerics.Trees;
using RelSeed.Profiling;

namespace RelSeed.Learning.Models;

/// <summary>Finds kinds of parents by what their children have in common: lecturers who are rated well, shops that sell what is dear. No column of
/// theirs says so.</summary>
sealed class KindFinder(LearnOptions options, IReadOnlyDictionary<SampleTable, LearnedTable> learned)
{
    const int MostTraits = 8, MostLooked = 16, MostKinds = 64, LeastKinds = 4, MostColumns = 1;

    // Nearer to chance it would be taken for a kind what is none.
    const double LeastStrength = 6, LeastShare = 0.02;

    // A split that takes away so little makes no kind.
    const double LeastGain = 0.003;

    const int LeastCompared = 100;

    /// <summary>Adds the step that draws a parent's kind, behind all others; none where the parents' own names or columns say as much.</summary>
    public void AddStep(LearnedTable parent, IReadOnlyList<SampleReference> referring)
    {
        var least = Math.Max(parent.Rule.Enough, parent.IsCatalogue ? options.CatalogueLeafRows : 0);
        if (options.IsStrict || parent.Sample.Count < LeastKinds * least || IsKnown(parent)) return;
        var traits = referring.Where(IsOfAll).SelectMany(TraitsOf)
            .Where(t => t.Share >= LeastShare).OrderByDescending(t => t.Share).Take(MostLooked)
            .Select(t => t.Without(ColumnsOf(parent), least)).Where(t => t.Share >= LeastShare).OrderByDescending(t => t.Share).Take(MostTraits).ToList();
        if (traits.Count == 0) return;
        var key = StableHash.Key(0, parent.Sample.Table.Name.ToString(), "", "kinds");
        var points = traits.Select((t, i) => t.Draw(CounterRandom.Derive(key, (ulong)i))).ToArray();
        var (kinds, count) = new Clusters(points).Split(least, MostKinds, LeastGain);
        if (count < 2) return;
        parent.Steps.Add(new(StepKind.Kind, -1, -1, new CodedColumn(Codebook.OfKinds(count), kinds, Values: null)));
    }

    // What has names or columns of its own is known by them.
    static bool IsKnown(LearnedTable parent) =>
        parent.IsToldWhole || parent.Steps.Where((s, i) => parent.IsName(i) || s.Kind == StepKind.Column && s.Coded.Codebook.Size > 2).Count() > MostColumns;

    // Rows that time puts in order go on from each other.
    static bool IsOfAll(SampleReference reference) => reference.Dependent != reference.Principal
        && (reference.Dependent.DrivingReference != reference || Siblings.TimeOf(reference.Dependent) is null);

    // The parent's own columns and those of its parent.
    List<CodeColumn> ColumnsOf(LearnedTable parent)
    {
        List<CodeColumn> columns = [.. parent.Steps.Select(s => s.Coded.Column)];
        if (parent.Sample.DrivingReference is { } driving && driving.Principal != parent.Sample)
            columns.AddRange(learned[driving.Principal].Steps.Select(s => FeatureSource.Gather(s.Coded.Column, driving.Parents)));
        return columns;
    }

    IEnumerable<Trait> TraitsOf(SampleReference reference)
    {
        var child = learned[reference.Dependent];
        for (var c = 0; c < child.Coded.Length; c++)
            if (child.Coded[c] is { Codebook.Size: > 2 } coded && !child.Columns[c].IsDistinct && !child.Rules.Exists(r => r.Column == c))
                foreach (var values in ValuesOf(coded, reference.Parents, reference.Principal.Count))
                    if (Trait.Find(values, reference.Parents, reference.Principal.Count, LeastStrength, LeastCompared) is { } trait) yield return trait;
    }

    // Ranks of what has an order; of names whether it is one of the commonest.
    static IEnumerable<double[]> ValuesOf(CodedColumn coded, int[] parents, int count)
    {
        const int MostNames = 4;
        const double LeastOften = 0.05;
        var counts = new int[coded.Codebook.Size];
        foreach (var code in coded.Codes) counts[code]++;
        if (coded.Codebook.IsOrdinal)
        {
            var (ranks, below, all) = (new double[counts.Length], 0.0, (double)Math.Max(1, coded.Codes.Length - counts[0]));
            for (var code = 1; code < counts.Length; below += counts[code++]) ranks[code] = (below + counts[code] / 2.0) / all;
            ranks[0] = double.NaN;
            var values = Array.ConvertAll(coded.Codes, c => ranks[c]);
            yield return values;
            yield return Spread(values, parents, count);
        }
        else
            foreach (var name in Enumerable.Range(1, counts.Length - 1).OrderByDescending(c => counts[c]).Take(MostNames))
                if (counts[name] >= LeastOften * coded.Codes.Length) yield return Array.ConvertAll(coded.Codes, c => c == 0 ? double.NaN : c == name ? 1.0 : 0);
        if (counts[0] >= LeastOften * coded.Codes.Length && counts[0] <= (1 - LeastOften) * coded.Codes.Length)
            yield return Array.ConvertAll(coded.Codes, c => c == 0 ? 1.0 : 0);
    }

    // How far children lie from the middle of their parent's: one that has others alike is of another kind.
    static double[] Spread(double[] values, int[] parents, int count)
    {
        var (sums, counts) = (new double[count], new int[count]);
        for (var row = 0; row < values.Length; row++)
        {
            if (parents[row] < 0 || double.IsNaN(values[row])) continue;
            sums[parents[row]] += values[row];
            counts[parents[row]]++;
        }
        return [.. values.Select((v, row) => parents[row] is >= 0 and var p && counts[p] > 1
            ? Math.Abs(v - sums[p] / counts[p]) * Math.Sqrt(counts[p] / (counts[p] - 1.0)) : double.NaN)];
    }
}
