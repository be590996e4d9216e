using Npgsql;
using RelSeed.PostgreSql.Connections;
using RelSeed.Schema;

namespace RelSeed.Testing.PostgreSql.Reset;

/// <param name="IsView">A materialised view.</param>
/// <param name="Columns">Those that can be written.</param>
/// <param name="Key">The primary key's columns; empty for none.</param>
/// <param name="FiresAlways">A trigger or rule of it works also while rows are replicated.</param>
sealed record SeededTable(TableName Name, bool IsView, string[] Columns, string[] Key, bool FiresAlways);

/// <summary>The relations of a template. Oids and rows are the same in every clone of it.</summary>
/// <param name="Catalogs">Catalogs that tell of the schema; statistics and what follows from other catalogs are left out.</param>
sealed record SeededState(IReadOnlyList<SeededTable> Tables, IReadOnlyList<TableName> Sequences, IReadOnlyList<string> Catalogs)
{
    const string Own = "n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'";

    const string TablesSql = $"""
        select n.nspname::text, c.relname::text, c.relkind = 'm',
            array(select a.attname::text from pg_catalog.pg_attribute a
                where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum),
            array(select a.attname::text from pg_catalog.pg_index i, pg_catalog.unnest(i.indkey::int2[]) with ordinality k (attnum, place), pg_catalog.pg_attribute a
                where i.indrelid = c.oid and i.indisprimary and k.place <= i.indnkeyatts and a.attrelid = c.oid and a.attnum = k.attnum order by k.place),
            exists (select from pg_catalog.pg_trigger t where t.tgrelid = c.oid and t.tgenabled in ('A', 'R') and not t.tgisinternal)
                or exists (select from pg_catalog.pg_rewrite r where r.ev_class = c.oid and r.ev_enabled in ('A', 'R'))
        from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'm') and c.relpersistence <> 't' and {Own}
        order by 1, 2
        """;

    const string SequencesSql = $"""
        select n.nspname::text, c.relname::text from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'S' and c.relpersistence <> 't' and {Own}
        order by 1, 2
        """;

    const string CatalogsSql = """
        select c.relname::text from pg_catalog.pg_class c
        where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r' and not c.relisshared and pg_catalog.has_table_privilege(c.oid, 'select')
            and c.relname not in ('pg_statistic', 'pg_statistic_ext_data', 'pg_depend', 'pg_largeobject')
        order by 1
        """;

    public static async Task<SeededState> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => new(
        await PlainSql.QueryAsync(connection, TablesSql, ReadTable, cancellationToken),
        await PlainSql.QueryAsync(connection, SequencesSql, row => new TableName(row.GetString(0), row.GetString(1)), cancellationToken),
        await PlainSql.QueryAsync(connection, CatalogsSql, row => row.GetString(0), cancellationToken));

    static SeededTable ReadTable(NpgsqlDataReader row) => new(
        new(row.GetString(0), row.GetString(1)), row.GetBoolean(2), row.GetFieldValue<string[]>(3), row.GetFieldValue<string[]>(4),
        row.GetBoolean(5));
}
