using Npgsql;
using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Rebuild;

/// <summary>A foreign key at either end of which a table of the plan stands, and all it takes to make it again exactly as it is.</summary>
/// <param name="Child">The dependent table; for a partition's own key, its partitioned root.</param>
/// <param name="ChildName">Schema and name of the table that carries the key.</param>
/// <param name="Index">The principal's unique index it relies on.</param>
/// <param name="Build">SQL that makes it again, in order.</param>
/// <param name="Obstacle">Why it cannot be dropped and made again; null when it can.</param>
sealed record TableReference(
    uint Oid, string Name, uint Child, TableName ChildName, uint Parent, uint Index, bool IsDeferrable, string Drop, IReadOnlyList<string> Build,
    string? Obstacle, long ChildEstimate)
{
    public string QualifiedName => SqlName.Quote(ChildName with { Name = Name });

    /// <summary>The same key, made to wait for the end instead of dropped: it stays the same object of the catalog, and only new rows are
    /// checked.</summary>
    public TableReference AsWaiting() => this with
    {
        Drop = $"alter table {SqlName.Quote(ChildName)} alter constraint {SqlName.Quote(Name)} deferrable initially deferred",
        Build = [$"alter table {SqlName.Quote(ChildName)} alter constraint {SqlName.Quote(Name)} not deferrable"],
    };
}

static class ReferenceQuery
{
    const string Sql = """
        select f.oid, f.conname::text, coalesce(nullif(pg_partition_root(f.conrelid), 0), f.conrelid)::oid, n.nspname::text, c.relname::text,
               f.confrelid, f.conindid, f.condeferrable,
               format('alter table only %s drop constraint %I', f.conrelid::regclass, f.conname),
               array_remove(array[
                   format('alter table only %s add constraint %I %s', f.conrelid::regclass, f.conname, pg_get_constraintdef(f.oid)),
                   case when o.told is not null then format('comment on constraint %I on %s is %L', f.conname, f.conrelid::regclass, o.told) end
               ], null),
               case
                   when not pg_has_role(c.relowner, 'USAGE') then format('this user does not own %s', f.conrelid::regclass)
                   when c.relkind <> 'r' or c.relispartition then format('%s is partitioned', f.conrelid::regclass)
                   when not f.convalidated then 'it is NOT VALID'
                   when not has_table_privilege(f.confrelid, 'REFERENCES') then format('this user has no REFERENCES right on %s', f.confrelid::regclass)
                   when exists (select from pg_trigger t where t.tgconstraint = f.oid and t.tgenabled <> 'O') then 'its triggers are not in their usual state'
                   else (select format('%s depends on it', pg_describe_object(d.classid, d.objid, d.objsubid))
                         from pg_depend d
                         where d.refclassid = 'pg_constraint'::regclass and d.refobjid = f.oid
                           and not exists (select from pg_trigger t where d.classid = 'pg_trigger'::regclass and t.oid = d.objid and t.tgisinternal)
                           and not exists (select from pg_constraint p where d.classid = 'pg_constraint'::regclass and p.oid = d.objid and p.conparentid = f.oid)
                         order by 1
                         limit 1)
               end,
               greatest(c.reltuples, 0)::bigint
        from pg_constraint f
        join pg_class c on c.oid = f.conrelid
        join pg_namespace n on n.oid = c.relnamespace
        cross join lateral (select obj_description(f.oid, 'pg_constraint')) o(told)
        where f.contype = 'f' and f.conparentid = 0 and (f.conrelid = any($1) or f.confrelid = any($1))
        order by f.oid
        """;

    /// <summary>Oldest first: they are made again in this order, since servers and dumps tell equal names apart by it.</summary>
    public static Task<List<TableReference>> ReadAsync(Catalog catalog, uint[] tables, CancellationToken cancellationToken) =>
        catalog.QueryAsync(Sql, Read, Catalog.Oids(tables), cancellationToken);

    static TableReference Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<uint>(0), row.GetString(1), row.GetFieldValue<uint>(2), new(row.GetString(3), row.GetString(4)),
        row.GetFieldValue<uint>(5), row.GetFieldValue<uint>(6), row.GetBoolean(7), row.GetString(8), row.GetFieldValue<string[]>(9),
        row.GetStringOrNull(10), row.GetInt64(11));
}
