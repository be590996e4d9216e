using System.Runtime.CompilerServices;
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

    /// <summary>What a node asks: whether a feature's code is one of a set. Answered without a branch, for no processor foretells what rows
    /// answer.</summary>
    /// <param name="First">Where the set begins, a bit a code.</param>
    /// <param name="Words">Of the set; an empty one follows, for codes beyond. 0 in a leaf.</param>
    /// <param name="Left">The node when it is not, <paramref name="Further"/> more when it is; in a leaf the leaf itself.</param>
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
    public bool IsLeaf => _questions[0].Words == 0;

    /// <summary>The leaf that answers lead a row to.</summary>
    /// <param name="features">One for each of <see cref="Features"/>.</param>
    public int LeafOf(FeatureColumn[] features, int row)
    {
        var at = 0;
        while (_questions[at].Words != 0) at = Next(at, features, row);
        return at;
    }

    /// <summary>The leaves of some rows. Four go down at a time: what one waits for from memory another uses.</summary>
    public void FindLeaves(FeatureColumn[] features, ReadOnlySpan<int> rows, Span<int> leaves)
    {
        leaves.Clear();
        if (IsLeaf) return;
        var questions = _questions;
        var i = 0;
        for (; i + 4 <= rows.Length; i += 4)
        {
            int a = 0, b = 0, c = 0, d = 0;
            while ((questions[a].Words | questions[b].Words | questions[c].Words | questions[d].Words) != 0)
            {
                a = Next(a, features, rows[i]);
                b = Next(b, features, rows[i + 1]);
                c = Next(c, features, rows[i + 2]);
                d = Next(d, features, rows[i + 3]);
            }
            (leaves[i], leaves[i + 1], leaves[i + 2], leaves[i + 3]) = (a, b, c, d);
        }
        for (; i < rows.Length; i++) leaves[i] = LeafOf(features, rows[i]);
    }

    // A leaf leads to itself.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Next(int at, FeatureColumn[] features, int row)
    {
        ref readonly var asked = ref _questions[at];
        var code = features[asked.Feature].At(row);
        var isMember = (int)(_words[asked.First + Math.Min(code >> 6, asked.Words)] >> (code & 63)) & 1;
        return asked.Left + (asked.Further & -isMember);
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
[StructLayout(LayoutKind.Auto)]
readonly record struct FeatureColumn(ushort[] Codes, int Shift = 0, long[]? Via = null, bool IsSame = false)
{
    readonly bool _isPlain = Via is null && !IsSame && Codes.Length > 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int At(int row) => _isPlain ? Codes[row + Shift] : Other(row);

    int Other(int row)
    {
        if (IsSame) return Codes[row] == Codes[row - 1] ? 1 : 0;
        if (Via is null) return Codes.Length == 0 ? 0 : Codes[row + Shift];
        return Via[row] < 0 ? 0 : Codes[Via[row]];
    }
}
