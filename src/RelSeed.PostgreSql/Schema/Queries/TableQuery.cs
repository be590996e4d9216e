using Npgsql;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Schema.Queries;

/// <summary>Ordinary and partitioned tables, partitions among them; what extensions own is left out.</summary>
static class TableQuery
{
    static readonly string Sql = $"""
        select c.oid, n.nspname::text, c.relname::text, c.relpersistence::text,
               case when c.reltuples = 0 and c.relpages = 0 and current_setting('server_version_num')::int < 140000 then -1
                    else c.reltuples end::bigint,
               d.description,
               pg_get_expr(c.relpartbound, c.oid),
               p.partstrat::text, pg_get_partkeydef(p.partrelid),
               array(select coalesce(a.attname::text, '')
                     from unnest(p.partattrs::int2[]) with ordinality k(attnum, number)
                     left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum and k.attnum > 0
                     order by k.number),
               has_table_privilege(c.oid, 'SELECT')::int * {(int)TableRights.Select}
                   + has_table_privilege(c.oid, 'INSERT')::int * {(int)TableRights.Insert}
                   + has_table_privilege(c.oid, 'UPDATE')::int * {(int)TableRights.Update}
                   + has_table_privilege(c.oid, 'TRUNCATE')::int * {(int)TableRights.Truncate}
                   + pg_has_role(c.relowner, 'USAGE')::int * {(int)TableRights.Alter},
               c.relrowsecurity and row_security_active(c.oid)
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        left join pg_partitioned_table p on p.partrelid = c.oid
        left join pg_description d on d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid = 0
        where c.relkind in ('r', 'p')
          and {SchemaQuery.IsVisible}
          and (cardinality($1) = 0 or n.nspname::text = any($1))
          and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')
        """;

    public sealed record Row(uint Oid, PartitionKey? Key, Table Table);

    public sealed record PartitionKey(PartitionStrategy Strategy, string[] Columns, string Definition);

    public static Task<List<Row>> ReadAsync(Catalog catalog, SchemaReadOptions options, CancellationToken cancellationToken) =>
        catalog.QueryAsync(Sql, Read, Catalog.Names(options.Schemas), cancellationToken);

    static Row Read(NpgsqlDataReader row) => new(row.GetFieldValue<uint>(0), ReadPartitionKey(row), new Table
    {
        Name = new(row.GetString(1), row.GetString(2)),
        Columns = [],
        Persistence = row.GetString(3) switch
        {
            "u" => TablePersistence.Unlogged,
            "t" => TablePersistence.Temporary,
            _ => TablePersistence.Permanent,
        },
        EstimatedRows = row.GetInt64(4),
        Comment = row.GetStringOrNull(5),
        PartitionBound = row.GetStringOrNull(6),
        Rights = (TableRights)row.GetInt32(10),
        RowSecurity = row.GetBoolean(11),
    });

    static PartitionKey? ReadPartitionKey(NpgsqlDataReader row) =>
        row.GetStringOrNull(7) is not { } strategy ? null : new(
            strategy switch { "r" => PartitionStrategy.Range, "l" => PartitionStrategy.List, _ => PartitionStrategy.Hash },
            row.GetFieldValue<string[]>(9), row.GetString(8));
}
