using RelSeed.Schema;
using RelSeed.Sqlite.Schema.CreateText;

namespace RelSeed.Sqlite.Schema;

/// <summary>Gives a declared type the meaning that its words have elsewhere, so that a schema gets the same rows on every provider;
/// words of nobody's follow SQLite's rules of affinity.</summary>
static class SqliteTypeMap
{
    /// <param name="declared">As the catalog prints it, <c>VARCHAR(40)</c>; empty when the column has none.</param>
    public static ColumnType Map(string declared)
    {
        var (words, numbers) = Split(declared);
        var name = string.Join(' ', words.Where(w => w is not ("unsigned" or "signed" or "zerofill")));
        var kind = KindOf(name, numbers);
        return WithSize(
            new ColumnType
            {
                Kind = words.Contains("unsigned") ? Widen(kind) : kind,
                Name = declared.Length == 0 ? "TEXT" : declared,
                BaseName = name
            },
            numbers.FirstOrDefault(), numbers.ElementAtOrDefault(1));
    }

    static (List<string> Words, int?[] Numbers) Split(string declared)
    {
        var tokens = new SqlTokens(declared);
        var open = tokens.FindSymbol("(", 0);
        List<string> words = [];
        List<int?> numbers = [.. tokens.Group(open).SplitByComma().Select(part => NumberOf(part[0]))];
        for (var i = 0; i < tokens.Count; i = i == open ? tokens.SkipGroup(i) : i + 1)
        {
            // Brackets quote a name: SQLite reads varchar[10] as two words.
            if (tokens.NameAt(i) is not { } word) continue;
            if (NumberOf(word) is { } number) numbers.Add(number);
            else words.AddRange(word.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
        return (words, [.. numbers]);
    }

    static int? NumberOf(ReadOnlySpan<char> text) => int.TryParse(text, out var number) ? number : null;

    static TypeKind KindOf(string name, int?[] numbers) => name switch
    {
        "" or "any" => TypeKind.Text,
        "bit" => numbers is [> 1, ..] ? TypeKind.Bit : TypeKind.Boolean,
        // One digit in MySQL's manner is a truth value.
        "tinyint" when numbers is [1, ..] => TypeKind.Boolean,
        "float" when numbers is [<= 24] => TypeKind.Float32,
        "char" or "character" or "nchar" when numbers is not [> 0] => TypeKind.Text,
        _ => Names.TryGetValue(name, out var kind) ? kind : KindOfAffinity(name),
    };

    // https://www.sqlite.org/datatype3.html#determination_of_column_affinity, except that an unknown word is taken for a text:
    // an affinity of NUMERIC stores it unchanged.
    static TypeKind KindOfAffinity(string name) =>
        name.Contains("int") ? TypeKind.Int64
        : name.Contains("char") || name.Contains("clob") || name.Contains("text") ? TypeKind.Text
        : name.Contains("blob") ? TypeKind.Bytes
        : name.Contains("real") || name.Contains("floa") || name.Contains("doub") ? TypeKind.Float64
        : TypeKind.Text;

    static TypeKind Widen(TypeKind kind) => kind switch
    {
        TypeKind.Int16 => TypeKind.Int32,
        TypeKind.Int32 => TypeKind.Int64,
        _ => kind,
    };

    static ColumnType WithSize(ColumnType type, int? first, int? second) => type.Kind switch
    {
        TypeKind.Text or TypeKind.FixedText or TypeKind.Bytes or TypeKind.VarBit => type with { Length = first is > 0 ? first : null },
        TypeKind.Bit => type with { Length = first ?? 1 },
        TypeKind.Decimal when first is > 0 => type with { Precision = first, Scale = second ?? 0 },
        TypeKind.Money => type with { Precision = first, Scale = second },
        TypeKind.Time or TypeKind.TimeTz or TypeKind.Timestamp or TypeKind.TimestampTz => type with { Scale = first },
        _ => type,
    };

    static readonly Dictionary<string, TypeKind> Names = new(Entries());

    static IEnumerable<KeyValuePair<string, TypeKind>> Entries() =>
        new (TypeKind Kind, string[] Names)[]
        {
            (TypeKind.Boolean, ["boolean", "bool", "logical"]),
            (TypeKind.Int16, ["smallint", "int2", "tinyint", "int1", "byte", "year", "smallserial", "small int", "tiny int"]),
            (TypeKind.Int32, ["integer", "int", "int4", "int3", "mediumint", "medium int", "serial", "autonumber", "autoinc"]),
            (TypeKind.Int64, ["bigint", "int8", "big int", "bigserial", "long", "longint", "long int", "int64", "largeint", "hugeint"]),
            (TypeKind.Float32, ["real", "float4"]),
            (TypeKind.Float64, ["double", "double precision", "float", "float8", "number double"]),
            (TypeKind.Decimal, ["numeric", "decimal", "dec", "number", "fixed"]),
            (TypeKind.Money, ["money", "smallmoney", "currency"]),
            (TypeKind.Text,
            [
                "text", "varchar", "nvarchar", "varchar2", "nvarchar2", "character varying", "char varying", "varying character", "national varchar",
                "national character varying", "national char varying", "clob", "nclob", "ntext", "tinytext", "mediumtext", "longtext", "long varchar",
                "string", "citext", "name", "sysname", "shorttext", "memo",
            ]),
            (TypeKind.FixedText, ["char", "character", "nchar", "bpchar", "national char", "national character", "native character"]),
            (TypeKind.Bytes,
            [
                "blob", "bytea", "binary", "varbinary", "binary varying", "image", "tinyblob", "mediumblob", "longblob", "binary large object",
                "long varbinary", "raw", "bytes",
            ]),
            (TypeKind.Uuid, ["uuid", "guid", "uniqueidentifier", "uniqueid"]),
            (TypeKind.Date, ["date"]),
            (TypeKind.Time, ["time", "time without time zone", "timeonly"]),
            (TypeKind.TimeTz, ["timetz", "time with time zone"]),
            (TypeKind.Timestamp, ["timestamp", "datetime", "datetime2", "smalldatetime", "timestamp without time zone", "date time"]),
            (TypeKind.TimestampTz, ["timestamptz", "timestamp with time zone", "datetimeoffset", "timestamp with local time zone"]),
            (TypeKind.Interval, ["interval", "timespan"]),
            (TypeKind.Json, ["json", "jsonb"]),
            (TypeKind.Xml, ["xml"]),
            (TypeKind.Inet, ["inet"]),
            (TypeKind.Cidr, ["cidr"]),
            (TypeKind.MacAddr, ["macaddr"]),
            (TypeKind.MacAddr8, ["macaddr8"]),
            (TypeKind.VarBit, ["varbit", "bit varying"]),
            (TypeKind.TsVector, ["tsvector"]),
            (TypeKind.HStore, ["hstore"]),
            (TypeKind.LTree, ["ltree"]),
            (TypeKind.Point, ["point"]),
        }.SelectMany(entry => entry.Names, (entry, name) => KeyValuePair.Create(name, entry.Kind));
}
