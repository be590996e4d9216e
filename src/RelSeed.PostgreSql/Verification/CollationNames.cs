using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Verification;

/// <summary>The collations of key parts, from the schema's spelling, which is for people, to the quoted one.</summary>
static class CollationNames
{
    const string Sql = """
        select distinct case when n.nspname = 'pg_catalog' then '' else n.nspname || '.' end || k.collname, format('%I.%I', n.nspname, k.collname)
        from pg_collation k
        join pg_namespace n on n.oid = k.collnamespace
        where case when n.nspname = 'pg_catalog' then '' else n.nspname || '.' end || k.collname = any($1)
        """;

    public static async Task<IReadOnlyDictionary<string,
        string>> ReadAsync(Catalog catalog, DatabaseSchema schema, CancellationToken cancellationToken)
    {
        var names = schema.Tables.SelectMany(t => t.AllKeys).SelectMany(k => k.Parts).Select(p => p.Collation).OfType<string>().Distinct().ToList();
        if (names.Count == 0) return new Dictionary<string, string>();
        var read = await catalog.QueryAsync(Sql, row => (Name: row.GetString(0), Quoted: row.GetString(1)), Catalog.Names(names), cancellationToken);
        return read.DistinctBy(r => r.Name).ToDictionary(r => r.Name, r => r.Quoted);
    }
}
