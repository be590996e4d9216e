using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Schema.Queries;

/// <param name="KeyOrdinal">1-based place in the primary key; 0 when outside it.</param>
/// <param name="Hidden">2 for a virtual generated column, 3 for a stored one.</param>
sealed record ColumnRow(string Table, string Name, string Type, bool IsNotNull, string? Default, int KeyOrdinal, int Hidden);

static class ColumnQuery
{
    const string Sql =
        $"""
        SELECT t.name, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
        FROM {TableQuery.Names} AS t
        CROSS JOIN pragma_table_xinfo(t.name, 'main') AS c
        ORDER BY t.name, c.cid
        """;

    public static IEnumerable<ColumnRow> Read(SqliteHandle handle)
    {
        using var statement = handle.Prepare(Sql);
        while (statement.Step())
            yield return new ColumnRow(
                statement.GetText(0)!, statement.GetText(1)!, statement.GetText(2) ?? "", statement.GetBoolean(3), statement.GetText(4),
                (int)statement.GetInt64(5), (int)statement.GetInt64(6));
    }
}
