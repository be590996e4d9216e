using RelSeed.Numerics;
using RelSeed.Planning;

namespace RelSeed.Generation;

sealed class AbsentReference : ReferenceGenerator
{
    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals) => parents.Fill(-1);
}

sealed class RowItselfReference : ReferenceGenerator
{
    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals) => frame.Rows.CopyTo(parents);
}

/// <summary>Rows stand in groups by parent, those without one behind them; see <see cref="GroupIndex"/>.</summary>
sealed class GroupedByParent(Lazy<GroupIndex> groups, long? rows) : ReferenceGenerator
{
    public GroupedByParent(GroupIndex index) : this(new Lazy<GroupIndex>(index), rows: null) { }

    /// <param name="rows">Of the table: what is more than the groups hold has no parent.</param>
    public GroupedByParent(Lazy<CountedGroups> groups, long rows) : this(new Lazy<GroupIndex>(() => groups.Value), rows) { }

    readonly Lazy<long> _largest = new(() => groups.Value.LargestGroup());

    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals)
    {
        var index = groups.Value;
        if (frame.Rows.ContainsAnyInRange(index.Children, long.MaxValue)) Wrap(index, frame.Rows, parents, ordinals);
        else index.Locate(frame.Rows, parents, ordinals);
    }

    // Rows beyond the last stand in for others of an append: they go through the groups again, behind the largest group.
    void Wrap(GroupIndex index, ReadOnlySpan<long> wanted, Span<long> parents, Span<long> ordinals)
    {
        var round = Math.Max(rows ?? 0, index.Children);
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] % round >= index.Children)
            {
                (parents[i], ordinals[i]) = (-1, 0);
                continue;
            }
            index.Locate([wanted[i] % round], parents.Slice(i, 1), ordinals.Slice(i, 1));
            ordinals[i] += wanted[i] / round * _largest.Value;
        }
    }
}

/// <summary>The table's own rows as a tree, breadth first: row roots + c is child c of the index over the rows before it.</summary>
sealed class TreeParent(long roots, FanOutIndex index, bool rootsReferToThemselves, bool inRing = false) : ReferenceGenerator
{
    [ThreadStatic] static long[]? _children;

    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals)
    {
        var rows = frame.Rows;
        if (_children is null || _children.Length < rows.Length) _children = new long[rows.Length];
        var children = _children.AsSpan(0, rows.Length);
        for (var i = 0; i < rows.Length; i++) children[i] = Math.Max(0, rows[i] - roots);
        if (index.Children > 0) index.Locate(children, parents, ordinals);
        for (var i = 0; i < rows.Length; i++)
            if (rows[i] < roots) (parents[i], ordinals[i]) = (inRing ? (rows[i] + 1) % roots : rootsReferToThemselves ? rows[i] : -1, rows[i]);
    }
}

/// <summary>Independent draws: rank = parents * u^exponent, then a permutation, so that the popular parents are not the first.</summary>
sealed class ConcentratedParent(ulong key, long parents, int exponent) : ReferenceGenerator
{
    readonly Permutation _order = new(CounterRandom.Derive(key, 1), Math.Max(1, parents));

    public override void Fill(RowFrame frame, Span<long> targets, Span<long> ordinals)
    {
        var counters = frame.Counters;
        for (var i = 0; i < counters.Length; i++) targets[i] = Pick(CounterRandom.At(key, counters[i]));
    }

    long Pick(ulong word)
    {
        var share = word;
        for (var e = 1; e < exponent; e++) share = Math.BigMul(share, word, out _);
        var rank = (long)CounterRandom.Below(share, (ulong)parents);
        return exponent == 1 ? rank : _order.At(rank);
    }
}

/// <summary>One-to-one: row i takes place offset + i of a permutation of the parents, or of the parents as they stand.</summary>
sealed class OneParentEach(ulong key, long parents, long offset, long step, bool isIdentity) : ReferenceGenerator
{
    readonly Permutation _order = new(key, Math.Max(1, parents));

    public override void Fill(RowFrame frame, Span<long> targets, Span<long> ordinals)
    {
        var rows = frame.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            var place = offset + rows[i] * step;
            targets[i] = place >= parents ? -1 : isIdentity ? place : _order.At(place);
        }
    }
}

/// <summary>The parent at an index that is part of a key.</summary>
sealed class IndexedParent(IndexGenerator index, long parents) : ReferenceGenerator
{
    public override void Fill(RowFrame frame, Span<long> targets, Span<long> ordinals)
    {
        index.Fill(frame, targets);
        for (var i = 0; i < targets.Length; i++)
            if (targets[i] >= parents) targets[i] = -1;
    }
}

/// <summary>The parent of the parent, along references.</summary>
sealed class ImpliedParent(int[] path) : ReferenceGenerator
{
    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals)
    {
        for (var step = 0; step < path.Length - 1; step++) frame = frame.Parent(path[step]);
        frame.ParentRows(path[^1]).CopyTo(parents);
    }
}

/// <summary>Rows that the reference does not belong to have no parent.</summary>
sealed class AbsentOutside(ReferenceGenerator inner, int column, ColumnVector? allowed) : ReferenceGenerator
{
    readonly RowScope _scope = new(column, allowed);

    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals)
    {
        inner.Fill(frame, parents, ordinals);
        var guard = _scope.Guard(frame);
        for (var i = 0; i < parents.Length; i++)
            if (!_scope.Holds(guard, i)) parents[i] = -1;
    }
}

/// <summary>A share of the rows has no parent, whatever the mechanism says.</summary>
sealed class SometimesAbsent(ReferenceGenerator inner, ulong key, double share) : ReferenceGenerator
{
    readonly ulong _threshold = CounterRandom.Threshold(share);

    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals)
    {
        inner.Fill(frame, parents, ordinals);
        var counters = frame.Counters;
        for (var i = 0; i < counters.Length; i++)
            if (CounterRandom.At(key, counters[i]) < _threshold) parents[i] = -1;
    }
}
