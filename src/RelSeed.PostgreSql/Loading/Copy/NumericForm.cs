using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>numeric: count of digits, weight of the first, sign, digits shown after the point, then digits of base 10,000.</summary>
/// <remarks>Always as many digits as the column's precision needs, so that all fields are as long; the server strips the zeros. A value
/// beyond the precision gives a digit above 9,999, which the server refuses.</remarks>
[StructLayout(LayoutKind.Auto)]
readonly struct NumericForm : IFixedForm<long>
{
    const int HeaderBytes = 8;
    const int DigitBytes = 2;
    const int DecimalsOfDigit = 4;
    const short Negative = 0x4000;
    const int LongDigits = 19;

    readonly int _whole;
    readonly int _fraction;
    readonly int _scale;
    readonly ulong _unit;

    /// <param name="precision">Decimal digits in all, null when unbounded.</param>
    /// <param name="scale">Decimal digits after the point, from 0 to 18.</param>
    public NumericForm(int? precision, int scale)
    {
        var whole = Math.Min((precision ?? LongDigits) - scale, LongDigits - scale);
        _whole = DigitsFor(Math.Max(whole, 1));
        _fraction = DigitsFor(scale);
        _scale = scale;
        _unit = PowersOfTen.At(scale);
    }

    public int Width => HeaderBytes + (_whole + _fraction) * DigitBytes;

    public void Write(Span<byte> target, long value)
    {
        var magnitude = value < 0 ? 0UL - (ulong)value : (ulong)value;
        BinaryPrimitives.WriteInt16BigEndian(target, (short)(_whole + _fraction));
        BinaryPrimitives.WriteInt16BigEndian(target[2..], (short)(_whole - 1));
        BinaryPrimitives.WriteInt16BigEndian(target[4..], value < 0 ? Negative : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(target[6..], (short)_scale);
        var (whole, fraction) = Math.DivRem(magnitude, _unit);
        WriteWhole(target.Slice(HeaderBytes, _whole * DigitBytes), whole);
        WriteFraction(target.Slice(HeaderBytes + _whole * DigitBytes, _fraction * DigitBytes), fraction);
    }

    static void WriteWhole(Span<byte> target, ulong whole)
    {
        for (var at = target.Length - DigitBytes; at > 0; at -= DigitBytes)
        {
            (whole, var digit) = Math.DivRem(whole, 10_000);
            BinaryPrimitives.WriteUInt16BigEndian(target[at..], (ushort)digit);
        }
        BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)Math.Min(whole, (ulong)short.MaxValue));
    }

    void WriteFraction(Span<byte> target, ulong fraction)
    {
        var decimals = _scale - DecimalsOfDigit;
        for (var at = 0; at < target.Length; at += DigitBytes, decimals -= DecimalsOfDigit)
        {
            var digit = fraction;
            if (decimals >= 0) (digit, fraction) = Math.DivRem(fraction, PowersOfTen.At(decimals));
            else digit *= PowersOfTen.At(-decimals);
            BinaryPrimitives.WriteUInt16BigEndian(target[at..], (ushort)digit);
        }
    }

    static int DigitsFor(int decimals) => (decimals + DecimalsOfDigit - 1) / DecimalsOfDigit;
}

static class PowersOfTen
{
    static ReadOnlySpan<ulong> Values =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    /// <param name="exponent">From 0 to 18.</param>
    public static ulong At(int exponent) => Values[exponent];
}
