using System.Buffers.Text;
using RelSeed.Generation;
using RelSeed.Numerics;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>Writes the values of one type as the text that the server's input function reads, not yet escaped.</summary>
abstract class TextFormatter
{
    /// <summary>Appends a value that is not null.</summary>
    public abstract void Append(ColumnVector column, int row, CopyBuffer target);
}

/// <summary>Types whose batch holds their text: text kinds, json, xml, bits, and all kinds without an own form.</summary>
sealed class PlainText : TextFormatter
{
    public override void Append(ColumnVector column, int row, CopyBuffer target) => target.Append(((BytesVector)column)[row]);
}

/// <summary>bytea as <c>\x</c> and hexadecimal digits.</summary>
sealed class HexText : TextFormatter
{
    public override void Append(ColumnVector column, int row, CopyBuffer target)
    {
        target.Append("\\x"u8);
        var value = ((BytesVector)column)[row];
        Convert.TryToHexStringLower(value, target.Append(value.Length * 2), out _);
    }
}

sealed class EnumText(byte[][] labels) : TextFormatter
{
    public override void Append(ColumnVector column, int row, CopyBuffer target) =>
        target.Append(labels[((Int64Vector)column).Values[row]]);
}

sealed class FloatText : TextFormatter
{
    const int MaxLength = 32;

    public override void Append(ColumnVector column, int row, CopyBuffer target)
    {
        var value = ((Float64Vector)column).Values[row];
        if (double.IsInfinity(value)) target.Append(value > 0 ? "Infinity"u8 : "-Infinity"u8);
        else if (Utf8Formatter.TryFormat(value, target.Room(MaxLength), out var written)) target.Advance(written);
    }
}

sealed class UuidText : TextFormatter
{
    public override void Append(ColumnVector column, int row, CopyBuffer target)
    {
        // The server reads 32 digits without hyphens too.
        ((UuidVector)column).Values[row].TryFormat(target.Append(32), out _, "x32", null);
    }
}

/// <summary>Types carried as integers.</summary>
sealed class IntegerText(IntegerText.Form form) : TextFormatter
{
    const int MaxLength = 64;

    /// <returns>Bytes written.</returns>
    public delegate int Form(long value, Span<byte> target);

    public override void Append(ColumnVector column, int row, CopyBuffer target) =>
        target.Advance(form(((Int64Vector)column).Values[row], target.Room(MaxLength)));
}

/// <summary>How integers of a batch read as values of their types.</summary>
static class IntegerForms
{
    public static int Number(long value, Span<byte> target)
    {
        value.TryFormat(target, out var written);
        return written;
    }

    public static int Boolean(long value, Span<byte> target)
    {
        target[0] = value == 0 ? (byte)'f' : (byte)'t';
        return 1;
    }

    public static IntegerText.Form Decimal(int scale) => scale == 0 ? Number : (value, target) =>
    {
        var at = 0;
        if (value < 0) target[at++] = (byte)'-';
        var (whole, fraction) = Math.DivRem(value < 0 ? 0UL - (ulong)value : (ulong)value, PowersOfTen.At(scale));
        whole.TryFormat(target[at..], out var written);
        at += written;
        target[at++] = (byte)'.';
        WriteDigits(fraction, target.Slice(at, scale));
        return at + scale;
    };

    public static int Date(long value, Span<byte> target)
    {
        var (year, month, day) = CivilFrom(value);
        // Years before the first are counted back from 1 BC.
        var at = WriteYear(year > 0 ? year : 1 - year, target);
        target[at++] = (byte)'-';
        WriteDigits((ulong)month, target.Slice(at, 2));
        target[at + 2] = (byte)'-';
        WriteDigits((ulong)day, target.Slice(at + 3, 2));
        at += 5;
        if (year > 0) return at;
        " BC"u8.CopyTo(target[at..]);
        return at + 3;
    }

