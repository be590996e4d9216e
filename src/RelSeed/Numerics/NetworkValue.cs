using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RelSeed.Numerics;

/// <summary>An IP network or address. In 64 bits, version 4 has the prefix length above the address; version 6 has a mark, the prefix length,
/// the address's first 16 bits and the 32 after them: what follows is zero, but for the last bit of a host.</summary>
/// <param name="Address">Of version 4, the lowest 32 bits.</param>
readonly record struct NetworkValue(bool IsVersion6, int Prefix, UInt128 Address)
{
    const long Mark = 1L << 62;
    const int PrefixAt = 48;
    const int Unheld = 80;

    public int Bits => IsVersion6 ? 128 : 32;
    public int Family => IsVersion6 ? 6 : 4;
    public bool IsHost => Prefix == Bits;

    public static NetworkValue Of(long packed)
    {
        if ((packed & Mark) == 0) return new(false, (int)(packed >> 32), (uint)packed);
        var prefix = (int)(packed >> PrefixAt) & 0xFF;
        return new(true, prefix, ((UInt128)(ulong)(packed & ((1L << PrefixAt) - 1)) << Unheld) | (prefix == 128 ? 1u : 0u));
    }

    /// <summary>Null where 64 bits do not hold it.</summary>
    public long? Pack()
    {
        if (!IsVersion6) return (long)Prefix << 32 | (long)(uint)Address;
        var rest = Address & ((UInt128.One << Unheld) - 1);
        return rest == (IsHost ? UInt128.One : UInt128.Zero) ? Mark | (long)Prefix << PrefixAt | (long)(ulong)(Address >> Unheld) : null;
    }

    public static NetworkValue? Parse(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address)) return null;
        var isVersion6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        // A single number is an address to .NET.
        if (!isVersion6 && parts[0].Split('.').Length != 4) return null;
        var prefix = isVersion6 ? 128 : 32;
        if (parts.Length > 1 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var written) || written > prefix))
            return null;
        else if (parts.Length > 1) prefix = int.Parse(parts[1], CultureInfo.InvariantCulture);
        UInt128 value = 0;
        foreach (var part in address.GetAddressBytes()) value = value << 8 | part;
        return new(isVersion6, prefix, value);
    }

    /// <param name="withPrefix">Its length is written even when it is the whole address.</param>
    public string Print(bool withPrefix)
    {
        Span<byte> bytes = stackalloc byte[Bits / 8];
        WriteAddress(bytes);
        return withPrefix || !IsHost ? $"{new IPAddress(bytes)}/{Prefix}" : new IPAddress(bytes).ToString();
    }

    public void WriteAddress(Span<byte> target)
    {
        for (var i = 0; i < Bits / 8; i++) target[i] = (byte)(Address >> (Bits - 8 - 8 * i));
    }

    /// <summary>The addresses of the other one are all of this one's.</summary>
    public bool Covers(NetworkValue other) => IsVersion6 == other.IsVersion6 && Prefix <= other.Prefix && Same(this, other, Prefix);

    /// <summary>Version 4 before 6, the bits that both prefixes cover, then the shorter prefix, then the whole address.</summary>
    public static int Compare(NetworkValue left, NetworkValue right)
    {
        if (left.IsVersion6 != right.IsVersion6) return left.IsVersion6 ? 1 : -1;
        var common = Math.Min(left.Prefix, right.Prefix);
        if (!Same(left, right, common)) return left.Address.CompareTo(right.Address);
        return left.Prefix != right.Prefix ? left.Prefix.CompareTo(right.Prefix) : left.Address.CompareTo(right.Address);
    }

    static bool Same(NetworkValue left, NetworkValue right, int bits) =>
        bits == 0 || left.Address >> (left.Bits - bits) == right.Address >> (left.Bits - bits);
}
