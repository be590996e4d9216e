using RelSeed.Learning.Codebooks;

namespace RelSeed.Learning.Models;

/// <summary>Finds from which value on a base counts: voters look at those who left six years ago, but before the first vote everybody had to
/// wait.</summary>
static class BaseOnset
{
    const int MostBlocks = 20;

    // Blocks of fewer rows say little of how their differences lie.
    const int LeastRows = 40;

    // What lies outside of so much of the differences beyond the middle, and a little of the values' own range, is out of line.
    const double OutOfLine = 0.1, Slack = 0.05;

    /// <summary>Null where it counts for all.</summary>
    /// <param name="from">By row, NaN for no base.</param>
    /// <param name="unit">Grid of the values; 0 for none.</param>
    public static double? Find(double[] values, double[] from, int[] rows, double unit)
    {
        var based = rows.Where(r => !double.IsNaN(from[r])).OrderBy(r => from[r]).ToArray();
        var blocks = Math.Min(MostBlocks, based.Length / LeastRows);
        if (blocks < 4 || from[based[0]] == from[based[^1]]) return null;
        var differences = Array.ConvertAll(based, r => values[r] - from[r]);
        var usual = differences[(differences.Length / 2)..];
        Array.Sort(usual);
        var own = Array.ConvertAll(based, r => values[r]);
        Array.Sort(own);
        var slack = Slack * (Upper(own) - Lower(own));
        var (least, most) = (Lower(usual) - slack, Upper(usual) + slack);
        var early = 0;
        while (early < blocks / 2 && Middle(early) is var middle && (middle < least || middle > most)) early++;
        return early == 0 ? null : Grid.RoundestBetween(BaseOf(early - 1), BaseOf(early), unit);

        double Middle(int block)
        {
            var some = differences[Start(block)..Start(block + 1)];
            Array.Sort(some);
            return some[some.Length / 2];
        }

        // Of the row in the middle of the block: its neighbours stand for it as well.
        double BaseOf(int block) => from[based[(Start(block) + Start(block + 1)) / 2]];

        static double Lower(double[] sorted) => sorted[(int)(OutOfLine * sorted.Length)];

        static double Upper(double[] sorted) => sorted[(int)((1 - OutOfLine) * sorted.Length)];

        int Start(int block) => (int)((long)based.Length * block / blocks);
    }
}
