using System.Text.Json;
using static RelSeed.Expressions.ScalarFunction;

namespace RelSeed.Expressions;

/// <summary>JSON in both dialects: types, members, validity.</summary>
static class JsonFunctions
{
    static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };

    public static readonly KeyValuePair<string, ScalarFunction>[] PostgreSql =
    [
        Strict("jsonb_typeof", 1, static (a, _) => OnJson(a[0], static j => SqlValue.Text(TypeOf(j)))),
        Strict("json_typeof", 1, static (a, _) => OnJson(a[0], static j => SqlValue.Text(TypeOf(j)))),
        Strict("jsonb_array_length", 1, static (a, _) => OnJson(a[0], ArrayLength)),
        Strict("json_array_length", 1, static (a, _) => OnJson(a[0], ArrayLength)),
    ];

    static SqlValue ArrayLength(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? SqlValue.Integer(json.GetArrayLength()) : SqlValue.Error("a value is no JSON array");

    static SqlValue OnJson(SqlValue value, Func<JsonElement, SqlValue> apply)
    {
        if (value.Kind == SqlKind.Json) return apply(value.AsJson);
        if (value.Kind != SqlKind.Text) return SqlValue.NotEvaluable("a JSON function on no JSON");
        var parsed = Parse(value.AsText);
        return parsed.Kind == SqlKind.Json ? apply(parsed.AsJson) : parsed;
    }

    public static JsonElement? TryParse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public static SqlValue Parse(string text) => TryParse(text) is { } json ? SqlValue.Json(json) : SqlValue.Error("a value is no JSON");

    static string TypeOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Undefined => "null",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    public static SqlValue IsJson(SqlValue value, IsTest test, bool negated)
    {
        if (value.IsNull) return value;
        if (value.Kind is not (SqlKind.Text or SqlKind.Json)) return SqlValue.NotEvaluable("IS JSON of no text");
        var json = value.Kind == SqlKind.Json ? value.AsJson : TryParse(value.AsText);
        var holds = json is { } found && test switch
        {
            IsTest.JsonObject => found.ValueKind == JsonValueKind.Object,
            IsTest.JsonArray => found.ValueKind == JsonValueKind.Array,
            IsTest.JsonScalar => found.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array),
            _ => true,
        };
        return SqlValue.Boolean(holds != negated);
    }

    /// <summary>-&gt;, -&gt;&gt;, #&gt;, #&gt;&gt; and ?, whose left is JSON.</summary>
    public static SqlValue Apply(string symbol, SqlValue json, SqlValue key) => OnJson(json, root =>
    {
        if (symbol == "?") return key.IsText ? SqlValue.Boolean(HasKey(root, key.AsText)) : SqlValue.NotEvaluable("? with no text");
        JsonElement? found = root;
        if (symbol[0] == '-') found = Member(root, key);
        else
        {
            var path = key.Kind == SqlKind.Text ? SqlCast.ArrayFromText(key.AsText, SqlValue.Text) : key;
            if (path.Kind != SqlKind.Array) return SqlValue.NotEvaluable("a JSON path that is no array");
            foreach (var step in path.Items)
                if (found is { } current) found = Step(current, step);
        }
        if (found is not { } value) return SqlValue.Null;
        return symbol.EndsWith(">>", StringComparison.Ordinal) ? AsText(value) : SqlValue.Json(value);
    });

    /// <summary>Null for escapes that make no text.</summary>
    static string? StringOf(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    static bool HasKey(JsonElement json, string key) => json.ValueKind switch
    {
        JsonValueKind.Object => json.TryGetProperty(key, out _),
        JsonValueKind.Array => json.EnumerateArray().Any(i => i.ValueKind == JsonValueKind.String && StringOf(i) == key),
        JsonValueKind.String => StringOf(json) == key,
        _ => false,
    };

    static JsonElement? Member(JsonElement json, SqlValue key)
    {
        if (key.IsText) return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(key.AsText, out var member) ? member : null;
        if (key.Kind != SqlKind.Integer || json.ValueKind != JsonValueKind.Array) return null;
        var (index, length) = (key.AsInteger, json.GetArrayLength());
        if (index < 0) index += length;
        return index >= 0 && index < length ? json[(int)index] : null;
    }

    static JsonElement? Step(JsonElement json, SqlValue step) =>
        json.ValueKind == JsonValueKind.Array && long.TryParse(step.ToString(), out var index)
        ? Member(json, SqlValue.Integer(index))
        : Member(json, step);

    /// <summary>The text of a member; NULL for JSON null. The text of what is composed depends on the server's spacing.</summary>
    static SqlValue AsText(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => StringOf(json) is { } text ? SqlValue.Text(text) : SqlValue.NotEvaluable("half a surrogate pair"),
        JsonValueKind.Null => SqlValue.Null,
        JsonValueKind.True => SqlValue.Text("true"),
        JsonValueKind.False => SqlValue.Text("false"),
        JsonValueKind.Number when !json.GetRawText().AsSpan().ContainsAny('e', 'E') => SqlValue.Text(json.GetRawText()),
        _ => SqlValue.NotEvaluable("the text of a JSON composite"),
    };

    /// <summary>json_type's answer in SQLite.</summary>
    public static string SqliteTypeOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => json.GetRawText().AsSpan().ContainsAny(".eE") ? "real" : "integer",
        JsonValueKind.Undefined => "null",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>A value as SQLite's json_extract and -&gt;&gt; give it.</summary>
    static SqlValue SqliteValue(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => StringOf(json) is { } text ? SqlValue.Text(text) : SqlValue.NotEvaluable("half a surrogate pair"),
        JsonValueKind.Null => SqlValue.Null,
        JsonValueKind.True => SqlValue.Integer(1),
        JsonValueKind.False => SqlValue.Integer(0),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? SqlValue.Integer(whole) : SqlValue.Double(json.GetDouble()),
        _ => SqlValue.NotEvaluable("the text of a JSON composite"),
    };

    public static SqlValue SqliteArrow(string symbol, SqlValue json, SqlValue path)
    {
        if (SqliteSemantics.TextOf(json) is not { } text || SqliteSemantics.TextOf(path) is not { } key)
            return SqlValue.NotEvaluable("a JSON operator on no text");
        if (path.Kind == SqlKind.Integer) key = $"$[{key}]";
        else if (!key.StartsWith('$')) key = $"$.\"{key}\"";
        return symbol == "->" ? SqlValue.NotEvaluable("the text of JSON") : SqliteExtract(text, key);
    }

    public static SqlValue SqliteExtract(string text, string path)
    {
        if (TryParse(text) is not { } json) return SqlValue.NotEvaluable("a value is no strict JSON");
        return JsonPath.Find(json, path, out var found) ? found is { } value ? SqliteValue(value) : SqlValue.Null
            : SqlValue.NotEvaluable("a JSON path that is not read");
    }
}
