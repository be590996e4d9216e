using RelSeed.Numerics;
using RelSeed.Schema;

namespace RelSeed.Profiling;

/// <summary>What codes stand for. Code 0 is NULL, code i is <see cref="Codes"/>[i - 1].</summary>
/// <param name="IsOrdinal">Codes ascend along an axis of numbers (<see cref="Axis"/>): atoms and ranges that do not overlap, no other code.</param>
/// <param name="Unit">Ordinal: values inside a range are multiples of it (1 for whole numbers, 0.01 for cents, 86400 for days); 0 for any.</param>
public sealed record Codebook(bool IsOrdinal, double Unit, EquatableArray<Code> Codes)
{
    /// <summary>NULL and everything that is made anew.</summary>
    public static Codebook Fresh { get; } = new(false, 0, [new OtherCode(0)]);

    /// <summary>Of dates and times that prefer some days of the week: shares of the rows, Monday first; empty elsewhere. Ranges are drawn from
    /// accordingly. Of differences: how likely the moment that one leads to stands, 1 for the likeliest.</summary>
    public EquatableArray<double> Weekdays { get; init; } = [];

    /// <summary>The same for the hours of the day, from midnight on; a 25th share is that of midnight itself, where days without a time
    /// stand.</summary>
    public EquatableArray<double> Hours { get; init; } = [];

    /// <summary>Of kinds that no column shows.</summary>
    internal static Codebook OfKinds(int count) => new(false, 0, Enumerable.Repeat<Code>(new OtherCode(0), count).ToEquatableArray());

    /// <summary>Codes with NULL: target and feature codes are below it.</summary>
    public int Size => Codes.Count + 1;

    /// <summary>The code stands for what is made anew: neither for NULL nor for what is told.</summary>
    internal bool IsOther(int code) => code > 0 && Codes[code - 1] is OtherCode;
}

public abstract record Code;

/// <summary>One value of a category, in canonical text.</summary>
public sealed record ValueCode(string Value) : Code;

/// <summary>One number on the axis.</summary>
public sealed record NumberCode(double Value) : Code;

/// <summary>Numbers from Low to High, both included, alike often; in a log-uniform tail alike often by their distance from Low.</summary>
/// <param name="Tail">-1 for a tail towards Low, 1 towards High, 0 for none; -2 where half of the few lie in the tenth next to Low, 2 next to
/// High.</param>
public sealed record RangeCode(double Low, double High, int Tail = 0) : Code
{
    internal const int ReachesLow = -2, ReachesHigh = 2;
}

/// <summary>Values that may not be told, or are too many; made anew.</summary>
/// <param name="Distinct">How many there are, rounded; 0 for as many as rows.</param>
public sealed record OtherCode(long Distinct) : Code;

/// <summary>Where values of a type stand on the axis of ordinal codes.</summary>
public static class Axis
{
    /// <summary>Numbers, decimals and dates have one; text, booleans, enums and the rest have not.</summary>
    public static bool Has(TypeKind kind) => kind.IsNumeric() || kind.IsTemporal() || kind == TypeKind.Interval;

    /// <summary>Axis units (numbers as they are, seconds since 1970 or midnight) by one unit of the type's lane.</summary>
    public static double ScaleOf(ColumnType type) => type.Kind switch
    {
        TypeKind.Decimal or TypeKind.Money => 1.0 / StableMath.PowerOfTen(type.ScaleOf()),
        TypeKind.Date => 86_400,
        TypeKind.Time or TypeKind.TimeTz or TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.Interval => 1e-6,
        _ => 1,
    };
}

/// <summary>Codes of counts and places, which have no codebook: exact below 16, then four to an octave.</summary>
public static class CountCodes
{
    const int Exact = 16;

    /// <summary>Above every code.</summary>
    public const int Size = Exact + 4 * 60;

    /// <summary>The smallest count of a code.</summary>
    public static long LowOf(int code) => code < Exact ? code : (4L + (code - Exact) % 4) << (code - Exact) / 4 + 2;

    /// <param name="count">0 or more.</param>
    public static int Of(long count)
    {
        if (count < Exact) return (int)count;
        var octave = 63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)count);
        return Exact + (octave - 4) * 4 + (int)(count >> (octave - 2) & 3);
    }
}
