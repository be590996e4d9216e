using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.Sqlite.Verification;

/// <summary>A constraint that one row alone can break.</summary>
/// <param name="Breaks">A condition that holds for the rows that break it.</param>
sealed record RowRule(VerificationKind Kind, string Constraint, string Breaks)
{
    public static IEnumerable<RowRule> Of(Table table) =>
        table.Columns.Where(c => !c.IsNullable).Select(OfColumn)
            .Concat(table.Checks.Select(c => new RowRule(VerificationKind.Check, c.Name, $"({c.Expression}) IS FALSE")));

    // IS NULL is not looked at where the column is declared NOT NULL.
    static RowRule OfColumn(Column column) => new(VerificationKind.NotNull, column.Name, $"typeof({SqlText.Name(column.Name)}) = 'null'");

    /// <summary>One scan that counts the table's rows, and the rows that break each rule.</summary>
    public static string ScanSql(TableName table, IEnumerable<RowRule> rules) =>
        $"SELECT {string.Join(", ", rules.Select(r => $"count(*) FILTER (WHERE {r.Breaks})").Prepend("count(*)"))} FROM {SqlText.Table(table.Name)}";
}
