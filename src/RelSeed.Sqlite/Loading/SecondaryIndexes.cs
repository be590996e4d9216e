using RelSeed.Schema;
using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Loading;

/// <summary>Drops the indexes of a table that CREATE INDEX made and makes them again from the same text: sorting once beats inserting in random
/// order.
/// Both happen inside the load's transaction.</summary>
sealed class SecondaryIndexes(SqliteHandle handle, Refusal refusal)
{
    readonly List<(TableName Table, string Name, string CreateText)> _dropped = [];

    public int Count => _dropped.Count;

    public void Drop(TableName table)
    {
        var found = Find(table).ToList();
        foreach (var (name, _) in found) handle.Execute($"DROP INDEX {SqlText.Table(name)}");
        _dropped.AddRange(found.Select(index => (table, index.Name, index.CreateText)));
    }

    /// <param name="starting">Told each index before it is made.</param>
    /// <exception cref="DatabaseException">RS3101: the rows break a unique index.</exception>
    public void Restore(Action<TableName, string> starting, CancellationToken cancellationToken)
    {
        foreach (var (table, name, createText) in _dropped)
        {
            cancellationToken.ThrowIfCancellationRequested();
            starting(table, name);
            refusal.Explain(table, () => handle.Execute(createText));
        }
    }

    IEnumerable<(string Name, string CreateText)> Find(TableName table)
    {
        using var statement = handle.Prepare(
            "SELECT name, sql FROM main.sqlite_schema WHERE type = 'index' AND tbl_name = ?1 COLLATE NOCASE AND sql IS NOT NULL ORDER BY rowid");
        statement.BindText(0, table.Name);
        while (statement.Step()) yield return (statement.GetText(0)!, statement.GetText(1)!);
    }
}
