using RelSeed.Schema;

namespace RelSeed.Sqlite.Verification;

/// <summary>Counts the rows beyond the first of each key value.</summary>
static class UniqueKeySql
{
    public static string Duplicates(Table table, UniqueKey key)
    {
        var parts = key.Parts.Select(p => p.Column is { } column ? SqlText.Name(column) : $"({p.Expression})").ToList();
        var groups = key.Parts.Zip(parts, (part, sql) => part.Collation is { } collation ? $"{sql} COLLATE {SqlText.Name(collation)}" : sql);
        // NULLs differ from one another.
        var conditions = parts.Select(sql => $"{sql} IS NOT NULL").Prepend(key.Predicate is null ? "TRUE" : $"({key.Predicate})");
        return $"SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM {SqlText.Table(table.Name.Name)} " +
            $"WHERE {string.Join(" AND ", conditions)} GROUP BY {string.Join(", ", groups)} HAVING count(*) > 1)";
    }
}
