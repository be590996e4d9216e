using System.Collections.Immutable;

namespace RelSeed.Expressions;

/// <summary>A regular expression as a tree, neutral of the syntax it was written in.</summary>
abstract record RegexNode
{
    public sealed record Set(CharSet Characters) : RegexNode;

    /// <summary>One after the other; the empty text when there is none.</summary>
    public sealed record Concat(ImmutableArray<RegexNode> Parts) : RegexNode;

    public sealed record Alternate(ImmutableArray<RegexNode> Branches) : RegexNode;

    /// <param name="Maximum">Null for no bound.</param>
    public sealed record Repeat(RegexNode Body, int Minimum, int? Maximum, bool IsLazy) : RegexNode;

    /// <summary>A capturing group.</summary>
    public sealed record Group(RegexNode Body) : RegexNode;

    public sealed record Anchor(AnchorKind Kind) : RegexNode;

    public sealed record Look(RegexNode Body, bool IsAhead, bool IsNegative) : RegexNode;

    public sealed record BackReference(int Number) : RegexNode;

    public static RegexNode Empty { get; } = new Concat([]);

    public static RegexNode Text(string text) => new Concat([.. text.EnumerateRunes().Select(r => new Set(CharSet.Of(r.Value)))]);

    public IEnumerable<RegexNode> Children => this switch
    {
        Concat concat => concat.Parts,
        Alternate alternate => alternate.Branches,
        Repeat repeat => [repeat.Body],
        Group group => [group.Body],
        Look look => [look.Body],
        _ => [],
    };

    /// <summary>This node and all below.</summary>
    public IEnumerable<RegexNode> All() => Children.SelectMany(c => c.All()).Prepend(this);
}

enum AnchorKind { Start, End, WordBoundary, NotWordBoundary, WordStart, WordEnd }
