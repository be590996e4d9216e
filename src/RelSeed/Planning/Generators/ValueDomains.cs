using RelSeed.Numerics;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Distinct numbers of a floating lane: the integers [Min, Max] divided by 10^Decimals.</summary>
public sealed record ScaledDomain(long Min, long Max, int Decimals) : DomainSpec
{
    public override long Size => (long)UInt128.Min((UInt128)((Int128)Max - Min) + 1, long.MaxValue);
    public override string Describe() => "distinct numbers";
}

/// <summary>Distinct byte strings of one length, which look random.</summary>
public sealed record BytesDomain(int Length) : DomainSpec
{
    public override long Size => Length >= 8 ? 1L << 62 : 1L << (8 * Length);
    public override string Describe() => $"{Length} bytes";
}

/// <summary>Instants as text or epoch numbers that only their form can write: an <see cref="IntegerDomain"/> of steps written in the form.</summary>
public sealed record InstantDomain(long Min, long Max, long Step, TemporalForm Form) : DomainSpec
{
    public override long Size => (Max - Min) / Step + 1;
    public override string Describe() => "distinct instants";
}

/// <summary>Ranges that begin at distinct places and do not overlap: [lower, lower + width).</summary>
public sealed record RangeDomain(IntegerDomain Lower, long Width) : DomainSpec
{
    public override long Size => Lower.Size;
    public override string Describe() => "distinct ranges";
}

/// <summary>Arrays, multiranges or composites of a single distinct item, or whose first field is distinct.</summary>
/// <param name="Field">0-based position of the distinct field of a composite.</param>
/// <param name="Others">Generators of a composite's fields; null for lists.</param>
public sealed record NestedDomain(DomainSpec Item, int Field, CompositeSpec? Others) : DomainSpec
{
    public override long Size => Item.Size;
    public override string Describe() => Item.Describe();
}
