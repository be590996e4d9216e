using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Raw bytes: a fixed head, then random ones.</summary>
/// <param name="Head">Hexadecimal; a file format's signature and header.</param>
/// <param name="Min">Random bytes at least.</param>
/// <param name="Max">Random bytes at most.</param>
/// <param name="Tail">Hexadecimal.</param>
public sealed record BytesSpec(string Head, int Min, int Max, string Tail = "") : GeneratorSpec
{
    public override string Describe() => Head.Length > 0 ? "a small file" : Min == Max ? $"{Max} random bytes" : $"{Min} to {Max} random bytes";
}

/// <summary>Random UUIDs of version 4; distinct with overwhelming odds but not by construction.</summary>
public sealed record UuidSpec : GeneratorSpec
{
    public override string Describe() => "random UUIDs";
}

/// <summary>Arrays of one dimension.</summary>
/// <param name="Domain">When given, the items of one row are distinct values of it, and <paramref name="Item"/> is not read.</param>
public sealed record ArraySpec(GeneratorSpec? Item, DomainSpec? Domain, int MinItems, int MaxItems) : GeneratorSpec
{
    public override string Describe() => $"{MinItems} to {MaxItems} of {Item?.Describe() ?? Domain!.Describe()}";
}

/// <summary>Ranges [lower, upper): the lower bound by a generator of the element's lane, the width drawn evenly.</summary>
/// <param name="MinWidth">Lane units, above 0.</param>
/// <param name="MaxWidth">Lane units.</param>
/// <param name="OpenShare">Share of ranges without an upper bound.</param>
public sealed record RangeSpec(GeneratorSpec Lower, long MinWidth, long MaxWidth, long Step, double OpenShare) : GeneratorSpec
{
    public override string Describe() => $"from {Lower.Describe()}";
}

/// <summary>One to three ranges that follow one another with gaps between.</summary>
public sealed record MultiRangeSpec(RangeSpec First) : GeneratorSpec
{
    public override string Describe() => $"1 to 3 ranges, the first {First.Describe()}";
}

/// <summary>One generator a field; a field without one stays null.</summary>
public sealed record CompositeSpec(EquatableArray<GeneratorSpec> Fields) : GeneratorSpec
{
    public override string Describe() => $"({string.Join(", ", Fields.Select(f => f.Describe()))})";
}
