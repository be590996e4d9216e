using System.Text.RegularExpressions;
using RelSeed.Numerics;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Types that are neither numbers, text, instants nor made of other types.</summary>
static partial class OtherPlanner
{
    const int DefaultBits = 8;

    // A GIF of one pixel, whose two colours are random.
    const string PictureHead = "474946383961010001008000", PictureTail = "2C00000000010001000002024401003B";

    public static GeneratorSpec? Plan(ValueRequest request, ColumnMeaning meaning) => request.Type.Kind switch
    {
        TypeKind.Uuid => new UuidSpec(),
        TypeKind.Bytes => Bytes(request, meaning),
        TypeKind.Time or TypeKind.TimeTz => TimeOfDaySpec(request),
        TypeKind.Interval => Interval(request, meaning),
        TypeKind.Inet or TypeKind.Cidr or TypeKind.MacAddr or TypeKind.MacAddr8 =>
            Network(request) is var d ? new UniformSpec(d.Min, d.Max, d.Step) : null,
        _ => Text(request, Draw.Own, 0) is { } template ? new TextSpec(template) : null,
    };

    /// <summary>Text that the server's input function reads, for types without a form of their own; null for those that nothing is known
    /// of.</summary>
    public static TextTemplate? Text(ValueRequest request, Draw draw, long serial)
    {
        var type = request.Type;
        if (type.Kind is TypeKind.Bit or TypeKind.VarBit) return Bits(type, draw, serial);
        var source = NumberedPath(request, draw)
            ?? (draw.IsIndex ? Unique(type.Kind) ?? UniqueByName(type.BaseName)
            : Plain(type.Kind) ?? PlainByName(type.BaseName) ?? (type.Kind == TypeKind.Json ? JsonOf(request) : null));
        return source is null ? null : new TemplateParser(request.Locale, "", serial).Parse(source);
    }

    // A path in a table of numbered rows leads along their numbers.
    static string? NumberedPath(ValueRequest request, Draw draw)
    {
        if (request.Type.Kind != TypeKind.LTree || NameWords.Of(request.Column.Name) is not [.., "path"]) return null;
        if (request.Table.PrimaryKey is not { Parts: [{ Column: { } key }] } || !request.Table[key].Type.Kind.IsInteger()) return null;
        return draw.IsIndex ? "0.{1..99}.{n*}" : "0.{1..99}.{1..999}";
    }

