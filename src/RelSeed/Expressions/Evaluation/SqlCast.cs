using System.Globalization;
using System.Text;

namespace RelSeed.Expressions;

/// <summary>Casts as PostgreSQL does them.</summary>
static class SqlCast
{
    static SqlValue Wrong(string type) => SqlValue.Error($"a value is no {type}");

    static SqlValue Unknown(SqlValue value, string type) => SqlValue.NotEvaluable($"the cast of {value.Kind} to {type} is not evaluated");

    /// <param name="isLiteral">The value is a constant of the expression, so that its text belongs to the type even if the type is not known.</param>
    public static SqlValue To(SqlValue value, TypeName type, EvaluationContext context, bool isLiteral)
    {
        if (value.IsNull || !value.IsEvaluable) return value;
        if (type.Dimensions > 0) return ToArray(value, type, context, isLiteral);
        return type.Name switch
        {
            "smallint" => ToInteger(value, short.MinValue, short.MaxValue),
            "integer" => ToInteger(value, int.MinValue, int.MaxValue),
            "bigint" => ToInteger(value, long.MinValue, long.MaxValue),
            "numeric" => ToNumeric(value, type),
            "real" => ToDouble(value) is { Kind: SqlKind.Double } wide ? SqlValue.Double((float)wide.AsDouble) : ToDouble(value),
            "double precision" => ToDouble(value),
            "boolean" => ToBoolean(value),
            "text" or "name" => ToText(value),
            "character varying" => Truncate(ToText(value), type),
            "character" => Padded(Truncate(ToText(value), type)),
            "citext" => ToText(value) is { IsEvaluable: true } text ? SqlValue.CaseInsensitiveText(text.AsText) : ToText(value),
            _ => ToOther(value, type, isLiteral),
        };
    }

    static SqlValue ToOther(SqlValue value, TypeName type, bool isLiteral) => type.Name switch
    {
        "date" => ToDate(value),
        "time without time zone" => ToTime(value),
        "timestamp without time zone" => Round(ToTimestamp(value, SqlKind.Timestamp), type),
        "timestamp with time zone" => Round(ToTimestamp(value, SqlKind.TimestampTz), type),
        "interval" => value.IsText ? SqlTime.ParseInterval(value.AsText) ?? SqlValue.NotEvaluable("an interval that is not read")
            : Keep(value, SqlKind.Interval, type),
        "uuid" => value.IsText ? Guid.TryParse(value.AsText, out var id) ? SqlValue.Uuid(id) : Wrong("uuid") : Keep(value, SqlKind.Uuid, type),
        "inet" or "cidr" => value.IsText ? NetworkFunctions.Parse(value.AsText) : Keep(value, SqlKind.Network, type),
        "macaddr" or "macaddr8" => value.IsText ? HardwareAddress.Parse(value.AsText) : Unknown(value, type.Name),
        "json" or "jsonb" => value.IsText ? JsonFunctions.Parse(value.AsText) : Keep(value, SqlKind.Json, type),
        "bytea" => value.IsText ? ToBytes(value.AsText) : Keep(value, SqlKind.Bytes, type),
        "bit" or "bit varying" => value.Kind == SqlKind.Bits && type.Modifiers.IsEmpty ? value : Unknown(value, type.Name),
        "int4range" or "int8range" or "numrange" or "daterange" or "tsrange" or "tstzrange" =>
            value.IsText ? RangeFunctions.Parse(value.AsText, type.Name) : Keep(value, SqlKind.Range, type),
        _ => isLiteral && value.IsText ? SqlValue.Label(value.AsText) : Unknown(value, type.Name),
    };

    static SqlValue Keep(SqlValue value, SqlKind kind, TypeName type) => value.Kind == kind ? value : Unknown(value, type.Name);

    /// <summary>Reads an untyped literal as the type of the value it meets.</summary>
    public static SqlValue ToKindOf(SqlValue text, SqlValue other, EvaluationContext context) => other.Kind switch
    {
        SqlKind.Integer => ToInteger(text, long.MinValue, long.MaxValue),
        SqlKind.Decimal => SqlNumber.ParseDecimal(text.AsText),
        SqlKind.Interval => SqlTime.ParseInterval(text.AsText) is { } interval ? interval : SqlValue.NotEvaluable("an interval that is not read"),
        SqlKind.Range => RangeFunctions.ParseLike(text.AsText, other.AsRange),
        SqlKind.Array =>
            ArrayFromText(text.AsText,
                item => other.Items is [{ IsText: false } first, ..] ? ToKindOf(SqlValue.Text(item), first, context) : SqlValue.Text(item)),
        SqlKind.Bits => SqlValue.Bits(text.AsText),
        SqlKind.Network => NetworkFunctions.Parse(text.AsText),
        SqlKind.Row => SqlValue.NotEvaluable("a row's text is not read"),
        _ => To(text, new TypeName(NameOf(other.Kind)), context, isLiteral: true),
    };

