using System.Buffers.Binary;
using System.Text;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.PostgreSql.Loading.Copy;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Reading;

/// <summary>How a column travels out of the server, and how its fields are read into a vector.</summary>
abstract class CopyField(ColumnVector vector)
{
    public ColumnVector Vector { get; } = vector;

    /// <summary>The value of a row; it is not null.</summary>
    public abstract void Read(ReadOnlySpan<byte> field, int row);

    /// <summary>The column as the query selects it, so that its binary form is known whatever its type.</summary>
    public static string Sql(Column column) => column.Type.Kind switch
    {
        TypeKind.Boolean => $"{SqlName.Quote(column.Name)}::bool",
        TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 => $"{SqlName.Quote(column.Name)}::int8",
        TypeKind.Float32 or TypeKind.Float64 => $"{SqlName.Quote(column.Name)}::float8",
        TypeKind.Decimal or TypeKind.Money => $"{SqlName.Quote(column.Name)}::numeric",
        TypeKind.Date => $"{SqlName.Quote(column.Name)}::date",
        TypeKind.Timestamp => $"{SqlName.Quote(column.Name)}::timestamp",
        TypeKind.TimestampTz => $"{SqlName.Quote(column.Name)}::timestamptz",
        TypeKind.Time or TypeKind.TimeTz => $"{SqlName.Quote(column.Name)}::time",
        TypeKind.Interval => $"{SqlName.Quote(column.Name)}::interval",
        TypeKind.Uuid => $"{SqlName.Quote(column.Name)}::uuid",
        TypeKind.Bytes => $"{SqlName.Quote(column.Name)}::bytea",
        _ when column.Type.Lane is Lane.List or Lane.Struct => $"case when {SqlName.Quote(column.Name)} is not null then true end",
        _ => $"{SqlName.Quote(column.Name)}::text",
    };

    public static CopyField For(ColumnType type) => type.Kind switch
    {
        TypeKind.Boolean => new Int64Field(static f => f[0]),
        TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 or TypeKind.Time or TypeKind.TimeTz =>
            new Int64Field(static f => BinaryPrimitives.ReadInt64BigEndian(f)),
        TypeKind.Date => new Int64Field(Date),
        TypeKind.Timestamp or TypeKind.TimestampTz => new Int64Field(Timestamp),
        TypeKind.Interval => new Int64Field(Interval),
        TypeKind.Decimal or TypeKind.Money => new Int64Field(new NumericField(type.ScaleOf()).Read),
        TypeKind.Uuid => new UuidField(),
        _ => type.Lane switch
        {
            Lane.Int64 => new Int64Field(f => CanonicalText.ParseInt64(Encoding.UTF8.GetString(f), type)),
            Lane.Float64 => new Float64Field(),
            Lane.Bytes => new BytesField(),
            _ => new PresenceField(type),
        },
    };

    // The ends of the server's calendar stand for infinity.
    static long? Date(ReadOnlySpan<byte> field) =>
        BinaryPrimitives.ReadInt32BigEndian(field) is > int.MinValue and < int.MaxValue and var days ? days + PostgreSqlEpoch.Days : null;

    static long? Timestamp(ReadOnlySpan<byte> field) =>
        BinaryPrimitives.ReadInt64BigEndian(field) is > long.MinValue and < long.MaxValue and var micros
            ? micros + PostgreSqlEpoch.Microseconds : null;

    // A month counts thirty days, as the server compares intervals.
    static long? Interval(ReadOnlySpan<byte> field)
    {
        var days = BinaryPrimitives.ReadInt32BigEndian(field[8..]) + 30L * BinaryPrimitives.ReadInt32BigEndian(field[12..]);
        var sum = (Int128)BinaryPrimitives.ReadInt64BigEndian(field) + (Int128)days * PostgreSqlEpoch.MicrosecondsOfDay;
        return sum > long.MinValue && sum < long.MaxValue ? (long)sum : null;
    }

    delegate long? Int64Form(ReadOnlySpan<byte> field);

    sealed class Int64Field(Int64Form form) : CopyField(new Int64Vector())
    {
        public override void Read(ReadOnlySpan<byte> field, int row)
        {
            if (form(field) is { } value) ((Int64Vector)Vector).Values[row] = value;
            else Vector.CopyNullRow(row);
        }
    }

    sealed class Float64Field() : CopyField(new Float64Vector())
    {
        public override void Read(ReadOnlySpan<byte> field, int row) =>
            ((Float64Vector)Vector).Values[row] = BinaryPrimitives.ReadDoubleBigEndian(field);
    }

    sealed class UuidField() : CopyField(new UuidVector())
    {
        public override void Read(ReadOnlySpan<byte> field, int row) =>
            ((UuidVector)Vector).Values[row] = BinaryPrimitives.ReadUInt128BigEndian(field);
    }

    sealed class BytesField() : CopyField(new BytesVector())
    {
        public override void Read(ReadOnlySpan<byte> field, int row) => ((BytesVector)Vector).Append(field);
    }

    // Of nested values only whether there is one.
    sealed class PresenceField(ColumnType type) : CopyField(ColumnVector.Create(type))
    {
        public override void Read(ReadOnlySpan<byte> field, int row)
        {
            if (Vector is ListVector list) list.EndRow(0);
        }
    }
}

/// <summary>numeric into an integer of 10^-scale; what it cannot hold (NaN, infinities, too many digits) is null.</summary>
sealed class NumericField(int scale)
{
    const ushort Positive = 0, Negative = 0x4000;

    public long? Read(ReadOnlySpan<byte> field)
    {
        var (digits, weight, sign) =
            (BinaryPrimitives.ReadInt16BigEndian(field), BinaryPrimitives.ReadInt16BigEndian(field[2..]),
            BinaryPrimitives.ReadUInt16BigEndian(field[4..]));
        if (sign is not (Positive or Negative)) return null;
        Int128 sum = 0;
        // Four decimals a digit; the first stands for 10,000^weight. Digits beyond the scale round the last one kept.
        for (var i = 0; i < digits; i++)
        {
            var exponent = 4 * (weight - i) + scale;
            Int128 digit = BinaryPrimitives.ReadUInt16BigEndian(field[(8 + 2 * i)..]);
            if (exponent > 18) return null;
            if (exponent >= 0) sum += digit * PowersOfTen.At(exponent);
            else if (exponent > -4)
            {
                sum += (digit + PowersOfTen.At(-exponent) / 2) / PowersOfTen.At(-exponent);
                break;
            }
            else
            {
                if (exponent == -4 && digit >= 5000) sum++;
                break;
            }
            if (sum > long.MaxValue) return null;
        }
        return sum > long.MaxValue ? null : (long)(sign == Negative ? -sum : sum);
    }
}
