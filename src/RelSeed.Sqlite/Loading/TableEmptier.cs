using RelSeed.Schema;
using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Loading;

/// <summary>Empties tables and sets their AUTOINCREMENT back.</summary>
sealed class TableEmptier(SqliteHandle handle, Refusal refusal)
{
    public void Empty(IEnumerable<Table> tables)
    {
        var hasSequences = handle.QueryInt64("SELECT count(*) FROM main.sqlite_schema WHERE name = 'sqlite_sequence'") > 0;
        foreach (var table in tables.Reverse())
        {
            refusal.Explain(table.Name, () => handle.Execute($"DELETE FROM {SqlText.Table(table.Name.Name)}"));
            if (hasSequences) ForgetSequence(table.Name.Name);
        }
    }

    void ForgetSequence(string table)
    {
        using var statement = handle.Prepare("DELETE FROM main.sqlite_sequence WHERE name = ?1");
        statement.BindText(0, table);
        statement.Run();
    }
}
