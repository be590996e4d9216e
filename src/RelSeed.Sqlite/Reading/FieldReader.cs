using System.Text;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Sqlite.Interop;
using SQLitePCL;

namespace RelSeed.Sqlite.Reading;

/// <summary>Reads one column of a statement into a vector. SQLite's values may be of any storage class, whatever was declared; those that
/// are none of the declared type become null.</summary>
abstract class FieldReader(ColumnVector vector)
{
    public ColumnVector Vector { get; } = vector;

    public abstract void Read(SqliteStatement statement, int row);

    public static FieldReader For(ColumnType type, int field) => type.Lane switch
    {
        Lane.Int64 when type.Kind is TypeKind.Decimal or TypeKind.Money => new ScaledReader(type, field),
        Lane.Int64 => new IntegerReader(type, field),
        Lane.Float64 => new FloatReader(type, field),
        Lane.Bytes => new BytesReader(type, field),
        Lane.Uuid => new UuidReader(type, field),
        _ => new UnreadReader(type),
    };

    sealed class IntegerReader(ColumnType type, int field) : FieldReader(ColumnVector.Create(type))
    {
        readonly bool _isNumber = !type.Kind.IsTemporal() && type.Kind is not (TypeKind.Interval or TypeKind.Enum or TypeKind.Inet or TypeKind.Cidr);

        public override void Read(SqliteStatement statement, int row)
        {
            var vector = (Int64Vector)Vector;
            switch (statement.StorageOf(field))
            {
                case raw.SQLITE_INTEGER when _isNumber: vector.Values[row] = statement.GetInt64(field); break;
                case raw.SQLITE_FLOAT when _isNumber && statement.GetDouble(field) is > -9e18 and < 9e18 and var number:
                    vector.Values[row] = (long)Math.Round(number); break;
                case raw.SQLITE_NULL: vector.CopyNullRow(row); break;
                default:
                    if (CanonicalText.ParseInt64(Encoding.UTF8.GetString(statement.GetBytes(field)), type) is { } value) vector.Values[row] = value;
                    else vector.CopyNullRow(row);
                    break;
            }
        }
    }

    sealed class ScaledReader(ColumnType type, int field) : FieldReader(new Int64Vector())
    {
        readonly double _scale = double.Parse($"1e{type.ScaleOf()}");

        public override void Read(SqliteStatement statement, int row)
        {
            var vector = (Int64Vector)Vector;
            if (statement.StorageOf(field) is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT)
            {
                var scaled = Math.Round(statement.GetDouble(field) * _scale);
                if (scaled is > -9e18 and < 9e18) vector.Values[row] = (long)scaled;
                else vector.CopyNullRow(row);
            }
            else if (!statement.IsNull(field) && CanonicalText.ParseInt64(Encoding.UTF8.GetString(statement.GetBytes(field)), type) is { } value)
                vector.Values[row] = value;
            else vector.CopyNullRow(row);
        }
    }

    sealed class FloatReader(ColumnType type, int field) : FieldReader(ColumnVector.Create(type))
    {
        public override void Read(SqliteStatement statement, int row)
        {
            var vector = (Float64Vector)Vector;
            if (statement.StorageOf(field) is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT) vector.Values[row] = statement.GetDouble(field);
            else if (!statement.IsNull(field) && CanonicalText.ParseFloat64(Encoding.UTF8.GetString(statement.GetBytes(field))) is { } value)
                vector.Values[row] = value;
            else vector.CopyNullRow(row);
        }
    }

    sealed class BytesReader(ColumnType type, int field) : FieldReader(ColumnVector.Create(type))
    {
        public override void Read(SqliteStatement statement, int row)
        {
            if (statement.IsNull(field)) Vector.CopyNullRow(row);
            else ((BytesVector)Vector).Append(statement.GetBytes(field));
        }
    }

    sealed class UuidReader(ColumnType type, int field) : FieldReader(ColumnVector.Create(type))
    {
        public override void Read(SqliteStatement statement, int row)
        {
            if (statement.GetText(field) is { } text && CanonicalText.ParseUuid(text) is { } value) ((UuidVector)Vector).Values[row] = value;
            else Vector.CopyNullRow(row);
        }
    }

    sealed class UnreadReader(ColumnType type) : FieldReader(ColumnVector.Create(type))
    {
        public override void Read(SqliteStatement statement, int row) => Vector.CopyNullRow(row);
    }
}
