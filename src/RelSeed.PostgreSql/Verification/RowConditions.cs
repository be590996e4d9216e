using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Verification;

/// <summary>A condition on single rows of a table <c>t</c>; true for a row that breaks the constraint.</summary>
sealed record RowCondition(VerificationKind Kind, string Name, string Sql);

static class RowConditions
{
    /// <param name="root">The partitioned table the table is part of; what holds there was checked there.</param>
    public static IReadOnlyList<RowCondition> Of(Table table, Table? root)
    {
        var columns = table.Columns.Where(c => !c.IsNullable && !HoldsAtRoot(root, c));
        var checks = table.Checks.Where(c => root is null || !root.Checks.Contains(c));
        var domains =
            from column in table.Columns
            where root is null
            from domain in column.Type.Domains
            from check in domain.Checks
            select new RowCondition(VerificationKind.Check, check.Name, VerificationSql.Breaks(check, column));
        return
        [
            .. columns.Select(c => new RowCondition(VerificationKind.NotNull, c.Name, VerificationSql.IsNull(c))),
            .. checks.Select(c => new RowCondition(VerificationKind.Check, c.Name, VerificationSql.Breaks(c))),
            .. domains,
        ];
    }

    static bool HoldsAtRoot(Table? root, Column column) =>
        root is not null && root.IndexOf(column.Name) is >= 0 and var place && !root.Columns[place].IsNullable;
}
