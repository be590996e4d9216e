using System.Text.Unicode;
using RelSeed.Numerics;

namespace RelSeed.Sqlite.Loading.Encoding;

/// <summary>Spells an integer of a lane; see <see cref="RelSeed.Schema.Lane.Int64"/> for what it stands for.</summary>
interface IInt64Format
{
    static abstract int MaxBytes { get; }

    /// <returns>Bytes written.</returns>
    static abstract int Format(long value, Span<byte> destination);
}

/// <summary>2024-02-29.</summary>
readonly struct DateFormat : IInt64Format
{
    static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static int MaxBytes => 10;

    public static int Format(long value, Span<byte> destination)
    {
        DateOnly.FromDayNumber(Epoch + (int)value).TryFormat(destination, out var written, "yyyy-MM-dd");
        return written;
    }
}

/// <summary>23:59:59.999999; no fraction when it is zero.</summary>
readonly struct TimeFormat : IInt64Format
{
    public static int MaxBytes => 15;

    public static int Format(long value, Span<byte> destination)
    {
        new TimeOnly(value * TimeSpan.TicksPerMicrosecond).TryFormat(destination, out var written, "HH:mm:ss.FFFFFF");
        return written;
    }
}

/// <summary>2024-02-29 23:59:59.999999; no fraction when it is zero.</summary>
readonly struct TimestampFormat : IInt64Format
{
    public static int MaxBytes => 26;

    public static int Format(long value, Span<byte> destination)
    {
        new DateTime(DateTime.UnixEpoch.Ticks + (value * TimeSpan.TicksPerMicrosecond))
            .TryFormat(destination, out var written, "yyyy-MM-dd HH:mm:ss.FFFFFF");
        return written;
    }
}

/// <summary>Another format with the offset of UTC behind it: 2024-02-29 23:59:59+00:00.</summary>
readonly struct WithUtcOffset<TFormat> : IInt64Format where TFormat : struct, IInt64Format
{
    public static int MaxBytes => TFormat.MaxBytes + 6;

    public static int Format(long value, Span<byte> destination)
    {
        var written = TFormat.Format(value, destination);
        "+00:00"u8.CopyTo(destination[written..]);
        return written + 6;
    }
}

/// <summary>Hours, minutes and seconds: 26:03:04.5.</summary>
readonly struct IntervalFormat : IInt64Format
{
    public static int MaxBytes => 24;

    public static int Format(long value, Span<byte> destination)
    {
        var (seconds, micros) = Int128.DivRem(Int128.Abs(value), 1_000_000);
        var (minutes, second) = ((long)seconds / 60, (long)seconds % 60);
        Utf8.TryWrite(destination, $"{(value < 0 ? "-" : "")}{minutes / 60:00}:{minutes % 60:00}:{second:00}", out var written);
        if (micros == 0) return written;
        Utf8.TryWrite(destination[written..], $".{(long)micros:000000}", out var fraction);
        return written + destination.Slice(written, fraction).TrimEnd((byte)'0').Length;
    }
}

/// <summary>A network with its prefix: 10.1.0.0/16.</summary>
readonly struct CidrFormat : IInt64Format
{
    public static int MaxBytes => 43;

    public static int Format(long value, Span<byte> destination) =>
        System.Text.Encoding.UTF8.GetBytes(NetworkValue.Of(value).Print(withPrefix: true), destination);
}

/// <summary>An address, its prefix only where it is not a single host's.</summary>
readonly struct InetFormat : IInt64Format
{
    public static int MaxBytes => CidrFormat.MaxBytes;

    public static int Format(long value, Span<byte> destination) =>
        System.Text.Encoding.UTF8.GetBytes(NetworkValue.Of(value).Print(withPrefix: false), destination);
}

/// <summary>08:00:2b:01:02:03.</summary>
readonly struct MacAddressFormat : IInt64Format
{
    public static int MaxBytes => 17;

    public static int Format(long value, Span<byte> destination)
    {
        Utf8.TryWrite(
            destination,
            $"{(value >> 40) & 255:x2}:{(value >> 32) & 255:x2}:{(value >> 24) & 255:x2}:{(value >> 16) & 255:x2}:{(value >> 8) & 255:x2}:{value & 255:x2}",
            out var written);
        return written;
    }
}

/// <summary>The same as EUI-64, with ff:fe in the middle: 08:00:2b:ff:fe:01:02:03.</summary>
readonly struct MacAddress8Format : IInt64Format
{
    public static int MaxBytes => 23;

    public static int Format(long value, Span<byte> destination)
    {
        MacAddressFormat.Format(value, destination);
        destination[9..17].CopyTo(destination[15..]);
        "ff:fe:"u8.CopyTo(destination[9..]);
        return MaxBytes;
    }
}
