using System.Buffers;
using System.Text;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Writes the values of one column as UTF-8 text, in the form PostgreSQL's input functions read and a person expects:
/// <c>true</c>, <c>2026-01-31 08:15:00</c>, <c>{1,2}</c>, <c>[2026-01-01,2026-02-01)</c>, <c>\x00ff</c>.</summary>
/// <remarks>Chosen once a column by <see cref="For"/>; not for several threads, since compound types keep a buffer.</remarks>
public abstract class ValueFormatter
{
    /// <summary>Writes a value that is not null.</summary>
    public abstract void Write(ColumnVector values, int row, IBufferWriter<byte> target);

    /// <summary>The value as a string; null for NULL.</summary>
    public string? Format(ColumnVector values, int row)
    {
        if (values.IsNull(row)) return null;
        var buffer = new ArrayBufferWriter<byte>();
        Write(values, row, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static ValueFormatter For(ColumnType type) => type.Kind switch
    {
        TypeKind.Boolean => new BooleanFormatter(),
        TypeKind.Decimal or TypeKind.Money => new DecimalFormatter(type.ScaleOf()),
        TypeKind.Float32 => new SingleFormatter(),
        TypeKind.Float64 => new DoubleFormatter(),
        TypeKind.Date => new DateFormatter(),
        TypeKind.Time or TypeKind.Interval => new TimeFormatter(""),
        TypeKind.TimeTz => new TimeFormatter("+00"),
        TypeKind.Timestamp => new TimestampFormatter(""),
        TypeKind.TimestampTz => new TimestampFormatter("+00"),
        TypeKind.Enum => new LabelFormatter(type.Labels),
        TypeKind.Inet or TypeKind.Cidr => new NetworkFormatter(withPrefix: type.Kind == TypeKind.Cidr),
        TypeKind.MacAddr or TypeKind.MacAddr8 => new MacFormatter(type.Kind == TypeKind.MacAddr8),
        TypeKind.Uuid => new UuidFormatter(),
        TypeKind.Bytes => new HexFormatter(),
        TypeKind.Array => new ArrayFormatter(type.Element!),
        TypeKind.Range => new RangeFormatter(type.Element!),
        TypeKind.MultiRange => new MultiRangeFormatter(type.Element!),
        TypeKind.Composite => new CompositeFormatter(type.Fields),
        _ => type.Lane == Lane.Int64 ? new IntegerFormatter() : new TextFormatter(),
    };
}
