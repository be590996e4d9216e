using RelSeed.Generation;
using RelSeed.Schema;

namespace RelSeed.Sqlite.Loading.Encoding;

/// <summary>How SQLite keeps each type: https://www.sqlite.org/datatype3.html has integers, reals, texts and blobs; dates are texts that its own
/// functions read.</summary>
static class ColumnEncoding
{
    /// <exception cref="DatabaseException">RS3111: SQLite has no form for the type.</exception>
    public static EncodedColumn For(TableName table, BatchColumn column) => column.Type.Kind switch
    {
        TypeKind.Boolean or TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 => new IntegerColumn(),
        TypeKind.Decimal or TypeKind.Money when column.Type.ScaleOf() == 0 => new IntegerColumn(),
        TypeKind.Decimal or TypeKind.Money => new RealColumn(column.Type.ScaleOf()),
        TypeKind.Float32 or TypeKind.Float64 => new RealColumn(scale: 0),
        TypeKind.Bytes => new BlobColumn(),
        TypeKind.Uuid => new UuidColumn(column.Type.IsUpperCase),
        TypeKind.Date => new FormattedColumn<DateFormat>(),
        TypeKind.Time => new FormattedColumn<TimeFormat>(),
        TypeKind.TimeTz => new FormattedColumn<WithUtcOffset<TimeFormat>>(),
        TypeKind.Timestamp => new FormattedColumn<TimestampFormat>(),
        TypeKind.TimestampTz => new FormattedColumn<WithUtcOffset<TimestampFormat>>(),
        TypeKind.Interval => new FormattedColumn<IntervalFormat>(),
        TypeKind.Inet => new FormattedColumn<InetFormat>(),
        TypeKind.Cidr => new FormattedColumn<CidrFormat>(),
        TypeKind.MacAddr => new FormattedColumn<MacAddressFormat>(),
        TypeKind.MacAddr8 => new FormattedColumn<MacAddress8Format>(),
        TypeKind.Enum => new LabelColumn(column.Type.Labels),
        _ when column.Type.Lane == Lane.Bytes => new TextColumn(),
        _ => throw new DatabaseException("RS3111",
            $"{table}.{column.Name} is of type {column.Type.Name}, which SQLite has no form for. Rule that the column is NULL, or leave the table out: --exclude {table}."),
    };
}
