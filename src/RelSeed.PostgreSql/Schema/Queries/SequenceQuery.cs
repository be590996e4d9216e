using Npgsql;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Schema.Queries;

/// <summary>Sequences that belong to a column (serial, identity, OWNED BY) or that its default calls.</summary>
static class SequenceQuery
{
    const string Sql = """
        with behind(tab, col, seq, is_owned, is_called) as (
            select d.refobjid, d.refobjsubid, d.objid, true, d.deptype = 'i'
            from pg_depend d
            where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
              and d.refobjid = any($1) and d.refobjsubid > 0
            union all
            select e.adrelid, e.adnum, d.refobjid, false, true
            from pg_attrdef e
            join pg_depend d on d.classid = 'pg_attrdef'::regclass and d.objid = e.oid and d.refclassid = 'pg_class'::regclass
            where e.adrelid = any($1) and pg_get_expr(e.adbin, e.adrelid) like '%nextval(%')
        select b.tab, b.col::int, n.nspname::text, c.relname::text, s.seqstart, s.seqincrement, bool_or(b.is_owned)
        from behind b
        join pg_sequence s on s.seqrelid = b.seq
        join pg_class c on c.oid = b.seq
        join pg_namespace n on n.oid = c.relnamespace
        group by b.tab, b.col, b.seq, n.nspname, c.relname, s.seqstart, s.seqincrement
        order by b.tab, b.col, bool_or(b.is_called) desc, b.seq
        """;

    public sealed record Row(uint Table, int Column, SequenceInfo Sequence);

    /// <returns>By table and column number; where a column has several, the one its default calls.</returns>
    public static async Task<Dictionary<(uint Table, int Column), SequenceInfo>> ReadAsync(
        Catalog catalog, uint[] tables, CancellationToken cancellationToken)
    {
        var byColumn = new Dictionary<(uint, int), SequenceInfo>();
        foreach (var row in await catalog.QueryAsync(Sql, Read, Catalog.Oids(tables), cancellationToken))
            byColumn.TryAdd((row.Table, row.Column), row.Sequence);
        return byColumn;
    }

    static Row Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<uint>(0), row.GetInt32(1),
        new(new(row.GetString(2), row.GetString(3)), row.GetInt64(4), row.GetInt64(5), row.GetBoolean(6)));
}
