using RelSeed.Learning.Codebooks;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Models;

/// <summary>Finds an earlier step whose code decides a later one's.</summary>
static class CodeMaps
{
    // A map that decides fewer rows is no rule but chance.
    const double LeastDecided = 0.25;

    // What nearly all rows have anyway is decided by nothing: so many bits must a code save.
    const double LeastBits = 10;

    // A code of several values decides only if it did so this often.
    const int Many = 10;

    /// <param name="names">The earlier step that names the rows of a lookup; -1 for none.</param>
    public static CodeMap? Find(IReadOnlyList<LearnedStep> earlier, LearnedStep step, int[] rows, PrivacyRule rule, int names = -1)
    {
        if (names >= 0 && Of(names, earlier[names].Coded, step.Coded, rows, rule, isName: true) is { } named) return named;
        if (rows.Length < 20) return null;
        return Best(earlier, step, rows, rule, isCoarse: false) ?? Best(earlier, step, rows, rule, isCoarse: true);
    }

    /// <param name="isCoarse">Of steps with far fewer codes, some of which may decide all the same: a drug's name its number.</param>
    static CodeMap? Best(IReadOnlyList<LearnedStep> earlier, LearnedStep step, int[] rows, PrivacyRule rule, bool isCoarse)
    {
        CodeMap? best = null;
        for (var s = 0; s < earlier.Count; s++)
        {
            if (earlier[s].Coded.Codebook.Size < step.Coded.Codebook.Size / 2 != isCoarse || earlier[s].Kind != StepKind.Column) continue;
            if (Of(s, earlier[s].Coded, step.Coded, rows, rule, isName: false, isCoarse) is { } map
                && (best is null || Decided(map, earlier[s].Coded, rows) > Decided(best, earlier[best.Step].Coded, rows)))
                best = map;
        }
        return best;
    }

    // What a told name goes with is told with it, though few rows have it.
    static CodeMap? Of(int place, CodedColumn from, CodedColumn to, int[] rows, PrivacyRule rule, bool isName, bool isCoarse = false)
    {
        const int Unseen = -2, Undecided = -1;
        var codes = new int[from.Codebook.Size];
        var counts = new int[from.Codebook.Size];
        codes.AsSpan().Fill(Unseen);
        foreach (var row in rows)
        {
            if (from.IsStray(row) || to.IsStray(row)) continue;
            var (a, b) = (from.Codes[row], to.Codes[row]);
            counts[a]++;
            codes[a] = codes[a] == Unseen || codes[a] == b ? b : Undecided;
        }
        var shares = isCoarse ? TreeModeler.Marginal(to.Column, rows) : [];
        long decided = 0;
        var different = new HashSet<int>();
        for (var a = 0; a < codes.Length; a++)
        {
            var isTold = isName ? counts[a] > 0 && codes[a] >= 0 && !from.Codebook.IsOther(a)
                : counts[a] >= (IsVague(from.Codebook, a) ? Many : 1) * rule.Enough && codes[a] >= 0 && !IsVague(to.Codebook, codes[a])
                    && (!isCoarse || counts[a] * -Math.Log2(shares[codes[a]] / rows.Length) >= LeastBits);
            if (!isTold) codes[a] = Undecided;
            else
            {
                decided += counts[a];
                different.Add(codes[a]);
            }
        }
        return isName ? decided > 0 ? new CodeMap(place, [.. codes]) : null : different.Count > 1 && decided >= rows.Length * LeastDecided
            ? new CodeMap(place, [.. codes]) : null;
    }

    static int Decided(CodeMap map, CodedColumn from, int[] rows) => rows.Count(r => map.Codes[from.Codes[r]] >= 0);

    // Stands for several values. Of a column made anew it is only told whether there is one.
    static bool IsVague(Codebook book, int code) => code > 0 && book.Size > 2 && book.Codes[code - 1] is RangeCode or OtherCode;
}