    static string NameOf(SqlKind kind) => kind switch
    {
        SqlKind.Double => "double precision",
        SqlKind.Bytes => "bytea",
        SqlKind.Json => "jsonb",
        SqlKind.Time => "time without time zone",
        SqlKind.Timestamp => "timestamp without time zone",
        SqlKind.TimestampTz => "timestamp with time zone",
        _ => kind.ToString().ToLowerInvariant(),
    };

    static SqlValue ToInteger(SqlValue value, long minimum, long maximum)
    {
        decimal number;
        switch (value.Kind)
        {
            case SqlKind.Integer or SqlKind.Boolean:
                number = value.AsInteger;
                break;
            case SqlKind.Decimal:
                number = Math.Round(value.AsDecimal, MidpointRounding.AwayFromZero);
                break;
            case SqlKind.Double:
                var real = Math.Round(value.AsDouble, MidpointRounding.ToEven);
                if (!(Math.Abs(real) < 1e19)) return Wrong("integer");
                number = (decimal)real;
                if ((double)number != real) return SqlValue.NotEvaluable("a double of more than 15 digits");
                break;
            case SqlKind.Text or SqlKind.CaseInsensitiveText:
                if (!long.TryParse(value.AsText.Trim(' '), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed))
                    return Wrong("integer");
                number = parsed;
                break;
            default:
                return Unknown(value, "integer");
        }
        return number < minimum || number > maximum ? SqlValue.Error("out of range") : SqlValue.Integer((long)number);
    }

    static SqlValue ToNumeric(SqlValue value, TypeName type)
    {
        var number = value.Kind switch
        {
            SqlKind.Integer => SqlValue.Decimal(value.AsInteger),
            SqlKind.Decimal => value,
            SqlKind.Double => Math.Abs(value.AsDouble) < 1e15 && value.AsDouble == Math.Truncate(value.AsDouble)
                ? SqlValue.Decimal((decimal)value.AsDouble) : SqlValue.NotEvaluable("a double's digits are not told"),
            SqlKind.Text or SqlKind.CaseInsensitiveText => SqlNumber.ParseDecimal(value.AsText.Trim()),
            _ => Unknown(value, "numeric"),
        };
        if (type.Modifiers.IsEmpty || number.Kind != SqlKind.Decimal) return number;
        var scale = type.Modifiers.Count > 1 ? type.Modifiers[1] : 0;
        var rounded = SqlNumber.Round(number.AsDecimal, scale);
        var limit = type.Modifiers[0] - scale;
        return rounded.Kind == SqlKind.Decimal && limit <= 28 && SqlNumber.Round(rounded.AsDecimal, 0, truncate: true).AsDecimal is var whole
            && (limit <= 0 ? whole != 0
            : Math.Abs(whole).ToString(CultureInfo.InvariantCulture) is var digits && digits != "0" && digits.Length > limit)
            ? SqlValue.Error("out of range") : rounded;
    }

    static SqlValue ToDouble(SqlValue value) => value.Kind switch
    {
        SqlKind.Integer or SqlKind.Decimal or SqlKind.Double => SqlValue.Double(SqlCompare.ToDouble(value)),
        SqlKind.Text or SqlKind.CaseInsensitiveText => SqlNumber.ParseDecimal(value.AsText.Trim()) is { Kind: SqlKind.Double } special
            ? special : SqlNumber.Parse(value.AsText.Trim(), asDouble: true),
        _ => Unknown(value, "double precision"),
    };

    static SqlValue ToBoolean(SqlValue value) => value.Kind switch
    {
        SqlKind.Boolean => value,
        SqlKind.Integer => SqlValue.Boolean(value.AsInteger != 0),
        SqlKind.Text or SqlKind.CaseInsensitiveText => value.AsText.Trim().ToLowerInvariant() switch
        {
            "t" or "tr" or "tru" or "true" or "y" or "ye" or "yes" or "on" or "1" => SqlValue.True,
            "f" or "fa" or "fal" or "fals" or "false" or "n" or "no" or "of" or "off" or "0" => SqlValue.False,
            _ => Wrong("boolean"),
        },
        _ => Unknown(value, "boolean"),
    };

    /// <summary>The output function's text, for kinds whose text depends on no setting.</summary>
    public static SqlValue ToText(SqlValue value) => value.Kind switch
    {
        SqlKind.Text => value,
        SqlKind.CaseInsensitiveText or SqlKind.Label => SqlValue.Text(value.AsText),
        SqlKind.Null or SqlKind.NotEvaluable => value,
        SqlKind.Boolean or SqlKind.Integer or SqlKind.Decimal or SqlKind.Uuid or SqlKind.Bits or SqlKind.Date or SqlKind.Time or SqlKind.Timestamp =>
            SqlValue.Text(value.ToString()),
        _ => Unknown(value, "text"),
    };

    static SqlValue Truncate(SqlValue text, TypeName type)
    {
        if (type.Modifiers.IsEmpty || !text.IsText || text.AsText.Length <= type.Modifiers[0]) return text;
        return SqlValue.Text(TextFunctions.Left(text.AsText, type.Modifiers[0]));
    }

