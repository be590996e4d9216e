using RelSeed.Schema;
using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite;

/// <summary>Some rows of a table as text.</summary>
static class TableSample
{
    const int BlobBytes = 16;

    public static IReadOnlyList<IReadOnlyList<string?>> Read(SqliteHandle handle, Table table, int rows)
    {
        using var statement =
            handle.Prepare($"SELECT {string.Join(", ", table.Columns.Select(AsText))} FROM {SqlText.Table(table.Name.Name)} LIMIT ?1");
        statement.Bind(0, rows);
        List<IReadOnlyList<string?>> sample = [];
        while (statement.Step()) sample.Add([.. Enumerable.Range(0, table.Columns.Count).Select(statement.GetText)]);
        return sample;
    }

    // A blob shows as the literal that begins like it.
    static string AsText(Column column)
    {
        var name = SqlText.Name(column.Name);
        return $"CASE typeof({name}) WHEN 'blob' THEN 'x''' || lower(hex(substr({name}, 1, {BlobBytes}))) || '''' ELSE {name} END";
    }
}
