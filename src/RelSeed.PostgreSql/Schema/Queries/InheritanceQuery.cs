using Npgsql;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Schema.Queries;

/// <summary>Which table is a partition of which, and which inherits from which.</summary>
static class InheritanceQuery
{
    const string Sql = """
        select i.inhrelid, cn.nspname::text, c.relname::text, i.inhparent, pn.nspname::text, p.relname::text, c.relispartition
        from pg_inherits i
        join pg_class c on c.oid = i.inhrelid
        join pg_namespace cn on cn.oid = c.relnamespace
        join pg_class p on p.oid = i.inhparent
        join pg_namespace pn on pn.oid = p.relnamespace
        where i.inhrelid = any($1) or i.inhparent = any($1)
        order by i.inhseqno, cn.nspname, c.relname
        """;

    public sealed record Row(uint ChildOid, TableName Child, uint ParentOid, TableName Parent, bool IsPartition);

    public static Task<List<Row>> ReadAsync(Catalog catalog, uint[] tables, CancellationToken cancellationToken) =>
        catalog.QueryAsync(Sql, Read, Catalog.Oids(tables), cancellationToken);

    static Row Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<uint>(0), new(row.GetString(1), row.GetString(2)),
        row.GetFieldValue<uint>(3), new(row.GetString(4), row.GetString(5)), row.GetBoolean(6));
}
