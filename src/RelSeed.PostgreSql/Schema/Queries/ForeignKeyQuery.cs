using Npgsql;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Schema.Queries;

/// <summary>Foreign keys as they were declared: the copies that partitions of either end carry are left out.</summary>
static class ForeignKeyQuery
{
    static string Sql(int version) => $"""
        select k.conrelid, k.conname::text, {Names("k.conkey", "k.conrelid")}, n.nspname::text, c.relname::text,
               {Names("k.confkey", "k.confrelid")}, k.confmatchtype = 'f', k.condeferrable, k.condeferred, k.convalidated,
               {(version >= 18 ? "k.conperiod" : "false")}
        from pg_constraint k
        join pg_class c on c.oid = k.confrelid
        join pg_namespace n on n.oid = c.relnamespace
        where k.conrelid = any($1) and k.contype = 'f' and k.conparentid = 0 and {CheckQuery.IsEnforced(version)}
        order by k.conrelid, k.conname
        """;

    static string Names(string numbers, string table) => $"""
        array(select a.attname::text
              from unnest({numbers}) with ordinality part(attnum, number)
              join pg_attribute a on a.attrelid = {table} and a.attnum = part.attnum
              order by part.number)
        """;

    public static async Task<ILookup<uint, ForeignKey>> ReadAsync(Catalog catalog, uint[] tables, CancellationToken cancellationToken) =>
        (await catalog.QueryAsync(Sql(catalog.Version), Read, Catalog.Oids(tables), cancellationToken)).ToLookup(row => row.Table, row => row.Key);

    static (uint Table, ForeignKey Key) Read(NpgsqlDataReader row) => (row.GetFieldValue<uint>(0), new ForeignKey
    {
        Name = row.GetString(1),
        Columns = [.. row.GetFieldValue<string[]>(2)],
        Principal = new(row.GetString(3), row.GetString(4)),
        PrincipalColumns = [.. row.GetFieldValue<string[]>(5)],
        IsMatchFull = row.GetBoolean(6),
        IsDeferrable = row.GetBoolean(7),
        IsInitiallyDeferred = row.GetBoolean(8),
        IsValidated = row.GetBoolean(9),
        IsPeriod = row.GetBoolean(10),
    });
}
