using System.Text;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>Chooses how a column's values are encoded: once a load, from the type in the plan and the type as the server knows it.</summary>
static class EncoderFactory
{
    /// <returns>Null when there is no binary form here, so that the table travels as text.</returns>
    public static FieldEncoder? Binary(ColumnType type, WireType wire) => type.Kind switch
    {
        TypeKind.Array => BinaryArray(type, wire),
        TypeKind.Range => BinaryRange(type, wire),
        TypeKind.MultiRange => BinaryRange(type, wire) is { } range ? new MultiRangeEncoder(range) : null,
        TypeKind.Composite => BinaryComposite(type, wire),
        TypeKind.Enum when wire.Category == 'e' => new EnumEncoder(Labels(type)),
        TypeKind.Text when wire.Name == "citext" => new BytesEncoder([]),
        _ => wire.IsBuiltIn ? BinaryBuiltIn(type, wire.Name) : null,
    };

    static FieldEncoder? BinaryBuiltIn(ColumnType type, string name) => (type.Lane, name) switch
    {
        (Lane.Int64, "bool") => new FixedEncoder<long, BooleanForm>(default),
        (Lane.Int64, "int2") => new FixedEncoder<long, Int16Form>(default),
        (Lane.Int64, "int4") => new FixedEncoder<long, Int32Form>(default),
        (Lane.Int64, "oid" or "xid" or "cid" or "regclass" or "regtype" or "regproc") => new FixedEncoder<long, UInt32Form>(default),
        (Lane.Int64, "int8" or "money" or "time") => new FixedEncoder<long, Int64Form>(default),
        (Lane.Int64, "numeric") => new FixedEncoder<long, NumericForm>(new(type.Precision, type.ScaleOf())),
        (Lane.Int64, "date") => new FixedEncoder<long, DateForm>(default),
        (Lane.Int64, "timestamp" or "timestamptz") => new FixedEncoder<long, TimestampForm>(default),
        (Lane.Int64, "timetz") => new FixedEncoder<long, TimeTzForm>(default),
        (Lane.Int64, "interval") => new FixedEncoder<long, IntervalForm>(default),
        (Lane.Int64, "inet") => new NetworkEncoder(isCidr: false),
        (Lane.Int64, "cidr") => new NetworkEncoder(isCidr: true),
        (Lane.Int64, "macaddr" or "macaddr8") => new FixedEncoder<long, MacAddressForm>(default),
        (Lane.Float64, "float4") => new FixedEncoder<double, Float32Form>(default),
        (Lane.Float64, "float8") => new FixedEncoder<double, Float64Form>(default),
        (Lane.Uuid, "uuid") => new FixedEncoder<UInt128, UuidForm>(default),
        (Lane.Bytes, "text" or "varchar" or "bpchar" or "name" or "char" or "bytea" or "json" or "xml") => new BytesEncoder([]),
        (Lane.Bytes, "jsonb") => new BytesEncoder([1]),
        (Lane.Bytes, "bit" or "varbit") => new BitEncoder(),
        _ => null,
    };

    static ArrayEncoder? BinaryArray(ColumnType type, WireType wire) =>
        type.Element is { } element && wire.Element is { } item && Binary(element, item) is { } encoder
            ? new ArrayEncoder(encoder, item.Oid)
            : null;

    static RangeEncoder? BinaryRange(ColumnType type, WireType wire) =>
        type.Element is { } element && wire.Element is { } item && Binary(element, item) is { } encoder ? new RangeEncoder(encoder) : null;

    static CompositeEncoder? BinaryComposite(ColumnType type, WireType wire)
    {
        if (type.Fields.Count != wire.Fields.Count) return null;
        var fields = new (FieldEncoder, uint)[type.Fields.Count];
        for (var f = 0; f < fields.Length; f++)
        {
            if (Binary(type.Fields[f].Type, wire.Fields[f]) is not { } encoder) return null;
            fields[f] = (encoder, wire.Fields[f].Oid);
        }
        return new CompositeEncoder(fields);
    }

    public static TextFormatter Text(ColumnType type, WireType wire) => type.Kind switch
    {
        TypeKind.Boolean => new IntegerText(IntegerForms.Boolean),
        TypeKind.Decimal or TypeKind.Money => new IntegerText(IntegerForms.Decimal(type.ScaleOf())),
        TypeKind.Date => new IntegerText(IntegerForms.Date),
        TypeKind.Time => new IntegerText(IntegerForms.Time),
        TypeKind.TimeTz => new IntegerText(IntegerForms.TimeTz),
        TypeKind.Timestamp => new IntegerText(IntegerForms.Timestamp),
        TypeKind.TimestampTz => new IntegerText(IntegerForms.TimestampTz),
        TypeKind.Interval => new IntegerText(IntegerForms.Interval),
        TypeKind.Inet or TypeKind.Cidr => new IntegerText(IntegerForms.Network),
        TypeKind.MacAddr or TypeKind.MacAddr8 => new IntegerText(IntegerForms.MacAddress),
        TypeKind.Enum => new EnumText(Labels(type)),
        TypeKind.Bytes => new HexText(),
        TypeKind.Array => new ArrayText(Text(type.Element!, wire.Element ?? wire), wire.Element?.Delimiter ?? (byte)','),
        TypeKind.Range => TextRange(type, wire),
        TypeKind.MultiRange => new MultiRangeText(TextRange(type, wire)),
        TypeKind.Composite => new CompositeText(
            [.. type.Fields.Select((f, i) => Text(f.Type, i < wire.Fields.Count ? wire.Fields[i] : wire))]),
        _ => type.Lane switch
        {
            Lane.Int64 => new IntegerText(IntegerForms.Number),
            Lane.Float64 => new FloatText(),
            Lane.Uuid => new UuidText(),
            _ => new PlainText(),
        },
    };

    static RangeText TextRange(ColumnType type, WireType wire) => new(Text(type.Element!, wire.Element ?? wire));

    static byte[][] Labels(ColumnType type) => [.. type.Labels.Select(Encoding.UTF8.GetBytes)];
}
