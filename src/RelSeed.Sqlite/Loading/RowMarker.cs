using System.Globalization;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Loading;

/// <summary>Marks the rows that a load makes in a table beside: keys that stand before it are set aside, and those that are new after it written
/// down, in the load's transaction.</summary>
sealed class RowMarker
{
    readonly SqliteHandle _handle;
    readonly TableName _name;
    readonly ulong _seed;
    readonly List<Table> _marked;
    readonly List<TableName> _unmarked;

    RowMarker(SqliteHandle handle, SeedPlan plan, string name)
    {
        (_handle, _name, _seed) = (handle, ProvenanceTable.NameOf(plan.Schema, name), plan.Seed);
        var written = plan.Tables.Where(t => t.Rows > 0).Select(t => t.Table).ToLookup(t => ProvenanceTable.KeyOf(t) is not null);
        (_marked, _unmarked) = ([.. written[true]], [.. written[false].Select(t => t.Name)]);
    }

    /// <summary>Runs after tables were emptied; null when nobody asked for marks.</summary>
    public static RowMarker? Begin(SqliteHandle handle, SeedPlan plan, LoadOptions options)
    {
        if (options.Provenance is not { } name) return null;
        ProvenanceTable.Require(plan.Schema, name);
        var marker = new RowMarker(handle, plan, name);
        handle.Execute(
            $"""
            CREATE TABLE IF NOT EXISTS {SqlText.Table(marker._name.Name)} (table_schema TEXT NOT NULL, table_name TEXT NOT NULL,
            row_key TEXT NOT NULL, seed TEXT NOT NULL, made_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
            PRIMARY KEY (table_schema, table_name, row_key)) WITHOUT ROWID
            """);
        // Keys of rows that are gone may be given again.
        if (options.Truncate)
            foreach (var table in plan.Tables.Where(t => t.ExistingRows == 0)) marker.Execute(marker.Forget, table.Table.Name);
        for (var i = 0; i < marker._marked.Count; i++)
        {
            handle.Execute($"CREATE TEMP TABLE {Kept(i)} (row_key TEXT PRIMARY KEY) WITHOUT ROWID");
            handle.Execute(
                $"INSERT OR IGNORE INTO temp.{Kept(i)} SELECT {KeyText(marker._marked[i])} FROM {SqlText.Table(marker._marked[i].Name.Name)}");
        }
        return marker;
    }

    // ?1 and ?2 are the table's names.
    string Forget => $"DELETE FROM {SqlText.Table(_name.Name)} WHERE table_schema = ?1 AND table_name = ?2";

    void Execute(string sql, TableName table)
    {
        using var statement = _handle.Prepare(sql);
        statement.BindText(0, table.Schema);
        statement.BindText(1, table.Name);
        statement.Run();
    }

    /// <returns>What the user should know.</returns>
    public IEnumerable<string> Mark(CancellationToken cancellationToken)
    {
        long rows = 0;
        for (var i = 0; i < _marked.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows += _handle.QueryInt64(CountNew(_marked[i], i));
            Execute(Mark(_marked[i], i), _marked[i].Name);
            _handle.Execute($"DROP TABLE temp.{Kept(i)}");
        }
        return ProvenanceTable.Notes(_name, rows, _unmarked);
    }

    string Mark(Table table, int i) =>
        $"""
        INSERT OR REPLACE INTO {SqlText.Table(_name.Name)} (table_schema, table_name, row_key, seed)
        SELECT ?1, ?2, made.row_key, '{_seed.ToString(CultureInfo.InvariantCulture)}'
        FROM (SELECT {KeyText(table)} AS row_key FROM {SqlText.Table(table.Name.Name)}) made
        WHERE NOT EXISTS (SELECT 1 FROM temp.{Kept(i)} kept WHERE kept.row_key = made.row_key)
        """;

    // All rows that stand now, less those that stood.
    static string CountNew(Table table, int i) =>
        $"SELECT (SELECT count(*) FROM {SqlText.Table(table.Name.Name)}) - (SELECT count(*) FROM temp.{Kept(i)})";

    static string Kept(int i) => $"relseed_kept_{i.ToString(CultureInfo.InvariantCulture)}";

    static string KeyText(Table table)
    {
        var texts = ProvenanceTable.KeyOf(table)!.Select(Text).ToList();
        return texts.Count == 1 ? texts[0] : $"json_array({string.Join(", ", texts)})";
    }

    static string Text(string column) =>
        $"CASE typeof({SqlText.Name(column)}) WHEN 'blob' THEN lower(hex({SqlText.Name(column)})) ELSE CAST({SqlText.Name(column)} AS TEXT) END";
}
