namespace RelSeed.Schema;

/// <summary>A column's type, neutral of the provider; a domain is its base type plus <see cref="Domains"/>.</summary>
public sealed record ColumnType
{
    public required TypeKind Kind { get; init; }

    /// <summary>The type as the provider prints it, with length: <c>character varying(40)</c>. For a domain, the domain's name.</summary>
    public required string Name { get; init; }

    /// <summary>Schema of the type itself, empty for a built-in one.</summary>
    public string Schema { get; init; } = "";

    /// <summary>The bare name of the base type, without length or schema: <c>varchar</c>, <c>mood</c>, <c>_int4</c>.</summary>
    public string BaseName { get; init; } = "";

    /// <summary>Characters (text kinds), bytes (binary kinds) or bits (bit kinds) at most; null when unbounded.</summary>
    public int? Length { get; init; }

    /// <summary>Digits in all, for <see cref="TypeKind.Decimal"/>; null when unbounded.</summary>
    public int? Precision { get; init; }

    /// <summary>Digits after the point, for <see cref="TypeKind.Decimal"/>; digits of a second for times. Null when not told.</summary>
    public int? Scale { get; init; }

    /// <summary>The labels of an enum, in its order.</summary>
    public EquatableArray<string> Labels { get; init; } = [];

    /// <summary>The element of an array, the bound type of a range or multirange.</summary>
    public ColumnType? Element { get; init; }

    /// <summary>Fields of a composite type.</summary>
    public EquatableArray<CompositeField> Fields { get; init; } = [];

    /// <summary>The domains around the base type, outermost first.</summary>
    public EquatableArray<DomainType> Domains { get; init; } = [];

    /// <summary>UUIDs that are kept as text are spelt in capitals.</summary>
    public bool IsUpperCase { get; init; }

    /// <summary>In which arrays a batch carries the column's values.</summary>
    public Lane Lane => Kind.ToLane();

    public override string ToString() => Name;
}

public sealed record CompositeField(string Name, ColumnType Type);

/// <param name="Checks">Check expressions in which <c>VALUE</c> stands for the value, as the catalog prints them.</param>
public sealed record DomainType(TableName Name, bool IsNotNull, string? Default, EquatableArray<CheckConstraint> Checks)
{
    /// <summary>The type or domain it is made over, as the provider prints it: <c>character varying(40)</c>.</summary>
    public string Over { get; init; } = "";
}

public enum TypeKind
{
    /// <summary>A type RelSeed cannot make values of.</summary>
    Other,
    Boolean,
    Int16,
    Int32,
    Int64,
    Float32,
    Float64,

    /// <summary>Exact decimal. Values are carried as an integer of 10^-scale; see <see cref="TypeKinds.ScaleOf"/>.</summary>
    Decimal,

    /// <summary>PostgreSQL money: an exact decimal of scale 2.</summary>
    Money,

    /// <summary>Text of variable length: text, varchar, citext, name, nvarchar.</summary>
    Text,

    /// <summary>Text padded to its length: char(n).</summary>
    FixedText,
    Bytes,
    Uuid,
    Date,
    Time,
    TimeTz,

    /// <summary>Timestamp without time zone.</summary>
    Timestamp,

    /// <summary>An instant.</summary>
    TimestampTz,
    Interval,
    Json,
    Xml,
    Enum,
    Inet,
    Cidr,
    MacAddr,
    MacAddr8,
    Bit,
    VarBit,
    Array,
    Range,
    MultiRange,
    Composite,
    TsVector,
    TsQuery,
    HStore,
    LTree,
    Point,
    Line,
    LineSegment,
    Box,
    Path,
    Polygon,
    Circle,
}

/// <summary>The arrays in which a batch carries values; see <c>Generation.ColumnVector</c>.</summary>
public enum Lane
{
    /// <summary>64-bit integers: booleans (0, 1), integers, scaled decimals, dates (days since 1970-01-01), times and
    /// timestamps and intervals (microseconds, since midnight or 1970-01-01T00:00:00Z), IP networks
    /// (<c>prefix length &lt;&lt; 32 | address</c>), MAC addresses (48 bits), enum labels (0-based index).</summary>
    Int64,
    Float64,

    /// <summary>UTF-8 text, or raw bytes for <see cref="TypeKind.Bytes"/>; bit strings as the characters 0 and 1.
    /// Kinds without an own form (geometric, tsvector, hstore, …) as the text the server's input function reads.</summary>
    Bytes,
    Uuid,

    /// <summary>Items of one dimension: arrays, multiranges.</summary>
    List,

    /// <summary>Fields: composites; ranges as (lower, upper) with the upper bound excluded and null for no bound.</summary>
    Struct,
}

public static class TypeKinds
{
    public static Lane ToLane(this TypeKind kind) => kind switch
    {
        TypeKind.Boolean or TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 or TypeKind.Decimal or TypeKind.Money or TypeKind.Date
            or TypeKind.Time or TypeKind.TimeTz or TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.Interval or TypeKind.Enum
            or TypeKind.Inet or TypeKind.Cidr or TypeKind.MacAddr or TypeKind.MacAddr8 => Lane.Int64,
        TypeKind.Float32 or TypeKind.Float64 => Lane.Float64,
        TypeKind.Uuid => Lane.Uuid,
        TypeKind.Array or TypeKind.MultiRange => Lane.List,
        TypeKind.Composite or TypeKind.Range => Lane.Struct,
        _ => Lane.Bytes,
    };

    /// <summary>Digits after the point that a decimal's integers carry: the declared scale, 2 for money, and for an
    /// undeclared numeric 2. Never above 18 digits in all.</summary>
    public static int ScaleOf(this ColumnType type) => type.Kind switch
    {
        TypeKind.Money => 2,
        TypeKind.Decimal => Math.Clamp(type.Scale ?? (type.Precision is null ? 2 : 0), 0, 18),
        _ => 0,
    };

    /// <summary>Values of another type mean the same in this one as they are carried: of one lane, and of one unit.</summary>
    internal static bool TakesValuesOf(this ColumnType type, ColumnType other) => type.Lane == other.Lane && type.Lane switch
    {
        Lane.Int64 => type.Kind.IsNumeric() && other.Kind.IsNumeric() ? type.ScaleOf() == other.ScaleOf() : type.Kind == other.Kind,
        Lane.Float64 => type.Kind == other.Kind || other.Kind == TypeKind.Float32,
        _ => true,
    };

    public static bool IsText(this TypeKind kind) => kind is TypeKind.Text or TypeKind.FixedText;
    public static bool IsInteger(this TypeKind kind) => kind is TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64;
    public static bool IsNumeric(this TypeKind kind) =>
        kind.IsInteger() || kind is TypeKind.Decimal or TypeKind.Money or TypeKind.Float32 or TypeKind.Float64;
    public static bool IsTemporal(this TypeKind kind) =>
        kind is TypeKind.Date or TypeKind.Time or TypeKind.TimeTz or TypeKind.Timestamp or TypeKind.TimestampTz;
}
