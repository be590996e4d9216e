using System.Globalization;
using System.Text.RegularExpressions;
using RelSeed.Schema;

namespace RelSeed.Tests.Values;

/// <summary>Column types and tables from short texts: <c>varchar(40)</c>, <c>numeric(8,2)</c>, <c>int[]</c>, <c>daterange</c>,
/// <c>enum(a,b)</c>.</summary>
static partial class TestTypes
{
    static readonly Dictionary<string, TypeKind> Kinds = new(StringComparer.Ordinal)
    {
        ["bool"] = TypeKind.Boolean,
        ["smallint"] = TypeKind.Int16,
        ["int"] = TypeKind.Int32,
        ["bigint"] = TypeKind.Int64,
        ["real"] = TypeKind.Float32,
        ["double"] = TypeKind.Float64,
        ["numeric"] = TypeKind.Decimal,
        ["money"] = TypeKind.Money,
        ["text"] = TypeKind.Text,
        ["varchar"] = TypeKind.Text,
        ["char"] = TypeKind.FixedText,
        ["bytea"] = TypeKind.Bytes,
        ["uuid"] = TypeKind.Uuid,
        ["date"] = TypeKind.Date,
        ["time"] = TypeKind.Time,
        ["timetz"] = TypeKind.TimeTz,
        ["timestamp"] = TypeKind.Timestamp,
        ["timestamptz"] = TypeKind.TimestampTz,
        ["interval"] = TypeKind.Interval,
        ["json"] = TypeKind.Json,
        ["xml"] = TypeKind.Xml,
        ["inet"] = TypeKind.Inet,
        ["cidr"] = TypeKind.Cidr,
        ["macaddr"] = TypeKind.MacAddr,
        ["macaddr8"] = TypeKind.MacAddr8,
        ["bit"] = TypeKind.Bit,
        ["varbit"] = TypeKind.VarBit,
        ["tsvector"] = TypeKind.TsVector,
        ["tsquery"] = TypeKind.TsQuery,
        ["hstore"] = TypeKind.HStore,
        ["ltree"] = TypeKind.LTree,
        ["point"] = TypeKind.Point,
        ["line"] = TypeKind.Line,
        ["lseg"] = TypeKind.LineSegment,
        ["box"] = TypeKind.Box,
        ["path"] = TypeKind.Path,
        ["polygon"] = TypeKind.Polygon,
        ["circle"] = TypeKind.Circle,
        ["other"] = TypeKind.Other,
    };

    static readonly Dictionary<string, string> Ranges = new(StringComparer.Ordinal)
    {
        ["int4range"] = "int",
        ["int8range"] = "bigint",
        ["numrange"] = "numeric(10,2)",
        ["daterange"] = "date",
        ["tsrange"] = "timestamp",
        ["tstzrange"] = "timestamptz",
    };

    /// <summary>Every kind once, for tests that go over all types.</summary>
    public static IEnumerable<string> All =>
    [
        .. Kinds.Keys.Where(k => k != "other"), "numeric(5,2)", "numeric(18,4)", "numeric(3)", "varchar(1)", "varchar(12)", "char(2)", "bytea",
        "bit(5)", "varbit(9)",
        .. Ranges.Keys, .. Ranges.Keys.Select(r => r.Replace("range", "multirange")), "int[]", "text[]", "date[]", "enum(low,high)", "enum(a,b,c)[]",
        "row(name text, qty int)", "row(name text, qty int)[]", "daterange[]",
    ];

    public static ColumnType Type(string text)
    {
        if (text.EndsWith("[]", StringComparison.Ordinal)) return Make(TypeKind.Array, text) with { Element = Type(text[..^2]) };
        if (Ranges.TryGetValue(text.Replace("multirange", "range"), out var bound))
            return Make(text.Contains("multi") ? TypeKind.MultiRange : TypeKind.Range, text) with { Element = Type(bound) };
        var match = Shape().Match(text);
        var (name, arguments) =
            (match.Groups[1].Value, match.Groups[2].Success ? match.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries) : []);
        if (name == "enum") return Make(TypeKind.Enum, text) with { Labels = arguments.ToEquatableArray() };
        if (name == "row")
            return Make(TypeKind.Composite,
                text) with
            {
                Fields = arguments.Select(a => new CompositeField(a.Split(' ')[0], Type(a[(a.IndexOf(' ') + 1)..])))
                .ToEquatableArray()
            };
        var kind = Kinds[name];
        var numbers = arguments.Select(a => int.Parse(a, CultureInfo.InvariantCulture)).ToArray();
        return kind == TypeKind.Decimal
            ? Make(kind, text) with { Precision = numbers.Length > 0 ? numbers[0] : null, Scale = numbers.Length > 1 ? numbers[1] : null }
            : Make(kind, text) with { Length = numbers.Length > 0 ? numbers[0] : null };
    }

    static ColumnType Make(TypeKind kind, string name) => new() { Kind = kind, Name = name, BaseName = name.Split('(')[0] };

    /// <summary>A table of columns <c>name type</c>, parted by semicolons.</summary>
    public static Table Table(string name, string columns) => new()
    {
        Name = new TableName("public", name),
        Columns = columns.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(c => new Column { Name = c[..c.IndexOf(' ')], Type = Type(c[(c.IndexOf(' ') + 1)..]) }).ToEquatableArray(),
    };

    [GeneratedRegex(@"^(\w+)(?:\((.*)\))?$")]
    private static partial Regex Shape();
}
