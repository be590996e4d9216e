namespace RelSeed.Expressions;

/// <summary>PostgreSQL's hardware addresses, which expressions see as the text that the server prints: its order is theirs.</summary>
static class HardwareAddress
{
    const int VendorLength = 8;

    /// <returns>In the printed form, six or eight pairs of small digits between colons; not evaluable where the text is in another.</returns>
    public static SqlValue Parse(string text) => IsPrinted(text)
        ? SqlValue.Text(text.ToLowerInvariant()) : SqlValue.NotEvaluable("a hardware address that is not read");

    /// <summary>The function <c>trunc</c>: all but the vendor's three bytes are zero.</summary>
    public static SqlValue Truncate(string text)
    {
        if (!IsPrinted(text)) return SqlValue.NotEvaluable("a number function on a text");
        var zeros = (text.Length - VendorLength) / 3;
        return SqlValue.Text(text[..VendorLength].ToLowerInvariant() + string.Concat(Enumerable.Repeat(":00", zeros)));
    }

    static bool IsPrinted(string text)
    {
        if (text.Length is not (17 or 23)) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (i % 3 == 2 ? text[i] != ':' : !char.IsAsciiHexDigit(text[i])) return false;
        }
        return true;
    }
}
