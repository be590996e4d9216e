using System.Runtime.CompilerServices;
using System.Text.Json;
using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>What a <see cref="SqlValue"/> holds.</summary>
public enum SqlKind : byte
{
    Null,

    /// <summary>The evaluator cannot tell the value, or the database would raise an error.</summary>
    NotEvaluable,
    Boolean,
    Integer,
    Decimal,
    Double,
    Text,

    /// <summary>Text that compares without regard to case (citext, NOCASE).</summary>
    CaseInsensitiveText,

    /// <summary>A label of a type the evaluator does not know: it can be compared for equality alone.</summary>
    Label,
    Bytes,
    Bits,
    Date,
    Time,
    Timestamp,
    TimestampTz,
    Interval,
    Uuid,
    Json,
    Array,
    Range,
    Row,

    /// <summary>An address of the Internet protocol, version 4, with its prefix (inet, cidr).</summary>
    Network,
}

/// <summary>One SQL value: 32 bytes, and no allocation for anything but text and what is composed of other values.</summary>
public readonly struct SqlValue : IEquatable<SqlValue>
{
    readonly object? _reference;
    readonly ulong _high;
    readonly ulong _low;

    SqlValue(SqlKind kind, ulong low, ulong high = 0, object? reference = null) => (Kind, _low, _high, _reference) = (kind, low, high, reference);

    public SqlKind Kind { get; }

    public static SqlValue Null => default;
    public static SqlValue True { get; } = new(SqlKind.Boolean, 1);
    public static SqlValue False { get; } = new(SqlKind.Boolean, 0);

    public static SqlValue Boolean(bool value) => value ? True : False;
    public static SqlValue Integer(long value) => new(SqlKind.Integer, (ulong)value);

    /// <param name="value">The prefix's bits times 2^32, and the address.</param>
    public static SqlValue Network(long value) => new(SqlKind.Network, (ulong)value);

    public static SqlValue Double(double value) => new(SqlKind.Double, BitConverter.DoubleToUInt64Bits(value));
    public static SqlValue Text(string value) => new(SqlKind.Text, 0, 0, value);
    public static SqlValue CaseInsensitiveText(string value) => new(SqlKind.CaseInsensitiveText, 0, 0, value);
    public static SqlValue Label(string value) => new(SqlKind.Label, 0, 0, value);
    public static SqlValue Bytes(ReadOnlyMemory<byte> value) => new(SqlKind.Bytes, 0, 0, value.ToArray());
    public static SqlValue Bits(string digits) => new(SqlKind.Bits, 0, 0, digits);

    /// <summary>Trailing zeros count as digits after the point, as they do in PostgreSQL.</summary>
    public static SqlValue Decimal(decimal value)
    {
        var bits = Unsafe.BitCast<decimal, (ulong Low, ulong High)>(value);
        return new(SqlKind.Decimal, bits.Low, bits.High);
    }

    /// <param name="days">Days since 1970-01-01; <see cref="Infinity"/> and its negative are the infinities, here and in timestamps.</param>
    public static SqlValue Date(long days) => new(SqlKind.Date, (ulong)days);

    /// <param name="microseconds">Since midnight.</param>
    public static SqlValue Time(long microseconds) => new(SqlKind.Time, (ulong)microseconds);

    /// <param name="microseconds">Since 1970-01-01T00:00:00, local.</param>
    public static SqlValue Timestamp(long microseconds) => new(SqlKind.Timestamp, (ulong)microseconds);

    /// <param name="microseconds">Since 1970-01-01T00:00:00Z.</param>
    public static SqlValue TimestampTz(long microseconds) => new(SqlKind.TimestampTz, (ulong)microseconds);

    public static SqlValue Interval(int months, int days, long microseconds) =>
        new(SqlKind.Interval, (ulong)microseconds, ((ulong)(uint)months << 32) | (uint)days);

    public static SqlValue Uuid(Guid value)
    {
        var bits = Unsafe.BitCast<Guid, (ulong Low, ulong High)>(value);
        return new(SqlKind.Uuid, bits.Low, bits.High);
    }

    public static SqlValue Json(JsonElement value) => new(SqlKind.Json, 0, 0, value);
    public static SqlValue Array(IReadOnlyList<SqlValue> items) => new(SqlKind.Array, 0, 0, items);
    public static SqlValue Row(IReadOnlyList<SqlValue> fields) => new(SqlKind.Row, 0, 0, fields);
    public static SqlValue Range(SqlRange range) => new(SqlKind.Range, 0, 0, range);

    /// <summary>What the evaluator does not know how to compute.</summary>
    public static SqlValue NotEvaluable(string reason) => new(SqlKind.NotEvaluable, 0, 0, reason);

    /// <summary>What the database would refuse to compute: a division by zero, a text that is no number.</summary>
    public static SqlValue Error(string reason) => new(SqlKind.NotEvaluable, 1, 0, reason);

    public const long Infinity = long.MaxValue;

    public bool IsNull => Kind == SqlKind.Null;
    public bool IsEvaluable => Kind != SqlKind.NotEvaluable;

    /// <summary>The database would raise an error, which refuses the row.</summary>
    public bool IsError => Kind == SqlKind.NotEvaluable && _low == 1;

    /// <summary>A boolean that is true. NULL is neither true nor false.</summary>
    public bool IsTrue => Kind == SqlKind.Boolean && _low == 1;
    public bool IsFalse => Kind == SqlKind.Boolean && _low == 0;
    public bool IsText => Kind is SqlKind.Text or SqlKind.CaseInsensitiveText or SqlKind.Label;
    public bool IsNumber => Kind is SqlKind.Integer or SqlKind.Decimal or SqlKind.Double;

    /// <summary>The integer of an Integer, Boolean (0, 1), Date, Time, Timestamp or TimestampTz; the microseconds of an Interval.</summary>
    public long AsInteger => (long)_low;
    public decimal AsDecimal => Unsafe.BitCast<(ulong, ulong), decimal>((_low, _high));
    public double AsDouble => BitConverter.UInt64BitsToDouble(_low);
    public string AsText => (string)_reference!;
    public byte[] AsBytes => (byte[])_reference!;
    public Guid AsUuid => Unsafe.BitCast<(ulong, ulong), Guid>((_low, _high));
    public int Months => (int)(uint)(_high >> 32);
    public int Days => (int)(uint)_high;
    public JsonElement AsJson => (JsonElement)_reference!;

    /// <summary>The items of an Array, the fields of a Row.</summary>
    public IReadOnlyList<SqlValue> Items => (IReadOnlyList<SqlValue>)_reference!;
    public SqlRange AsRange => (SqlRange)_reference!;

    /// <summary>Why a value is not evaluable.</summary>
    public string Reason => Kind == SqlKind.NotEvaluable ? (string)_reference! : "";

    /// <summary>The same kind and the same value, NULLs included; not SQL's equality. 1.0 and 1.00 are not the same.</summary>
    public bool Equals(SqlValue other) => Kind == other.Kind && _low == other._low && _high == other._high && (_reference, other._reference) switch
    {
        (null, null) => true,
        (string a, string b) => a == b,
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        (JsonElement a, JsonElement b) => JsonElement.DeepEquals(a, b),
        (IReadOnlyList<SqlValue> a, IReadOnlyList<SqlValue> b) => a.SequenceEqual(b),
        (SqlRange a, SqlRange b) => a == b,
        _ => false,
    };

    public override bool Equals(object? obj) => obj is SqlValue other && Equals(other);

    public override int GetHashCode() => _reference switch
    {
        null => HashCode.Combine(Kind, _low, _high),
        string text => HashCode.Combine(Kind, string.GetHashCode(text, StringComparison.Ordinal)),
        IReadOnlyList<SqlValue> items => HashCode.Combine(Kind, items.Count),
        SqlRange range => range.GetHashCode(),
        _ => (int)Kind,
    };

    public static bool operator ==(SqlValue left, SqlValue right) => left.Equals(right);
    public static bool operator !=(SqlValue left, SqlValue right) => !left.Equals(right);

    /// <summary>The value as PostgreSQL's output function prints it, dates in ISO form and instants in UTC.</summary>
    public override string ToString() => SqlFormat.Print(this);

    /// <summary>The value as a literal with its type, <c>CAST('2020-02-02' AS date)</c>.</summary>
    internal string ToSql() => SqlFormat.ToSql(this);
}

