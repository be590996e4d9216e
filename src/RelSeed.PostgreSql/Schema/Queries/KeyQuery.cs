using Npgsql;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Schema.Queries;

/// <summary>Unique and exclusion indexes, a row for each key part; INCLUDE columns are no part, and a partition's copies are left out.</summary>
static class KeyQuery
{
    static string Sql(int version) => $"""
        select i.indrelid, i.indexrelid, x.relname::text, i.indisprimary, k.oid is not null, not i.indimmediate,
               {(version >= 15 ? "i.indnullsnotdistinct" : "false")},
               pg_get_expr(i.indpred, i.indrelid),
               a.attname::text,
               case when a.attnum is null then pg_get_indexdef(i.indexrelid, part, false) end,
               case when i.indcollation[part - 1] not in (0, coalesce(a.attcollation, 0))
                    then {CollationSql.Name("i.indcollation[part - 1]")} end,
               i.indcollation[part - 1] <> 0 and {CollationSql.IsCaseInsensitive("i.indcollation[part - 1]", version)}
                   or t.typname = 'citext',
               o.oprname::text,
               i.indisunique,
               case when k.conexclop is not null then pg_get_constraintdef(k.oid) end
        from pg_index i
        join pg_class x on x.oid = i.indexrelid
        left join pg_constraint k on k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x')
        cross join generate_series(1, i.indnkeyatts) part
        join pg_attribute xa on xa.attrelid = i.indexrelid and xa.attnum = part
        join pg_type t on t.oid = xa.atttypid
        left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[part - 1] and a.attnum > 0
        left join pg_operator o on o.oid = k.conexclop[part]
        where i.indrelid = any($1) and (i.indisunique or i.indisexclusion) and i.indislive and i.indisready and not x.relispartition
        order by i.indrelid, x.relname, part
        """;

    /// <param name="Operator">By which an exclusion constraint compares the part.</param>
    /// <param name="Exclusion">The whole constraint as printed, when it excludes by operators.</param>
    public sealed record Row(
        uint Table, uint Index, string Name, bool IsPrimary, bool IsConstraint, bool IsDeferrable, bool NullsNotDistinct, string? Predicate,
        KeyPart Part, string? Operator, bool IsUnique, string? Exclusion);

    public static async Task<ILookup<uint, Row>> ReadAsync(Catalog catalog, uint[] tables, CancellationToken cancellationToken) =>
        (await catalog.QueryAsync(Sql(catalog.Version), Read, Catalog.Oids(tables), cancellationToken)).ToLookup(row => row.Table);

    static Row Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<uint>(0), row.GetFieldValue<uint>(1), row.GetString(2), row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5),
        row.GetBoolean(6), BareOrNull(row.GetStringOrNull(7)),
        new(row.GetStringOrNull(8), BareOrNull(row.GetStringOrNull(9)), row.GetStringOrNull(10), row.GetBoolean(11)),
        row.GetStringOrNull(12), row.GetBoolean(13), row.GetStringOrNull(14));

    static string? BareOrNull(string? expression) => expression is null ? null : CatalogText.Bare(expression);

    public static IEnumerable<UniqueKey> ToUniqueKeys(IEnumerable<Row> parts) =>
        from part in parts
        where part.IsUnique
        group part by part.Index into index
        let first = index.First()
        select new UniqueKey
        {
            Name = first.Name,
            Parts = index.Select(p => p.Part).ToEquatableArray(),
            IsPrimary = first.IsPrimary,
            IsConstraint = first.IsConstraint,
            Predicate = first.Predicate,
            NullsNotDistinct = first.NullsNotDistinct,
            IsDeferrable = first.IsDeferrable,
        };

    // A key WITHOUT OVERLAPS (PostgreSQL 18) is both: unique, and excluding.
    public static IEnumerable<ExclusionConstraint> ToExclusions(IEnumerable<Row> parts) =>
        from part in parts
        where part.Exclusion is not null
        group part by part.Index into index
        let first = index.First()
        select new ExclusionConstraint(
            first.Name,
            index.Select(p => new ExclusionElement(p.Part.Column, p.Part.Expression, p.Operator!)).ToEquatableArray(),
            first.Predicate, first.Exclusion!);
}
