using System.Text.Json;

namespace RelSeed.Expressions;

/// <summary>SQLite's JSON paths: <c>$.a."b c"[0]</c>.</summary>
static class JsonPath
{
    /// <param name="found">Null when the path leads nowhere.</param>
    /// <returns>False when the path is not of the forms that are read.</returns>
    public static bool Find(JsonElement json, string path, out JsonElement? found)
    {
        found = null;
        if (!path.StartsWith('$')) return false;
        JsonElement? current = json;
        for (var i = 1; i < path.Length;)
        {
            if (path[i] == '.' && Key(path, ref i) is { } key)
                current = current is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(key, out var member) ? member : null;
            else if (path[i] == '[' && Index(path, ref i) is { } index)
                current = current is { ValueKind: JsonValueKind.Array } list && index < list.GetArrayLength() ? list[index] : null;
            else return false;
        }
        found = current;
        return true;
    }

    static string? Key(string path, ref int at)
    {
        at++;
        if (at < path.Length && path[at] == '"')
        {
            var close = path.IndexOf('"', at + 1);
            if (close < 0 || path.AsSpan(at, close - at).Contains('\\')) return null;
            var quoted = path[(at + 1)..close];
            at = close + 1;
            return quoted;
        }
        var start = at;
        while (at < path.Length && path[at] is not ('.' or '[')) at++;
        return at > start ? path[start..at] : null;
    }

    static int? Index(string path, ref int at)
    {
        var close = path.IndexOf(']', at);
        if (close < 0 || !int.TryParse(path.AsSpan(at + 1, close - at - 1), System.Globalization.NumberStyles.None, null, out var index)) return null;
        at = close + 1;
        return index;
    }
}
