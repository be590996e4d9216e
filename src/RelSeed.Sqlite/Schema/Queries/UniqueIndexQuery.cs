using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Schema.Queries;

/// <param name="Origin"><c>pk</c> for a primary key, <c>u</c> for a unique constraint, <c>c</c> for CREATE INDEX.</param>
/// <param name="CreateText">Null when a constraint made the index.</param>
/// <param name="Column">Null for an expression.</param>
sealed record IndexPartRow(string Table, string Index, string Origin, string? CreateText, string? Column, string Collation);

/// <summary>Key parts of unique indexes, in the order of declaration.</summary>
static class UniqueIndexQuery
{
    const string Sql =
        $"""
        SELECT t.name, i.name, i.origin, s.sql, p.name, p.coll
        FROM {TableQuery.Names} AS t
        CROSS JOIN pragma_index_list(t.name, 'main') AS i
        CROSS JOIN pragma_index_xinfo(i.name, 'main') AS p
        LEFT JOIN main.sqlite_schema AS s ON s.type = 'index' AND s.name = i.name
        WHERE i."unique" = 1 AND p.key = 1
        ORDER BY t.name, i.seq DESC, p.seqno
        """;

    public static IEnumerable<IndexPartRow> Read(SqliteHandle handle)
    {
        using var statement = handle.Prepare(Sql);
        while (statement.Step())
            yield return new IndexPartRow(
                statement.GetText(0)!, statement.GetText(1)!, statement.GetText(2)!, statement.GetText(3), statement.GetText(4),
                statement.GetText(5) ?? "BINARY");
    }
}
