using RelSeed.Sqlite.Interop;
using RelSeed.Sqlite.Schema.CreateText;
using RelSeed.Sqlite.Schema.Queries;

namespace RelSeed.Sqlite.Schema;

/// <summary>The catalog's rows, by table; tables are found as SQLite finds them, without regard to case.</summary>
sealed class SqliteCatalog(SqliteHandle handle)
{
    public Dictionary<string, TableRow> Tables { get; } = TableQuery.Read(handle).ToDictionary(r => r.Name, SqlName.Comparer);
    public ILookup<string, ColumnRow> Columns { get; } = ColumnQuery.Read(handle).ToLookup(r => r.Table, SqlName.Comparer);
    public ILookup<string, IndexPartRow> UniqueIndexes { get; } = UniqueIndexQuery.Read(handle).ToLookup(r => r.Table, SqlName.Comparer);
    public ILookup<string, ForeignKeyRow> ForeignKeys { get; } = ForeignKeyQuery.Read(handle).ToLookup(r => r.Table, SqlName.Comparer);
    public ILookup<string, TriggerRow> Triggers { get; } = TriggerQuery.Read(handle).ToLookup(r => r.Table, SqlName.Comparer);

    public Dictionary<string, long> RowEstimates { get; } =
        RowEstimateQuery.Read(handle).ToDictionary(r => r.Table, r => r.Rows, SqlName.Comparer);

    /// <summary>The primary key's columns in the key's order.</summary>
    public IEnumerable<ColumnRow> KeyColumns(string table) => Columns[table].Where(c => c.KeyOrdinal > 0).OrderBy(c => c.KeyOrdinal);
}
