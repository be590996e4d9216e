using RelSeed.Schema;

namespace RelSeed.PostgreSql;

/// <summary>Names as SQL writes them: always quoted, so that any name stands for itself.</summary>
static class SqlName
{
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Quote(TableName name) => name.Schema.Length == 0 ? Quote(name.Name) : $"{Quote(name.Schema)}.{Quote(name.Name)}";

    public static string List(IEnumerable<string> names) => string.Join(", ", names.Select(Quote));
}
