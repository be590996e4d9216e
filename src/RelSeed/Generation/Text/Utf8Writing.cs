using System.Buffers;
using System.Text;

namespace RelSeed.Generation;

/// <summary>Small writes into a buffer of UTF-8.</summary>
static class Utf8Writing
{
    const int LongestNumber = 32;

    public static void WriteByte(this IBufferWriter<byte> target, byte value)
    {
        target.GetSpan(1)[0] = value;
        target.Advance(1);
    }

    public static void WriteText(this IBufferWriter<byte> target, string text)
    {
        var span = target.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        target.Advance(Encoding.UTF8.GetBytes(text, span));
    }

    public static void WriteNumber<T>(this IBufferWriter<byte> target, T value, ReadOnlySpan<char> format = default) where T : IUtf8SpanFormattable
    {
        value.TryFormat(target.GetSpan(LongestNumber), out var written, format, provider: null);
        target.Advance(written);
    }

    /// <summary>A number of at least so many digits, with zeros before it.</summary>
    public static void WriteDigits(this IBufferWriter<byte> target, long value, int digits)
    {
        long limit = 1;
        for (var d = 1; d < digits; d++) limit *= 10;
        for (; limit > 1 && value < limit; limit /= 10) target.WriteByte((byte)'0');
        target.WriteNumber(value);
    }
}
