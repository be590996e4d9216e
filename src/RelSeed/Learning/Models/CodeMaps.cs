using RelSeed.Learning.Codebooks;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Models;

/// <summary>Finds an earlier step whose code decides a later one's.</summary>
static class CodeMaps
{
    // A map that decides fewer rows is no rule but chance.
    const double LeastDecided = 0.25;

    /// <param name="names">The earlier step that names the rows of a lookup; -1 for none.</param>
    public static CodeMap? Find(IReadOnlyList<LearnedStep> earlier, LearnedStep step, int[] rows, PrivacyRule rule, int names = -1)
    {
        if (names >= 0 && Of(names, earlier[names].Coded, step.Coded, rows, rule, isName: true) is { } named) return named;
        if (step.Coded.Codebook.Size <= 2 || rows.Length < 20) return null;
        CodeMap? best = null;
        for (var s = 0; s < earlier.Count; s++)
        {
            // Codes of ranges decide nothing exactly, and a range is not decided.
            if (earlier[s].Coded.Codebook.Size < step.Coded.Codebook.Size / 2 || earlier[s].Kind != StepKind.Column) continue;
            if (Of(s, earlier[s].Coded, step.Coded, rows, rule, isName: false) is { } map && (best is null || Decided(map, earlier[s].Coded, rows) > Decided(best, earlier[best.Step].Coded, rows))) best = map;
        }
        return best;
    }

    // What a told name goes with is told with it, though few rows have it.
    static CodeMap? Of(int place, CodedColumn from, CodedColumn to, int[] rows, PrivacyRule rule, bool isName)
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
        long decided = 0;
        var different = new HashSet<int>();
        for (var a = 0; a < codes.Length; a++)
        {
            var isTold = counts[a] >= (isName ? 1 : rule.Enough) && codes[a] >= 0 && (isName || codes[a] == 0 || !IsVague(to.Codebook.Codes[codes[a] - 1])) && (a == 0 || !IsVague(from.Codebook.Codes[a - 1]));
            if (!isTold) codes[a] = Undecided;
            else
            {
                decided += counts[a];
                different.Add(codes[a]);
            }
        }
        return isName ? decided > 0 ? new CodeMap(place, [.. codes]) : null : different.Count > 1 && decided >= rows.Length * LeastDecided ? new CodeMap(place, [.. codes]) : null;
    }

    static int Decided(CodeMap map, CodedColumn from, int[] rows) => rows.Count(r => map.Codes[from.Codes[r]] >= 0);

    static bool IsVague(Code code) => code is RangeCode or OtherCode;
}
