using System.Buffers.Binary;

namespace RelSeed.PostgreSql.Loading.Copy;

readonly struct BooleanForm : IFixedForm<long>
{
    public int Width => 1;
    public void Write(Span<byte> target, long value) => target[0] = value == 0 ? (byte)0 : (byte)1;
}

readonly struct Int16Form : IFixedForm<long>
{
    public int Width => sizeof(short);
    public void Write(Span<byte> target, long value) => BinaryPrimitives.WriteInt16BigEndian(target, checked((short)value));
}

readonly struct Int32Form : IFixedForm<long>
{
    public int Width => sizeof(int);
    public void Write(Span<byte> target, long value) => BinaryPrimitives.WriteInt32BigEndian(target, checked((int)value));
}

/// <summary>oid and its like.</summary>
readonly struct UInt32Form : IFixedForm<long>
{
    public int Width => sizeof(uint);
    public void Write(Span<byte> target, long value) => BinaryPrimitives.WriteUInt32BigEndian(target, checked((uint)value));
}

/// <summary>bigint, money, time.</summary>
readonly struct Int64Form : IFixedForm<long>
{
    public int Width => sizeof(long);
    public void Write(Span<byte> target, long value) => BinaryPrimitives.WriteInt64BigEndian(target, value);
}

readonly struct Float32Form : IFixedForm<double>
{
    public int Width => sizeof(float);
    public void Write(Span<byte> target, double value) => BinaryPrimitives.WriteSingleBigEndian(target, (float)value);
}

readonly struct Float64Form : IFixedForm<double>
{
    public int Width => sizeof(double);
    public void Write(Span<byte> target, double value) => BinaryPrimitives.WriteDoubleBigEndian(target, value);
}

readonly struct UuidForm : IFixedForm<UInt128>
{
    public int Width => 16;
    public void Write(Span<byte> target, UInt128 value) => BinaryPrimitives.WriteUInt128BigEndian(target, value);
}

/// <summary>Days since 2000-01-01.</summary>
readonly struct DateForm : IFixedForm<long>
{
    public int Width => sizeof(int);

    public void Write(Span<byte> target, long value) =>
        BinaryPrimitives.WriteInt32BigEndian(target, checked((int)(value - PostgreSqlEpoch.Days)));
}

/// <summary>Microseconds since 2000-01-01T00:00:00Z.</summary>
readonly struct TimestampForm : IFixedForm<long>
{
    public int Width => sizeof(long);

    public void Write(Span<byte> target, long value) =>
        BinaryPrimitives.WriteInt64BigEndian(target, checked(value - PostgreSqlEpoch.Microseconds));
}

/// <summary>Microseconds since midnight, and seconds west of UTC: none.</summary>
readonly struct TimeTzForm : IFixedForm<long>
{
    public int Width => sizeof(long) + sizeof(int);

    public void Write(Span<byte> target, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(target, value);
        BinaryPrimitives.WriteInt32BigEndian(target[sizeof(long)..], 0);
    }
}

/// <summary>Microseconds, days, months: whole days are told as days, as a person would.</summary>
readonly struct IntervalForm : IFixedForm<long>
{
    public int Width => sizeof(long) + sizeof(int) + sizeof(int);

    public void Write(Span<byte> target, long value)
    {
        var (days, rest) = Math.DivRem(value, PostgreSqlEpoch.MicrosecondsOfDay);
        BinaryPrimitives.WriteInt64BigEndian(target, rest);
        BinaryPrimitives.WriteInt32BigEndian(target[sizeof(long)..], checked((int)days));
        BinaryPrimitives.WriteInt32BigEndian(target[(sizeof(long) + sizeof(int))..], 0);
    }
}

/// <summary>Six bytes, which the server makes eight for macaddr8.</summary>
readonly struct MacAddressForm : IFixedForm<long>
{
    public int Width => 6;

    public void Write(Span<byte> target, long value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)(value >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(target[2..], (uint)value);
    }
}

static class PostgreSqlEpoch
{
    /// <summary>From 1970-01-01 to 2000-01-01.</summary>
    public const long Days = 10_957;
    public const long MicrosecondsOfDay = 86_400_000_000;
    public const long Microseconds = Days * MicrosecondsOfDay;
}