    /// <summary>Trailing blanks of char(n) do not count.</summary>
    static SqlValue Padded(SqlValue text) => text.IsText ? SqlValue.Text(text.AsText.TrimEnd(' ')) : text;

    static SqlValue ToDate(SqlValue value) => value.Kind switch
    {
        SqlKind.Date => value,
        SqlKind.Timestamp or SqlKind.TimestampTz =>
            SqlValue.Date(Math.Abs(value.AsInteger) == SqlValue.Infinity ? value.AsInteger : SqlTime.FloorDay(value.AsInteger)),
        SqlKind.Text => SqlTime.ParseDate(value.AsText) is { } days ? SqlValue.Date(days) : SqlValue.NotEvaluable("a date that is not read"),
        _ => Unknown(value, "date"),
    };

    static SqlValue ToTime(SqlValue value) => value.Kind switch
    {
        SqlKind.Time => value,
        SqlKind.Timestamp or SqlKind.TimestampTz => SqlValue.Time(SqlTime.Mod(value.AsInteger, SqlTime.Day)),
        SqlKind.Text => SqlTime.ParseTime(value.AsText) is { } time ? SqlValue.Time(time) : SqlValue.NotEvaluable("a time that is not read"),
        _ => Unknown(value, "time"),
    };

    static SqlValue ToTimestamp(SqlValue value, SqlKind kind)
    {
        SqlValue Make(long microseconds) => kind == SqlKind.Timestamp ? SqlValue.Timestamp(microseconds) : SqlValue.TimestampTz(microseconds);
        switch (value.Kind)
        {
            case SqlKind.Timestamp or SqlKind.TimestampTz:
                return Make(value.AsInteger);
            case SqlKind.Date:
                return Make(Math.Abs(value.AsInteger) == SqlValue.Infinity ? value.AsInteger : value.AsInteger * SqlTime.Day);
            case SqlKind.Text when SqlTime.ParseTimestamp(value.AsText, out var offset) is { } local:
                return Make(kind == SqlKind.TimestampTz ? local - offset : local);
            default:
                return value.Kind == SqlKind.Text ? SqlValue.NotEvaluable("a timestamp that is not read") : Unknown(value, "timestamp");
        }
    }

    static SqlValue Round(SqlValue instant, TypeName type) =>
        type.Modifiers.IsEmpty || type.Modifiers[0] >= 6 ? instant : SqlValue.NotEvaluable("a timestamp of fewer digits is not evaluated");

    static SqlValue ToBytes(string text)
    {
        if (!text.StartsWith("\\x", StringComparison.Ordinal))
            return text.Contains('\\', StringComparison.Ordinal) ? SqlValue.NotEvaluable("escaped bytes are not read")
                : SqlValue.Bytes(Encoding.UTF8.GetBytes(text));
        try
        {
            return SqlValue.Bytes(Convert.FromHexString(text.AsSpan(2)));
        }
        catch (FormatException)
        {
            return Wrong("bytea");
        }
    }

    static SqlValue ToArray(SqlValue value, TypeName type, EvaluationContext context, bool isLiteral)
    {
        var element = type with { Dimensions = 0 };
        if (value.Kind == SqlKind.Text) return ArrayFromText(value.AsText, item => To(SqlValue.Text(item), element, context, isLiteral));
        if (value.Kind != SqlKind.Array) return Unknown(value, type.Name + "[]");
        var items = value.Items.Select(i => i.Kind == SqlKind.Array ? ToArray(i, type, context, isLiteral) : To(i, element, context, isLiteral))
            .ToArray();
        var fault = Array.FindIndex(items, i => !i.IsEvaluable);
        return fault >= 0 ? items[fault] : SqlValue.Array(items);
    }

    /// <summary>Reads <c>{a,"b c",NULL}</c>, of one dimension.</summary>
    public static SqlValue ArrayFromText(string text, Func<string, SqlValue> make)
    {
        text = text.Trim();
        if (text.Length < 2 || text[0] != '{' || text[^1] != '}') return Wrong("array");
        var items = new List<SqlValue>();
        for (var i = 1; i < text.Length - 1; i++)
        {
            var (item, isQuoted, next) = ArrayItem(text, i);
            if (next < 0) return SqlValue.NotEvaluable("an array of several dimensions is not read");
            items.Add(!isQuoted && item.Equals("NULL", StringComparison.OrdinalIgnoreCase) ? SqlValue.Null : make(item));
            if (!items[^1].IsEvaluable) return items[^1];
            i = next;
        }
        return SqlValue.Array(items);
    }

    static (string Item, bool IsQuoted, int Next) ArrayItem(string text, int at)
    {
        var item = new StringBuilder();
        var (isQuoted, inside) = (false, false);
        for (; at < text.Length - 1 && (inside || text[at] != ','); at++)
        {
            if (text[at] == '"') (isQuoted, inside) = (true, !inside);
            else if (text[at] is '{' or '}' && !inside) return ("", false, -1);
            else item.Append(text[at] == '\\' && at + 1 < text.Length - 1 ? text[++at] : text[at]);
        }
        return (isQuoted ? item.ToString() : item.ToString().Trim(), isQuoted, at);
    }
}
