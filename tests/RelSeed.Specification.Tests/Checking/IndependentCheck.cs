using System.Globalization;
using RelSeed.Schema;

namespace RelSeed.Specification.Tests.Checking;

/// <summary>Looks for broken constraints by SQL of its own, without RelSeed's verifier.</summary>
public static class IndependentCheck
{
    /// <returns>One line a broken constraint; empty when all hold.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(ITestDatabase database, DatabaseSchema schema)
    {
        var broken = new List<string>();
        foreach (var table in schema.Tables)
        {
            foreach (var (what, sql) in Queries(table))
            {
                var rows = Convert.ToInt64((await database.QueryAsync(sql))[0][0], CultureInfo.InvariantCulture);
                if (rows > 0) broken.Add($"{table.Name} {what}: {rows}");
            }
        }
        return broken;
    }

    static IEnumerable<(string What, string Sql)> Queries(Table table)
    {
        var from = Name(table.Name);
        foreach (var column in table.Columns.Where(c => !c.IsNullable))
            yield return ($"NOT NULL {column.Name}", $"SELECT count(*) FROM {from} t WHERE t.{Quote(column.Name)} IS NULL");
        foreach (var check in table.Checks)
            yield return ($"CHECK {check.Name}", $"SELECT count(*) FROM {from} WHERE NOT ({check.Expression})");
        foreach (var key in table.AllKeys.Where(k => k.IsPlain))
        {
            var columns = key.ColumnNames.Select(Quote).ToList();
            yield return ($"UNIQUE {key.Name}",
                $"SELECT count(*) FROM (SELECT 1 AS one FROM {from} WHERE {string.Join(" AND ", columns.Select(c => $"{c} IS NOT NULL"))} GROUP BY {string.Join(", ", columns)} HAVING count(*) > 1) d");
        }
        foreach (var key in table.ForeignKeys)
        {
            var present = string.Join(" AND ", key.Columns.Select(c => $"c.{Quote(c)} IS NOT NULL"));
            var match = string.Join(" AND ", key.Columns.Zip(key.PrincipalColumns, (c, p) => $"p.{Quote(p)} = c.{Quote(c)}"));
            yield return ($"FOREIGN KEY {key.Name}",
                $"SELECT count(*) FROM {from} c WHERE {present} AND NOT EXISTS (SELECT 1 FROM {Name(key.Principal)} p WHERE {match})");
        }
    }

    static string Name(TableName table) => $"{Quote(table.Schema)}.{Quote(table.Name)}";

    static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
