using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Loading;

/// <summary>Empties tables and sets their AUTOINCREMENT back.</summary>
sealed class TableEmptier(SqliteHandle handle, Refusal refusal)
{
    /// <summary>Tables whose rows the plan keeps stay as they are.</summary>
    /// <exception cref="DatabaseException">RS3103: rows that stay refer to a table that is to be emptied.</exception>
    public void Empty(SeedPlan plan)
    {
        var tables = plan.Tables.Where(t => t.ExistingRows == 0).Select(t => t.Table).ToList();
        RequireNoOutsideReferences(plan.Schema, tables.Select(t => t.Name).ToHashSet());
        var hasSequences = handle.QueryInt64("SELECT count(*) FROM main.sqlite_schema WHERE name = 'sqlite_sequence'") > 0;
        foreach (var table in tables.AsEnumerable().Reverse())
        {
            refusal.Explain(table.Name, () => handle.Execute($"DELETE FROM {SqlText.Table(table.Name.Name)}"));
            if (hasSequences) ForgetSequence(table.Name.Name);
        }
    }

    void RequireNoOutsideReferences(DatabaseSchema schema, HashSet<TableName> emptied)
    {
        foreach (var child in schema.Tables.Where(t => !emptied.Contains(t.Name)))
            foreach (var key in child.ForeignKeys.Where(k => emptied.Contains(k.Principal) && Refers(child, k)))
                throw new DatabaseException("RS3103",
                    $"Table {key.Principal} cannot be emptied: foreign key {key.Name} of {child.Name}, which is not part of the load, refers to it. " +
                    "Add that table to the load, or empty the tables yourself and leave out --truncate.");
    }

    bool Refers(Table child, ForeignKey key)
    {
        var isSet = string.Join(" AND ", key.Columns.Select(c => $"{SqlText.Name(c)} IS NOT NULL"));
        var sql = $"SELECT EXISTS (SELECT 1 FROM {SqlText.Table(child.Name.Name)} WHERE {isSet})";
        return handle.CanPrepare(sql) && handle.QueryInt64(sql) == 1;
    }

    void ForgetSequence(string table)
    {
        using var statement = handle.Prepare("DELETE FROM main.sqlite_sequence WHERE name = ?1");
        statement.BindText(0, table);
        statement.Run();
    }
}