    public static int Time(long value, Span<byte> target)
    {
        var (seconds, micros) = Math.DivRem(value, 1_000_000);
        WriteDigits((ulong)(seconds / 3600), target[..2]);
        target[2] = (byte)':';
        WriteDigits((ulong)(seconds / 60 % 60), target.Slice(3, 2));
        target[5] = (byte)':';
        WriteDigits((ulong)(seconds % 60), target.Slice(6, 2));
        target[8] = (byte)'.';
        WriteDigits((ulong)micros, target.Slice(9, 6));
        return 15;
    }

    public static int TimeTz(long value, Span<byte> target) => AppendTo(target, Time(value, target), "+00"u8);

    public static int Timestamp(long value, Span<byte> target)
    {
        var days = Math.DivRem(value, PostgreSqlEpoch.MicrosecondsOfDay).Quotient;
        if (days * PostgreSqlEpoch.MicrosecondsOfDay > value) days--;
        Span<byte> date = stackalloc byte[24];
        var dateLength = Date(days, date);
        var isBefore = date[dateLength - 1] == (byte)'C';
        if (isBefore) dateLength -= 3;
        date[..dateLength].CopyTo(target);
        target[dateLength] = (byte)' ';
        var at = dateLength + 1 + Time(value - days * PostgreSqlEpoch.MicrosecondsOfDay, target[(dateLength + 1)..]);
        return isBefore ? AppendTo(target, at, " BC"u8) : at;
    }

    public static int TimestampTz(long value, Span<byte> target)
    {
        var length = Timestamp(value, target);
        if (target[length - 1] != (byte)'C') return AppendTo(target, length, "+00"u8);
        return AppendTo(target, AppendTo(target, length - 3, "+00"u8), " BC"u8);
    }

    public static int Interval(long value, Span<byte> target)
    {
        var (days, rest) = Math.DivRem(value, PostgreSqlEpoch.MicrosecondsOfDay);
        var at = AppendTo(target, Number(days, target), " days "u8);
        at += Number(rest, target[at..]);
        return AppendTo(target, at, " microseconds"u8);
    }

    public static int Network(long value, Span<byte> target) =>
        System.Text.Encoding.UTF8.GetBytes(NetworkValue.Of(value).Print(withPrefix: true), target);

    public static int MacAddress(long value, Span<byte> target)
    {
        for (var b = 0; b < 6; b++)
        {
            ((value >> (40 - b * 8)) & 0xFF).TryFormat(target[(b * 3)..], out _, "x2");
            if (b < 5) target[b * 3 + 2] = (byte)':';
        }
        return 17;
    }

    static int AppendTo(Span<byte> target, int length, ReadOnlySpan<byte> suffix)
    {
        suffix.CopyTo(target[length..]);
        return length + suffix.Length;
    }

    static int WriteYear(long year, Span<byte> target)
    {
        year.TryFormat(target, out var written, "D4");
        return written;
    }

    static void WriteDigits(ulong value, Span<byte> target)
    {
        for (var i = target.Length - 1; i >= 0; i--, value /= 10) target[i] = (byte)('0' + value % 10);
    }

    /// <summary>The proleptic Gregorian date of a day since 1970-01-01, of any year; year 0 is 1 BC.</summary>
    static (long Year, int Month, int Day) CivilFrom(long days)
    {
        const int DaysOfEra = 146_097;
        // Years that begin in March put the leap day last.
        var shifted = days + 719_468;
        var era = (shifted >= 0 ? shifted : shifted - DaysOfEra + 1) / DaysOfEra;
        var day = shifted - era * DaysOfEra;
        var year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        day -= 365 * year + year / 4 - year / 100;
        var month = (5 * day + 2) / 153;
        day -= (153 * month + 2) / 5;
        return (year + era * 400 + (month >= 10 ? 1 : 0), (int)(month < 10 ? month + 3 : month - 9), (int)day + 1);
    }
}
