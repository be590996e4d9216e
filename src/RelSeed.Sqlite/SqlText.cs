using RelSeed.Sqlite.Schema;
using RelSeed.Sqlite.Schema.CreateText;

namespace RelSeed.Sqlite;

/// <summary>Quoted names in SQL text.</summary>
static class SqlText
{
    public static string Name(string name) => SqlName.Quote(name);
    public static string Table(string name) => $"{SqliteSchemaReader.MainSchema}.{SqlName.Quote(name)}";
    public static string Columns(IEnumerable<string> names) => string.Join(", ", names.Select(SqlName.Quote));
}
