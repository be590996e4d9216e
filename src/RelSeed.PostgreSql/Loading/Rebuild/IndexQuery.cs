using Npgsql;
using RelSeed.PostgreSql.Schema;

namespace RelSeed.PostgreSql.Loading.Rebuild;

/// <summary>An index, with the constraint behind it, and all it takes to make both again exactly as they are.</summary>
/// <param name="Name">Of the index; a constraint behind it has the same.</param>
/// <param name="Constraint">Kind of the constraint: p, u or x; null for a mere index.</param>
/// <param name="Drop">SQL that takes it away.</param>
/// <param name="Build">SQL that makes it again, in order.</param>
/// <param name="Tablespace">Where it stands; empty for the database's own.</param>
/// <param name="Obstacle">Why it cannot be dropped and made again; null when it can.</param>
/// <param name="Identifies">Replication tells rows by it: the primary key, or the replica identity.</param>
sealed record TableIndex(
    uint Table, uint Oid, string Name, char? Constraint, string Drop, IReadOnlyList<string> Build, string Tablespace, string? Obstacle,
    bool Identifies);

static class IndexQuery
{
    // All statements are put together by the server's own printing functions: what it prints, it reads back.
    static string Sql(int version) => $"""
        select i.indrelid, i.indexrelid, x.relname::text, k.contype::text,
               case when k.oid is null then format('drop index %I.%I', n.nspname, x.relname)
                    else format('alter table only %s drop constraint %I', i.indrelid::regclass, k.conname) end,
               array_remove(array[
                   case when k.contype is distinct from 'x' then pg_get_indexdef(i.indexrelid) end,
                   case k.contype
                       when 'x' then format('alter table only %s add constraint %I %s', i.indrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
                       when 'p' then format('alter table only %s add constraint %I primary key using index %I%s', i.indrelid::regclass, k.conname, x.relname, w.waits)
                       when 'u' then format('alter table only %s add constraint %I unique using index %I%s', i.indrelid::regclass, k.conname, x.relname, w.waits)
                   end,
                   case when i.indisclustered then format('alter table only %s cluster on %I', i.indrelid::regclass, x.relname) end,
                   case when i.indisreplident then format('alter table only %s replica identity using index %I', i.indrelid::regclass, x.relname) end,
                   case when o.told is not null then format('comment on index %I.%I is %L', n.nspname, x.relname, o.told) end,
                   case when o.told_of_constraint is not null
                       then format('comment on constraint %I on %s is %L', k.conname, i.indrelid::regclass, o.told_of_constraint) end
               ]
               || array(select format('alter index %I.%I alter column %s set statistics %s', n.nspname, x.relname, a.attnum, a.attstattarget)
                        from pg_attribute a where a.attrelid = i.indexrelid and a.attstattarget >= 0 order by a.attnum), null),
               coalesce(s.spcname::text, ''),
               case
                   when x.relispartition then 'it belongs to a partitioned index'
                   when not (i.indisvalid and i.indisready and i.indislive) then 'it is invalid'
                   when exists (select from pg_attribute a where a.attrelid = i.indexrelid and a.attoptions is not null) then 'its columns have options'
                   when {(version >= 18 ? "k.conperiod" : "false")} then 'it is a key without overlaps'
                   when s.oid is not null and not has_tablespace_privilege(s.oid, 'CREATE') then 'this user may not create in its tablespace'
                   else (select format('%s depends on it', pg_describe_object(d.classid, d.objid, d.objsubid))
                         from pg_depend d
                         where ((d.refclassid = 'pg_class'::regclass and d.refobjid = i.indexrelid)
                             or (d.refclassid = 'pg_constraint'::regclass and d.refobjid = k.oid))
                           and not (d.classid = 'pg_class'::regclass and d.objid = i.indexrelid)
                           and not exists (select from pg_constraint f where d.classid = 'pg_constraint'::regclass and f.oid = d.objid and f.contype = 'f')
                           and not exists (select from pg_trigger t where d.classid = 'pg_trigger'::regclass and t.oid = d.objid and t.tgisinternal)
                         union all
                         select format('it depends on %s', pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid))
                         from pg_depend d
                         where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid and d.deptype in ('e', 'x')
                         order by 1
                         limit 1)
               end,
               i.indisprimary or i.indisreplident
        from pg_index i
        join pg_class x on x.oid = i.indexrelid
        join pg_namespace n on n.oid = x.relnamespace
        left join pg_tablespace s on s.oid = x.reltablespace
        left join pg_constraint k on k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x')
        cross join lateral (select concat(case when k.condeferrable then ' deferrable' end, case when k.condeferred then ' initially deferred' end)) w(waits)
        cross join lateral (select obj_description(i.indexrelid, 'pg_class'), obj_description(k.oid, 'pg_constraint')) o(told, told_of_constraint)
        where i.indrelid = any($1)
        order by i.indrelid, i.indexrelid
        """;

    /// <summary>The tables' indexes, oldest first.</summary>
    public static async Task<ILookup<uint, TableIndex>> ReadAsync(Catalog catalog, uint[] tables, CancellationToken cancellationToken) =>
        (await catalog.QueryAsync(Sql(catalog.Version), Read, Catalog.Oids(tables), cancellationToken)).ToLookup(index => index.Table);

    static TableIndex Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<uint>(0), row.GetFieldValue<uint>(1), row.GetString(2), row.GetStringOrNull(3)?[0], row.GetString(4),
        row.GetFieldValue<string[]>(5), row.GetString(6), row.GetStringOrNull(7), row.GetBoolean(8));
}