/// <summary>A range of an ordered type. Of integers and dates always with its lower bound included and its upper excluded.</summary>
/// <param name="Lower">NULL for no bound.</param>
/// <param name="Upper">NULL for no bound.</param>
public sealed record SqlRange(SqlValue Lower, SqlValue Upper, bool LowerInclusive, bool UpperInclusive, bool IsEmpty)
{
    public static readonly SqlRange Empty = new(default, default, LowerInclusive: false, UpperInclusive: false, IsEmpty: true);

    /// <summary>The range in its canonical form; null when the lower bound is above the upper.</summary>
    public static SqlRange? Create(SqlValue lower, SqlValue upper, bool lowerInclusive, bool upperInclusive)
    {
        lowerInclusive &= !lower.IsNull;
        upperInclusive &= !upper.IsNull;
        if (!lower.IsNull && !lowerInclusive && Step(lower) is { } next) (lower, lowerInclusive) = (next, true);
        if (!upper.IsNull && upperInclusive && Step(upper) is { } after) (upper, upperInclusive) = (after, false);
        if (lower.IsNull || upper.IsNull) return new(lower, upper, lowerInclusive, upperInclusive, IsEmpty: false);
        return SqlCompare.Order(lower, upper) switch
        {
            null or > 0 => null,
            0 when !(lowerInclusive && upperInclusive) => Empty,
            _ => new(lower, upper, lowerInclusive, upperInclusive, IsEmpty: false),
        };
    }

    static SqlValue? Step(SqlValue bound) => bound.Kind switch
    {
        SqlKind.Integer when bound.AsInteger < long.MaxValue => SqlValue.Integer(bound.AsInteger + 1),
        SqlKind.Date when Math.Abs(bound.AsInteger) != SqlValue.Infinity => SqlValue.Date(bound.AsInteger + 1),
        _ => null,
    };

    public override string ToString() =>
        IsEmpty ? "empty" : $"{(LowerInclusive ? '[' : '(')}{Bound(Lower)},{Bound(Upper)}{(UpperInclusive ? ']' : ')')}";

    static string Bound(SqlValue bound)
    {
        var text = bound.IsNull ? "" : bound.ToString();
        return text.Contains(' ', StringComparison.Ordinal) ? $"\"{text}\"" : text;
    }
}