    static TextTemplate Bits(ColumnType type, Draw draw, long serial)
    {
        var length = type.Length
            ?? (type.Kind == TypeKind.Bit ? 1 : Math.Max(DefaultBits, 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)serial)));
        return new TextTemplate([new CharsPart("01", length, length, draw)]);
    }

    static string? Plain(TypeKind kind) => kind switch
    {
        TypeKind.Xml => "{=xml.document}",
        TypeKind.TsVector => "'{word}':1 '{word}':2,5 '{word}':3",
        TypeKind.TsQuery => "'{word}' & '{word}'",
        TypeKind.HStore => "\"color\"=>\"{color.name}\", \"size\"=>\"{(XS|S|M|L|XL)}\", \"material\"=>\"{material}\"",
        TypeKind.LTree => "top.{word}.{word}",
        TypeKind.Point => "({0.00..500.00},{0.00..500.00})",
        TypeKind.Line => "<<1,{-9..9},{0..500}>>",
        TypeKind.LineSegment => "[({0..500},{0..500}),({501..999},{0..500})]",
        TypeKind.Box => "({501..999},{501..999}),({0..500},{0..500})",
        TypeKind.Path => "[({0..99},{0..99}),({100..199},{0..99}),({200..299},{0..99})]",
        TypeKind.Polygon => "(({0..99},{0..99}),({100..199},{0..99}),({100..199},{100..199}))",
        TypeKind.Circle => "<({0..500},{0..500}),{1..60}>",
        _ => null,
    };

    // Types of the server's own machinery.
    static string? PlainByName(string baseName) => baseName switch
    {
        "pg_lsn" => "{0..9}/{1000..9999}{1000..9999}",
        "pg_snapshot" or "txid_snapshot" => "{700..799}:{800..899}:",
        "jsonpath" => "$.{word}",
        "oid" or "xid" or "cid" => "{16384..99999}",
        "xid8" => "{700..999999}",
        "char" => "{(a|b|c|d|e)}",
        "tid" => "({0..99},{1..60})",
        _ => null,
    };

    static string? UniqueByName(string baseName) => baseName switch
    {
        "pg_lsn" => "0/{n*}",
        "oid" or "xid8" => "{n*}",
        "pg_snapshot" or "txid_snapshot" => "1:{n*}:",
        _ => null,
    };

    static string? Unique(TypeKind kind) => kind switch
    {
        TypeKind.Json => "<<\"id\": {n*}, \"name\": \"{word}\", \"active\": {(true|false)}>>",
        TypeKind.Xml => "<item id=\"{n*}\"><name>{word}</name></item>",
        TypeKind.TsVector => "'{word}':1 'w{n*}':2",
        TypeKind.TsQuery => "'w{n*}' & '{word}'",
        TypeKind.HStore => "\"id\"=>\"{n*}\", \"color\"=>\"{color.name}\"",
        TypeKind.LTree => "top.{word}.n{n*}",
        TypeKind.Point => "({n*},{0..500})",
        TypeKind.Line => "<<1,-1,{n*}>>",
        TypeKind.LineSegment => "[({n*},0),(0,{1..99})]",
        TypeKind.Box => "({n*},{51..99}),(0,{0..50})",
        TypeKind.Path => "[(0,0),({n*},{1..99})]",
        TypeKind.Polygon => "((0,0),({n*},0),({n*},{1..99}))",
        TypeKind.Circle => "<({n*},{0..500}),{1..60}>",
        _ => null,
    };

    static string JsonOf(ValueRequest request)
    {
        var (types, named) = (request.Domain.JsonTypes, JsonOf(request.Column.Name));
        // An empty list by default: what reads the column reads a list.
        if (types.IsEmpty && request.Column.Default is { } value && EmptyList.IsMatch(value)) return JsonList;
        if (types.IsEmpty || types.Contains(named == JsonList ? "array" : "object")) return named;
        return types.Contains("object") ? "{=json.metadata}" : types.Contains("array") ? JsonList
            : types.Contains("string") ? "\"{word}\"" : types.Contains("number") ? "{1..999}" : types.Contains("boolean") ? "{(true|false)}" : "null";
    }

    const string JsonList = "{=json.tags}";

    [GeneratedRegex(@"^\(*'?\s*\[\s*\]\s*'?(::jsonb?)?\)*$|^jsonb?_(build_array\(\)|array\(\))$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    static partial Regex EmptyList { get; }

    /// <summary>The list of templates that suits a JSON column's name.</summary>
    public static string JsonOf(string column)
    {
        var words = NameWords.Of(column).ConvertAll(NameWords.Singular);
        bool Has(params ReadOnlySpan<string> any)
        {
            foreach (var word in any)
                if (words.Contains(word)) return true;
            return false;
        }

        return Has("setting", "preference", "configuration", "option") ? "{=json.settings}"
            : Has("payload", "event", "body", "request", "response", "message", "context", "data") && !Has("meta") ? "{=json.payload}"
            : Has("address", "location") ? "{=json.address}"
            : Has("permission", "scope", "grant", "acl", "policy") ? "{=json.permission}"
            : Has("specification", "attribute", "property", "feature", "dimension") ? "{=json.specification}"
            : Has("tag", "label", "keyword", "list", "category", "topic") ? JsonList
            : "{=json.metadata}";
    }

    static BytesSpec Bytes(ValueRequest request, ColumnMeaning meaning)
    {
        var (min, max) = Lengths(request);
        if (meaning.Kind == Meaning.Image && max >= 34 && min <= 34) return new BytesSpec(PictureHead + "00", 6, 6, PictureTail);
        var length = LengthOf(request.Column.Name, meaning.Kind);
        if (length > 0 && length >= min && length <= max) return new BytesSpec("", length, length);
        return new BytesSpec("", Math.Clamp(16, min, max), Math.Clamp(64, min, max));
    }

    public static (int Min, int Max) Lengths(ValueRequest request)
    {
        var max = Math.Min(request.Type.Length ?? int.MaxValue, request.Domain.MaxLength ?? int.MaxValue);
        return (Math.Min(request.Domain.MinLength ?? 0, max), max);
    }

    /// <summary>Bytes of a digest or key, by what it is called; 0 when any will do.</summary>
    public static int LengthOf(string column, Meaning meaning)
    {
        var name = column.ToLowerInvariant();
        return name.Contains("md5") ? 16 : name.Contains("sha1") || name.Contains("commit") ? 20 : name.Contains("sha512") ? 64
            : name.Contains("crc32") ? 4 : meaning switch
            {
                Meaning.Hash or Meaning.PasswordHash or Meaning.Secret or Meaning.Token => 32,
                Meaning.Salt or Meaning.UuidText => 16,
                Meaning.Signature or Meaning.Certificate => 64,
                _ => 0,
            };
    }

    // What opens lies in the morning and what closes in the evening, so that they are in order.
    static NumberSpec TimeOfDaySpec(ValueRequest request)
    {
        var words = NameWords.Of(request.Column.Name);
        var (from, to) = words.Exists(w => w is "start" or "opening" or "open" or "begin" or "from" or "departure") ? (7, 12)
            : words.Exists(w => w is "end" or "closing" or "close" or "until" or "finish" or "arrival") ? (15, 22) : (6, 23);
        var (low, high) = NumberPlanner.Bounds(request, 0);
        var min = Math.Clamp(from * TemporalForms.Hour, Math.Max(0, low), Math.Max(0, Math.Min(high, TemporalForms.Day - 1)));
        var max = Math.Clamp(to * TemporalForms.Hour - 1, min, Math.Max(min, Math.Min(high, TemporalForms.Day - 1)));
        return new NumberSpec(NumberShape.Normal, min, max, (min + max) / 2.0, (max - min) / 4.0, 0, 15 * TemporalForms.Minute);
    }

    static NumberSpec Interval(ValueRequest request, ColumnMeaning meaning)
    {
        var median = meaning.Kind switch
        {
            Meaning.DurationMillis => TemporalForms.Second / 5,
            Meaning.DurationSeconds => 4 * TemporalForms.Minute,
            Meaning.DurationMinutes => 90 * TemporalForms.Minute,
            Meaning.DurationDays => 10 * TemporalForms.Day,
            _ => 6 * TemporalForms.Hour,
        };
        var (low, high) = NumberPlanner.Bounds(request, 0);
        var min = Math.Clamp(median / 100, low, high);
        return new NumberSpec(NumberShape.LogNormal, min, Math.Clamp(median * 60, min, Math.Max(min, high)), median, 0.9, 0,
            Math.Max(1, median / 1_000 / TemporalForms.Second * TemporalForms.Second));
    }

    /// <summary>Addresses that belong to nobody: a private network, locally administered hardware.</summary>
    public static IntegerDomain Network(ValueRequest request)
    {
        var (min, max, step) = request.Type.Kind switch
        {
            TypeKind.Cidr => (24L << 32 | 10L << 24, 24L << 32 | 10L << 24 | 0xFFFF00, 256L),
            TypeKind.MacAddr => (2L << 40, (3L << 40) - 1, request.Domain.Step ?? 1),
            TypeKind.MacAddr8 => (2L << 56, (3L << 56) - 1, request.Domain.Step ?? 1),
            _ => (32L << 32 | 10L << 24 | 1, 32L << 32 | 10L << 24 | 0xFFFFFE, 1L),
        };
        var (low, high) = (request.Domain.Min ?? min, request.Domain.Max ?? max);
        // What checks leave may lie elsewhere.
        if (low > max || high < min) return new IntegerDomain(low, Math.Max(low, high), NetworkValue.Of(low).IsVersion6 ? 1 : step);
        return new IntegerDomain(Math.Max(min, low), Math.Min(max, high), step);
    }
}
