using RelSeed.Schema;
using RelSeed.Sqlite.Schema.CreateText;
using RelSeed.Sqlite.Schema.Queries;

namespace RelSeed.Sqlite.Schema;

/// <summary>Makes a table's foreign keys; names are spelt as the principal's catalog spells them.</summary>
sealed class ForeignKeyBuilder(SqliteCatalog catalog, CreateTableText text, ConstraintNames names)
{
    public IEnumerable<ForeignKey> Build(string table)
    {
        var keys = catalog.ForeignKeys[table].GroupBy(r => r.Id).Select(g => g.ToList()).ToList();
        return keys.Select((rows, i) => Build(rows, Written(rows, i, keys.Count)));
    }

    ForeignKey Build(List<ForeignKeyRow> rows, ForeignKeyText? written)
    {
        var principal = catalog.Tables.TryGetValue(rows[0].Principal, out var found) ? found.Name : rows[0].Principal;
        var columns = rows.Select(r => SpellingOf(r.Table, r.Column)).ToEquatableArray();
        return new ForeignKey
        {
            Name = names.Choose(written?.Name, columns, "fkey"),
            Columns = columns,
            Principal = new(SqliteSchemaReader.MainSchema, principal),
            PrincipalColumns = PrincipalColumns(principal, rows, columns),
            IsDeferrable = written?.IsDeferrable ?? false,
            IsInitiallyDeferred = written?.IsInitiallyDeferred ?? false,
        };
    }

    // The text lists the keys in the catalog's order; if it could not be read whole, the columns tell.
    ForeignKeyText? Written(List<ForeignKeyRow> rows, int index, int count) =>
        text.ForeignKeys.Count == count
            ? text.ForeignKeys[index]
            : text.ForeignKeys.Find(k => k.Columns.SequenceEqual(rows.Select(r => r.Column), SqlName.Comparer));

    // A key without columns means the principal's primary key. If that does not fit, SQLite refuses every row: the dependent's names stand in.
    EquatableArray<string> PrincipalColumns(string principal, List<ForeignKeyRow> rows, EquatableArray<string> columns)
    {
        if (rows[0].PrincipalColumn is not null) return rows.Select(r => SpellingOf(principal, r.PrincipalColumn!)).ToEquatableArray();
        var key = catalog.KeyColumns(principal).Select(c => c.Name).ToEquatableArray();
        return key.Count == columns.Count ? key : columns;
    }

    string SpellingOf(string table, string column) =>
        catalog.Columns[table].FirstOrDefault(c => SqlName.Comparer.Equals(c.Name, column))?.Name ?? column;
}
