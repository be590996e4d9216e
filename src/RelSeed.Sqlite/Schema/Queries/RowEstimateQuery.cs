using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Schema.Queries;

sealed record RowEstimateRow(string Table, long Rows);

/// <summary>What ANALYZE has noted about the tables' rows.</summary>
static class RowEstimateQuery
{
    // The first number of a statistic counts the index's rows; a partial index holds fewer than the table.
    const string Sql = "SELECT tbl, max(CAST(stat AS INTEGER)) FROM main.sqlite_stat1 GROUP BY tbl";

    public static IEnumerable<RowEstimateRow> Read(SqliteHandle handle)
    {
        if (handle.QueryInt64("SELECT count(*) FROM main.sqlite_schema WHERE name = 'sqlite_stat1'") == 0) yield break;
        using var statement = handle.Prepare(Sql);
        while (statement.Step())
            yield return new RowEstimateRow(statement.GetText(0)!, statement.GetInt64(1));
    }
}
