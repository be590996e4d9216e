using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using static RelSeed.Expressions.ScalarFunction;

namespace RelSeed.Expressions;

/// <summary>PostgreSQL's addresses of version 4: order, text and functions.</summary>
static class NetworkFunctions
{
    const int AddressBits = 32;
    const int FamilyOf = 4;

    public static readonly KeyValuePair<string, ScalarFunction>[] PostgreSql =
    [
        Strict("host", 1, static (a, _) => On(a[0], static n => SqlValue.Text(Address(n)))),
        Strict("masklen", 1, static (a, _) => On(a[0], static n => SqlValue.Integer(n >> AddressBits))),
        Strict("family", 1, static (a, _) => On(a[0], static _ => SqlValue.Integer(FamilyOf))),
    ];

    static SqlValue On(SqlValue value, Func<long, SqlValue> apply) =>
        value.Kind == SqlKind.Network ? apply(value.AsInteger) : SqlValue.NotEvaluable("a network function on no address");

    public static SqlValue Parse(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address) || address.GetAddressBytes() is not { Length: 4 } bytes
            || parts[0].Split('.').Length != bytes.Length)
            return SqlValue.NotEvaluable("an address that is not read");
        var prefix = AddressBits;
        if (parts.Length > 1 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > AddressBits))
            return SqlValue.NotEvaluable("an address that is not read");
        return SqlValue.Network((long)prefix << AddressBits | BinaryPrimitives.ReadUInt32BigEndian(bytes));
    }

    public static string Print(long network) =>
        network >> AddressBits == AddressBits ? Address(network) : $"{Address(network)}/{network >> AddressBits}";

    static string Address(long network) => $"{(network >> 24) & 255}.{(network >> 16) & 255}.{(network >> 8) & 255}.{network & 255}";

    /// <summary>The bits that both prefixes cover, then the shorter prefix, then the whole address.</summary>
    public static int Order(long left, long right)
    {
        var common = (int)Math.Min(left >> AddressBits, right >> AddressBits);
        var covered = common == 0 ? 0u : uint.MaxValue << (AddressBits - common);
        var order = ((uint)left & covered).CompareTo((uint)right & covered);
        if (order == 0) order = (left >> AddressBits).CompareTo(right >> AddressBits);
        return order != 0 ? order : ((uint)left).CompareTo((uint)right);
    }
}
