using System.Globalization;
using RelSeed.Numerics;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>A value as text that is the same everywhere: invariant numbers, ISO 8601 dates, <c>true</c> and <c>false</c>, enum labels.</summary>
public static class CanonicalText
{
    static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <summary>The integer of <see cref="Lane.Int64"/> that the text stands for, or null when it is none of the type's.</summary>
    public static long? ParseInt64(string text, ColumnType type) => type.Kind switch
    {
        TypeKind.Boolean => text.ToLowerInvariant() switch
        {
            "true" or "t" or "1" or "yes" or "on" => 1,
            "false" or "f" or "0" or "no" or "off" => 0,
            _ => null,
        },
        TypeKind.Enum => IndexOf(type.Labels, text),
        TypeKind.Date => ParseDate(text),
        TypeKind.Time or TypeKind.TimeTz => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time.Ticks / 10 : null,
        TypeKind.Timestamp or TypeKind.TimestampTz => ParseInstant(text),
        TypeKind.Interval => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span.Ticks / 10 : null,
        TypeKind.Inet or TypeKind.Cidr => NetworkValue.Parse(text)?.Pack(),
        TypeKind.MacAddr or TypeKind.MacAddr8 =>
            long.TryParse(text.Replace(":", ""), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mac) ? mac : null,
        _ => ParseScaled(text, type.ScaleOf()),
    };

    /// <summary>Writes a value of <see cref="Lane.Int64"/>.</summary>
    public static string Format(long value, ColumnType type) => type.Kind switch
    {
        TypeKind.Boolean => value != 0 ? "true" : "false",
        TypeKind.Enum => value >= 0 && value < type.Labels.Count ? type.Labels[(int)value] : value.ToString(CultureInfo.InvariantCulture),
        TypeKind.Date => Date(value),
        TypeKind.Time or TypeKind.TimeTz or TypeKind.Interval => new TimeSpan(value * 10).ToString("c", CultureInfo.InvariantCulture),
        TypeKind.Timestamp or TypeKind.TimestampTz => Instant(value),
        TypeKind.Inet or TypeKind.Cidr => NetworkValue.Of(value).Print(withPrefix: false),
        TypeKind.MacAddr => Mac(value, 6),
        TypeKind.MacAddr8 => Mac(value, 8),
        _ => Number(value, type.ScaleOf()),
    };

    public static double? ParseFloat64(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    public static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static UInt128? ParseUuid(string text) =>
        Guid.TryParse(text, out var value)
            ? System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(value.ToByteArray(bigEndian: true)) : null;

    /// <summary>An integer of 10^-decimals as a decimal number.</summary>
    public static string Number(long value, int decimals)
    {
        if (decimals == 0) return value.ToString(CultureInfo.InvariantCulture);
        var unit = (UInt128)StableMath.PowerOfTen(decimals);
        var magnitude = (UInt128)Int128.Abs(value);
        return $"{(value < 0 ? "-" : "")}{magnitude / unit}.{(magnitude % unit).ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0')}";
    }

    /// <summary>Days since 1970 as ISO 8601; years beyond 1 to 9999 as the number of days.</summary>
    public static string Date(long days)
    {
        var number = days + Epoch.DayNumber;
        return number < 0 || number > DateOnly.MaxValue.DayNumber
            ? days.ToString(CultureInfo.InvariantCulture)
            : DateOnly.FromDayNumber((int)number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>Microseconds since 1970 as ISO 8601 in UTC, fractions only when there are some.</summary>
    public static string Instant(long micros)
    {
        var day = FloorDiv(micros, TemporalForms.Day);
        var time = new TimeSpan((micros - day * TemporalForms.Day) * 10);
        return $"{Date(day)} {time.ToString("c", CultureInfo.InvariantCulture)}";
    }

    public static long FloorDiv(long value, long unit) => value >= 0 ? value / unit : -((-value + unit - 1) / unit);

    static long? ParseDate(string text) =>
        DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var date) ? date.DayNumber - Epoch.DayNumber
            : ParseInstant(text) / TemporalForms.Day;

    static long? ParseInstant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant.ToMicros() : null;

    static long? ParseScaled(string text, int decimals)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return null;
        var scaled = decimal.Round(number, decimals, MidpointRounding.AwayFromZero);
        try
        {
            return decimal.ToInt64(scaled * StableMath.PowerOfTen(decimals));
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    static string Mac(long value, int bytes) =>
        string.Join(':', Enumerable.Range(0, bytes)
            .Select(i => ((value >> (8 * (bytes - 1 - i))) & 255).ToString("x2", CultureInfo.InvariantCulture)));

    static long? IndexOf(EquatableArray<string> labels, string text)
    {
        for (var i = 0; i < labels.Count; i++)
            if (labels[i] == text) return i;
        return null;
    }
}
