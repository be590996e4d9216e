using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Schema.Queries;

/// <param name="Id">Counts a table's keys from the last declared to the first.</param>
/// <param name="PrincipalColumn">Null when the key names no columns and so refers to the primary key.</param>
sealed record ForeignKeyRow(string Table, int Id, string Principal, string Column, string? PrincipalColumn);

/// <summary>Columns of foreign keys, in the order of declaration.</summary>
static class ForeignKeyQuery
{
    const string Sql =
        $"""
        SELECT t.name, f.id, f."table", f."from", f."to"
        FROM {TableQuery.Names} AS t
        CROSS JOIN pragma_foreign_key_list(t.name, 'main') AS f
        ORDER BY t.name, f.id DESC, f.seq
        """;

    public static IEnumerable<ForeignKeyRow> Read(SqliteHandle handle)
    {
        using var statement = handle.Prepare(Sql);
        while (statement.Step())
            yield return new ForeignKeyRow(
                statement.GetText(0)!, (int)statement.GetInt64(1), statement.GetText(2)!, statement.GetText(3)!, statement.GetText(4));
    }
}
