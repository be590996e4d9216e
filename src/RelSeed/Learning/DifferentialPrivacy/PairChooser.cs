using RelSeed.Numerics;
using RelSeed.Schema;

namespace RelSeed.Learning.DifferentialPrivacy;

/// <param name="From">Position of the step that is drawn before: of the parent's steps when <paramref name="IsParent"/>.</param>
/// <param name="To">Position of the step that follows it.</param>
readonly record struct ChosenPair(bool IsParent, int From, int To);

/// <summary>Chooses a tree of pairs of steps that say most of each other, by the exponential mechanism.</summary>
/// <remarks>McKenna, Miklau and Sheldon, Winning the NIST contest (2021), section 5; less what chance and noise alone bring, which grows
/// with the number of cells.</remarks>
/// <param name="own">Steps of the table.</param>
/// <param name="parent">Steps of the parent of the same entity, their codes by the table's rows; empty for none.</param>
sealed class PairChooser(IReadOnlyList<MeasuredStep> own, IReadOnlyList<MeasuredStep> parent, int[] chosen)
{
    /// <summary>Weight of a choice among all pairs.</summary>
    public const double Weight = 0.2;

    sealed record Candidate(ChosenPair Pair, int Left, int Right, double Score);

    /// <returns>In the order in which steps can be drawn; a step that is in no pair before it stands alone.</returns>
    /// <param name="variance">Of the noise with which a pair's counts will be measured.</param>
    public List<ChosenPair> Choose(TableName table, PrivacyBudget budget, DiscreteGaussian noise, double variance)
    {
        var groups = Enumerable.Range(0, own.Count + 1).ToArray();
        var candidates = Candidates(variance);
        var tree = new List<Candidate>();
        while (true)
        {
            var open = candidates.FindAll(c => groups[c.Left] != groups[c.Right]);
            if (open.Count == 0) break;
            var epsilon = budget.SpendOnChoice(table, "choice of a pair", Weight);
            var pick = Pick(open, epsilon, noise.Unit());
            tree.Add(pick);
            var (kept, joined) = (groups[pick.Left], groups[pick.Right]);
            for (var g = 0; g < groups.Length; g++)
                if (groups[g] == joined) groups[g] = kept;
        }
        return Orient(tree);
    }

    List<Candidate> Candidates(double variance)
    {
        var pairs = new List<ChosenPair>();
        for (var to = 0; to < own.Count; to++)
        {
            for (var from = 0; from < to; from++) pairs.Add(new(false, from, to));
            for (var from = 0; from < parent.Count; from++) pairs.Add(new(true, from, to));
        }
        var scores = new double[pairs.Count];
        Parallel.For(0, pairs.Count, p => scores[p] = Score(pairs[p], variance));
        return [.. pairs.Select((p, i) => new Candidate(p, p.IsParent ? own.Count : p.From, p.To, scores[i]))];
    }

    // How far the pair's counts are from those of independent ones, of which all know; one row more changes it by one.
    double Score(ChosenPair pair, double variance)
    {
        var (from, to) = (pair.IsParent ? parent[pair.From] : own[pair.From], own[pair.To]);
        var counts = new int[from.Size, to.Size];
        foreach (var row in chosen) counts[from.Codes[row], to.Codes[row]]++;
        double fromAll = Math.Max(1, from.Counts.Sum()), score = 0;
        for (var f = 0; f < from.Size; f++)
            for (var t = 0; t < to.Size; t++)
            {
                var expected = from.Counts[f] / fromAll * to.Counts[t];
                score += Math.Abs(counts[f, t] - expected) - Math.Sqrt(2 / Math.PI * (expected + variance));
            }
        return score;
    }

    static Candidate Pick(List<Candidate> open, double epsilon, double unit)
    {
        var best = open.Max(c => c.Score);
        var weights = open.ConvertAll(c => StableMath.Exp(Math.Max(-700, epsilon / 2 * (c.Score - best))));
        var rest = unit * weights.Sum();
        for (var i = 0; i < weights.Count; i++)
            if ((rest -= weights[i]) < 0) return open[i];
        return open[^1];
    }

    // From the parent's, or the first step, outward.
    List<ChosenPair> Orient(List<Candidate> tree)
    {
        var ordered = new List<ChosenPair>();
        var known = new HashSet<int>();
        var waiting = new Queue<int>();
        if (parent.Count > 0) Visit(own.Count);
        for (var step = 0; step < own.Count; step++) Visit(step);
        return ordered;

        void Visit(int start)
        {
            if (!known.Add(start)) return;
            waiting.Enqueue(start);
            while (waiting.TryDequeue(out var at))
                foreach (var edge in tree.Where(e => e.Left == at || e.Right == at))
                {
                    var to = edge.Left == at ? edge.Right : edge.Left;
                    if (!known.Add(to)) continue;
                    ordered.Add(at == own.Count ? new(true, edge.Pair.From, to) : new(false, at, to));
                    waiting.Enqueue(to);
                }
        }
    }
}
