using RelSeed.Schema;

namespace RelSeed.PostgreSql.Verification;

/// <summary>Queries that count the rows which break a constraint. They read the rows; what the catalog says of validity they do not trust.</summary>
static class VerificationSql
{
    /// <summary>With partitions, but without the tables that inherit.</summary>
    public static string From(Table table) => table.Partitioning is null ? $"only {SqlName.Quote(table.Name)}" : SqlName.Quote(table.Name);

    public static string IsNull(Column column) => $"{SqlName.Quote(column.Name)} is null";

    /// <summary>A row breaks a check only where it is false; unknown passes.</summary>
    public static string Breaks(CheckConstraint check) => $"({check.Expression}) is false";

    /// <summary>The domain's check as a condition on a column of <c>t</c>. A bare VALUE reads as the name of a column, so there is one.</summary>
    public static string Breaks(CheckConstraint check, Column column) =>
        $"(select ({check.Expression}) is false from (select t.{SqlName.Quote(column.Name)}) domain(value))";

    /// <summary>Anti-join: rows whose parent is not there, and for MATCH FULL rows that are null in part.</summary>
    public static string Orphans(Table child, ForeignKey key, Table? parent, IReadOnlyList<string> operators)
    {
        var columns = key.Columns.Select(c => $"c.{SqlName.Quote(c)}").ToList();
        var principals = key.PrincipalColumns.Select(c => $"p.{SqlName.Quote(c)}").ToList();
        var matches = columns.Select((c, i) => $"{principals[i]} {operators[i]} {c}").ToList();
        var parents = parent is null ? SqlName.Quote(key.Principal) : From(parent);
        var all = string.Join(" and ", columns.Select(c => $"{c} is not null"));
        var orphan = key.IsPeriod
            ? $"not coalesce({columns[^1]} <@ (select range_agg({principals[^1]}) from {parents} p where {string.Join(" and ", matches.SkipLast(1))}), false)"
            : $"not exists (select from {parents} p where {string.Join(" and ", matches)})";
        var sql = $"select count(*) from {From(child)} c where {all} and {orphan}";
        if (!key.IsMatchFull) return sql;
        var some = string.Join(" or ", columns.Select(c => $"{c} is not null"));
        return $"select ({sql}) + (select count(*) from {From(child)} c where ({some}) and not ({all}))";
    }

    /// <summary>Rows beyond the first of each group that is equal under the key.</summary>
    /// <param name="collations">See <see cref="CollationNames"/>.</param>
    public static string Duplicates(Table table, UniqueKey key, IReadOnlyDictionary<string, string> collations)
    {
        var parts = key.Parts.Select((p, i) => $"{Part(p, collations)} as k{i}");
        var names = key.Parts.Select((_, i) => $"k{i}").ToList();
        var where = key.Predicate is null ? "" : $" where {key.Predicate}";
        var distinct = key.NullsNotDistinct ? "" : $" where {string.Join(" and ", names.Select(n => $"{n} is not null"))}";
        return $"""
            select coalesce(sum(n - 1), 0)::bigint
            from (select count(*) as n from (select {string.Join(", ", parts)} from {From(table)}{where}) keys{distinct}
                  group by {string.Join(", ", names)} having count(*) > 1) repeated
            """;
    }

    /// <summary>Pairs of rows that exclude one another, counted up to a bound.</summary>
    public static string Conflicts(Table table, ExclusionConstraint exclusion, IReadOnlyList<string> operators, int most)
    {
        var parts = exclusion.Elements.Select((e, i) => $"{(e.Column is { } column ? SqlName.Quote(column) : $"({e.Expression})")} as k{i}");
        var where = exclusion.Predicate is null ? "" : $" where {exclusion.Predicate}";
        var rows = $"(select tableoid as home, ctid as place, {string.Join(", ", parts)} from {From(table)}{where})";
        var conflict = string.Join(" and ", exclusion.Elements.Select((_, i) => $"b.k{i} {operators[i]} a.k{i}"));
        return $"select count(*) from (select from {rows} a, {rows} b where {conflict} and (b.home, b.place) > (a.home, a.place) limit {most}) pairs";
    }

    static string Part(KeyPart part, IReadOnlyDictionary<string, string> collations)
    {
        var value = part.Column is { } column ? SqlName.Quote(column) : $"({part.Expression})";
        return part.Collation is { } name && collations.TryGetValue(name, out var collation) ? $"{value} collate {collation}" : value;
    }
}
