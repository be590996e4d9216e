using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Schema.Queries;

/// <param name="CreateText">Empty when the catalog keeps none.</param>
sealed record TableRow(string Name, bool IsWithoutRowId, bool IsStrict, string CreateText);

/// <summary>The ordinary tables of the main database: no views, virtual, shadow, internal or temporary tables.</summary>
static class TableQuery
{
    /// <summary>A subquery of the tables' names, for the other queries to join.</summary>
    public const string Names =
        """(SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\')""";

    const string Sql =
        $"""
        SELECT t.name, t.wr, t.strict, s.sql
        FROM {Names} AS t
        JOIN main.sqlite_schema AS s ON s.type = 'table' AND s.name = t.name
        """;

    public static IEnumerable<TableRow> Read(SqliteHandle handle)
    {
        using var statement = handle.Prepare(Sql);
        while (statement.Step())
            yield return new TableRow(statement.GetText(0)!, statement.GetBoolean(1), statement.GetBoolean(2), statement.GetText(3) ?? "");
    }
}
