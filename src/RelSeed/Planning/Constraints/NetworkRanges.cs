using RelSeed.Expressions;
using RelSeed.Numerics;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Chooses the addresses that the checks of a column leave: private ones, else a part of a network that a check names.</summary>
static class NetworkRanges
{
    /// <summary>A named network is tried in so many parts, since others may be cut out of it.</summary>
    const int Parts = 16;

    static readonly string[] Private = ["10.0.0.0/8", "fd00::/8"];

    // A check may leave only the vendor's part of hardware addresses.
    static readonly (long Min, long Max, long Step)[] Vendors = [(2L << 40, (3L << 40) - 1, 1L << 24), (2L << 56, (3L << 56) - 1, 1L << 40)];

    /// <summary>The step between the hardware addresses that the checks leave.</summary>
    /// <returns>Null where any does, or none of those tried.</returns>
    public static long? StepOf(ColumnType type, IReadOnlyList<Expression> checks, EvaluationContext context)
    {
        if (type.Kind is not (TypeKind.MacAddr or TypeKind.MacAddr8) || checks.Count == 0) return null;
        var (min, max, step) = Vendors[type.Kind == TypeKind.MacAddr ? 0 : 1];
        bool Holds(long value) => checks.All(c =>
            Evaluator.Evaluate(c, _ => SqlValue.Text(CanonicalText.Format(value, type)), context) is { IsEvaluable: true, IsFalse: false });
        return !Holds(max) && Holds(min) && Holds(min + step * 77) ? step : null;
    }

    /// <returns>Null where the usual addresses do, or none of those tried does.</returns>
    public static (long Min, long Max)? Of(ColumnType type, IReadOnlyList<Expression> checks, EvaluationContext context)
    {
        if (type.Kind is not (TypeKind.Inet or TypeKind.Cidr) || checks.Count == 0) return null;
        var named = checks.SelectMany(Named).Distinct().Where(n => !n.IsHost);
        var isUsual = true;
        foreach (var network in Private.Select(NetworkValue.Parse).OfType<NetworkValue>().Concat(named))
            foreach (var range in Split(network, type.Kind == TypeKind.Cidr))
            {
                if (Samples(range).All(v => checks.All(c => Holds(c, v, context)))) return isUsual ? null : range;
                isUsual = false;
            }
        return null;
    }

    // Anything but false will do, and what cannot be told counts as false.
    static bool Holds(Expression check, long value, EvaluationContext context) =>
        Evaluator.Evaluate(check, _ => SqlValue.Network(value), context) is { IsEvaluable: true } verdict && !verdict.IsFalse;

    static IEnumerable<long> Samples((long Min, long Max) range) => [range.Min, range.Min + (range.Max - range.Min) / 2, range.Max];

    static IEnumerable<(long Min, long Max)> Split(NetworkValue network, bool isCidr)
    {
        // 64 bits hold the first 48 of an address of version 6.
        var held = network.IsVersion6 ? 48 : isCidr ? 24 : 32;
        var free = held - network.Prefix;
        if (free < 1) yield break;
        var prefix = isCidr ? held : network.Bits;
        var parts = free > 8 ? Parts : 1;
        var size = (UInt128.One << free) / (UInt128)parts;
        for (var part = 0; part < parts; part++)
        {
            var first = (network.Address >> (network.Bits - held)) + size * (UInt128)part;
            if (Pack(first, network, prefix, held) is { } min && Pack(first + size - 1, network, prefix, held) is { } max) yield return (min, max);
        }
    }

    static long? Pack(UInt128 address, NetworkValue network, int prefix, int held)
    {
        var whole = address << (network.Bits - held);
        var last = network.IsVersion6 && prefix == network.Bits ? UInt128.One : UInt128.Zero;
        return new NetworkValue(network.IsVersion6, prefix, whole | last).Pack();
    }

    static IEnumerable<NetworkValue> Named(Expression expression) => expression switch
    {
        Expression.Constant { Value: { Kind: SqlKind.Network } value } => [NetworkValue.Of(value.AsInteger)],
        Expression.Literal text => NetworkValue.Parse(text.Text) is { } read ? [read] : [],
        _ => expression.Children().SelectMany(Named),
    };
}
