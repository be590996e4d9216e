using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Schema.Queries;

sealed record TriggerRow(string Table, string Name, string CreateText);

static class TriggerQuery
{
    const string Sql = "SELECT tbl_name, name, sql FROM main.sqlite_schema WHERE type = 'trigger' ORDER BY name";

    public static IEnumerable<TriggerRow> Read(SqliteHandle handle)
    {
        using var statement = handle.Prepare(Sql);
        while (statement.Step())
            yield return new TriggerRow(statement.GetText(0)!, statement.GetText(1)!, statement.GetText(2) ?? "");
    }
}
