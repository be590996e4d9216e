using System.Globalization;
using Npgsql;

namespace RelSeed.PostgreSql.Tests.Constructs;

/// <summary>Evaluates every constraint of a database over all of its rows, by the server's own catalog and nothing of RelSeed.</summary>
static class CatalogCheck
{
    // Each query gives rows of (what, SQL that counts the rows that break it).
    static readonly string[] Sources =
    [
        // NOT NULL.
        """
        select format('%s.%I not null', c.oid::regclass, a.attname), format('select count(*) from only %s where %I is null', c.oid::regclass, a.attname)
        from pg_attribute a join pg_class c on c.oid = a.attrelid join own on own.id = c.oid where a.attnotnull and a.attnum > 0 and not a.attisdropped and c.relkind = 'r'
        """,
        // Checks, those that are not valid too.
        """
        select format('%s check %s', c.oid::regclass, k.conname), format('select count(*) from only %s where not (%s)', c.oid::regclass, pg_get_expr(k.conbin, k.conrelid))
        from pg_constraint k join pg_class c on c.oid = k.conrelid join own on own.id = c.oid where k.contype = 'c' and c.relkind = 'r'
        """,
        // Domains: a cast from the base type checks the value again.
        """
        select format('%s.%I domain', c.oid::regclass, a.attname),
            format('select count(*) filter (where (%I::%s)::%s is distinct from %I) from only %s', a.attname, format_type(t.typbasetype, t.typtypmod), format_type(t.oid, null), a.attname, c.oid::regclass)
        from pg_attribute a join pg_class c on c.oid = a.attrelid join own on own.id = c.oid join pg_type t on t.oid = a.atttypid
        where t.typtype = 'd' and a.attnum > 0 and not a.attisdropped and c.relkind = 'r'
        """,
        // Unique indexes: expressions, predicates and equal nulls.
        """
        select format('%s unique %s', i.indrelid::regclass, i.indexrelid::regclass),
            format('select count(*) from (select from %s%s where %s %s group by %s having count(*) > 1) twice', case when (select relkind from pg_class where oid = i.indrelid) = 'r' then 'only ' end, i.indrelid::regclass, coalesce('(' || pg_get_expr(i.indpred, i.indrelid) || ')', 'true'),
                case when coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) then '' else (select string_agg(format('and (%s) is not null', e.key), ' ') from unnest(keys) e(key)) end,
                (select string_agg(format('(%s)%s', e.key, case when l.oid is null then '' else format(' collate %I.%I', l.collnamespace::regnamespace, l.collname) end), ', ')
                 from unnest(keys) with ordinality e(key, n) left join pg_collation l on l.oid = i.indcollation[n - 1] and l.collname <> 'default'))
        from pg_index i join own on own.id = i.indrelid
        cross join lateral (select array_agg(pg_get_indexdef(i.indexrelid, n, false) order by n) as keys from generate_series(1, i.indnkeyatts) n) k
        where i.indisunique
        """,
        // Foreign keys, at the root of partitions.
        """
        select format('%s foreign key %s', k.conrelid::regclass, k.conname),
            format('select count(*) from %s%s c where (%s) and not exists (select from %s%s p where %s)', case when r.relkind = 'r' then 'only ' end, k.conrelid::regclass,
                (select string_agg(format('c.%I is not null', a.attname), case k.confmatchtype when 'f' then ' or ' else ' and ' end) from unnest(k.conkey) u(n) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n),
                case when p.relkind = 'r' then 'only ' end, k.confrelid::regclass,
                (select string_agg(format('p.%I = c.%I', b.attname, a.attname), ' and ') from unnest(k.conkey, k.confkey) u(n, m)
                 join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.m))
        from pg_constraint k join own on own.id = k.conrelid join pg_class r on r.oid = k.conrelid join pg_class p on p.oid = k.confrelid where k.contype = 'f' and k.conparentid = 0
        """,
        // Exclusions: no two rows for which every operator holds.
        """
        select format('%s exclusion %s', k.conrelid::regclass, k.conname),
            format('with e as (select ctid as id, %s from %s where %s) select count(*) from e a join e b on a.id < b.id and %s',
                (select string_agg(format('(%s) as e%s', pg_get_indexdef(k.conindid, n::int, false), n), ', ') from generate_series(1, cardinality(k.conexclop)) n), k.conrelid::regclass,
                coalesce(pg_get_expr(i.indpred, i.indrelid), 'true'),
                (select string_agg(format('a.e%s operator(%s.%s) b.e%s', u.n, o.oprnamespace::regnamespace, o.oprname, u.n), ' and ') from unnest(k.conexclop) with ordinality u(op, n) join pg_operator o on o.oid = u.op))
        from pg_constraint k join own on own.id = k.conrelid join pg_index i on i.indexrelid = k.conindid where k.contype = 'x'
        """,
        // Partition bounds.
        """
        select format('%s bounds', c.oid::regclass), format('select count(*) from only %s where not (%s)', c.oid::regclass, pg_get_partition_constraintdef(c.oid))
        from pg_class c join own on own.id = c.oid where c.relispartition and c.relkind = 'r' and pg_get_partition_constraintdef(c.oid) is not null
        """,
        // Generated columns hold what their expression gives.
        """
        select format('%s.%I generated', c.oid::regclass, a.attname), format('select count(*) from only %s where %I is distinct from (%s)::%s', c.oid::regclass, a.attname, pg_get_expr(d.adbin, d.adrelid), format_type(a.atttypid, a.atttypmod))
        from pg_attribute a join pg_class c on c.oid = a.attrelid join own on own.id = c.oid join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum where a.attgenerated <> '' and c.relkind = 'r'
        """,
    ];

    const string Own = """
        with own as (select c.oid as id from pg_class c where c.relkind in ('r', 'p') and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
            and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'))
        """;

    /// <returns>One line a broken constraint; empty when all hold.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(TestDatabase database)
    {
        await using var connection = await database.OpenAsync();
        var broken = new List<string>();
        var evaluated = 0;
        foreach (var source in Sources)
        {
            foreach (var row in await database.QueryAsync($"{Own} {source}"))
            {
                evaluated++;
                if (await CountAsync(connection, (string)row[1]!) is { } found) broken.Add($"{row[0]}: {found}");
            }
        }
        Assert.True(evaluated > 0
            || Convert.ToInt64((await database.QueryAsync($"{Own} select count(*) from own"))[0][0], CultureInfo.InvariantCulture) > 0);
        return broken;
    }

    static async Task<string?> CountAsync(NpgsqlConnection connection, string sql)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql, connection);
            var rows = Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
            return rows == 0 ? null : $"{rows} rows";
        }
        catch (PostgresException refused)
        {
            return $"{refused.MessageText} in {sql}";
        }
    }
}
