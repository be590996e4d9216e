using System.Text;
using System.Text.Json;
using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Reads a column's value at a row as an expression's value.</summary>
/// <param name="column">Position of the column in the table.</param>
public sealed class ValueReader(int column, ColumnType type, bool isCaseInsensitive, Dialect dialect)
{
    // An application may keep numbers as text.
    readonly bool _isTextual = SqliteSemantics.AffinityOf(type.Name) == Affinity.Text;

    /// <summary>Position of the column in the table.</summary>
    public int Column => column;

    public SqlValue Read(RowFrame frame, int row) => Read(frame.Column(column), row, type);

    /// <summary>The value at a row of a vector that holds this column's values.</summary>
    internal SqlValue Read(ColumnVector values, int row) => Read(values, row, type);

    SqlValue Read(ColumnVector values, int row, ColumnType of)
    {
        if (values.IsNull(row)) return SqlValue.Null;
        return values switch
        {
            Int64Vector v => ReadInteger(v.Values[row], of),
            Float64Vector v => SqlValue.Double(v.Values[row]),
            UuidVector v => ReadUuid(v.Values[row]),
            BytesVector v => ReadBytes(v[row], of),
            ListVector v => SqlValue.Array([.. Enumerable.Range(v.Start(row), v.End(row) - v.Start(row)).Select(i => Read(v.Items, i, of.Element!))]),
            StructVector v when of.Kind == TypeKind.Range => ReadRange(v, row, of.Element!),
            StructVector v => SqlValue.Row([.. v.Fields.Select((f, i) => Read(f, row, of.Fields[i].Type))]),
            _ => SqlValue.NotEvaluable("a type without a value in expressions"),
        };
    }

    SqlValue ReadInteger(long value, ColumnType of) => of.Kind switch
    {
        TypeKind.Boolean => dialect == Dialect.Sqlite ? SqlValue.Integer(value) : SqlValue.Boolean(value != 0),
        TypeKind.Decimal or TypeKind.Money => ReadDecimal(value, of.ScaleOf()),
        TypeKind.Enum => SqlValue.Text(of.Labels[(int)value]),
        TypeKind.Date => Temporal(SqlValue.Date(value), value, of),
        TypeKind.Time or TypeKind.TimeTz => Temporal(SqlValue.Time(value), value, of),
        TypeKind.Timestamp => Temporal(SqlValue.Timestamp(value), value, of),
        TypeKind.TimestampTz => Temporal(SqlValue.TimestampTz(value), value, of),
        TypeKind.Interval => SqlValue.Interval(0, (int)(value / 86_400_000_000), value % 86_400_000_000),
        TypeKind.Inet or TypeKind.Cidr => SqlValue.Network(value),
        TypeKind.MacAddr or TypeKind.MacAddr8 => SqlValue.Text(Planning.CanonicalText.Format(value, of)),
        _ => SqlValue.Integer(value),
    };

    // SQLite keeps times as text.
    SqlValue Temporal(SqlValue value, long raw, ColumnType of) =>
        dialect == Dialect.Sqlite ? SqlValue.Text(Planning.CanonicalText.Format(raw, of)) : value;

    SqlValue ReadDecimal(long value, int scale)
    {
        if (dialect == Dialect.Sqlite && _isTextual) return SqlValue.Text(Planning.CanonicalText.Number(value, scale));
        if (dialect == Dialect.Sqlite)
            return value % (long)PowerOfTen(scale) == 0 ? SqlValue.Integer(value / (long)PowerOfTen(scale))
                : SqlValue.Double(value / (double)PowerOfTen(scale));
        var magnitude = (UInt128)Int128.Abs(value);
        return SqlValue.Decimal(new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), 0, value < 0, (byte)scale));
    }

    static UInt128 PowerOfTen(int scale)
    {
        UInt128 power = 1;
        for (var i = 0; i < scale; i++) power *= 10;
        return power;
    }

    SqlValue ReadUuid(UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        var uuid = new Guid(bytes, bigEndian: true);
        return dialect == Dialect.Sqlite ? SqlValue.Text(uuid.ToString()) : SqlValue.Uuid(uuid);
    }

    SqlValue ReadBytes(ReadOnlySpan<byte> bytes, ColumnType of) => of.Kind switch
    {
        TypeKind.Bytes => SqlValue.Bytes(bytes.ToArray()),
        TypeKind.Json when dialect == Dialect.PostgreSql => SqlValue.Json(JsonElement.Parse(bytes)),
        TypeKind.Bit or TypeKind.VarBit => SqlValue.Bits(Encoding.ASCII.GetString(bytes)),
        TypeKind.Text or TypeKind.FixedText or TypeKind.Json or TypeKind.Xml when isCaseInsensitive =>
            SqlValue.CaseInsensitiveText(Encoding.UTF8.GetString(bytes)),
        TypeKind.Text or TypeKind.FixedText or TypeKind.Json or TypeKind.Xml => SqlValue.Text(Encoding.UTF8.GetString(bytes)),
        _ => SqlValue.NotEvaluable("a type without a value in expressions"),
    };

    SqlValue ReadRange(StructVector range, int row, ColumnType element) =>
        SqlRange.Create(Read(range.Fields[0], row, element), Read(range.Fields[1], row, element), lowerInclusive: true,
            upperInclusive: false) is { } made
            ? SqlValue.Range(made) : SqlValue.Error("a range's bounds in the wrong order");
}
