using RelSeed.Numerics;
using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>Which codes of a step go with each code of what it must agree with.</summary>
sealed class AgreementTable
{
    readonly ulong[]?[] _partners;
    readonly AliasTable?[] _any;
    readonly double[] _free;
    readonly AliasTable? _freeCodes;

    /// <param name="weights">By code of the step: how often it is drawn at all; 0 where it may not be.</param>
    public AgreementTable(Agreement agreement, double[] weights)
    {
        (Feature, _free) = (agreement.Feature, [.. agreement.Free]);
        _partners = new ulong[]?[agreement.Codes.Count + 1];
        var byPartner = new Dictionary<int, double[]>();
        for (var code = 1; code < _partners.Length; code++)
        {
            var partners = agreement.Codes[code - 1];
            if (partners.IsEmpty) continue;
            var bits = new ulong[partners.Max() / 64 + 1];
            foreach (var partner in partners)
            {
                bits[partner / 64] |= 1UL << partner % 64;
                if (!byPartner.TryGetValue(partner, out var shares)) byPartner[partner] = shares = new double[weights.Length];
                shares[code] = weights[code];
            }
            _partners[code] = bits;
        }
        _any = new AliasTable?[byPartner.Count == 0 ? 0 : byPartner.Keys.Max() + 1];
        foreach (var (partner, shares) in byPartner)
            if (shares.Any(w => w > 0)) _any[partner] = new AliasTable(shares);
        var free = weights.Select((w, code) => code > 0 && code < _partners.Length && IsFree(code) ? w : 0).ToArray();
        if (free.Any(w => w > 0)) _freeCodes = new AliasTable(free);
    }

    public Feature Feature { get; }

    /// <summary>A code that goes with any partner; 0 when there is none.</summary>
    public int DrawFree(ulong word) => _freeCodes?.Draw(word) ?? 0;

    public bool Holds(int code, int partner) =>
        _partners[code] is not { } bits || partner >> 6 < bits.Length && (bits[partner >> 6] >> (partner & 63) & 1) != 0;

    /// <summary>Goes with any partner.</summary>
    public bool IsFree(int code) => _partners[code] is null;

    /// <summary>Of the partner's rows those whose code goes with any; -1 where that is not known, or the partner has no code of its own.</summary>
    public double FreeShare(int partner) => partner < _free.Length && partner < _any.Length && _any[partner] is not null ? _free[partner] : -1;

    /// <summary>A code that goes with the partner; 0 when none is known.</summary>
    public int Draw(int partner, ulong word) => partner < _any.Length && _any[partner] is { } codes ? codes.Draw(word) : 0;
}
