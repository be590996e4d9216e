using Npgsql;

namespace RelSeed.PostgreSql.Schema.Queries;

/// <summary>The fields of composite types.</summary>
static class CompositeQuery
{
    const string Sql = """
        select t.oid, a.attname::text, a.atttypid, a.atttypmod, format_type(a.atttypid, a.atttypmod)
        from pg_type t
        join pg_attribute a on a.attrelid = t.typrelid
        where t.oid = any($1) and t.typtype = 'c' and a.attnum > 0 and not a.attisdropped
        order by t.oid, a.attnum
        """;

    public sealed record Row(uint Owner, string Name, uint Type, int Modifier, string TypeName);

    public static async Task<ILookup<uint, Row>> ReadAsync(Catalog catalog, uint[] types, CancellationToken cancellationToken) =>
        (await catalog.QueryAsync(Sql, Read, Catalog.Oids(types), cancellationToken)).ToLookup(row => row.Owner);

    static Row Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<uint>(0), row.GetString(1), row.GetFieldValue<uint>(2), row.GetInt32(3), row.GetString(4));
}
