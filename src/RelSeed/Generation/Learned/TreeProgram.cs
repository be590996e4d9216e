using System.Runtime.InteropServices;
using RelSeed.Numerics;
using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>A learned tree as arrays: the questions from the root down, and at each leaf the shares of its codes summed up.</summary>
sealed class TreeProgram
{
    readonly Question[] _questions;
    readonly ulong[] _words;
    readonly Leaf[] _leaves;

    // Of all leaves one behind the other: a leaf's draw touches few lines of memory.
    readonly ushort[] _codes, _guides;
    readonly ulong[] _ends;

    /// <summary>What a node asks: whether a feature's code is one of a set. Answered without a branch, for no processor foretells what rows answer.</summary>
    /// <param name="Feature">-1 in a leaf.</param>
    /// <param name="First">Where the set begins, a bit a code.</param>
    /// <param name="Words">Of the set; an empty one follows, for codes beyond.</param>
    /// <param name="Left">The node when it is not; <paramref name="Further"/> more when it is.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Question(int Feature, int First, int Words, int Left, int Further);

    /// <param name="First">Where its codes begin among those of all leaves.</param>
    /// <param name="Last">The last of them that has a weight.</param>
    /// <param name="Share">The part of the learned shares whose codes may be drawn.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Leaf(int First, int Count, int Last, double Share);

    /// <param name="targets">Above every target code.</param>
    /// <param name="allowed">By target code: whether it may be drawn; null for all.</param>
    public TreeProgram(TreeModel tree, int targets, bool[]? allowed)
    {
        Features = [.. tree.Features];
        var made = new TreeCompiler(tree, targets, allowed);
        (_questions, _leaves) = (made.Questions, made.Leaves);
        (_words, _codes, _guides, _ends) = ([.. made.Words], [.. made.Codes], [.. made.Guides], [.. made.Ends]);
    }

    public Feature[] Features { get; }

    /// <summary>Nothing is asked.</summary>
    public bool IsLeaf => _questions[0].Feature < 0;

    /// <summary>Draws a row's code.</summary>
    /// <param name="features">One for each of <see cref="Features"/>.</param>
    public int Draw(FeatureColumn[] features, int row, ulong word) => DrawAt(LeafOf(features, row), word);

    /// <summary>The leaf that answers lead a row to.</summary>
    public int LeafOf(FeatureColumn[] features, int row)
    {
        var (questions, words) = (_questions, _words);
        var at = 0;
        while (true)
        {
            ref readonly var asked = ref questions[at];
            if (asked.Feature < 0) return at;
            var code = features[asked.Feature].At(row);
            var isMember = (int)(words[asked.First + Math.Min(code >> 6, asked.Words)] >> (code & 63)) & 1;
            at = asked.Left + (asked.Further & -isMember);
        }
    }

    /// <summary>The part of a leaf's learned shares whose codes may be drawn, from 0 to 1.</summary>
    public double ShareAt(int leaf) => _leaves[leaf].Share;

    /// <summary>A code of a leaf: greater words give greater codes.</summary>
    public int DrawAt(int at, ulong word)
    {
        var (first, count, last, _) = _leaves[at];
        return _codes[first + GuideTable.Draw(_ends.AsSpan(first, count), _guides.AsSpan(first, count), last, word)];
    }
}

/// <summary>Where a tree finds a feature's codes for the rows at hand.</summary>
/// <param name="Codes">By row, or by the row that <paramref name="Via"/> tells.</param>
/// <param name="Shift">Added to the row: -1 for the previous sibling.</param>
/// <param name="Via">By row: another table's row, -1 for none; null for the row itself.</param>
/// <param name="IsSame">Whether the code is that of the previous sibling: 1 or 0.</param>
readonly record struct FeatureColumn(ushort[] Codes, int Shift = 0, long[]? Via = null, bool IsSame = false)
{
    public int At(int row)
    {
        if (IsSame) return Codes[row] == Codes[row - 1] ? 1 : 0;
        if (Via is null) return Codes.Length == 0 ? 0 : Codes[row + Shift];
        return Via[row] < 0 ? 0 : Codes[Via[row]];
    }
}
