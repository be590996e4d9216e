using Npgsql;
using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Rehearsing;

/// <summary>Texts that the views list which a function reads: a trigger may take only those.</summary>
sealed class ViewWords(LoadSession session)
{
    // More than that is data, no list of what is allowed.
    const int MostWords = 40;

    const string Columns = """
        select n.nspname::text, c.relname::text, a.attname::text
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_type t on t.oid = a.atttypid
        where c.relkind in ('v', 'm') and n.nspname <> 'information_schema' and t.typcategory = 'S'
          and $1 ~ ('\m' || regexp_replace(c.relname, '(\W)', '\\\1', 'g') || '\M') and $1 ~ ('\m' || regexp_replace(a.attname, '(\W)', '\\\1', 'g') || '\M')
          and has_table_privilege(c.oid, 'SELECT')
        order by 1, 2, a.attnum
        """;

    readonly Dictionary<string, EquatableArray<string>> _known = new(StringComparer.Ordinal);

    public async Task<EquatableArray<string>> WordsAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var text = string.Join('\n', texts);
        if (!_known.TryGetValue(text, out var words)) _known[text] = words = await ReadAsync(text, cancellationToken);
        return words;
    }

    async Task<EquatableArray<string>> ReadAsync(string text, CancellationToken cancellationToken)
    {
        var columns = await session.QueryAsync(Columns, row => (View: new TableName(row.GetString(0), row.GetString(1)), Name: row.GetString(2)),
            cancellationToken, new NpgsqlParameter { Value = text });
        var words = new List<string>();
        foreach (var (view, name) in columns)
        {
            await session.ExecuteAsync("savepoint relseed_view", cancellationToken);
            try
            {
                words.AddRange(await session.QueryAsync(
                    $"select distinct {SqlName.Quote(name)}::text from {SqlName.Quote(view)} where {SqlName.Quote(name)} is not null order by 1 limit {MostWords}", row => row.GetString(0), cancellationToken));
            }
            catch (PostgresException fault) when (RefusalReader.IsRefusal(fault))
            {
                await session.ExecuteAsync("rollback to savepoint relseed_view", cancellationToken);
            }
            await session.ExecuteAsync("release savepoint relseed_view", cancellationToken);
        }
        return words.Distinct(StringComparer.Ordinal).ToEquatableArray();
    }
}
