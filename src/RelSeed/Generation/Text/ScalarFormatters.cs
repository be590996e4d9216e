using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using RelSeed.Numerics;
using RelSeed.Schema;

namespace RelSeed.Generation;

abstract class Int64Formatter : ValueFormatter
{
    public sealed override void Write(ColumnVector values, int row, IBufferWriter<byte> target) =>
        Write(((Int64Vector)values).Values[row], target);

    protected abstract void Write(long value, IBufferWriter<byte> target);
}

sealed class IntegerFormatter : Int64Formatter
{
    protected override void Write(long value, IBufferWriter<byte> target) => target.WriteNumber(value);
}

sealed class BooleanFormatter : Int64Formatter
{
    protected override void Write(long value, IBufferWriter<byte> target) => target.Write(value != 0 ? "true"u8 : "false"u8);
}

/// <param name="scale">Digits after the point that the integers carry.</param>
sealed class DecimalFormatter(int scale) : Int64Formatter
{
    readonly ulong _unit = Power(scale);

    protected override void Write(long value, IBufferWriter<byte> target)
    {
        if (value < 0) target.WriteByte((byte)'-');
        var magnitude = value < 0 ? (ulong)-(value + 1) + 1 : (ulong)value;
        target.WriteNumber(magnitude / _unit);
        if (scale == 0) return;
        target.WriteByte((byte)'.');
        target.WriteDigits((long)(magnitude % _unit), scale);
    }

    static ulong Power(int exponent)
    {
        ulong power = 1;
        for (var i = 0; i < exponent; i++) power *= 10;
        return power;
    }
}

sealed class DoubleFormatter : ValueFormatter
{
    public override void Write(ColumnVector values, int row, IBufferWriter<byte> target) =>
        target.WriteNumber(((Float64Vector)values).Values[row], "R");
}

sealed class SingleFormatter : ValueFormatter
{
    public override void Write(ColumnVector values, int row, IBufferWriter<byte> target) =>
        target.WriteNumber((float)((Float64Vector)values).Values[row], "R");
}

sealed class LabelFormatter(EquatableArray<string> labels) : Int64Formatter
{
    protected override void Write(long value, IBufferWriter<byte> target) => target.WriteText(labels[(int)value]);
}

/// <param name="withPrefix">The prefix length is written even when it is the whole address, as cidr has it.</param>
sealed class NetworkFormatter(bool withPrefix) : Int64Formatter
{
    const int AddressBits = 32;

    protected override void Write(long value, IBufferWriter<byte> target)
    {
        var network = NetworkValue.Of(value);
        // Addresses of version 6 are few; those of version 4 are written without a text of their own.
        if (network.IsVersion6) target.WriteText(network.Print(withPrefix));
        else WriteVersion4(value, target);
    }

    void WriteVersion4(long value, IBufferWriter<byte> target)
    {
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            target.WriteNumber((byte)(value >> shift));
            if (shift > 0) target.WriteByte((byte)'.');
        }
        var prefix = value >> AddressBits;
        if (prefix == AddressBits && !withPrefix) return;
        target.WriteByte((byte)'/');
        target.WriteNumber(prefix);
    }
}

/// <param name="isEui64">Eight bytes: ff:fe stands in the middle.</param>
sealed class MacFormatter(bool isEui64) : Int64Formatter
{
    protected override void Write(long value, IBufferWriter<byte> target)
    {
        for (var shift = 40; shift >= 0; shift -= 8)
        {
            target.WriteNumber((byte)(value >> shift), "x2");
            if (isEui64 && shift == 24) target.Write(":ff:fe"u8);
            if (shift > 0) target.WriteByte((byte)':');
        }
    }
}

sealed class UuidFormatter : ValueFormatter
{
    public override void Write(ColumnVector values, int row, IBufferWriter<byte> target)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, ((UuidVector)values).Values[row]);
        new Guid(bytes, bigEndian: true).TryFormat(target.GetSpan(36), out var written);
        target.Advance(written);
    }
}

sealed class TextFormatter : ValueFormatter
{
    public override void Write(ColumnVector values, int row, IBufferWriter<byte> target) => target.Write(((BytesVector)values)[row]);
}

sealed class HexFormatter : ValueFormatter
{
    public override void Write(ColumnVector values, int row, IBufferWriter<byte> target)
    {
        target.Write("\\x"u8);
        var bytes = ((BytesVector)values)[row];
        Convert.TryToHexStringLower(bytes, target.GetSpan(bytes.Length * 2), out var written);
        target.Advance(written);
    }
}
