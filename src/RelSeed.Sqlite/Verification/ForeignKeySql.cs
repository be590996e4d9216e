using RelSeed.Schema;

namespace RelSeed.Sqlite.Verification;

/// <summary>Counts the rows that refer to nothing.</summary>
static class ForeignKeySql
{
    public static string Orphans(DatabaseSchema schema, Table table, ForeignKey key)
    {
        var refers = string.Join(" AND ", key.Columns.Select(c => $"d.{SqlText.Name(c)} IS NOT NULL"));
        var dependents = $"SELECT count(*) FROM {SqlText.Table(table.Name.Name)} AS d";
        if (schema.Find(key.Principal) is null) return $"{dependents} WHERE {refers}";
        // The principal's column stands left and the dependent's bears a plus, so that the principal's affinity and collation rule,
        // as they do when SQLite enforces the key.
        var matches = string.Join(" AND ", key.PrincipalColumns.Zip(key.Columns, (p, d) => $"p.{SqlText.Name(p)} = +d.{SqlText.Name(d)}"));
        return $"{dependents} LEFT JOIN {SqlText.Table(key.Principal.Name)} AS p ON {matches} WHERE {refers} AND p.{SqlText.Name(key.PrincipalColumns[0])} IS NULL";
    }
}
