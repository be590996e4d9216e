using System.Globalization;
using RelSeed.Schema;
using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite;

/// <summary>Values of some columns as canonical text.</summary>
static class ColumnReader
{
    public static IEnumerable<IReadOnlyList<string?>> Read(SqliteHandle handle, Table table, IReadOnlyList<int> columns, long limit)
    {
        var types = columns.Select(c => table.Columns[c].Type.Kind).ToArray();
        using var statement = handle.Prepare(Sql(table, columns));
        statement.Bind(0, limit);
        while (statement.Step()) yield return [.. types.Select((kind, i) => TextOf(statement, i, kind))];
    }

    static string Sql(Table table, IReadOnlyList<int> columns)
    {
        var values = columns.Select(c => SqlText.Name(table.Columns[c].Name)).DefaultIfEmpty("NULL");
        var order = table.PrimaryKey is { IsPlain: true } key ? $" ORDER BY {SqlText.Columns(key.ColumnNames)}" : "";
        return $"SELECT {string.Join(", ", values)} FROM {SqlText.Table(table.Name.Name)}{order} LIMIT ?1";
    }

    static string? TextOf(SqliteStatement statement, int column, TypeKind kind) => kind switch
    {
        _ when statement.IsNull(column) => null,
        TypeKind.Bytes => Convert.ToHexStringLower(statement.GetBytes(column)),
        // The library prints 15 digits, which are not the whole number.
        TypeKind.Float32 or TypeKind.Float64 => statement.GetDouble(column).ToString("R", CultureInfo.InvariantCulture),
        _ => statement.GetText(column),
    };
}
